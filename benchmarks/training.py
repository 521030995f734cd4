"""How fast this project's training is against the lecture's own loop, and how soon it reaches an accuracy.

    python benchmarks/training.py [--data FOLDER] [--device cpu] [--repetitions 5]
        [--only speed busy accuracy watched] [--short]

Every row is a ratio to the lecture's loop, measured in turns in the same run: medians. "busy": the same while another
process keeps every core busy, against the row's own quiet speed. "accuracy": seconds of training to 98 % and 99 %, of
five seeds. "watched": a run on the open page, and without a page; needs requirements-dev.txt and a Chromium. FOLDER
holds MNIST's files; without it MNIST is looked for as in the app, and where there is none, noise of its shape is
measured, and no accuracy. On CUDA the same rows are measured, and the steps captured in graphs.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from arguments import parser
from floor import flop_per_image, matrix_rate, wait_for
from lecture import Lecture
from table import HEAD

from explorer.core.errors import DataError
from explorer.core.network.networks import SIMPLE_CNN
from explorer.core.run.recipes import RECIPES
from explorer.core.run.records import Epoch, Steps
from explorer.core.run.train_config import TrainConfig
from explorer.training.data import DataSet, normalised
from explorer.training.device import pick_device
from explorer.training.loop import Training
from explorer.training.published import Images, load_published
from explorer.training.steps import EagerSteps, make_optimizer

PARTS = ("speed", "busy", "accuracy", "watched")
LOOK_EVERY = 100  # steps between two looks at the lecture's accuracy, which cost it nothing: the clock stands still


@dataclass(frozen=True)
class Effort:
    """How long to measure: ``turn_seconds`` of one loop before it is the next one's turn, in ``repetitions``; ``seeds``
    of each recipe, with ``settings`` of its own; the lecture's loop until it has ``accuracy``."""

    repetitions: int
    turn_seconds: float = 1.0
    seeds: int = 5
    accuracy: float = 0.98
    settings: Mapping[str, object] = field(default_factory=dict)


SHORT = Effort(1, turn_seconds=0.1, seeds=1, accuracy=0.8, settings={"epochs": 1})


@dataclass(frozen=True)
class Loop:
    """One row: its name, the threads it computes with, and how it is made: a generator of images trained."""

    name: str
    threads: int
    make: Callable[[], Iterator[int]]


def ours(data: DataSet, eager: bool = True, **settings: object) -> Iterator[int]:
    """Images of each report of this project's loop, with one test image: the lecture's has no evaluation."""
    data = data._replace(test_images=data.test_images[:1], test_labels=data.test_labels[:1])
    config = TrainConfig(epochs=50, **settings)
    training = Training(config, data)
    if eager and training.steps.name != "eager":
        optimizer = make_optimizer(list(training.network.parameters()), config)
        training.steps = EagerSteps(training.network, optimizer, data, config)
    elif not eager and training.steps.name == "eager":
        raise SystemExit("This device captures no graphs.")
    for record in training.records():
        if isinstance(record, Steps):
            yield 64 * len(record.losses)


def loops(mnist: Images, data: DataSet, device: torch.device) -> list[Loop]:
    """The rows for this device; the lecture's loop, with torch's own number of threads, is the first."""
    many = torch.get_num_threads()
    found = [
        Loop("lecture's loop", many, lambda: Lecture(mnist, device).steps(50)),
        Loop("resident, eager", many, lambda: ours(data)),
        Loop("resident, eager, bf16", many, lambda: ours(data, precision="bf16")),
    ]
    if device.type == "cuda":
        return [
            *found,
            Loop("resident, graphs", many, lambda: ours(data, eager=False)),
            Loop("resident, graphs, bf16", many, lambda: ours(data, eager=False, precision="bf16")),
        ]
    return [
        *found,
        Loop("lecture's loop", 1, lambda: Lecture(mnist, device).steps(50)),
        Loop("resident, eager", 1, lambda: ours(data)),
    ]


