"""What a network said of the test images, on its way to the browser: 20 kB for each evaluation that is kept."""

from pathlib import Path

from safetensors import SafetensorError, safe_open
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from explorer.components.files import route_path
from explorer.exchange.run_folder import PREDICTIONS
from explorer.exchange.snapshots import PREDICTED
from explorer.ui.weights import send_kept


def predictions_address(name: str, state: str) -> str:
    """Where a page finds a network's predictions: those after a pass, "epoch-0003", or the newest, "step-1875"."""
    return f"predictions/{name}/{state}"


def all_predictions(
    name: str, folder: Path, weights: list[tuple[float, str]], steps_per_epoch: int
) -> list[tuple[float, str]]:
    """(passes over the images, address) for each of ``weights``; the address is "" where none are kept.

    The last ones are those of the newest evaluation, which may lie before the newest weights.
    """
    kept = {path.stem for path in (folder / PREDICTED).glob("epoch-*.safetensors")}
    states = [(passes, f"epoch-{int(passes):04}") for passes, _ in weights[:-1]]
    earlier = [(passes, predictions_address(name, state) if state in kept else "") for passes, state in states]
    return [*earlier, _newest(name, folder, steps_per_epoch) or (weights[-1][0], "")]


def newest_predictions(name: str, folder: Path) -> tuple[int, str] | None:
    """(steps trained, address) of the newest evaluation; None where the folder has none."""
    try:
        with safe_open(folder / PREDICTIONS, "numpy") as file:
            step = int((file.metadata() or {})["step"])
    except (OSError, SafetensorError, KeyError, ValueError):
        return None
    return step, predictions_address(name, f"step-{step}")


def predictions_route() -> Route:
    """Where the server has them: for whoever may have the weights."""
    return Route(route_path(predictions_address("{name}", "{state}")), _serve)


def _serve(request: Request) -> Response:
    return send_kept(request.path_params["name"], request.path_params["state"], PREDICTED, PREDICTIONS)


def _newest(name: str, folder: Path, steps_per_epoch: int) -> tuple[float, str] | None:
    found = newest_predictions(name, folder)
    return found and (round(found[0] / steps_per_epoch, 2), found[1])
