"""What the page says of measurements over the whole test set, and how it takes a question."""

import json
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from explorer.core import limits
from explorer.core.data.transformations import TRANSFORMATIONS
from explorer.exchange.run_folder import DESCRIPTION, FORMAT
from explorer.exchange.study_files import keep_answer
from explorer.runs.studies import Studies
from explorer.runs.torch_process import Ended
from explorer.ui.inside import studies as room
from explorer.ui.session_runs import server_runs


class Waiting:
    """A process that answers nothing before it is ended."""

    def __init__(self) -> None:
        self.over = threading.Event()

    def answer(self, on_progress) -> bytes:
        on_progress(2000, 10000)
        self.over.wait(30)
        raise Ended

    def end(self) -> None:
        self.over.set()


def page() -> None:
    """Takes the questions that are asked, and tells what the browser would be told."""
    from types import SimpleNamespace

    import streamlit as st

    from explorer.ui.inside import studies
    from explorer.ui.inside.networks import shipped_network

    for question in st.session_state.pop("asked", []):
        st.session_state["inside_view"] = SimpleNamespace(study=question)
        studies.take_question()
    st.session_state["told"] = studies.measured(shipped_network())
    st.session_state["seconds"] = studies.study_seconds()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Of a run about which nothing was asked yet, in the place of what ships; its studies end when they are told."""
    (tmp_path / DESCRIPTION).write_text(json.dumps({"format": FORMAT, "step": 7}))
    studies = Studies(lambda folder, question: Waiting())
    monkeypatch.setattr(room, "server_studies", lambda: studies)
    monkeypatch.setattr(room, "trained_folder", lambda name: tmp_path)
    yield tmp_path
    studies.close()


def asked(*questions: str, at: AppTest | None = None) -> AppTest:
    """A session, or the same one, that has asked these."""
    at = at or AppTest.from_function(page, default_timeout=60)
    at.session_state["asked"] = list(questions)
    at.run()
    assert not at.exception
    return at


def test_what_ships_has_all_its_curves() -> None:
    """And the patches' address; nothing is under way."""
    told = asked().session_state["told"]
    assert [curve["name"] for curve in told["curves"]] == list(TRANSFORMATIONS)
    assert told["patches"].startswith("patches/simple/step-")
    assert (told["study"], told["refusal"]) == (None, "")


def test_a_question_is_followed_until_it_is_answered(folder: Path) -> None:
    """The page is drawn anew twice a second meanwhile."""
    at = asked("rotate")
    study = at.session_state["told"]["study"]
    assert study["question"] == "rotate"
    assert study["state"] in ("waiting", "running")
    assert at.session_state["seconds"] == 0.5
    keep_answer(folder, "rotate", b'{"step": 7, "answer": [[0, 0.5], [1, 0.25]]}')
    assert asked(at=at).session_state["told"]["curves"] == [{"name": "rotate", "points": [[0, 0.5], [1, 0.25]]}]


def test_who_waits_no_more_is_told_nothing_more(folder: Path) -> None:
    """The empty question gives up; the page is at rest."""
    at = asked("patches")
    at = asked("", at=at)
    assert at.session_state["told"]["study"] is None
    assert at.session_state["seconds"] is None


def test_too_many_questions_are_refused_with_a_sentence(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a failure of the last one."""
    monkeypatch.setattr(limits, "MAX_LEARNER_STUDIES", 1)
    study = asked("right", "down").session_state["told"]["study"]
    assert (study["question"], study["state"]) == ("down", "failed")
    assert "waiting for 1" in study["sentence"]


@pytest.mark.parametrize("question", ["../weights", "", None, 5])
def test_what_is_no_question_is_passed_over(folder: Path, question: object) -> None:
    """A browser may say anything."""
    assert asked(question).session_state["told"]["study"] is None


def test_a_run_under_way_is_not_measured(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And the page says when it is."""
    run = SimpleNamespace(unfinished=True)
    monkeypatch.setattr(type(server_runs()), "find", lambda self, run_id: run)
    told = asked("rotate").session_state["told"]
    assert told["study"] is None
    assert "when the run has ended" in told["refusal"]
