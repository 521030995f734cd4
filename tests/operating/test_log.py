"""The server's log, a line an event."""

import io
import json
import logging
import re
from collections.abc import Iterator

import pytest

from explorer.core.events import tell
from explorer.operating.log import start_log


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    ours = logging.getLogger("explorer")
    before = ours.handlers, ours.propagate, ours.level
    start_log(stream := io.StringIO())
    yield stream
    ours.handlers, ours.propagate = before[:2]
    ours.setLevel(before[2])


def values(line: str) -> dict[str, str]:
    """A line as programs read it."""
    found = re.findall(r'(\w+)=("(?:[^"\\]|\\.)*"|[^\s"=]+)(?: |$)', line)
    assert line == " ".join(f"{name}={value}" for name, value in found)
    return {name: json.loads(value) if value[0] == '"' else value for name, value in found}


def test_an_event_is_a_line(log: io.StringIO) -> None:
    """When, how grave, what, and its values by their names."""
    tell("run_ended", run="abcdef", state="finished", step=1407, seconds=12.3456789)
    (line,) = log.getvalue().splitlines()
    found = values(line)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", found.pop("time"))
    assert {"level": "info", "event": "run_ended", "run": "abcdef", "state": "finished"} | {
        "step": "1407",
        "seconds": "12.3457",
    } == found


@pytest.mark.parametrize(
    "text", ["", "two words", 'a "word"', "a\nb\rc\td", "x=y", "back\\slash", "断开 了", "\x1b[31m\u2028"]
)
def test_no_text_makes_a_line_of_its_own(log: io.StringIO, text: str) -> None:
    """Nor a value, nor a colour: what a system said is read as it was."""
    tell("workers_lost", reason=text)
    assert 1 == len(log.getvalue().splitlines())
    assert text == values(log.getvalue().removesuffix("\n"))["reason"]


def test_other_messages_are_lines_too(log: io.StringIO) -> None:
    """With the traceback in it."""
    try:
        1 / 0  # noqa: B018 - for its traceback
    except ZeroDivisionError:
        logging.getLogger("explorer.runs.active_run").exception("a report of run %s cannot be read", "abcdef")
    (line,) = log.getvalue().splitlines()
    found = values(line)
    assert ("error", "message", "explorer.runs.active_run") == (found["level"], found["event"], found["logger"])
    assert "a report of run abcdef cannot be read" == found["text"]
    assert found["traceback"].startswith("Traceback")
