"""The trained network that is looked into: its settings, its weights, and what each said of the test images."""

import math
from dataclasses import dataclass

from explorer.components.inside import Tested
from explorer.core.data.data_sets import SOURCES
from explorer.core.errors import DataError
from explorer.core.run.train_config import TrainConfig
from explorer.exchange.folders import SHIPPED
from explorer.exchange.run_folder import read_run
from explorer.runs.run import Run
from explorer.ui.data_names import class_names
from explorer.ui.inside.network_choice import NETWORK, SHIPPED_NAMES, UPLOAD
from explorer.ui.inside.upload import opened_upload
from explorer.ui.predictions import all_predictions
from explorer.ui.session_runs import server_runs
from explorer.ui.test_digits import digits_address
from explorer.ui.weights import all_weights, has_weights, shipped_config, weights_address


@dataclass(frozen=True)
class TrainedNetwork:
    """A network's settings, its weights, and what each said of the test images: (passes over the images, address).

    ``name`` is its own in addresses: of one that ships, a run's id, an upload's. The newest weights are the last; an
    address of predictions is "" where they were not kept. ``run`` is whose they are, where they are a run's.
    """

    name: str
    config: TrainConfig
    weights: list[tuple[float, str]]
    predictions: list[tuple[float, str]]
    run: Run | None = None

    @property
    def tested(self) -> Tested:
        """What it is tested on; of shuffled pixels no images, for those of the files are not what it has learned."""
        data = self.config.data
        address = "" if self.config.shuffled_pixels else digits_address(data)
        return Tested(class_names(data), SOURCES[data].test_images, address, self.predictions)


def shown_network() -> TrainedNetwork | None:
    """The chosen one; None where it is not here any more."""
    name = NETWORK.value
    if name in SHIPPED_NAMES:
        return shipped_network(name)
    return _uploaded() if name == UPLOAD else _trained(server_runs().find(name))


def shipped_network(name: str = "simple") -> TrainedNetwork:
    """One of those that ship."""
    config = shipped_config(name)
    weights = all_weights(name, SHIPPED[name], config.epochs, 0)
    steps = math.ceil(config.training_images / config.batch_size)
    return TrainedNetwork(name, config, weights, all_predictions(name, SHIPPED[name], weights, steps))


def _uploaded() -> TrainedNetwork | None:
    opened = opened_upload()
    if not opened:
        return None
    weights = [(0, weights_address(opened.kept, "step-0"))]
    return TrainedNetwork(opened.kept, TrainConfig(network=opened.layers), weights, [(0, "")])


def _trained(run: Run | None) -> TrainedNetwork | None:
    if run is None or not run.folder or not run.step or not run.started or not has_weights(run):
        return None
    try:
        step = int(read_run(run.folder)["step"])  # of the weights: while it trains, the run is further by now
    except DataError:  # deleted just now
        return None
    steps = run.started.steps_per_epoch
    weights = all_weights(run.id, run.folder, round(step / steps, 2), step)
    return TrainedNetwork(run.id, run.config, weights, all_predictions(run.id, run.folder, weights, steps), run)
