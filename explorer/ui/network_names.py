"""What the ready-made networks are called."""

from explorer.core.layers import Stack
from explorer.core.networks import preset_name
from explorer.ui.language import mark, t

NAMES = {
    "simple": mark("The simple CNN"),
    "intro": mark("The introduction's network"),
    "exercise": mark("The exercise: three of each"),
    "dense": mark("Dense layers only, as many parameters"),
    "lenet": mark("LeNet-5"),
}


def network_name(stack: Stack) -> str:
    """The ready-made network that it is, or that it is the learner's own."""
    name = preset_name(stack)
    return t(NAMES[name]) if name else t("A network of your own")
