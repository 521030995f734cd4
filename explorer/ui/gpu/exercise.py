"""The GPU page's script and its curve as an exercise asks about them."""

from explorer.core.exercises.gpu import DeviceState
from explorer.core.network.ledger import trace
from explorer.ui.gpu.measuring import shown_throughput
from explorer.ui.train_settings import NETWORK, train_config


def device_state() -> DeviceState:
    """The script's numbers, and the curve's point at the script's batch size; where it has none, its fastest."""
    config = train_config(NETWORK.value)
    points = shown_throughput().curves[0].points
    fastest = max(points, key=lambda point: point[1])
    point = next((point for point in points if point[0] == config.batch_size), fastest)
    parameters = trace(NETWORK.value).num_params
    return DeviceState(config.batch_size, parameters, config.training_images, config.epochs, point)
