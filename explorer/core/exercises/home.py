"""Home's exercises: where a pixel lands in the flattened vector, and what a dense layer costs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from explorer.core.arithmetic.convolution import Pair
from explorer.core.errors import mark, say
from explorer.core.exercises.exercise import Exercise
from explorer.core.exercises.parameter_count import LINEAR_SLIPS, Kernels, conv_parameters, linear_parameters
from explorer.core.exercises.question import Question, of_screen, question
from explorer.core.exercises.worked import Worked, result, spell
from explorer.core.network.layers import IMAGE

PAGE = "home"
SIDE = IMAGE[1]  # of MNIST's digits


@dataclass(frozen=True)
class FlatteningState:
    """The convolution that a dense layer is compared with, at first the simple CNN's first; and, where they are made
    up, a digit's ``pixel`` (row, column) from 0, and the ``size`` (rows, columns) of another image."""

    channels: int = 10
    kernel: int = 5
    pixel: Pair | None = None
    size: Pair | None = None
    settings: Mapping[str, object] = field(default_factory=dict[str, object])


def draw_flattening(random: Random) -> FlatteningState:
    """A pixel within the digit, an image that is no square."""
    return FlatteningState(
        channels=random.randint(4, 24),
        kernel=random.choice([3, 5, 7]),
        pixel=(random.randint(2, SIDE - 3), random.randint(2, SIDE - 3)),
        size=(random.randint(6, 60), random.randint(6, 60)),
    )


def _place(state: FlatteningState) -> Question:
    row, column = of_screen(state.pixel)
    numbers = {
        "": (row, SIDE, column),
        "column_by_column": (column, SIDE, row),
        "counted_from_one": (row - 1, SIDE, column - 1),
        "image_32": (row, 32, column),
    }

    def compute(slip: str) -> Worked:
        rows, side, rest = numbers[slip]
        return result(rows * side + rest, f"{rows}·{side} + {rest} = {spell(rows * side + rest)}")

    asked = say(
        "A digit of {side}×{side} is flattened row behind row. Where in the vector does the pixel in row {row}, column "
        "{column} lie? All three count from 0.",
        side=SIDE,
        row=row,
        column=column,
    )
    return question(asked, compute, tuple(numbers)[1:])


def _below(state: FlatteningState) -> Question:
    height, width = of_screen(state.size)

    def compute(slip: str) -> Worked:
        if slip == "others_between":
            return result(width - 1, f"{width} − 1 = {width - 1}")
        places = {"neighbours_kept": 1, "rows_for_columns": height}.get(slip, width)
        return result(places, f"{places}")

    asked = say(
        "An image of {height} rows and {width} columns is flattened row behind row. How many places behind a pixel "
        "lies the one below it?",
        height=height,
        width=width,
    )
    return question(asked, compute, ("neighbours_kept", "others_between", "rows_for_columns"))


def _dense(state: FlatteningState) -> Question:
    out = SIDE - state.kernel + 1
    inputs, outputs = SIDE * SIDE, out * out * state.channels

    def compute(slip: str) -> Worked:
        if slip == "convolution_for_dense":
            return conv_parameters(Kernels(1, state.channels, state.kernel, state.kernel))
        return linear_parameters(inputs, outputs, slip)

    asked = say(
        "Conv2d(1, {channels}, {kernel}) makes {channels}×{out}×{out} of a digit of 28×28. How many parameters would a "
        "dense layer need for that?",
        channels=state.channels,
        kernel=state.kernel,
        out=out,
    )
    return question(asked, compute, ("convolution_for_dense", *LINEAR_SLIPS))


EXERCISES = (
    Exercise("home_place", PAGE, mark("A pixel's place in the vector"), _place, draw_flattening, "cell"),
    Exercise("home_below", PAGE, mark("The pixel below"), _below, draw_flattening),
    Exercise("home_dense", PAGE, mark("Dense against convolution"), _dense, draw_flattening, "answer"),
)
