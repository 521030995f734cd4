"""The training loop, as a generator of reports. It knows nothing of pages, workers, pausing, stopping or files.

A caller pauses by not asking for the next report, and stops by asking no more; the weights are then as they are.
"""

import platform
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from explorer.core.train_config import Epoch, Record, Started, Steps, TrainConfig
from explorer.training.data import DataSet
from explorer.training.network import build_with, count_parameters, require_batches
from explorer.training.noise import Noise

REPORT_SECONDS = 0.05  # of steps between two reports: 2 % of the time goes into reporting, and a stop feels immediate
EVALUATED_AT_ONCE = 1000  # test images between two yields: some 20 ms of the simple CNN on one core


@dataclass
class _Pass:
    """What one epoch has added up so far; ``correct`` stays on the device."""

    correct: Tensor
    loss: float = 0.0  # summed over images
    images: int = 0
    seconds: float = 0.0


class Training:
    """A network that learns from ``data``, on the data's device, with ``config``'s recipe.

    The same config, data, device and thread count give the same bits, Dropout's included: those of a plain script
    after ``torch.manual_seed(config.seed)``. ``network``, ``optimizer``, ``noise``, ``step`` and ``seconds`` are up to
    date between two reports, the network in eval mode; a caller may change the learning rate there.
    """

    def __init__(self, config: TrainConfig, data: DataSet, clock: Callable[[], float] = time.perf_counter) -> None:
        """Raises SettingError where ``build_with`` or ``require_batches`` does. ``clock`` gives seconds."""
        self.config, self.data, self.clock = config, data, clock
        self.device = data.train_images.device
        self.noise = Noise(config.seed, self.device)
        network = build_with(config.network, self.noise).eval()
        require_batches(config.network, len(data.train_labels), config.batch_size)
        # channels_last: 1.4 times the images a second on a CPU.
        self.network = network.to(self.device, memory_format=torch.channels_last)
        self.optimizer = torch.optim.SGD(self.network.parameters(), lr=config.lr, momentum=config.momentum)
        self.generator = torch.Generator().manual_seed(config.seed)  # on the CPU: one order of images on every device
        self.step = 0
        self.seconds = 0.0

    def records(self) -> Iterator[Record | None]:
        """Started, then Steps about every 50 ms and an Epoch after each pass; None is a mere chance to pause."""
        yield self.started()
        for epoch in range(1, self.config.epochs + 1):
            so_far = _Pass(torch.zeros((), dtype=torch.int64, device=self.device))
            order = torch.randperm(len(self.data.train_labels), generator=self.generator)
            batches = iter(order.to(self.device).split(self.config.batch_size))  # the last one may be smaller
            while report := self._learn(batches, so_far):
                yield report
            test_accuracy = yield from self._evaluate()
            yield self._finish(epoch, so_far, test_accuracy)

    def started(self) -> Started:
        """What this training runs on."""
        images = len(self.data.train_labels)
        steps = -(-images // self.config.batch_size)
        return Started(
            device=str(self.device),
            threads=torch.get_num_threads(),
            num_params=count_parameters(self.network),
            num_images=images,
            steps_per_epoch=steps,
            total_steps=steps * self.config.epochs,
            versions={"python": platform.python_version(), "torch": str(torch.__version__)},
        )

    def _learn(self, batches: Iterator[Tensor], so_far: _Pass) -> Steps | None:
        """Steps for REPORT_SECONDS, or to the last batch; None where there is none left. Pauses lie outside."""
        began, losses, sizes = self.clock(), [], []
        self.network.train()
        with self.noise:
            for rows in batches:
                labels = self.data.train_labels[rows]
                logits = self.network(self.data.train_images[rows])  # (B, 10)
                loss = cross_entropy(logits, labels)
                self.optimizer.zero_grad()
                loss.backward()
                self.optimizer.step()
                so_far.correct += (logits.detach().argmax(1) == labels).sum()
                losses.append(loss.detach())  # stays on the device: reading it now would make a GPU wait
                sizes.append(len(rows))
                if self.clock() - began >= REPORT_SECONDS:
                    break
        self.network.eval()
        return self._report(losses, sizes, began, so_far) if losses else None

    def _report(self, losses: list[Tensor], sizes: list[int], began: float, so_far: _Pass) -> Steps:
        values = torch.stack(losses).tolist()  # waits for the device, so that the clock counts finished work
        seconds = self.clock() - began
        self.step += len(values)
        self.seconds += seconds
        so_far.seconds += seconds
        so_far.images += sum(sizes)
        so_far.loss += sum(value * size for value, size in zip(values, sizes, strict=True))
        return Steps(self.step, values, self.seconds, _rate(sum(sizes), seconds))

    def _evaluate(self) -> Generator[None, None, float]:
        """Yields None between chunks of the test images; returns the share that is right."""
        correct = torch.zeros((), dtype=torch.int64, device=self.device)
        chunks = zip(
            self.data.test_images.split(EVALUATED_AT_ONCE),
            self.data.test_labels.split(EVALUATED_AT_ONCE),
            strict=True,
        )
        for images, labels in chunks:
            with torch.no_grad():  # closed before the yield: gradients are off for the whole thread, caller included
                correct += (self.network(images).argmax(1) == labels).sum()
            yield None
        return correct.item() / len(self.data.test_labels)

    def _finish(self, epoch: int, so_far: _Pass, test_accuracy: float) -> Epoch:
        return Epoch(
            epoch=epoch,
            step=self.step,
            train_loss=so_far.loss / so_far.images,
            train_accuracy=so_far.correct.item() / so_far.images,
            test_accuracy=test_accuracy,
            seconds=so_far.seconds,
            images_per_second=_rate(so_far.images, so_far.seconds),
            device=str(self.device),
        )


def _rate(images: int, seconds: float) -> float:
    return images / max(seconds, 1e-9)  # a coarse clock may not have moved
