"""What whole test sets have answered about a run: a small file a question, in the run's folder."""

import json
from pathlib import Path
from typing import Any, NamedTuple

from explorer.core.data.transformations import TRANSFORMATIONS
from explorer.core.errors import DataError
from explorer.exchange.run_folder import read_run, replace_file

STUDIES = "studies"  # the folder in a run's
PATCHES = "patches"  # which patches of test digits excite each map most
QUESTIONS = (*TRANSFORMATIONS, PATCHES)  # the others: how accuracy depends on a transformation's amount


def answer_path(folder: Path, question: str) -> Path:
    """Where the answer lies, if it has been given. Raises ValueError for what is no question."""
    if question not in QUESTIONS:
        raise ValueError(f"{question} is none of {QUESTIONS}")
    return folder / STUDIES / f"{question}.json"


def keep_answer(folder: Path, question: str, answer: bytes) -> None:
    """Writes it, whole or not at all. Raises DataError."""
    try:
        replace_file(answer_path(folder, question), answer)
    except OSError as error:
        raise DataError(
            "The answer cannot be kept in {folder}: {reason}. Make room there, or allow writing.",
            folder=str(folder),
            reason=error.strerror or type(error).__name__,
        ) from error


class Answers(NamedTuple):
    """Question -> answer, about the weights after ``step`` steps."""

    step: int
    of: dict[str, Any]


def read_answers(folder: Path) -> Answers:
    """All that was asked about the weights as they are now. What is older, or broken, is none."""
    try:
        step = saved_step(folder)
    except DataError:  # nothing was saved yet, or it has just been deleted
        return Answers(0, {})
    found = {question: _read(answer_path(folder, question)) for question in QUESTIONS}
    return Answers(step, {name: kept["answer"] for name, kept in found.items() if kept and kept["step"] == step})


def saved_step(folder: Path) -> int:
    """How many steps the saved weights have been trained. Raises DataError where the folder is no run's."""
    return read_run(folder)["step"]


def _read(path: Path) -> dict[str, Any] | None:
    try:
        kept = json.loads(path.read_bytes())
        return {"step": kept["step"], "answer": kept["answer"]}
    except (OSError, ValueError, KeyError, TypeError):
        return None
