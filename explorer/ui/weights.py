"""Trained weights on their way to the browser: files of safetensors under an address of their own, sent once."""

import re
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from explorer.components.files import route_path
from explorer.core.run.train_config import TrainConfig
from explorer.exchange.folders import SHIPPED
from explorer.exchange.run_folder import WEIGHTS, read_run
from explorer.exchange.snapshots import SNAPSHOTS
from explorer.runs.run import Run
from explorer.ui.kept_weights import kept_weights
from explorer.ui.session_runs import server_runs

_STATE = re.compile(r"(epoch|step)-\d{1,9}", re.ASCII)
_BYTES = "application/octet-stream"
A_DAY = "private, max-age=86400"  # a later step has another address
_HEADERS = {"cache-control": A_DAY, "x-content-type-options": "nosniff"}


def weights_address(name: str, state: str) -> str:
    """Where a page finds weights of a shipped network, an upload, or the run of that id: "epoch-0003", "step-120"."""
    return f"weights/{name}/{state}"


def all_weights(name: str, folder: Path, passes: float, step: int) -> list[tuple[float, str]]:
    """(passes over the images, address) of all weights that a run's folder keeps, the newest last."""
    snapshots = sorted((folder / SNAPSHOTS).glob("epoch-*.safetensors"))
    kept = [(float(path.stem.removeprefix("epoch-")), weights_address(name, path.stem)) for path in snapshots]
    return [*(one for one in kept if one[0] < passes), (passes, weights_address(name, f"step-{step}"))]


def has_weights(run: Run) -> bool:
    """Whether the run has saved any."""
    return bool(run.folder and (run.folder / WEIGHTS).is_file())


@cache
def shipped_config(name: str) -> TrainConfig:
    """The settings of a network that ships. Raises DataError where the project lacks it."""
    return TrainConfig.from_dict(read_run(SHIPPED[name])["settings"])


def weights_route() -> Route:
    """Where the server has them: whoever knows a run's id, or an upload's name, may look at it."""
    return Route(route_path(weights_address("{name}", "{state}")), _serve)


def _serve(request: Request) -> Response:
    name, state = request.path_params["name"], request.path_params["state"]
    if uploaded := kept_weights().find(name):
        return Response(uploaded, media_type=_BYTES, headers=_HEADERS)
    return send_kept(name, state, SNAPSHOTS, WEIGHTS)


def trained_folder(name: str) -> Path | None:
    """The folder of a network that ships, or of the run of that id; None where there is none."""
    if name in SHIPPED:
        return SHIPPED[name]
    run = server_runs().find(name)
    return run.folder if run else None


def send_kept(name: str, state: str, snapshots: str, newest: str) -> Response:
    """A file of a network's folder: of an epoch the one in the folder ``snapshots``, of a step the one ``newest``."""
    folder = trained_folder(name)
    if folder is None or not _STATE.fullmatch(state):
        return PlainTextResponse("not found", status_code=404)
    path = folder / snapshots / f"{state}.safetensors" if state.startswith("epoch") else folder / newest
    if not path.is_file():
        return PlainTextResponse("not found", status_code=404)
    return FileResponse(path, media_type=_BYTES, headers=_HEADERS, filename=newest)
