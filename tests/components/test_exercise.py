"""The exercises' part in the browser: progress as it is kept there, run by Node."""

import pytest

from explorer.core import limits
from explorer.core.exercises.every import EXERCISES
from explorer.core.exercises.progress import CODES, progress_text, read_progress
from tests.components.node import Node

STORAGE = "() => ({ getItem: () => kept, setItem: (key, text) => { kept = text } })"


@pytest.fixture(scope="module")
def node():
    node = Node("exercise/kept_progress.js")
    yield node
    node.close()


def test_two_progresses_make_one(node: Node) -> None:
    """Each exercise once, whichever has it; what is no code is left out, and no text grows without end."""
    names = [exercise.name for exercise in EXERCISES]
    one, other = progress_text(names[:9]), progress_text(names[5:20])
    both = node.ask("(one, other) => joined(one, other)", one, other)
    assert set(names[:20]) == read_progress(both)
    assert len(both) == len(progress_text(names[:20]))
    assert node.ask("(text) => joined(text, '')", "<b>") == ""
    long = node.ask("() => joined(Array.from({length: 999}, (_, n) => String(n + 100).slice(-3)).join(''), '')")
    assert len(long) <= limits.MAX_PROGRESS


def test_a_browser_without_a_storage_keeps_none(node: Node) -> None:
    """A frame of another site may not have one: exercises go on without."""
    refused = "() => { throw new Error('closed') }"
    assert node.ask(f"() => readProgress({refused})") == ""
    assert node.ask(f"() => {{ writeProgress({refused}, 'abc'); return 1 }}") == 1
    kept = f"() => {{ let kept = null; const storage = {STORAGE}; writeProgress(storage, 'abc'); return kept }}"
    assert node.ask(kept) == "abc"


def test_every_exercise_has_a_code_of_its_own() -> None:
    """All of them together fit a link; a code of none changes nothing."""
    assert len(set(CODES.values())) == len(CODES)
    everything = progress_text(CODES)
    assert len(everything) <= limits.MAX_PROGRESS
    assert set(CODES) == read_progress(everything)
    assert read_progress("???" + everything[:3]) == read_progress(everything[:3])
