"""Questions about a convolution's sizes: how many windows, where they begin, what they leave over."""

from explorer.core.errors import SettingError, say
from explorer.core.exercises.convolution_state import ConvolutionState
from explorer.core.exercises.question import Question, question
from explorer.core.exercises.window_size import applicable, map_shape
from explorer.core.exercises.worked import Worked, place, product, result, shape, spell


def require_plain(state: ConvolutionState) -> None:
    """Raises SettingError for a transposed convolution, and for a padding without a number."""
    spec = state.result.spec
    if spec.transposed or isinstance(spec.padding, str):
        raise SettingError("This is asked of a plain convolution with a number as its padding. Press “New numbers”.")


def output_size(state: ConvolutionState) -> Question:
    """Rows and columns of the output."""
    require_plain(state)
    axes = state.axes
    asked = say("What is the output's size, rows × columns?")
    return question(asked, lambda slip: map_shape(*axes, slip), applicable(*axes))


def strided_output_size(state: ConvolutionState) -> Question:
    """The same, of a window that moves by more than one."""
    if all(axis.stride == 1 for axis in state.axes):
        raise SettingError("This is asked of a window with a stride above 1. Press “New numbers”.")
    return output_size(state)


def dilated_output_size(state: ConvolutionState) -> Question:
    """The same, of a kernel with gaps."""
    if all(axis.dilation == 1 for axis in state.axes):
        raise SettingError("This is asked of a kernel with a dilation. Press “New numbers”.")
    return output_size(state)


def weight_uses(state: ConvolutionState) -> Question:
    """How many output values there are, each of which uses each weight."""
    require_plain(state)

    def compute(slip: str) -> Worked:
        worked = map_shape(*state.axes, "" if slip == "input_for_output" else slip)
        height, width = state.result.spec.input_size if slip == "input_for_output" else worked.answer
        lines = () if slip == "input_for_output" else worked.lines
        return result(height * width, *lines, f"{product(height, width)} = {spell(height * width)}")

    asked = say("How often is each weight of the kernel used: once for each output value, so how often?")
    return question(asked, compute, ("input_for_output", *applicable(*state.axes)))


def window_row(state: ConvolutionState) -> Question:
    """Where the last window begins."""
    require_plain(state)
    rows = state.axes[0]
    out = state.result.spec.output_size[0] - 1

    def compute(slip: str) -> Worked:
        stride = {"stride_forgotten": 1, "window_for_stride": rows.kernel}.get(slip, rows.stride)
        padding = 0 if slip == "padding_forgotten" else rows.padding
        first = out * stride - padding
        less = f" − {padding}" if padding else ""
        return result(first, f"{out}·{stride}{less} = {spell(first)}")

    slips = ["padding_forgotten"] if rows.padding else []
    slips += ["stride_forgotten", "window_for_stride"] if rows.stride > 1 else ["window_for_stride"]
    asked = say(
        "Counted from 0, as code counts: in which input row does the window of output row {row} begin?", row=out
    )
    return question(asked, compute, slips)


def window_cell(state: ConvolutionState) -> Question:
    """Which input cell a window begins with."""
    require_plain(state)
    row, column = state.cell
    axes = state.axes

    def compute(slip: str) -> Worked:
        found: list[int] = []
        lines: list[str] = []
        for out, axis in zip(state.cell, axes, strict=True):
            stride = {"stride_forgotten": 1, "window_for_stride": axis.kernel}.get(slip, axis.stride)
            padding = 0 if slip == "padding_forgotten" else axis.padding
            one = 0 if slip == "counted_from_zero" else 1
            found.append(out * stride - padding + one)
            less = f" − {padding}" if padding else ""
            lines.append(f"{out}·{stride}{less}{' + 1' if one else ''} = {spell(found[-1])}")
        return place(found[::-1] if slip == "row_for_column" else found, *lines)

    if min(compute("").answer) < 1:
        raise SettingError("This window begins in the padding. Press “New numbers”.")
    slips = ["padding_forgotten"] if any(axis.padding for axis in axes) else []
    slips += ["stride_forgotten"] if any(axis.stride > 1 for axis in axes) else []
    asked = say(
        "Which input cell meets the kernel's first weight for the output's row {row}, column {column}? Row and column, "
        "from 1.",
        row=row + 1,
        column=column + 1,
    )
    return question(asked, compute, (*slips, "window_for_stride", "counted_from_zero", "row_for_column"))


def unread_rows(state: ConvolutionState) -> Question:
    """What the floor drops."""
    require_plain(state)
    rows = state.axes[0]
    if rows.stride == 1:
        raise SettingError("With stride 1 every row is read. Press “New numbers”.")
    count = state.result.spec.output_size[0]
    span = rows.dilation * (rows.kernel - 1) + 1

    def compute(slip: str) -> Worked:
        if slip == "rows_left_over_forgotten":
            return result(0, "0")
        sides = 1 if slip == "padding_once" else 2
        reach = rows.size + sides * rows.padding - span
        whole = reach // rows.stride
        padding = f" + {'2·' if sides == 2 else ''}{rows.padding}" if rows.padding else ""
        lines = f"{rows.size}{padding} − {span} = {reach}", f"{reach} − {whole}·{rows.stride} = {reach % rows.stride}"
        return result(reach % rows.stride, *lines)

    asked = say(
        "How many rows of the padded input does the floor drop at its lower end? There are {count} windows.",
        count=count,
    )
    return question(asked, compute, ("rows_left_over_forgotten", *(("padding_once",) if rows.padding else ())))


def same_padding(state: ConvolutionState) -> Question:
    """The padding that keeps the size."""
    kernel = state.result.spec.kernel_size[0]
    if kernel % 2 == 0:
        raise SettingError("This is asked of a kernel with an odd number of rows. Press “New numbers”.")

    def compute(slip: str) -> Worked:
        total = kernel if slip == "plus_one_forgotten" else kernel - 1
        first = str(kernel) if slip == "plus_one_forgotten" else f"{kernel} − 1 = {total}"
        return (
            result(total, first)
            if slip == "padding_total"
            else result(total / 2, first, f"{total} / 2 = {spell(total / 2)}")
        )

    asked = say(
        "Kernel {kernel}×{kernel}, stride 1: which padding makes the output as large as the input?", kernel=kernel
    )
    return question(asked, compute, ("padding_total", "plus_one_forgotten"))


def transposed_size(state: ConvolutionState) -> Question:
    """The size of the transposed convolution."""
    require_plain(state)
    rows = state.axes[0]
    span = rows.dilation * (rows.kernel - 1) + 1

    def compute(slip: str) -> Worked:
        if slip == "plain_for_transposed":
            return map_shape(rows, rows)
        first, sides = (
            (rows.size if slip == "plus_one_forgotten" else rows.size - 1),
            1 if slip == "padding_once" else 2,
        )
        total = first * rows.stride - sides * rows.padding + span
        padding = f" − {'2·' if sides == 2 else ''}{rows.padding}" if rows.padding else ""
        steps = f"{rows.size}" if slip == "plus_one_forgotten" else f"({rows.size} − 1)"
        answer = (total, total)
        return Worked(answer, (f"{steps}·{rows.stride}{padding} + {span} = {total}", shape(answer)))

    asked = say(
        "A square input of {size}×{size} and a square kernel with these rows’ numbers ({kernel}, padding {padding}, "
        "stride {stride}): what size does ConvTranspose2d make?",
        size=rows.size,
        kernel=rows.kernel,
        padding=rows.padding,
        stride=rows.stride,
    )
    slips = ("plain_for_transposed", *(("padding_once",) if rows.padding else ()))
    return question(asked, compute, slips)
