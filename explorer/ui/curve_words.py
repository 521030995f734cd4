"""The live curves' texts in the page's language."""

from explorer.ui.language import t


def curve_words() -> dict[str, str]:
    """Every text the curves show or say."""
    return {
        "empty": t("No point yet."),
        "keys_hint": t("Left and right move the cursor, plus and minus zoom, 0 shows everything."),
        "log_scale": t("Logarithmic"),
        "reset_zoom": t("Show everything"),
        "reset_zoom_disabled": t("Everything is shown already."),
        "x_marks": t("grey lines end an epoch"),
        "zoom_hint": t("Drag across a chart to zoom in."),
        "zoom_hint_touch": t("Tap a chart to read it there; draw a finger across it to zoom in."),
    }