def rate(loop: Iterator[int], threads: int, device: torch.device, seconds: float) -> float:
    """Images a second in one turn of so many seconds."""
    torch.set_num_threads(threads)
    next(loop)  # the first step after a change of threads is not typical
    wait_for(device)
    images, began = 0, time.perf_counter()
    while time.perf_counter() - began < seconds:
        images += next(loop)
    wait_for(device)
    return images / (time.perf_counter() - began)


def rates(rows: list[Loop], device: torch.device, effort: Effort, busy: bool = False) -> list[list[float]]:
    """Of each row, in turns; the first turn of each only warms up. ``busy``: a quiet turn, then a busy one."""
    making = [row.make() for row in rows for _ in range(2 if busy else 1)]
    found: list[list[float]] = [[] for _ in making]
    for _ in range(effort.repetitions + 1):
        for number, loop in enumerate(making):
            with busy_neighbour() if busy and number % 2 else nullcontext():
                row = rows[number // 2 if busy else number]
                found[number].append(rate(loop, row.threads, device, effort.turn_seconds))
    torch.set_num_threads(rows[0].threads)
    return [values[1:] for values in found]


def speed(mnist: Images, data: DataSet, device: torch.device, effort: Effort) -> None:
    """Print the table of images a second, and how far each row is off the arithmetic floor."""
    rows = loops(mnist, data, device)
    found = rates(rows, device, effort)
    base = statistics.median(found[0])
    flop, products = flop_per_image(SIMPLE_CNN), matrix_rate(device)
    print(f"{flop / 1e6:.2f} MFLOP an image, {products / 1e9:,.0f} GFLOP/s of fp32 matrix products: the floor is "
          f"{flop / products * 60_000:.2f} s an epoch\n")  # fmt: skip
    print(
        "| loop | threads | against the lecture's | images/s, median | lowest … highest | s an epoch | off the floor |"
    )
    print("|---|---|---|---|---|---|---|")
    for row, values in zip(rows, found, strict=True):
        middle = statistics.median(values)
        print(
            f"| {row.name} | {row.threads} | {middle / base:.2f} × | {middle:,.0f} | {min(values):,.0f} … "
            f"{max(values):,.0f} | {60_000 / middle:.2f} | {products / flop / middle:.1f} × |"
        )


def busy(mnist: Images, data: DataSet, device: torch.device, effort: Effort) -> None:
    """Print what a process that keeps every core busy leaves of each row's own quiet speed."""
    rows = loops(mnist, data, device)
    found = rates(rows, device, effort, busy=True)
    print("\n| loop | threads | images/s alone | beside a process busy on every core | share |\n|---|---|---|---|---|")
    for row, quiet, noisy in zip(rows, found[::2], found[1::2], strict=True):
        alone, beside = statistics.median(quiet), statistics.median(noisy)
        print(f"| {row.name} | {row.threads} | {alone:,.0f} | {beside:,.0f} | {beside / alone:.2f} × |")


def accuracy(mnist: Images, data: DataSet, device: torch.device, effort: Effort) -> None:
    """Print how long the recipes train, and what they reach; the lecture's loop until it is there too."""
    torch.set_num_threads(os.cpu_count() or 1)
    lecture = [lectures_seconds(mnist, device, seed, effort.accuracy) for seed in range(effort.seeds)]
    base = statistics.mean(lecture)
    print(f"\nof {effort.seeds} seeds, {torch.get_num_threads()} threads, {len(mnist.test_labels)} test images:\n")
    goal = f"{effort.accuracy:.0%}"
    print(f"| recipe | s of training, mean | against the lecture's loop to {goal} | test accuracy, mean | lowest |")
    print("|---|---|---|---|---|")
    print(f"| lecture's loop, to {goal} | {base:.1f} | 1 × | {goal} | |")
    for name in ("fast", "fast99"):
        for precision in ("fp32", "bf16"):
            settings = {**RECIPES[name], "precision": precision, **effort.settings}
            results = [trained(data, seed, **settings) for seed in range(effort.seeds)]
            seconds = statistics.mean(seconds for seconds, _ in results)
            accuracies = [found for _, found in results]
            print(
                f"| {name}, {precision} | {seconds:.2f} | {seconds / base:.3f} × | {statistics.mean(accuracies):.2%} | "
                f"{min(accuracies):.2%} |"
            )


def lectures_seconds(mnist: Images, device: torch.device, seed: int, accuracy: float) -> float:
    """Until the lecture's loop has this share of the test images right, looked at every LOOK_EVERY steps at no cost."""
    lecture, seconds = Lecture(mnist, device, seed), 0.0
    began = time.perf_counter()
    for step, _ in enumerate(lecture.steps(50), 1):
        if step % LOOK_EVERY == 0:
            wait_for(device)
            seconds += time.perf_counter() - began
            if lecture.accuracy() >= accuracy:
                return seconds
            began = time.perf_counter()
    return float("nan")


def trained(data: DataSet, seed: int, **settings: object) -> tuple[float, float]:
    """Seconds of training and test accuracy in the end."""
    records = list(Training(TrainConfig(seed=seed, **settings), data).records())
    seconds = next(record.seconds for record in reversed(records) if isinstance(record, Steps))
    return seconds, next(record.test_accuracy for record in reversed(records) if isinstance(record, Epoch))


def watched(mnist: Images, device: torch.device, folder: Path | None, effort: Effort) -> None:
    """Print what an open page that watches takes from a run's speed."""
    try:
        from watched import watched  # Playwright, which nothing else here needs
    except ImportError as error:
        print(f"\nWhat a page takes that watches is not measured: {error}")
        return
    threads = torch.get_num_threads()
    print(f"\n{HEAD}")

    def lecture() -> float:
        return rate(Lecture(mnist, device).steps(1), threads, device, effort.turn_seconds)

    for row in watched(folder, effort.repetitions, lecture):
        print(row)


@contextmanager
def busy_neighbour() -> Iterator[None]:
    """One process for each core, which wants nothing but that core."""
    spin = [sys.executable, "-c", "while True: pass"]
    processes = [subprocess.Popen(spin) for _ in range(os.cpu_count() or 1)]
    time.sleep(0.5)  # they start
    try:
        yield
    finally:
        for process in processes:
            process.kill()
            process.wait()


def noise() -> Images:
    """Random pixels and labels in MNIST's shapes."""
    generator = torch.Generator().manual_seed(0)
    sizes = (60000, 10000)
    images = (torch.randint(256, (size, 28, 28), generator=generator, dtype=torch.uint8) for size in sizes)
    labels = (torch.randint(10, (size,), generator=generator) for size in sizes)
    return Images(*(tensor for pair in zip(images, labels, strict=True) for tensor in pair))


def main() -> None:
    """Parse, measure, print."""
    arguments = parser(__doc__)
    arguments.add_argument("--device", default="auto")
    arguments.add_argument("--repetitions", type=int, default=5)
    arguments.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    options = arguments.parse_args()
    effort = SHORT if options.short else Effort(options.repetitions)
    try:
        mnist, real = load_published("mnist", options.data), True
    except DataError as error:
        print(f"{error}\nMeasured on noise of MNIST's shape; no accuracy.\n")
        mnist, real = noise(), False
    device = pick_device(options.device)
    data = DataSet(
        normalised(mnist.train_images, device),
        mnist.train_labels.to(device),
        normalised(mnist.test_images, device),
        mnist.test_labels.to(device),
    )
    waiting = os.environ.get("OMP_WAIT_POLICY", "as OpenMP does by itself")
    card = torch.cuda.get_device_name(device) if device.type == "cuda" else f"{os.cpu_count()} cores"
    print(f"torch {torch.__version__}, {device.type}: {card}, threads wait: {waiting}\n")
    if "speed" in options.only:
        speed(mnist, data, device, effort)
    if "busy" in options.only and device.type == "cpu":
        busy(mnist, data, device, effort)
    if "accuracy" in options.only and real:
        accuracy(mnist, data, device, effort)
    if "watched" in options.only:
        watched(mnist, device, options.data if real else None, effort)


if __name__ == "__main__":
    main()
