"""Questions about whole test sets: one at a time, each once, bounded, ended when nobody waits for the answer."""

import json
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from explorer.core import limits
from explorer.core.errors import DataError, SettingError
from explorer.exchange.run_folder import DESCRIPTION, FORMAT
from explorer.exchange.study_files import STUDIES, read_answers
from explorer.runs.studies import Studies, Study
from explorer.runs.torch_process import Ended
from tests.runs.following import SECONDS


class FakeProcess:
    """Answers when it is told to."""

    def __init__(self) -> None:
        self.began, self.goes_on = threading.Event(), threading.Event()
        self.ended = False
        self.fails: Exception | None = None

    def answer(self, on_progress: Callable[[int, int], None]) -> bytes:
        on_progress(3, 10)
        self.began.set()
        assert self.goes_on.wait(SECONDS)
        if self.ended:
            raise Ended
        if self.fails:
            raise self.fails
        return json.dumps({"step": 7, "answer": [[0, 0.5]]}).encode()

    def end(self) -> None:
        self.ended = True
        self.goes_on.set()


class Server:
    """Studies whose processes are at hand."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / DESCRIPTION).write_text(json.dumps({"format": FORMAT, "step": 7}))
        self.processes: dict[str, FakeProcess] = {}
        self.studies = Studies(self._ask)

    def _ask(self, folder: Path, question: str) -> FakeProcess:
        return self.processes.setdefault(f"{folder.name} {question}", FakeProcess())

    def ask(self, question: str, learner: str = "me", run: str = "") -> Study:
        return self.studies.start(self.folder / run, question, learner)

    def process(self, question: str, run: str = "") -> FakeProcess:
        return self.processes[f"{(self.folder / run).name} {question}"]

    def finish(self, study: Study) -> None:
        """Lets it answer, and waits until that is kept."""
        self.process(study.question, "" if study.folder == self.folder else study.folder.name).goes_on.set()
        for thread in threading.enumerate():
            if thread.name == "studies":
                thread.join(SECONDS)


@pytest.fixture
def server(tmp_path: Path):
    server = Server(tmp_path)
    yield server
    server.studies.close()


def test_an_answer_is_kept_with_the_run(server: Server) -> None:
    """Beside its weights, and the study is over; until then it says how far it is."""
    study = server.ask("rotate")
    assert server.process("rotate").began.wait(SECONDS)
    assert (study.state, study.done, study.total) == ("running", 3, 10)
    assert server.studies.of(server.folder, "me") is study
    server.finish(study)
    assert study.state == "done"
    assert server.studies.of(server.folder, "me") is None
    assert read_answers(server.folder).of == {"rotate": [[0, 0.5]]}


def test_an_answer_about_other_weights_counts_no_more(server: Server) -> None:
    """The run was resumed: its folder says another step."""
    server.finish(server.ask("rotate"))
    (server.folder / DESCRIPTION).write_text(json.dumps({"format": FORMAT, "step": 8}))
    assert read_answers(server.folder).of == {}


def test_the_same_question_is_asked_once(server: Server) -> None:
    """Both learners wait for one study, and it ends when neither does."""
    mine, other = server.ask("scale"), server.ask("scale", "you")
    assert mine is other
    assert server.process("scale").began.wait(SECONDS)
    server.studies.cancel(mine, "me")
    assert not server.process("scale").ended
    assert server.studies.of(server.folder, "me") is None
    server.studies.cancel(other, "you")
    assert server.process("scale").ended
    assert mine.state == "cancelled"


def test_one_at_a_time_is_answered(server: Server) -> None:
    """The second begins when the first is done; one that was cancelled while it waited never does."""
    first, second, third = server.ask("right"), server.ask("down"), server.ask("noise", "you")
    assert server.process("right").began.wait(SECONDS)
    assert (second.state, third.state) == ("waiting", "waiting")
    server.studies.cancel(second, "me")
    server.process("right").goes_on.set()
    assert server.process("noise").began.wait(SECONDS)
    assert (first.state, second.state, third.state) == ("done", "cancelled", "running")
    assert not server.process("down").began.is_set()


def test_what_one_learner_and_all_may_ask_is_bounded(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a sentence that says how many wait."""
    monkeypatch.setattr(limits, "MAX_STUDIES", 3)
    monkeypatch.setattr(limits, "MAX_LEARNER_STUDIES", 2)
    server.ask("right")
    server.ask("down")
    with pytest.raises(SettingError, match="waiting for 2 measurements"):
        server.ask("noise")
    assert server.ask("down").question == "down"  # which is no other one
    server.ask("noise", "you")
    with pytest.raises(SettingError, match="3 measurements wait"):
        server.ask("scale", "they")


def test_a_failure_is_said_until_it_is_asked_again(server: Server) -> None:
    """And the next question is answered all the same."""
    study = server.ask("rotate")
    server.process("rotate").fails = DataError("No room.")
    server.finish(study)
    assert study.state == "failed"
    assert str(study.error) == "No room."
    assert server.studies.of(server.folder, "me") is study
    server.process("rotate").fails = None
    again = server.ask("rotate")
    server.finish(again)
    assert (again.state, list(read_answers(server.folder).of)) == ("done", ["rotate"])


def test_a_run_that_was_deleted_meanwhile_is_no_disaster(server: Server) -> None:
    """The answer cannot be kept, which is said; nothing is made in its place."""
    study = server.ask("rotate", run="gone")
    server.finish(study)
    assert study.state == "failed"
    assert not (server.folder / "gone").exists()


def test_the_servers_end_is_the_studies_end(server: Server) -> None:
    """Those that wait never begin."""
    running, waiting = server.ask("right"), server.ask("down")
    assert server.process("right").began.wait(SECONDS)
    server.studies.close()
    server.finish(running)
    assert server.process("right").ended
    assert (running.state, waiting.state) == ("cancelled", "cancelled")
    assert not server.process("down").began.is_set()


def test_what_is_no_question_is_refused(server: Server) -> None:
    """Least of all a path."""
    with pytest.raises(ValueError, match="none of"):
        server.ask("../../weights")


@pytest.mark.processes
def test_torch_answers_in_a_process_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A saved run's own test images, found where a run would find them; the answer is beside its weights."""
    from explorer.exchange.folders import SHIPPED, cache_folder
    from explorer.training.data import offline_digits

    digits = 150  # to train with, and a tenth to test
    monkeypatch.setenv("CNN_EXPLORER_OFFLINE_DIGITS", str(digits))
    offline_digits(digits, cache_folder(), lambda done, total: None, lambda: False)
    run = tmp_path / "run"
    shutil.copytree(SHIPPED["simple"], run, ignore=shutil.ignore_patterns(STUDIES))
    described = json.loads((run / DESCRIPTION).read_text())
    described["settings"]["data"] = "offline"
    (run / DESCRIPTION).write_text(json.dumps(described))
    studies = Studies()
    study = studies.start(run, "invert", "me")
    for thread in threading.enumerate():
        if thread.name == "studies":
            thread.join(120)
    studies.close()
    assert (study.state, study.done, study.total) == ("done", 15, 15)
    [(first, share), *_] = read_answers(run).of["invert"]
    assert first == 0
    assert share > 0.5
