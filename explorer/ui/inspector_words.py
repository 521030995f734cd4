"""The cell inspector's texts in the page's language; the names in braces are filled in by the browser."""

from explorer.ui.language import t


def inspector_words() -> dict[str, str]:
    """Every text the inspector shows or says."""
    return {
        "input": t("Input"),
        "kernel": t("Kernel"),
        "output": t("Output"),
        "cell": t("row {row}, column {column}, value {value}"),
        "open": t("Output row {row}, column {column}"),
        "edit": t("New number for row {row}, column {column}"),
        "hint": t(
            "Point at or tap an output cell. To change a number of the input or kernel, click it twice or type over it."
        ),
        "invalid": t("“{text}” is not a number between −{limit} and {limit}."),
    }
