"""Which patches of test images excite a network's maps most, on their way to the browser: 17 to 100 kB, once asked."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from explorer.components.files import route_path
from explorer.exchange.study_files import PATCHES, STUDIES
from explorer.ui.weights import send_kept


def patches_address(name: str, step: int) -> str:
    """Where a page finds those of a network that ships, or of the run of that id, as it was after ``step`` steps."""
    return f"patches/{name}/step-{step}"


def patches_route() -> Route:
    """Where the server has them: for whoever may have the weights."""
    return Route(route_path("patches/{name}/{state}"), _serve)


def _serve(request: Request) -> Response:
    return send_kept(request.path_params["name"], request.path_params["state"], STUDIES, f"{STUDIES}/{PATCHES}.json")
