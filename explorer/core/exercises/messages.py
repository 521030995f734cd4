"""PyTorch's messages with made-up numbers, as the Help page explains them, and the numbers of one that is shown."""

from dataclasses import dataclass
from math import log
from random import Random

from explorer.core.data.data_sets import LECTURES_MEAN, LECTURES_STD
from explorer.core.errors import SettingError
from explorer.core.help.read_message import read_message
from explorer.core.help.reading import whole_numbers
from explorer.core.network.layers import CLASSES

BATCHES = (16, 32, 50, 64, 100, 128)
MOST_CLASSES = 47  # up to which two decimals of a guess's loss tell how many classes there are


@dataclass(frozen=True)
class MessageState:
    """The ``message`` in the page's field, the mean and the deviation of pixels in 0 … 1; and, made up alone, the
    ``loss`` of a network that guesses."""

    message: str = ""
    mean: float = LECTURES_MEAN
    std: float = LECTURES_STD
    loss: float | None = None

    def numbers(self, topic: str, repaired_by: str, count: int) -> list[int]:
        """The ``count`` numbers of the message, one about that topic which a line with this beginning repairs.

        Raises SettingError where it is another message, or none.
        """
        try:
            reading = read_message(self.message)
        except SettingError:
            reading = None
        fits = reading is not None and reading.topic == topic and reading.code.startswith(repaired_by)
        numbers = whole_numbers(reading.message) if reading and fits else []
        if len(numbers) != count:
            raise SettingError("The message in the field is another one. Press “New numbers”.")
        return numbers


def draw_products(random: Random) -> MessageState:
    """A Linear layer that is made for maps of another side."""
    maps, (side, other) = random.randint(6, 40), random.sample(range(3, 9), 2)
    return _products(random, random.choice(BATCHES), maps * side**2, maps * other**2)


def draw_maps(random: Random) -> MessageState:
    """A Linear layer in front of which a flatten is missing."""
    batch, maps, side = random.choice(BATCHES), random.randint(6, 40), random.randint(3, 8)
    return _products(random, batch * maps * side, side, maps * side**2)


def draw_channels(random: Random) -> MessageState:
    """A convolution that is made for another number of channels."""
    made_for, arriving, kernels = random.sample(range(3, 49), 3)
    side, kernel, batch = random.randint(6, 15), random.choice([3, 5]), random.choice(BATCHES)
    return MessageState(
        f"RuntimeError: Given groups=1, weight of size [{kernels}, {made_for}, {kernel}, {kernel}], expected "
        f"input[{batch}, {arriving}, {side}, {side}] to have {made_for} channels, but got {arriving} channels instead"
    )


def draw_target(random: Random) -> MessageState:
    """A label beyond the digits."""
    return MessageState(f"IndexError: Target {random.randint(11, 99)} is out of bounds.")


def draw_pixels(random: Random) -> MessageState:
    """A mean and a deviation as data sets of pictures have them."""
    return MessageState(mean=random.randint(800, 5500) / 10_000, std=random.randint(1800, 3800) / 10_000)


def draw_guess(random: Random) -> MessageState:
    """The loss of a network that has learned nothing, other than the digits' 2.30."""
    return MessageState(loss=round(log(random.randint(CLASSES + 1, MOST_CLASSES)), 2))


def _products(random: Random, rows: int, given: int, expected: int) -> MessageState:
    sides = f"({rows}x{given} and {expected}x{random.randint(10, 120)})"
    return MessageState(f"RuntimeError: mat1 and mat2 shapes cannot be multiplied {sides}")
