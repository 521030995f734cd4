"""Whether this server is measured: where its owner has set a port for the metrics. Else nothing of it is loaded."""

from contextlib import AbstractContextManager, nullcontext

from starlette.middleware import Middleware

from explorer.core import limits
from explorer.runs.runs import Runs


def measuring_middleware() -> list[Middleware]:
    """For ``st.App``, before all others."""
    if not limits.METRICS_PORT:
        return []
    from explorer.operating.visits import MeasuredVisits

    return [Middleware(MeasuredVisits)]


def measuring(runs: Runs) -> AbstractContextManager[None]:
    """Prometheus finds its metrics within it."""
    if not limits.METRICS_PORT:
        return nullcontext()
    from explorer.operating.metrics import served_metrics

    return served_metrics(runs)
