"""What Prometheus finds, and that the dashboard and the document name nothing else."""

import json
import logging
import re
import socket
import threading
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from explorer.core import limits
from explorer.core.events import tell
from explorer.core.run.records import Steps
from explorer.core.run.train_config import TrainConfig
from explorer.operating.metrics import served_metrics
from explorer.runs.run import Run
from tests.operating.server_process import free_port

ROOT = Path(__file__).parents[2]
OWN = re.compile(r"\bcnn_explorer_\w+")


@dataclass
class SomeRuns:
    """In the place of a server's."""

    workers: int = 2
    readiness: str = "ready"
    found: list[Run] = field(default_factory=list)

    def here(self) -> list[Run]:
        return self.found


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Iterator[SomeRuns]:
    """Of a server whose metrics are open."""
    monkeypatch.setattr(limits, "METRICS_PORT", free_port())
    logging.getLogger("explorer.events").setLevel(logging.INFO)
    with served_metrics(some := SomeRuns()):
        yield some
    logging.getLogger("explorer.events").setLevel(logging.NOTSET)


def scraped() -> dict[tuple[str, ...], float]:
    """(name, its labels' values …) -> value."""
    with urllib.request.urlopen(f"http://127.0.0.1:{limits.METRICS_PORT}/metrics", timeout=10) as answer:
        families = text_string_to_metric_families(answer.read().decode())
        return {(one.name, *one.labels.values()): one.value for family in families for one in family.samples}


def test_runs_are_counted_by_state(runs: SomeRuns) -> None:
    """Those that train with the images that they train a second, all together."""
    states = ("queued", "queued", "running", "running", "paused")
    runs.found = [Run(str(number), TrainConfig(), state=state) for number, state in enumerate(states)]
    for run in runs.found[2:]:
        run.add_record(Steps(10, [1.0], 1.0, 2500.0))
    found = scraped()
    by_state = [found["cnn_explorer_runs", state] for state in ("queued", "fetching", "running", "paused")]
    assert [2, 0, 2, 1] == by_state
    assert 5000 == found[("cnn_explorer_images_per_second",)]
    assert (2, 1) == (found[("cnn_explorer_workers",)], found[("cnn_explorer_ready",)])


def test_events_are_counted_from_none_on(runs: SomeRuns) -> None:
    """A failed run twice: as an end, and by how it ended."""
    before = scraped()
    assert ("cnn_explorer_events_total", "page_failed") in before
    tell("page_failed", page="/train", error="KeyError", at="explorer/pages/train.py:1")
    tell("run_ended", run="abcdef", state="failed")
    after = scraped()
    added = {name: value - before.get(name, 0) for name, value in after.items() if name[0].startswith("cnn_explorer_")}
    assert {
        ("cnn_explorer_events_total", "page_failed"): 1,
        ("cnn_explorer_events_total", "run_ended"): 1,
        ("cnn_explorer_runs_ended_total", "failed"): 1,
    } == {name: value for name, value in added.items() if value and "created" not in name[0]}


def test_it_listens_on_this_machine_alone(runs: SomeRuns) -> None:
    """Unless the owner names another address; and no longer than the server runs."""
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.2", limits.METRICS_PORT), timeout=10)


def test_a_port_that_is_taken_ends_no_server(runs: SomeRuns, caplog: pytest.LogCaptureFixture) -> None:
    """The owner is told, and learners are served."""
    with caplog.at_level(logging.ERROR, "explorer.operating.metrics"), pytest.raises(ZeroDivisionError):
        _second_server()
    assert f"port {limits.METRICS_PORT}" in caplog.text
    assert 2 == scraped()[("cnn_explorer_workers",)]


def _second_server() -> None:
    with served_metrics(SomeRuns()):
        raise ZeroDivisionError


def test_nothing_is_left_when_the_server_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a port nor a thread."""
    monkeypatch.setattr(limits, "METRICS_PORT", free_port())
    before = serving()
    with served_metrics(SomeRuns()):
        scraped()
        assert len(serving()) > len(before)
    assert before == serving()
    with pytest.raises(OSError, match="refused"):
        scraped()


def serving() -> list[str]:
    """The threads that answer at a port: others, of workers elsewhere, come and go."""
    return [thread.name for thread in threading.enumerate() if "serve_forever" in thread.name]


def exported() -> set[str]:
    return {name[0] for name in scraped()}


def test_the_dashboard_asks_for_nothing_that_is_not_there(runs: SomeRuns) -> None:
    """Metrics, their labels, and of these the values that it picks."""
    text = (ROOT / "docs/grafana.json").read_text("utf-8")
    board = json.loads(text)
    asked = [target["expr"] for panel in board["panels"] for target in panel["targets"]]
    names = {name for expression in asked for name in re.findall(r"\b(?:cnn_explorer|process)_\w+", expression)}
    assert len(names) >= 9
    assert names <= exported()
    assert set(OWN.findall(text)) <= exported()
    events = "|".join(re.findall(r'event=~"([\w|]+)"', " ".join(asked))).split("|")
    assert {("cnn_explorer_events_total", event) for event in events} <= scraped().keys()
    places = [tuple(panel["gridPos"].values()) for panel in board["panels"]]
    assert len(set(places)) == len({panel["id"] for panel in board["panels"]}) == len(board["panels"])


def test_the_document_explains_each_and_no_other(runs: SomeRuns) -> None:
    """Histograms by their own name, without the parts that Prometheus makes of them."""
    text = (ROOT / "docs/operating.md").read_text("utf-8")
    own = {re.sub(r"_(bucket|count|sum|created)$", "", name) for name in exported() if OWN.match(name)}
    assert {name for name in own if f"{name}_total" not in own} == set(OWN.findall(text))
    assert set(re.findall(r"process_\w+", text)) <= exported()
