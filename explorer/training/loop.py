"""The training loop, as a generator of records. It knows nothing of pages, workers, pausing, stopping or files.

A caller pauses by not asking for the next record, and stops by asking no more; the weights are then as they are.
"""

import math
import platform
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

import torch
from torch import Tensor

from explorer.core.network.trainable import require_batches
from explorer.core.run.learning_rate import lr_at
from explorer.core.run.records import Change, Epoch, Record, Started, Steps
from explorer.core.run.train_config import TrainConfig
from explorer.training.data import DataSet
from explorer.training.evaluation import Predictions, evaluate
from explorer.training.gauges import GpuGauge, grad_norms
from explorer.training.graphs import make_steps
from explorer.training.network import build_with, count_parameters
from explorer.training.progress import Progress, batch_accuracies, rate
from explorer.training.run_random import RunRandom
from explorer.training.steps import set_momentum

REPORT_SECONDS = 0.05  # of steps between two reports: 2 % of the time goes into reporting, and a stop feels immediate


class Training:
    """A network that learns from ``data``, on the data's device, with ``config``'s recipe.

    The same config, data, device and thread count give the same bits, Dropout's included: those of a plain script
    after ``torch.manual_seed(config.seed)``. Between two records all of it is up to date and may be saved
    (``explorer.training.state``), the network is in eval mode, and ``change`` may be called. ``most_steps`` bounds
    the steps to the next record, which comes at once where ``hurry`` says so; ``predictions`` are those of the last
    evaluation here, None before the first. ``ended`` is None, "finished", "target", "time" or "diverged".
    """

    def __init__(self, config: TrainConfig, data: DataSet, clock: Callable[[], float] = time.perf_counter) -> None:
        """Raises SettingError where ``build_with`` or ``require_batches`` does. ``clock`` gives seconds."""
        self.config, self.data, self.clock = config, data, clock
        self.device = data.train_images.device
        self.random = RunRandom(config.seed, self.device)
        network = build_with(config.network, self.random).eval()
        require_batches(config.network, len(data.train_labels), config.batch_size)
        self.network = network.to(self.device, memory_format=torch.channels_last)  # 1.4 times the images/s on a CPU
        self.steps = make_steps(self.network, data, config)
        self.generator = torch.Generator().manual_seed(config.seed)  # on the CPU: one order of images on every device
        self.steps_per_epoch = -(-len(data.train_labels) // config.batch_size)
        self.total_steps = math.ceil(config.epochs * self.steps_per_epoch - 1e-9)
        self.progress = Progress()
        self.most_steps, self.ended = math.inf, None
        self.hurry: Callable[[], bool] = lambda: False
        self.shuffle = self.generator.get_state()  # from which this pass's order was drawn, or the next one's will be
        self.predictions: Predictions | None = None
        self._batches: list[Tensor] = []
        self._gauge = GpuGauge(self.device)

    def records(self) -> Iterator[Record | None]:
        """Started, then Steps about every 50 ms, an Epoch after each pass; None is a mere chance to pause."""
        yield self.started()
        while not self.ended:
            yield from self._planned_changes()
            if self.evaluation_due:
                yield self._finish((yield from evaluate(self.network, self.data)))
            elif self.step == self.total_steps:
                self.ended = "finished"
            elif self._out_of_time:
                self.ended = "time"
            else:
                yield self._learn()

    @property
    def step(self) -> int:
        """Steps trained so far."""
        return self.progress.step

    @property
    def evaluation_due(self) -> bool:
        """Whether the test images are looked at before the next step: the epoch ends here, or the run."""
        step, every = self.step, self.config.evaluate_every
        if step == self.progress.evaluated:
            return False
        regular = step % self.steps_per_epoch == 0 or (every > 0 and step % every == 0)
        return regular or step == self.total_steps or self._out_of_time

    @property
    def would_learn(self) -> bool:
        """Whether the next record is to come of steps; not where an evaluation is due, or nothing is left to do."""
        return not (self.ended or self.evaluation_due or self.step == self.total_steps or self._out_of_time)

    @property
    def _out_of_time(self) -> bool:
        return 0 < self.config.max_seconds <= self.progress.seconds

    def started(self) -> Started:
        """What this training runs on, and where it stands."""
        return Started(
            device=str(self.device),
            threads=torch.get_num_threads(),
            num_params=count_parameters(self.network),
            num_images=len(self.data.train_labels),
            steps_per_epoch=self.steps_per_epoch,
            total_steps=self.total_steps,
            versions={"python": platform.python_version(), "torch": str(torch.__version__)},
            step=self.step,
            evaluated=self.progress.evaluated,
            loop=self.steps.name,
        )

    def change(self, lr: float | None = None, momentum: float | None = None) -> Change:
        """From the next step on, this learning rate (times the schedule) or momentum. Raises SettingError."""
        change, made = Change(self.step, lr, momentum), self.progress.changes_made
        changes = (*self.config.changes[:made], change, *self.config.changes[made:])
        self.config = replace(self.config, changes=changes)
        self.apply(change)
        return change

    def apply(self, change: Change) -> None:
        """Makes the next of ``config.changes``, which this is, now."""
        self.progress.changes_made += 1
        if change.momentum is not None:
            set_momentum(self.steps.optimizer, change.momentum, self.config.nesterov)
            self.steps.forget()

    def _planned_changes(self) -> Iterator[Change]:
        for change in self.config.changes[self.progress.changes_made :]:
            if change.step > self.step:
                return
            self.apply(change)
            yield change

    def _learn(self) -> Steps:
        """Steps for REPORT_SECONDS, or to the next evaluation or planned change. Pauses lie outside."""
        began, losses, right, sizes = self.clock(), [], [], []
        end = int(min(self._next_stop(), self.step + self.most_steps))
        rates_ahead = lr_at(self.config, range(self.step, end), self.total_steps)
        self.network.train()
        with self.random:
            while (first := self.step + len(sizes)) < end:
                count = min(self.steps.at_once, end - first)
                batches = [self._batch(step) for step in range(first, first + count)]
                rates = list(islice(rates_ahead, count))
                for found, part in zip((losses, right), self.steps.train_batches(batches, rates), strict=True):
                    found.append(part)
                sizes += map(len, batches)
                if self.clock() - began >= REPORT_SECONDS or self.hurry():
                    break
        self.network.eval()
        return self._report(losses, right, sizes, rates[-1], began)

    def _next_stop(self) -> int:
        """The step at which something is due: the epoch's end, an evaluation, a planned change, the last one."""
        every = self.config.evaluate_every or self.total_steps
        planned = [change.step for change in self.config.changes[self.progress.changes_made :][:1]]
        ends = [(self.step // period + 1) * period for period in (self.steps_per_epoch, every)]
        return min([self.total_steps, *ends, *planned])

    def _batch(self, step: int) -> Tensor:
        """The rows of step number ``step`` (from 0); a pass is a permutation and slices of it, the last one smaller."""
        place = step % self.steps_per_epoch
        if place == 0:
            self.shuffle = self.generator.get_state()
        if place == 0 or not self._batches:  # none: restored within this pass
            order = torch.randperm(len(self.data.train_labels), generator=self.generator)
            self._batches = list(order.to(self.device).split(self.config.batch_size))
        return self._batches[place]

    def _report(self, losses: list[Tensor], right: list[Tensor], sizes: list[int], lr: float, began: float) -> Steps:
        counts = torch.cat(right).tolist()  # waits for the device, so that the clock counts finished work
        values = torch.cat(losses).tolist()
        seconds = self.clock() - began
        for loss, correct, size in zip(values, counts, sizes, strict=True):
            self.progress.add(loss, correct, size)
        self.progress.spend(seconds)
        if not math.isfinite(values[-1]):
            self.ended = "diverged"
        memory, utilisation = self._gauge.read()
        return Steps(
            step=self.step,
            losses=values,
            seconds=self.progress.seconds,
            images_per_second=rate(sum(sizes), seconds),
            accuracies=batch_accuracies(values, counts, sizes),
            lr=lr,
            grad_norms=grad_norms(self.network),
            memory=memory,
            utilisation=utilisation,
        )

    def _finish(self, predictions: Predictions) -> Epoch:
        self.predictions, test_accuracy = predictions, predictions.accuracy
        if math.isnan(test_accuracy):
            self.ended = "diverged"  # by the last step's change: its own loss was a number yet
        elif 0 < self.config.target_accuracy <= test_accuracy:
            self.ended = "target"
        return self.progress.evaluate(test_accuracy, self.steps_per_epoch, str(self.device))
