"""A thousand hostile files of weights, read as the app reads an upload: sentences, code run, memory, the dearest one.

    python benchmarks/hostile_weights.py [--files 1000] [--short]

The same files as in tests/weights/test_hostile.py; here those that torch is asked about start a process each. Memory
is this process's, before the files and after them. Exit status 1 where one was read, or ran its code.
"""

import gc
import statistics
import sys
import tempfile
import time
import warnings
from pathlib import Path

import psutil
from arguments import parser

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from explorer.core.errors import DataError
from explorer.weights.read import read_weights
from explorer.weights.torch_file import READER
from tests.weights.hostile_files import hostile_file

WARM_UP = 42  # files, two of each kind, before memory is looked at first


def refused(number: int, canary: Path) -> tuple[bool, float]:
    """Whether the file got a sentence and ran nothing; and seconds."""
    data = hostile_file(number, canary)[1]
    began = time.perf_counter()
    try:
        read_weights(data)
    except DataError:
        return not canary.exists(), time.perf_counter() - began
    return False, time.perf_counter() - began


def main() -> int:
    """Parse, read, print; the exit status."""
    options = parser(__doc__)
    options.add_argument("--files", type=int, default=1000)
    chosen = options.parse_args()
    count = 42 if chosen.short else chosen.files
    warnings.simplefilter("ignore")
    started = count_processes()
    with tempfile.TemporaryDirectory() as folder:
        canary = Path(folder) / "canary"
        for number in range(WARM_UP):
            refused(number, canary)
        started.clear()
        before = resident()
        results = [refused(number, canary) for number in range(count)]
    seconds = [one for _, one in results]
    wrong = [number for number, (well, _) in enumerate(results) if not well]
    print("| what | figure |\n|---|---|")
    print(f"| hostile files refused by a sentence, without code run | {count - len(wrong)} of {count} |")
    print(f"| of them in a process of its own | {len(started)} |")
    print(f"| memory of the app's side after them | {(resident() - before) / 1e6:+.1f} MB |")
    print(f"| seconds a file: median, longest | {statistics.median(seconds):.4f}, {max(seconds):.1f} |")
    if wrong:
        print("Not refused:", wrong)
    return int(bool(wrong))


def count_processes() -> list[int]:
    """A list that grows with each process that is started."""
    started: list[int] = []
    ask = READER.answer_to

    def answer_to(data: bytes, most_bytes: int) -> bytes:
        started.append(len(data))
        return ask(data, most_bytes)

    READER.answer_to = answer_to
    return started


def resident() -> int:
    """This process's bytes."""
    gc.collect()
    return psutil.Process().memory_info().rss


if __name__ == "__main__":
    sys.exit(main())
