"""Whether a run learns nothing, and why: told from what it does, the same on the page and on the command line."""

import math
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from explorer.core.errors import Sentence, say
from explorer.core.run.learning_rate import base_lr_at, momentum_at
from explorer.core.run.recipes import OPTIMIZERS
from explorer.core.run.records import Epoch, Record, Steps
from explorer.core.run.train_config import TrainConfig

CHANCE = 0.16  # share of right answers: a tenth is guessed, and no class is more than 12 % of a thousand images
WINDOW_STEPS, WINDOW_IMAGES = 30, 640  # "now" is a mean of so many: with fewer images it might pass 0.16 by luck
LEAP, LEAP_BATCH = 0.5, 64  # of such a batch's loss over the untrained network's: noise moves it by 0.3 at most
FALL = 0.01  # of the loss in PATIENT_STEPS, which every network exceeds that will learn
FEWEST_STEPS, SLOW_STEPS, PATIENT_STEPS = 5, 60, 300  # before an explosion, small steps, a loss that stands are seen
SMALL, TINY = 0.2, 0.05  # of the usual steps: of the small ones the loss may fall, if slowly


@dataclass
class Signs:
    """What a run has shown so far, in bounded memory."""

    step: int = 0
    first: float = math.nan  # loss of the first batch, which the untrained network saw
    highest: float = -math.inf
    early: list[float] = field(default_factory=list[float])  # losses
    recent: deque[tuple[float, float]] = field(default_factory=lambda: deque(maxlen=WINDOW_IMAGES))  # and accuracies
    still: deque[str] = field(default_factory=lambda: deque(["", ""], 2))  # a layer whose gradient is 0 in a report
    tested: tuple[int, float] = (0, math.nan)  # step and share of right answers

    def add_record(self, record: Record) -> None:
        """Adds what the record says; every one in its turn."""
        match record:
            case Steps(losses=losses) if losses:
                self.first = self.first if self.step else losses[0]
                self.highest = max(self.highest, *losses)
                self.early += losses[: WINDOW_STEPS - len(self.early)]
                self.recent.extend(zip(losses, record.accuracies, strict=False))
                self.still.append(next((name for name, norm in record.grad_norms.items() if norm == 0), ""))
                self.step = record.step
            case Epoch():
                self.tested = record.step, record.test_accuracy
            case _:
                pass

    def now(self, batch_size: int) -> tuple[float, float]:
        """Loss and accuracy of the last steps."""
        count = max(WINDOW_STEPS, -(-WINDOW_IMAGES // batch_size))
        losses, accuracies = zip(*list(self.recent)[-count:], strict=True)
        return _mean(losses), _mean(accuracies)


@dataclass(frozen=True)
class Trouble:
    """What is wrong, as a sentence with its numbers, and the learning rate to try instead."""

    sentence: Sentence
    lr: float


def find_trouble(signs: Signs, config: TrainConfig) -> Trouble | None:
    """What keeps a run with these signs from learning; None where it learns, or it is too early to say."""
    if not signs.recent or (signs.step < FEWEST_STEPS and math.isfinite(signs.recent[-1][0])):
        return None
    loss, accuracy = signs.now(config.batch_size)
    tested = signs.tested[1] if signs.tested[0] == signs.step else math.nan
    if not math.isfinite(signs.recent[-1][0]):
        return diverged(signs.step, config)
    if accuracy > CHANCE and not tested <= CHANCE:
        return None
    if all(signs.still):
        return _dead(signs, config)
    if signs.highest > signs.first + LEAP * math.sqrt(max(1, LEAP_BATCH / config.batch_size)):
        return _exploded(signs, config)
    falls = _mean(signs.early) - loss >= FALL
    if signs.step >= SLOW_STEPS and _share_of_usual_steps(signs.step, config) <= (TINY if falls else SMALL):
        return _slow(signs, config)
    return _standing(signs, config, loss) if signs.step >= PATIENT_STEPS and not falls else None


def diverged(step: int, config: TrainConfig) -> Trouble:
    """The trouble of a loss that is no number after ``step``."""
    said = say(
        "The loss is no longer a number after step {steps}: the learning rate {lr} is too high for this network. "
        "Try {better}."
    )
    return _trouble(said, step, config, _lower(step, config))


def _dead(signs: Signs, config: TrainConfig) -> Trouble:
    said = say(
        "After {steps} steps it reads no more images than guessing would, and it cannot learn any more: a step was so "
        "large that the gradient of {layer} has been 0 since. Try a learning rate of {better} instead of {lr}.",
        layer=signs.still[-1],
    )
    return _trouble(said, signs.step, config, _lower(signs.step, config))


def _exploded(signs: Signs, config: TrainConfig) -> Trouble:
    said = say(
        "After {steps} steps it reads no more images than guessing would: the loss leapt from {first} to {highest}, "
        "the steps are too large. Try a learning rate of {better} instead of {lr}.",
        first=f"{signs.first:.2f}",
        highest=f"{signs.highest:.3g}",
    )
    return _trouble(said, signs.step, config, _lower(signs.step, config))


def _slow(signs: Signs, config: TrainConfig) -> Trouble:
    said = say(
        "After {steps} steps it reads no more images than guessing would: with a learning rate of {lr} the steps are "
        "too small. Try {better}."
    )
    return _trouble(said, signs.step, config, OPTIMIZERS[config.optimizer]["lr"])


def _standing(signs: Signs, config: TrainConfig, loss: float) -> Trouble:
    rate, usual = _last_lr(signs.step, config), OPTIMIZERS[config.optimizer]["lr"]
    said = say(
        "After {steps} steps it reads no more images than guessing would, and the loss still stands at {loss}. Try a "
        "learning rate of {better} instead of {lr}.",
        loss=f"{loss:.2f}",
    )
    return _trouble(said, signs.step, config, 3 * rate if rate <= 3 * usual else _lower(signs.step, config))


def _trouble(said: Sentence, step: int, config: TrainConfig, better: float) -> Trouble:
    better = float(f"{better:.3g}")
    common = {"steps": f"{step:,}", "lr": f"{_last_lr(step, config):g}", "better": f"{better:g}"}
    return Trouble(say(said.text, **said.numbers, **common), better)


def _last_lr(step: int, config: TrainConfig) -> float:
    """The learning rate, before the schedule, of the last of ``step`` steps."""
    return base_lr_at(config, step - 1)


def _lower(step: int, config: TrainConfig) -> float:
    """A tenth, or the usual rate where that is lower still: not from one that is too large to another."""
    return min(_last_lr(step, config) / 10, OPTIMIZERS[config.optimizer]["lr"])


def _share_of_usual_steps(step: int, config: TrainConfig) -> float:
    """How large a step is against the optimizer's usual ones. SGD's momentum adds steps up: with 0.9, ten of them."""
    size, usual = _last_lr(step, config), OPTIMIZERS[config.optimizer]
    if config.optimizer != "sgd":
        return size / usual["lr"]
    return size / (1 - momentum_at(config, step - 1)) / (usual["lr"] / (1 - usual["momentum"]))


def _mean(values: Iterable[float]) -> float:
    values = list(values)
    return sum(values) / len(values)
