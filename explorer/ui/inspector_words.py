"""The cell inspector's texts in the page's language; the names in braces are filled in by the browser."""

from explorer.ui.language import in_context, mark, plural, say_all

TITLES = {
    "input": mark("Input"),
    "kernel": mark("Kernel"),
    "output": mark("Output"),
    "input_channel": mark("Input channel {channel}"),
    "kernel_channel": mark("Kernel {channel}"),
    "output_channel": mark("Output channel {channel}"),
    "weight_shape": mark(
        "weight {shape}: {out} output channels × {per_group} input channels (of a group) × {height} rows × "
        "{width} columns"
    ),
    "maps": mark("Output channels"),
    "partial": mark("Partial map {channel}"),
}
SENTENCES = {
    "cell": mark("row {row}, column {column}, value {value}"),
    "open": mark("{grid} row {row}, column {column}"),
    "open_value": mark("{grid} row {row}, column {column}: {value}"),
    "before": mark("Before the shift: {value}"),
    "channel": mark("Channel {number}: "),
    "weighted": mark("window: weight’s colour"),
    "products": mark("{count} products"),
    "bias_note": mark(" (bias)"),
    "used": mark("goes into {count} of the {all} output values"),
    "used_max": mark("lies in {count} of the {all} windows and wins {wins} of them"),
    "unused": mark("goes into no output value: no window covers it"),
    "weight_once": plural(
        "used {count} time, for the one output value", "used {count} times, once for each output value"
    ),
    "weight_used": plural("used {count} time", "used {count} times"),
    "weight_padded": mark(": {inside}, {padded}"),
    "weight_inside": plural("{count} time on the input", "{count} times on the input"),
    "weight_outside": plural("{count} time on padding", "{count} times on padding"),
    "winner": mark("The winner is row {row}, column {column}: the whole gradient goes there."),
    "tie": mark(
        "A tie: {count} cells hold {value}. PyTorch takes the first, row {row}, column {column}, "
        "and the whole gradient goes there."
    ),
    "mean_gradient": mark("The gradient is shared: 1/{count} for each cell."),
    "padding_zero": mark("Padding, value 0"),
    "padding_pool": mark("Padding: −∞ for the maximum, 0 for the others"),
    "padding_copy": mark("Padding ({mode}): a copy of row {row}, column {column}"),
    "mode_reflect": mark("reflect"),
    "mode_replicate": mark("replicate"),
    "mode_circular": mark("circular"),
    "padded_by": mark("Padding: {mode}."),
    "comma": mark(", "),
    "titled": mark("{title}: "),
    "sentences": mark("{first} {second}"),
    "never_used": mark("Never used: {list}."),
    "row": mark("row {number}"),
    "column": mark("column {number}"),
}
PLAYER = {
    "player": mark("Move the window"),
    "play": mark("Play"),
    "pause": mark("Pause"),
    "step": in_context("the player's button", "Step"),
    "step_back": mark("Step back"),
    "speed": mark("Speed: windows per second"),
    "position": mark("Position of the window"),
    "copy": mark("Copy"),
    "copied": mark("Copied"),
    "unfold": mark("All products"),
    "fold": mark("Fewer"),
    "zoom": mark("Zoom in, so that the numbers can be read"),
    "zoom_needless": mark("Zoom in: not needed, all numbers can be read."),
}
EDITING = {
    "edit": mark("New number for row {row}, column {column}"),
    "hint": mark(
        "Point at any cell; a click keeps it open, Escape lets it go. To change a number of the input or kernel, click "
        "it twice or type over it."
    ),
    "hint_touch": mark("Tap any cell to open it. To change a number of the input or kernel, tap it twice."),
    "hint_fixed": mark("Point at any cell; a click keeps it open, Escape lets it go."),
    "hint_fixed_touch": mark("Tap any cell to open it."),
    "invalid": mark("“{text}” is not a number between −{limit} and {limit}."),
}


def inspector_words() -> dict[str, str | dict[str, str]]:
    """Every text the inspector shows or says."""
    return say_all(TITLES | SENTENCES | PLAYER | EDITING)
