"""What Prometheus collects of this server, on a port of its own: numbers for its owner, none of which is a learner's.

docs/operating.md explains each. Loaded only where the owner has set a port.
"""

import logging
from collections import Counter as Tally
from collections.abc import Generator, Iterable
from contextlib import ExitStack, contextmanager
from typing import get_args

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Metric, ProcessCollector, start_http_server
from prometheus_client.core import GaugeMetricFamily

from explorer.core import limits
from explorer.core.environment import environment
from explorer.core.events import Event
from explorer.runs.run import ENDED_WELL, UNFINISHED
from explorer.runs.runs import Runs

LOG = logging.getLogger(__name__)
ENDINGS = (*ENDED_WELL, "stopped", "idle", "timeout", "interrupted", "cancelled", "failed")
KINDS = ("page", "fragment", "poll")
BOUNDS = (0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0, 1.5, 2.5, 5.0, 10.0)  # seconds

REGISTRY = CollectorRegistry()
SESSIONS = Gauge("cnn_explorer_sessions", "Pages open in browsers.", registry=REGISTRY)
PAGE_RUN = Histogram(
    "cnn_explorer_page_run_seconds",
    "From a browser's message to the end of the page's run that answers it.",
    ["kind"],
    buckets=BOUNDS,
    registry=REGISTRY,
)
EVENTS = Counter("cnn_explorer_events", "Lines of the log, by event.", ["event"], registry=REGISTRY)
RUNS_ENDED = Counter("cnn_explorer_runs_ended", "Runs that have ended, by how.", ["state"], registry=REGISTRY)
ProcessCollector(registry=REGISTRY)


class EventCounter(logging.Handler):
    """Counts the log's events."""

    def emit(self, record: logging.LogRecord) -> None:
        """One of them."""
        EVENTS.labels(record.msg).inc()
        if record.msg == "run_ended":
            RUNS_ENDED.labels(getattr(record, "values", {}).get("state", "")).inc()


class RunsCollector:
    """What is so at the moment at which Prometheus asks."""

    def __init__(self, runs: Runs) -> None:
        self._runs = runs

    def collect(self) -> Iterable[Metric]:
        """All of it, in some 0.1 ms."""
        unfinished = self._runs.here()
        by_state = GaugeMetricFamily("cnn_explorer_runs", "Runs that wait or are under way.", labels=["state"])
        states = Tally(run.state for run in unfinished)
        for state in UNFINISHED:
            by_state.add_metric([state], states[state])
        yield by_state
        rate = sum(run.latest.images_per_second for run in unfinished if run.state == "running" and run.latest)
        yield GaugeMetricFamily("cnn_explorer_images_per_second", "Trained now, by all workers together.", value=rate)
        yield GaugeMetricFamily("cnn_explorer_workers", "Worker processes that are there.", value=self._runs.workers)
        ready = self._runs.readiness == "ready"
        yield GaugeMetricFamily("cnn_explorer_ready", "1 where a run can be trained, as /ready says.", value=ready)


@contextmanager
def served_metrics(runs: Runs) -> Generator[None]:
    """The port is open within it. Where it cannot be opened the log says so, and learners are served all the same."""
    for metric, values in ((EVENTS, get_args(Event)), (RUNS_ENDED, ENDINGS), (PAGE_RUN, KINDS)):
        for value in values:
            metric.labels(value)  # 0 from the start on: a rate needs a number before the first
    counter, collector = EventCounter(), RunsCollector(runs)
    with ExitStack() as until_the_end:
        logging.getLogger("explorer.events").addHandler(counter)
        until_the_end.callback(logging.getLogger("explorer.events").removeHandler, counter)
        REGISTRY.register(collector)
        until_the_end.callback(REGISTRY.unregister, collector)
        try:
            server, thread = start_http_server(limits.METRICS_PORT, environment().metrics_host, REGISTRY)
        except OSError as error:
            LOG.error("metrics cannot be served at port %s: %s", limits.METRICS_PORT, error.strerror or error)
        else:
            for end in (thread.join, server.server_close, server.shutdown):  # called the other way round
                until_the_end.callback(end)
        yield
