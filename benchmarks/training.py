"""How fast this project's training is against the lecture's own loop, and whether it learns as well.

    python benchmarks/training.py [--data FOLDER] [--repetitions 5] [--epochs 3] [--busy 1]

Every row is a ratio of images a second to the lecture's loop at torch's own thread count, measured in turns in one
run: medians. --epochs also trains both loops to the end and compares their test accuracy. --busy N lets N processes
want a core meanwhile, as a browser would. FOLDER holds MNIST's files; without it MNIST is looked for as in the app,
and where there is none, noise of its shape is measured (and no accuracy).
"""

import argparse
import multiprocessing
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import torch
from PIL import Image
from torch import Tensor, nn
from torchvision import transforms

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from explorer.core.explained import DataError
from explorer.core.train_config import Steps, TrainConfig
from explorer.training.data import DataSet, normalised
from explorer.training.loop import Training
from explorer.training.mnist import Mnist, load_mnist

CPU = torch.device("cpu")
TURN_SECONDS = 1.0  # of one loop, before it is the next one's turn


class LecturesDigits(torch.utils.data.Dataset):
    """As torchvision's MNIST gives them: a PIL image for each index, through ToTensor and Normalize."""

    def __init__(self, images: Tensor, labels: Tensor) -> None:
        self.images, self.labels = images, labels
        self.transform = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.1307,), (0.3081,))])

    def __len__(self) -> int:
        return len(self.labels)

    def __getitem__(self, index: int) -> tuple[Tensor, int]:
        return self.transform(Image.fromarray(self.images[index].numpy())), int(self.labels[index])


class LecturesNet(nn.Module):
    """(N, 1, 28, 28) to logits (N, 10), written as the lecture writes it."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(1, 10, kernel_size=5)
        self.conv2 = nn.Conv2d(10, 20, kernel_size=5)
        self.pooling = nn.MaxPool2d(2)
        self.fc = nn.Linear(320, 10)

    def forward(self, x: Tensor) -> Tensor:
        """One forward pass."""
        batch_size = x.size(0)
        x = torch.relu(self.pooling(self.conv1(x)))
        x = torch.relu(self.pooling(self.conv2(x)))
        return self.fc(x.view(batch_size, -1))


class Lecture:
    """The lecture's loop: DataLoader without workers, loss read at every step."""

    def __init__(self, mnist: Mnist) -> None:
        torch.manual_seed(0)
        self.network = LecturesNet()
        self.mnist = mnist

    def steps(self, epochs: int) -> Iterator[int]:
        """Images of each step: a generator, so that the others get their turn."""
        loader = torch.utils.data.DataLoader(
            LecturesDigits(self.mnist.train_images, self.mnist.train_labels), batch_size=64, shuffle=True
        )
        criterion = nn.CrossEntropyLoss()
        optimizer = torch.optim.SGD(self.network.parameters(), lr=0.01, momentum=0.5)
        for _ in range(epochs):
            running_loss = 0.0
            for inputs, target in loader:
                optimizer.zero_grad()
                loss = criterion(self.network(inputs), target)
                loss.backward()
                optimizer.step()
                running_loss += loss.item()
                yield len(target)

    def accuracy(self) -> float:
        """The share of MNIST's test images that is right."""
        with torch.no_grad():
            logits = self.network(normalised(self.mnist.test_images, CPU))
        return (logits.argmax(1) == self.mnist.test_labels).float().mean().item()


def ours(data: DataSet, epochs: int) -> Iterator[int]:
    """Images of each report of this project's loop, with one test image: the lecture's has no evaluation."""
    data = data._replace(test_images=data.test_images[:1], test_labels=data.test_labels[:1])
    for record in Training(TrainConfig(epochs=epochs), data).records():
        if isinstance(record, Steps):
            yield 64 * len(record.losses)


def rate(loop: Iterator[int], threads: int) -> float:
    """Images a second in one turn."""
    torch.set_num_threads(threads)
    next(loop)  # the first step after a change of threads is not typical
    images, began = 0, time.perf_counter()
    while time.perf_counter() - began < TURN_SECONDS:
        images += next(loop)
    return images / (time.perf_counter() - began)


