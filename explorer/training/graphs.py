"""Whole steps captured in CUDA graphs: a step of a small network is dozens of tiny kernels, and launching them from
Python takes far longer than they run. A replay launches many steps at once, which differ in two buffers alone: the
rows of their images and their learning rates. The operations, and so the numbers, are those of ``EagerSteps``.
"""

import copy
import logging
from collections import deque
from collections.abc import Callable, Sequence

import torch
from torch import Tensor, nn

from explorer.core.run.train_config import TrainConfig
from explorer.training.data import DataSet
from explorer.training.steps import EagerSteps, make_optimizer

LENGTHS = (32, 4, 1)  # steps of the graphs: a stretch of any length is a few replays
IN_FLIGHT = 2  # replays that may wait on the GPU: it never idles, and a pause waits for two at most
Capture = Callable[[Callable[[], None]], Callable[[], None]]


class GraphedSteps(EagerSteps):
    """``EagerSteps`` replayed from graphs; only a smaller batch, and the very first step, are taken one by one.

    ``capture`` makes of a function on fixed buffers one that does the same again, whatever they hold by then.
    """

    name = "graphs"
    at_once = LENGTHS[0]

    def __init__(
        self,
        network: nn.Module,
        optimizer: torch.optim.Optimizer,
        data: DataSet,
        config: TrainConfig,
        capture: Capture,
    ) -> None:
        super().__init__(network, optimizer, data, config)
        device = data.train_images.device
        self._capture = capture
        self._rows = torch.zeros(self.at_once, config.batch_size, dtype=torch.int64, device=device)
        self._rates = torch.zeros(self.at_once, device=device)
        self._losses = torch.zeros(self.at_once, device=device)
        self._right = torch.zeros(self.at_once, dtype=torch.int64, device=device)
        self._warm = False
        self.forget()

    def forget(self) -> None:
        """Captures anew at the next step: a graph holds the optimizer's numbers, but for the learning rate."""
        self._replays: dict[int, tuple[Callable[[], None], list[Tensor | None]]] = {}

    def train_batches(self, batches: Sequence[Tensor], rates: Sequence[float]) -> tuple[Tensor, Tensor]:
        """As ``EagerSteps.train_batches``."""
        parts, at = [], 0
        while at < len(batches):
            whole = sum(len(rows) == self._rows.shape[1] for rows in batches[at:])  # only the last may be smaller
            length = next((size for size in LENGTHS if size <= whole), 0) if self._warm else 0
            until = at + max(length, 1)
            run = self._replay if length else super().train_batches
            parts.append(run(batches[at:until], rates[at:until]))
            self._warm, at = True, until
        losses, right = zip(*parts, strict=True)
        return torch.cat(losses), torch.cat(right)

    def _replay(self, batches: Sequence[Tensor], rates: Sequence[float]) -> tuple[Tensor, Tensor]:
        length = len(batches)
        self._rows[:length].copy_(torch.stack(list(batches)))
        self._rates[:length].copy_(torch.tensor(rates))
        if length not in self._replays:
            replay = self._capture(lambda: self._body(length))
            self._replays[length] = replay, [parameter.grad for parameter in self.parameters]
        replay, gradients = self._replays[length]
        replay()
        for parameter, gradient in zip(self.parameters, gradients, strict=True):
            parameter.grad = gradient
        return self._losses[:length].clone(), self._right[:length].clone()

    def _body(self, length: int) -> None:
        for place in range(length):
            for group in self.optimizer.param_groups:
                group["lr"].copy_(self._rates[place])
            loss, right = self.learn(self._rows[place])
            self._losses[place].copy_(loss)
            self._right[place].copy_(right)


class CudaCapture:
    """Captures on the current stream's device, and lets no more than IN_FLIGHT replays wait there."""

    def __init__(self) -> None:
        self._waiting: deque[torch.cuda.Event] = deque()

    def __call__(self, body: Callable[[], None]) -> Callable[[], None]:
        """``body`` is not run now, but at each call of what is returned."""
        graph = torch.cuda.CUDAGraph()
        torch.cuda.synchronize()
        with torch.cuda.graph(graph):
            body()

        def replay() -> None:
            graph.replay()
            done = torch.cuda.Event()
            done.record()
            self._waiting.append(done)
            if len(self._waiting) > IN_FLIGHT:
                self._waiting.popleft().synchronize()

        return replay


def make_steps(network: nn.Module, data: DataSet, config: TrainConfig) -> EagerSteps:
    """Graphs on a CUDA device that can capture this network's step, else eager steps, and a line in the log why."""
    parameters = list(network.parameters())
    if data.train_images.is_cuda and _captures(network, data, config):
        return GraphedSteps(network, make_optimizer(parameters, config, graphed=True), data, config, CudaCapture())
    return EagerSteps(network, make_optimizer(parameters, config), data, config)


def _captures(network: nn.Module, data: DataSet, config: TrainConfig) -> bool:
    """Whether a copy of the network survives a first step and a captured one; it also wakes CUDA's libraries."""
    rehearsal = copy.deepcopy(network).train()
    optimizer = make_optimizer(list(rehearsal.parameters()), config, graphed=True)
    steps = GraphedSteps(rehearsal, optimizer, data, config, CudaCapture())
    rows = torch.arange(min(config.batch_size, len(data.train_labels)), device=data.train_images.device)
    try:
        steps.train_batches([rows, rows], [config.lr, config.lr])
        torch.cuda.synchronize()
    except RuntimeError as error:  # an operation that cannot be captured
        logging.getLogger(__name__).warning("no CUDA graphs, eager steps instead: %s", error)
        return False
    return True
