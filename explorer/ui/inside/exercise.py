"""The Inside page's network as an exercise asks about it."""

from explorer.core.data.data_sets import SOURCES
from explorer.core.exercises.inside import ReadingState
from explorer.core.network.layers import NetworkSpec
from explorer.ui.inside.networks import TrainedNetwork


def reading_state(network: TrainedNetwork) -> ReadingState:
    """The network on screen, and how its pixels are scaled."""
    source = SOURCES[network.config.data]
    return ReadingState(NetworkSpec(network.config.network), source.mean, source.std)
