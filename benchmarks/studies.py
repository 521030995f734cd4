"""What a question to the whole test set takes, from asking to the answer, against a plain loop of PyTorch.

    python benchmarks/studies.py [--data FOLDER] [--question rotate] [--repetitions 3] [--keep] [--short]

FOLDER, or CNN_EXPLORER_DATA, holds MNIST's files. Asks as the app does: a process of its own, import of torch included,
about the simple CNN that ships. The baseline reads the same images in batches of 64, as the lecture's test loop does,
once for each of the 11 points, without changing them and without the import. --keep asks every question about both
networks that ship, keeps the answers in their folders, and measures nothing.
"""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import torch
from arguments import parser
from table import HEAD, Row

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from explorer.core.data.transformations import POINTS
from explorer.exchange.folders import SHIPPED
from explorer.exchange.study_files import QUESTIONS, answer_path, keep_answer
from explorer.exchange.test_images import read_test_images
from explorer.runs.torch_process import TorchProcess
from explorer.training.checkpoint import load_run


def ask(name: str, question: str) -> bytes:
    """The answer about one of the networks that ship."""
    return TorchProcess("explorer.training.study", str(SHIPPED[name]), question, seconds=600).answer()


def plain_loop(points: int) -> None:
    """The test set, so many times."""
    network = load_run(SHIPPED["simple"])[1]
    images = read_test_images("mnist")
    assert images, "no MNIST: name its folder with --data"
    batches = ((torch.from_numpy(images.images).float().unsqueeze(1) / 255 - 0.1307) / 0.3081).split(64)
    with torch.no_grad():
        for _ in range(points):
            for batch in batches:
                network(batch).argmax(1)


def seconds(do: Callable[[], object]) -> float:
    """How long it takes."""
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


def main() -> None:
    """Parse; keep, or measure in turns and print."""
    options = parser(__doc__)
    options.add_argument("--question", default="rotate", choices=QUESTIONS)
    options.add_argument("--repetitions", type=int, default=3)
    options.add_argument("--keep", action="store_true", help="make the answers that ship")
    chosen = options.parse_args()
    if chosen.data:
        os.environ["CNN_EXPLORER_DATA"] = str(chosen.data.resolve())
    if chosen.keep:
        for name, folder in SHIPPED.items():
            for question in QUESTIONS:
                keep_answer(folder, question, ask(name, question))
                print(f"{name} {question}: {answer_path(folder, question).stat().st_size:,} bytes", flush=True)
        return
    took: list[float] = []
    plain: list[float] = []
    for _ in range(1 if chosen.short else chosen.repetitions):
        took.append(seconds(lambda: ask("simple", chosen.question)))
        plain.append(seconds(lambda: plain_loop(POINTS)))
    print(HEAD)
    print(Row(f"{chosen.question}, {POINTS} points, 10,000 images", "s", took, "plain loop", plain, "≤ 6 s"))


if __name__ == "__main__":
    main()
