"""Whether a run can be trained here: for what sends learners to servers. Whether one lives, /_stcore/health says."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from explorer.components.files import route_path
from explorer.ui.session_runs import server_runs


def ready_route() -> Route:
    """200 and "ready", or 503 and why not: "starting", until there is a worker; "ending", while runs are saved."""
    return Route(route_path("ready"), _serve)


def _serve(request: Request) -> PlainTextResponse:
    readiness = server_runs().readiness
    status = 200 if readiness == "ready" else 503
    return PlainTextResponse(readiness, status_code=status, headers={"cache-control": "no-store"})
