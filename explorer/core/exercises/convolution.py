"""The Convolution page's exercises: a value, the output's size, what is read and what is learnt."""

from random import Random

from explorer.core.errors import Sentence, SettingError, mark, say
from explorer.core.exercises.cell_value import place_without_stride, sum_of_products, window_at
from explorer.core.exercises.convolution_sizes import (
    dilated_output_size,
    output_size,
    require_plain,
    same_padding,
    strided_output_size,
    transposed_size,
    unread_rows,
    weight_uses,
    window_cell,
    window_row,
)
from explorer.core.exercises.convolution_state import ConvolutionState, draw_convolution
from explorer.core.exercises.exercise import Exercise
from explorer.core.exercises.parameter_count import Kernels, conv_parameters
from explorer.core.exercises.question import Question, question
from explorer.core.exercises.screens import convolution_layer, convolution_numbers
from explorer.core.exercises.worked import Worked, product, result, spell

PAGE = "convolution"


def _products(state: ConvolutionState) -> Question:
    spec = state.result.spec
    height, width = spec.kernel_size

    def compute(slip: str) -> Worked:
        if slip == "sides_added":
            return result(height + width, f"{height} + {width} = {height + width}")
        sides = spec.input_size if slip == "map_for_kernel" else spec.kernel_size
        return result(sides[0] * sides[1], f"{product(*sides)} = {sides[0] * sides[1]}")

    asked = say("How many products are summed for one output value?")
    return question(asked, compute, ("map_for_kernel", "sides_added"))


def _cell(state: ConvolutionState) -> Question:
    require_plain(state)
    row, column = state.cell
    asked = say("Which value stands in the output, row {row}, column {column}?", row=row + 1, column=column + 1)
    slips = [] if state.relu else ["kernel_flipped"]  # whose 0 behind a ReLU may be the right one
    slips += ["bias_forgotten"] if state.result.bias is not None else []
    slips += ["relu_forgotten"] if state.relu else []
    spec = state.result.spec
    slips += ["stride_forgotten"] if spec.stride != (1, 1) and spec.padding_mode == "zeros" else []
    return _value(state, asked, slips)


def _textbook(state: ConvolutionState) -> Question:
    require_plain(state)
    if state.flipped:
        raise SettingError("This is asked of a kernel that is not flipped yet. Press “New numbers”.")
    row, column = state.cell
    asked = say(
        "A textbook's convolution flips the kernel by 180°. Which value does it have in row {row}, column {column}?",
        row=row + 1,
        column=column + 1,
    )
    return _value(state, asked, ["kernel_not_flipped"], flip=True)


def _value(state: ConvolutionState, asked: Sentence, slips: list[str], *, flip: bool = False) -> Question:
    of, (row, column) = state.result, state.cell
    bias = None if of.bias is None else float(of.bias[0])

    def compute(slip: str) -> Worked:
        moved = slip == "stride_forgotten"
        window = place_without_stride(of, row, column) if moved else window_at(of, 0, row, column)[0]
        kernel = of.weight[0, 0][::-1, ::-1] if flip else of.weight[0, 0]
        return sum_of_products(window, kernel, bias, relu=state.relu, slip=slip)

    return question(asked, compute, slips, decimals=2)


def _parameters(state: ConvolutionState) -> Question:
    spec = state.result.spec
    height, width = spec.kernel_size

    def compute(slip: str) -> Worked:
        if slip == "weights_not_shared":
            numbers = (height, width, *spec.output_size)
            count = height * width * spec.output_size[0] * spec.output_size[1]
            lines = f"{product(*numbers)} = {spell(count)}", f"{spell(count)} + 1 = {spell(count + 1)}"
            return result(count + 1, *lines)
        return conv_parameters(Kernels(1, 1, height, width), slip)

    asked = say(
        "With a bias, how many numbers does Conv2d(1, 1, ({height}, {width})) learn?", height=height, width=width
    )
    return question(asked, compute, ("bias_forgotten", "weights_not_shared"))


def _with_odd_kernel(random: Random) -> ConvolutionState:
    state = draw_convolution(random)
    return state if state.result.spec.kernel_size[0] % 2 else _with_odd_kernel(random)


EXERCISES = (
    Exercise(
        "conv_products", PAGE, mark("Products behind a value"), _products, draw_convolution, given=convolution_layer
    ),
    Exercise("conv_cell", PAGE, mark("One output value"), _cell, draw_convolution, "cell", given=convolution_numbers),
    Exercise(
        "conv_cell_bias",
        PAGE,
        mark("A value with bias and ReLU"),
        _cell,
        lambda random: draw_convolution(random, biased=True),
        "cell",
        given=convolution_numbers,
    ),
    Exercise("conv_textbook", PAGE, mark("A flipped kernel"), _textbook, draw_convolution, given=convolution_numbers),
    Exercise(
        "conv_output_size",
        PAGE,
        mark("Output size with padding"),
        output_size,
        lambda random: draw_convolution(random, padding=(1, 2)),
        "output",
        given=convolution_layer,
    ),
    Exercise(
        "conv_stride_size",
        PAGE,
        mark("Output size with stride"),
        strided_output_size,
        lambda random: draw_convolution(random, padding=(1, 2), stride=(2, 3)),
        "output",
        given=convolution_layer,
    ),
    Exercise(
        "conv_dilated_size",
        PAGE,
        mark("Output size with dilation"),
        dilated_output_size,
        lambda random: draw_convolution(random, padding=(1, 2), dilation=(2, 3)),
        "output",
        given=convolution_layer,
    ),
    Exercise(
        "conv_cell_stride",
        PAGE,
        mark("A value with stride"),
        _cell,
        lambda random: draw_convolution(random, stride=(2, 3)),
        "cell",
        given=convolution_numbers,
    ),
    Exercise(
        "conv_weight_uses",
        PAGE,
        mark("How often a weight is used"),
        weight_uses,
        draw_convolution,
        "output",
        given=convolution_layer,
    ),
    Exercise("conv_parameters", PAGE, mark("What one kernel learns"), _parameters, draw_convolution),
    Exercise(
        "conv_window_row",
        PAGE,
        mark("Where a window begins"),
        window_row,
        lambda random: draw_convolution(random, padding=(1, 2), stride=(2, 3)),
        given=convolution_layer,
    ),
    Exercise(
        "conv_window_cell",
        PAGE,
        mark("The cell that a window begins with"),
        window_cell,
        lambda random: draw_convolution(random, padding=(0, 2), stride=(2, 3)),
        "output",
        picks="cell",
        given=convolution_layer,
    ),
    Exercise(
        "conv_unread_rows",
        PAGE,
        mark("What the floor drops"),
        unread_rows,
        lambda random: draw_convolution(random, padding=(1, 2), stride=(2, 3)),
        "output",
        given=convolution_layer,
    ),
    Exercise("conv_same_padding", PAGE, mark("Padding that keeps the size"), same_padding, _with_odd_kernel),
    Exercise(
        "conv_transposed_size",
        PAGE,
        mark("A transposed convolution's size"),
        transposed_size,
        lambda random: draw_convolution(random, padding=(1, 2), stride=(2, 3)),
    ),
)
