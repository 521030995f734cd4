"""What the server's owner is told, and what not."""

import ast
import logging
import re
from pathlib import Path
from typing import get_args

import pytest

from explorer.core.events import LONGEST, Event, short_id, tell

ROOT = Path(__file__).parents[2]


def calls() -> list[ast.Call]:
    """Every ``tell(…)`` of the project."""
    trees = [ast.parse(file.read_text("utf-8")) for file in sorted(ROOT.glob("explorer/**/*.py"))]
    found = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [call for call in found if isinstance(call.func, ast.Name) and call.func.id == "tell"]


def told(caplog: pytest.LogCaptureFixture) -> logging.LogRecord:
    (record,) = caplog.records
    return record


def test_every_event_is_told_and_explained() -> None:
    """None is told that the owner's document does not explain, with all of its values; none is explained in vain."""
    names: dict[str, set[str]] = {}
    for call in calls():
        values = {keyword.arg for keyword in call.keywords}
        names.setdefault(call.args[0].value, set()).update(values)
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \|", (ROOT / "docs/operating.md").read_text("utf-8"), re.M)
    explained = {name: set(re.findall(r"`(\w+)`", values)) for name, values in rows if name in get_args(Event)}
    assert set(get_args(Event)) == set(names)
    assert names == explained


def test_a_value_that_is_not_known_is_left_out(caplog: pytest.LogCaptureFixture) -> None:
    """And a text has an end, whatever a system's message says."""
    with caplog.at_level(logging.INFO, "explorer.events"):
        tell("run_ended", run="abcdef", error=None, state="x" * 1000)
    assert {"run": "abcdef", "state": "x" * LONGEST} == told(caplog).values


@pytest.mark.parametrize(
    ("event", "values", "level"),
    [
        ("run_ended", {"state": "finished"}, logging.INFO),
        ("run_ended", {"state": "failed"}, logging.WARNING),
        ("worker_died", {}, logging.WARNING),
    ],
)
def test_what_went_wrong_stands_out(event: Event, values: dict, level: int, caplog: pytest.LogCaptureFixture) -> None:
    """An owner may have warnings alone sent to them."""
    with caplog.at_level(logging.INFO, "explorer.events"):
        tell(event, **values)
    assert level == told(caplog).levelno


def test_who_reads_the_log_can_watch_no_run() -> None:
    """The whole id is what a link has; half of it is guessed in 2³⁶ trials."""
    assert "AbCdEf" == short_id("AbCdEfGhIjKl")
