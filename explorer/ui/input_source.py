"""Where an operation's input comes from: the names on offer, and the size at which each input is recognised."""

from explorer.ui.language import mark

DRAWN = {  # one channel
    "example": mark("Worked example"),
    "ramp": mark("Ramp 1, 2, 3, …"),
    "random": mark("Random"),
    "digit": mark("A digit"),
}
UPLOAD = "upload"  # the learner's own image, which has its own proportions
_NATURAL_SIDE = {"example": 5, "digit": 28, "numbers": 5, "rgb": 24, "digits": 28}


def natural_side(source: str) -> int | None:
    """Rows and columns of the input as it was made; None where any size shows what it is."""
    return _NATURAL_SIDE.get(source)
