"""What PyTorch does with the programs and the layers that GPU's and Help's exercises ask about: by name, the answer."""

import re
import traceback
from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import nn
from torch.nn.functional import cross_entropy

from explorer.core.exercises.gpu import DeviceState
from explorer.core.exercises.messages import BATCHES, MessageState

FILE = "program of an exercise"
MOST = 100  # classes that are tried


def failing_line(program: str) -> int:
    """The number of the program's line that raises; 0 where it runs. The device without memory stands for the GPU."""
    net = lambda: nn.Sequential(nn.Conv2d(1, 2, 5), nn.Flatten(), nn.Linear(2 * 24 * 24, 10))  # noqa: E731
    loader = [(torch.zeros(2, 1, 28, 28), torch.zeros(2, dtype=torch.long))]
    code = compile(program.replace('"cuda"', '"meta"'), FILE, "exec")
    try:
        exec(code, {"torch": torch, "nn": nn, "SGD": torch.optim.SGD, "Net": net, "loader": loader})
    except RuntimeError as error:
        return next(frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == FILE)
    return 0


def _line(state: DeviceState) -> Sequence[float]:
    return [failing_line("\n".join(state.program.lines))]


def _adam(state: DeviceState) -> Sequence[float]:
    weights = nn.Parameter(torch.zeros(state.parameters))
    weights.grad = torch.ones(state.parameters)
    optimizer = torch.optim.Adam([weights])
    optimizer.step()
    averages = [optimizer.state[weights][name] for name in ("exp_avg", "exp_avg_sq")]
    return [sum(tensor.nbytes for tensor in (weights, weights.grad, *averages))]


def _numbers(state: MessageState) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", state.message)]


def _accepted(state: MessageState, make: Callable[[int], nn.Module], given: torch.Tensor) -> Sequence[float]:
    """Those of the message's numbers with which the layer takes what arrives; with one it says just the message."""
    accepted, said = [], set()
    for size in sorted(set(_numbers(state))):
        try:
            make(size)(given)
        except RuntimeError as error:
            said.add(f"RuntimeError: {error}")
        else:
            accepted.append(size)
    assert state.message in said
    return accepted


def _in_features(state: MessageState) -> Sequence[float]:
    rows, given, _, outputs = _numbers(state)[-4:]
    return _accepted(state, lambda size: nn.Linear(size, outputs), torch.zeros(rows, given))


def _in_channels(state: MessageState) -> Sequence[float]:
    _, kernels, _, kernel, _, *shape, _, _ = _numbers(state)
    return _accepted(state, lambda size: nn.Conv2d(size, kernels, kernel), torch.zeros(shape))


def _outputs(state: MessageState) -> Sequence[float]:
    [label] = _numbers(state)
    for outputs in range(2, label + 9):
        try:
            cross_entropy(torch.zeros(1, outputs), torch.tensor([label]))
        except IndexError:
            continue
        return [outputs]
    return []


def _images(state: MessageState) -> Sequence[float]:
    """The batches of maps, not flattened, that make just this message."""
    _, side, made_for, outputs = _numbers(state)[-4:]
    found = []
    for images in BATCHES:
        try:
            nn.Linear(made_for, outputs)(torch.zeros(images, made_for // side**2, side, side))
        except RuntimeError as error:
            found += [images] if f"RuntimeError: {error}" == state.message else []
    return found


def _guess(state: MessageState) -> Sequence[float]:
    guess = lambda classes: cross_entropy(torch.zeros(1, classes), torch.tensor([0])).item()  # noqa: E731
    return [next(classes for classes in range(2, MOST) if round(guess(classes), 2) == state.loss)]


ANSWERS: dict[str, Callable[[Any], Sequence[float]]] = {
    "gpu_batch_bytes": lambda state: [torch.zeros(state.batch_size, 1, 28, 28).nbytes],
    "gpu_line": _line,
    "gpu_memory": _adam,
    "help_in_features": _in_features,
    "help_in_channels": _in_channels,
    "help_outputs": _outputs,
    "help_images": _images,
    "help_black": lambda state: [((torch.zeros(1) - state.mean) / state.std).item()],
    "help_guess": _guess,
}
