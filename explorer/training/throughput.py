"""``python -m explorer.training.throughput STACK``: images a second against the batch size, on each device there is.

STACK is a network as a link writes it. Writes a ``Throughput`` as JSON, and tells how far it is.
"""

import sys
import time
from collections.abc import Callable
from itertools import combinations

import torch
from torch.nn.functional import cross_entropy

from explorer.core import limits
from explorer.core.errors import ExplainedError
from explorer.core.network.layers import NetworkSpec
from explorer.core.network.link import decode
from explorer.core.network.trainable import largest_batch, require_trainable
from explorer.core.run.device_moves import MOVES
from explorer.core.run.throughput import BATCH_SIZES, DeviceCurve, Throughput
from explorer.core.run.train_config import TrainConfig
from explorer.exchange.answers import answer_or_explain, report_progress
from explorer.exchange.processor import processor_name
from explorer.training.data import DataSet
from explorer.training.device import present_devices, use_threads
from explorer.training.network import build
from explorer.training.steps import EagerSteps, make_optimizer

MOST_SECONDS = 1.0  # for one point
PLANNED = 0.6  # of the time that limits give: warming up takes the rest, on a busy machine
STEPS_AHEAD = 8  # that a GPU is given before it is waited for, as the script does not wait at all
WARM_UP = 3  # steps, the first of which make plans and take memory


def main(text: str) -> int:
    """Writes what was measured, or the sentence that says why nothing was; returns the exit status."""
    try:
        stack = decode(text)
        require_trainable(stack)
        return answer_or_explain(measure(stack, report_progress).as_json().encode())
    except ExplainedError as error:
        return answer_or_explain(error)


def measure(stack: NetworkSpec, on_progress: Callable[[int, int], None]) -> Throughput:
    """Each device in turn, within the time that ``limits`` gives; ``on_progress`` gets (points so far, in all)."""
    threads, devices = use_threads(0), present_devices()
    sizes = [size for size in BATCH_SIZES if size <= largest_batch(require_trainable(stack))]
    total = len(devices) * len(sizes)
    seconds = min(MOST_SECONDS, PLANNED * limits.MAX_THROUGHPUT_SECONDS / total)
    end = time.monotonic() + limits.MAX_THROUGHPUT_SECONDS
    curves: list[DeviceCurve] = []
    for number, kind in enumerate(devices):
        device, points = torch.device(kind), list[tuple[int, float]]()
        for size in sizes:
            if points and time.monotonic() > end:
                break  # a machine so busy that every step takes seconds
            on_progress(number * len(sizes) + len(points), total)
            points.append((size, images_per_second(stack, device, size, seconds)))
        errors = device_errors(stack, device) if kind != "cpu" else {}
        curves.append(DeviceCurve(kind, _name(kind), tuple(points), errors))
    on_progress(total, total)
    return Throughput(str(torch.__version__), threads, tuple(curves))


def images_per_second(stack: NetworkSpec, device: torch.device, batch_size: int, seconds: float) -> float:
    """Of plain training steps on noise, as the script makes them: forward, loss, backward, update."""
    steps = _steps(stack, device, batch_size)
    rows = torch.arange(batch_size, device=device)
    for _ in range(WARM_UP):
        loss, _ = steps.learn(rows)
        loss.item()  # which waits for the device
    at_once, done, began = 1 if device.type == "cpu" else STEPS_AHEAD, 0, time.perf_counter()
    while (spent := time.perf_counter() - began) < seconds or done == 0:
        losses = [steps.learn(rows)[0] for _ in range(at_once)]
        losses[-1].item()
        done += at_once
    return float(f"{done * batch_size / spent:.4g}")


def device_errors(stack: NetworkSpec, device: torch.device) -> dict[str, str]:
    """What torch says of a step on ``device`` for every choice of moves that are left out, where it says something."""
    choices = [chosen for count in range(1, len(MOVES) + 1) for chosen in combinations(MOVES, count)]
    said = {"+".join(chosen): _error_without(stack, device, set(chosen)) for chosen in choices}
    return {chosen: message for chosen, message in said.items() if message}


def _error_without(stack: NetworkSpec, device: torch.device, left_out: set[str]) -> str:
    """What the script's own lines raise, "" where they run."""
    cpu = torch.device("cpu")
    where = {part: cpu if part in left_out else device for part in MOVES}
    network = build(stack.layers, 0).to(where["network"])
    images = torch.zeros(4, *stack.image, device=where["images"])
    labels = torch.zeros(4, dtype=torch.long, device=where["labels"])
    rows = torch.arange(4, device=where["rows"])
    try:
        cross_entropy(network(images[rows]), labels[rows])
    except (RuntimeError, IndexError) as error:
        return f"{type(error).__name__}: {error}".partition("\n")[0]
    return ""


def _steps(stack: NetworkSpec, device: torch.device, batch_size: int) -> EagerSteps:
    generator = torch.Generator().manual_seed(0)
    images = torch.randn(batch_size, *stack.image, generator=generator).to(device)
    labels = torch.randint(10, (batch_size,), generator=generator).to(device)
    network = build(stack.layers, 0).to(memory_format=torch.channels_last).to(device)
    config = TrainConfig(network=stack.layers, batch_size=1)
    data = DataSet(images, labels, images, labels)
    return EagerSteps(network, make_optimizer(list(network.parameters()), config), data, config)


def _name(kind: str) -> str:
    return torch.cuda.get_device_name() if kind == "cuda" else processor_name()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
