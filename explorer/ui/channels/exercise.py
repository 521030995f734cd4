"""Made-up numbers for an exercise on the Channels page's screen."""

from explorer.core.exercises.convolution_state import ConvolutionState
from explorer.ui.channels.settings import FIELDS
from explorer.ui.choices import set_settings


def show_state(state: ConvolutionState) -> None:
    """Sets the controls to a made-up state."""
    set_settings(FIELDS, state.settings)
