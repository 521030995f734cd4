"""The Convolution page's screen as an exercise asks about it, and made-up numbers on that screen."""

from explorer.core.arithmetic.convolution import ConvResult
from explorer.core.exercises.convolution_state import ConvolutionState
from explorer.ui.choices import set_settings
from explorer.ui.convolution.choices import ConvChoices
from explorer.ui.convolution.settings import FIELDS


def conv_state(choices: ConvChoices, result: ConvResult) -> ConvolutionState:
    """What is on screen."""
    return ConvolutionState(result, choices.relu, choices.flip)


def show_state(state: ConvolutionState) -> None:
    """Sets the controls to a made-up state."""
    set_settings(FIELDS, state.settings)
