"""``python -m explorer.training.study FOLDER QUESTION``: what a whole test set says about a saved run's network.

QUESTION is one of ``study_files.QUESTIONS``. Writes JSON, {"step": of the run, "answer": …}, and tells how far it is.
"""

import sys
from pathlib import Path

from explorer.core.data.transformations import TRANSFORMATIONS
from explorer.core.errors import ExplainedError
from explorer.exchange.answers import answer_or_explain, report_progress
from explorer.exchange.json_text import json_text
from explorer.exchange.study_files import PATCHES, saved_step
from explorer.training.accuracy_curve import accuracy_curve
from explorer.training.checkpoint import load_run
from explorer.training.strongest_patches import strongest_patches
from explorer.training.whole_test_set import OnProgress, read_test_set


def main(folder: Path, question: str) -> int:
    """Writes the answer, or the sentence that says why there is none; returns the exit status."""
    try:
        return answer_or_explain(answer(folder, question, report_progress))
    except ExplainedError as error:
        return answer_or_explain(error)


def answer(folder: Path, question: str, on_progress: OnProgress = lambda done, total: None) -> bytes:
    """What is kept of it. Raises DataError, SettingError."""
    step = saved_step(folder)  # before the weights: a save in between makes the answer an older one's
    config, network = load_run(folder)
    images = read_test_set(config)
    if question == PATCHES:
        found = {"count": len(images), "layers": strongest_patches(network, images, on_progress)}
    else:
        amounts = TRANSFORMATIONS[question].amounts()
        found = accuracy_curve(network, images, question, amounts, on_progress)
    return json_text({"step": step, "answer": found}).encode()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
