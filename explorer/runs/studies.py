"""Questions that torch answers about saved runs over their whole test sets: asked, waited for, ended, kept."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from explorer.core import limits
from explorer.core.errors import ExplainedError, Sentence, SettingError
from explorer.exchange.study_files import QUESTIONS, keep_answer
from explorer.runs.torch_process import Ended, TorchProcess


class Process(Protocol):
    """What answers a question; any thread may end it."""

    def answer(self, on_progress: Callable[[int, int], None]) -> bytes:
        """Raises SettingError, DataError, and Ended."""
        ...

    def end(self) -> None:
        """Now, or as soon as it begins."""
        ...


@dataclass
class Study:
    """One question about the run in ``folder``, and who asked it.

    ``state`` is "waiting", "running", "done", "failed" (``error`` says why) or "cancelled"; ``done`` of ``total`` test
    images have been looked at, of 0 while that is not known.
    """

    folder: Path
    question: str
    process: Process
    learners: set[str] = field(default_factory=set[str])
    state: str = "waiting"
    done: int = 0
    total: int = 0
    error: Sentence | None = None

    @property
    def unfinished(self) -> bool:
        """Whether it waits, or is being answered."""
        return self.state in ("waiting", "running")


class Studies:
    """All of a server; safe to use from all sessions' threads. One at a time is answered, in the order of asking."""

    def __init__(self, ask: Callable[[Path, str], Process] | None = None) -> None:
        self._ask = ask or _torch
        self._lock = threading.Lock()
        self._known: OrderedDict[tuple[Path, str], Study] = OrderedDict()  # the one asked last at the end
        self._answering = False
        self._closed = False

    def start(self, folder: Path, question: str, learner: str) -> Study:
        """Asks ``question``, one of QUESTIONS, about the run in ``folder``; what is being asked already is joined.

        Raises SettingError where this learner, or the server, has too many waiting.
        """
        if question not in QUESTIONS:
            raise ValueError(f"{question} is none of {QUESTIONS}")
        with self._lock:
            study = self._known.get((folder, question))
            if study is None or not study.unfinished:
                self._require_room(learner)
                study = self._add(folder, question)
            study.learners.add(learner)
            if not self._answering and not self._closed:
                self._answering = True
                threading.Thread(target=self._answer_all, name="studies", daemon=True).start()
        return study

    def of(self, folder: Path, learner: str) -> Study | None:
        """What this learner asked last about the run; None where that is done, or was cancelled, or is long ago."""
        with self._lock:
            mine = [one for (of, _), one in self._known.items() if of == folder and learner in one.learners]
        return mine[-1] if mine else None

    def cancel(self, study: Study, learner: str) -> None:
        """This learner waits for it no more; with the last one who did, it ends."""
        with self._lock:
            study.learners.discard(learner)
            if study.learners or not study.unfinished:
                return
            self._drop(study, "cancelled")
        study.process.end()

    def close(self) -> None:
        """Ends what is being answered, and answers no more."""
        with self._lock:
            self._closed = True
            studies = [study for study in self._known.values() if study.unfinished]
            for study in studies:
                self._drop(study, "cancelled")
        for study in studies:
            study.process.end()

    def _require_room(self, learner: str) -> None:
        unfinished = [study for study in self._known.values() if study.unfinished]
        mine = sum(learner in study.learners for study in unfinished)
        if mine >= limits.MAX_LEARNER_STUDIES:
            raise SettingError(
                "You are waiting for {count} measurements already, and more than {most} are not taken. Wait for one, or"
                " cancel it.",
                count=mine,
                most=limits.MAX_LEARNER_STUDIES,
            )
        if len(unfinished) >= limits.MAX_STUDIES:
            raise SettingError(
                "{count} measurements wait on this server. Ask again in a minute.", count=len(unfinished)
            )

    def _add(self, folder: Path, question: str) -> Study:
        self._known.pop((folder, question), None)
        study = Study(folder, question, self._ask(folder, question))
        self._known[folder, question] = study
        failed = [key for key, one in self._known.items() if not one.unfinished]
        for key in failed[: max(0, len(failed) - limits.MAX_STUDIES)]:
            del self._known[key]
        return study

    def _drop(self, study: Study, state: str) -> None:
        study.state = state
        if self._known.get((study.folder, study.question)) is study:
            del self._known[study.folder, study.question]

    def _answer_all(self) -> None:
        while study := self._next():
            try:
                answer = study.process.answer(lambda done, total, study=study: _show(study, done, total))
                keep_answer(study.folder, study.question, answer)
            except Ended:
                pass  # by ``cancel`` or ``close``, which have dropped it
            except ExplainedError as error:
                with self._lock:
                    study.error = error.sentence
                    study.state = "failed" if study.unfinished else study.state
            else:
                with self._lock:
                    self._drop(study, "done")

    def _next(self) -> Study | None:
        with self._lock:
            study = next((one for one in self._known.values() if one.state == "waiting"), None)
            self._answering = study is not None
            if study:
                study.state = "running"
            return study


def _show(study: Study, done: int, total: int) -> None:
    study.done, study.total = done, total


def _torch(folder: Path, question: str) -> Process:
    path = str(folder.absolute())
    return TorchProcess("explorer.training.study", path, question, seconds=limits.MAX_STUDY_SECONDS)