def compare_speed(mnist: Mnist, data: DataSet, repetitions: int) -> None:
    """Print the table of ratios; the first turn of each row only warms up."""
    many = torch.get_num_threads()
    makers: dict[str, Callable[[], Iterator[int]]] = {
        "lecture's loop": lambda: Lecture(mnist).steps(50),
        "this project's": lambda: ours(data, 50),
    }
    counts = sorted({1, many}, reverse=True)
    rows = {(name, threads): maker() for name, maker in makers.items() for threads in counts}
    rates: dict[tuple[str, int], list[float]] = {row: [] for row in rows}
    for _ in range(repetitions + 1):
        for (name, threads), loop in rows.items():
            rates[name, threads].append(rate(loop, threads))
    medians = {row: statistics.median(found[1:]) for row, found in rates.items()}
    base = medians["lecture's loop", many]
    print("| loop | threads | against the lecture's | images/s, median | lowest … highest |\n|---|---|---|---|---|")
    for (name, threads), median in medians.items():
        found = rates[name, threads][1:]
        print(f"| {name} | {threads} | {median / base:.2f} | {median:,.0f} | {min(found):,.0f} … {max(found):,.0f} |")
    torch.set_num_threads(many)


def compare_accuracy(mnist: Mnist, data: DataSet, epochs: int) -> None:
    """Print both loops' test accuracy after ``epochs``, with seed 0."""
    lecture = Lecture(mnist)
    began = time.perf_counter()
    for _ in lecture.steps(epochs):
        pass
    lectures_seconds = time.perf_counter() - began
    *_, last = (record for record in Training(TrainConfig(epochs=epochs), data).records() if record)
    print(
        f"\nAfter {epochs} epochs, seed 0, {torch.get_num_threads()} threads, on {len(mnist.test_labels)} test images:"
    )
    print(f"the lecture's loop {lecture.accuracy():.2%}, {lectures_seconds / epochs:.1f} s an epoch")
    print(f"this project's {last.test_accuracy:.2%}, {last.seconds:.1f} s an epoch")


@contextmanager
def busy_neighbours(count: int) -> Iterator[None]:
    """``count`` processes that want a core each."""
    processes = [multiprocessing.get_context("spawn").Process(target=_spin, daemon=True) for _ in range(count)]
    for process in processes:
        process.start()
    yield
    for process in processes:
        process.terminate()


def _spin() -> None:
    while True:
        pass


def noise() -> Mnist:
    """Random pixels and labels in MNIST's shapes."""
    generator = torch.Generator().manual_seed(0)
    sizes = (60000, 10000)
    images = (torch.randint(256, (size, 28, 28), generator=generator, dtype=torch.uint8) for size in sizes)
    labels = (torch.randint(10, (size,), generator=generator) for size in sizes)
    return Mnist(*(tensor for pair in zip(images, labels, strict=True) for tensor in pair))


def main() -> None:
    """Parse, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="the folder of MNIST's files")
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("--epochs", type=int, default=0)
    parser.add_argument("--busy", type=int, default=0)
    options = parser.parse_args()
    try:
        mnist, real = load_mnist(options.data), True
    except DataError as error:
        print(f"{error}\nMeasured on noise of MNIST's shape; no accuracy.\n")
        mnist, real = noise(), False
    data = DataSet(
        normalised(mnist.train_images, CPU), mnist.train_labels, normalised(mnist.test_images, CPU), mnist.test_labels
    )
    waiting = os.environ.get("OMP_WAIT_POLICY", "as OpenMP does by itself")
    print(f"torch {torch.__version__}, {os.cpu_count()} cores, {options.busy} busy neighbours, waiting: {waiting}\n")
    with busy_neighbours(options.busy):
        compare_speed(mnist, data, options.repetitions)
        if real and options.epochs:
            compare_accuracy(mnist, data, options.epochs)


if __name__ == "__main__":
    main()
