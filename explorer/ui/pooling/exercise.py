"""Made-up numbers for an exercise on the Pooling page's screen."""

from explorer.core.exercises.pooling_state import PoolingState
from explorer.ui.choices import set_settings
from explorer.ui.pooling.settings import FIELDS


def show_state(state: PoolingState) -> None:
    """Sets the controls to a made-up state."""
    set_settings(FIELDS, state.settings)
