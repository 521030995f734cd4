"""The Channels page's exercises: kernels, shapes, parameters and a sum over channels."""

from explorer.core.errors import SettingError, mark, say
from explorer.core.exercises.cell_value import finished
from explorer.core.exercises.convolution_state import ConvolutionState, draw_channels
from explorer.core.exercises.exercise import Exercise
from explorer.core.exercises.parameter_count import CONV_SLIPS, Kernels, conv_parameters
from explorer.core.exercises.question import Question, question
from explorer.core.exercises.screens import partial_values
from explorer.core.exercises.window_size import applicable, map_shape
from explorer.core.exercises.worked import Worked, factor, product, result, shape, spell

PAGE = "channels"


def _layer(state: ConvolutionState) -> str:
    """PyTorch's own line."""
    spec = state.result.spec
    options = [str(spec.in_channels), str(spec.out_channels), str(spec.kernel_size[0])]
    options += [f"stride={spec.stride[0]}"] if spec.stride[0] > 1 else []
    options += [f"padding={spec.numeric_padding[0]}"] if spec.numeric_padding[0] else []
    options += [f"groups={spec.groups}"] if spec.groups > 1 else []
    return f"Conv2d({', '.join(options)})"


def _ungrouped(state: ConvolutionState) -> None:
    if state.result.spec.groups > 1:
        raise SettingError("This is asked of a convolution without groups. Press “New numbers”.")


def _kernels(state: ConvolutionState) -> Question:
    _ungrouped(state)
    inputs, outputs = state.result.spec.in_channels, state.result.spec.out_channels

    def compute(slip: str) -> Worked:
        if slip == "channels_added":
            return result(inputs + outputs, f"{inputs} + {outputs} = {inputs + outputs}")
        if slip == "input_channels_forgotten":
            return result(outputs, f"{outputs}")
        return result(inputs * outputs, f"{product(inputs, outputs)} = {inputs * outputs}")

    asked = say("How many kernels, each a matrix of its own, does {layer} have?", layer=_layer(state))
    return question(asked, compute, ("channels_added", "input_channels_forgotten"))


def _products(state: ConvolutionState) -> Question:
    spec = state.result.spec
    side, inputs = spec.kernel_size[0], spec.in_channels // spec.groups

    def compute(slip: str) -> Worked:
        numbers = {
            "input_channels_forgotten": (side, side),
            "output_channels_counted": (side, side, inputs, spec.out_channels),
            "groups_forgotten": (side, side, spec.in_channels),
        }.get(slip, (side, side, inputs))
        if slip == "channels_added":
            return result(side * side + inputs, f"{product(side, side)} + {inputs} = {side * side + inputs}")
        count = 1
        for number in numbers:
            count *= number
        return result(count, f"{product(*numbers)} = {spell(count)}")

    slips = ("input_channels_forgotten", "channels_added", "output_channels_counted")
    asked = say("{layer}: how many products are summed for one output value?", layer=_layer(state))
    return question(asked, compute, (*slips, *(("groups_forgotten",) if spec.groups > 1 else ())))


def _weight_shape(state: ConvolutionState) -> Question:
    _ungrouped(state)
    spec = state.result.spec
    inputs, outputs, sides = spec.in_channels, spec.out_channels, spec.kernel_size
    shapes = {
        "": (outputs, inputs, *sides),
        "channels_swapped": (inputs, outputs, *sides),
        "output_for_weight": (1, outputs, *spec.output_size),
        "input_channels_forgotten": (outputs, 1, *sides),
    }

    def compute(slip: str) -> Worked:
        return Worked(shapes[slip], (shape(shapes[slip]),))

    asked = say("{layer}: what is the shape of its weight? Four numbers.", layer=_layer(state))
    return question(asked, compute, tuple(shapes)[1:])


def _output_shape(state: ConvolutionState) -> Question:
    spec = state.result.spec
    counts = {"channels_kept": spec.in_channels, "channels_multiplied": spec.in_channels * spec.out_channels}

    def compute(slip: str) -> Worked:
        if slip == "weight_for_output":
            return Worked(spec.weight_shape, (shape(spec.weight_shape),))
        channels = 1, counts.get(slip, spec.out_channels)
        return map_shape(*state.axes, "" if slip in counts else slip, channels)

    asked = say(
        "{layer} reads one image, 1×{inputs}×{height}×{width}. Which shape N×C×H×W comes out?",
        layer=_layer(state),
        inputs=spec.in_channels,
        height=spec.input_size[0],
        width=spec.input_size[1],
    )
    return question(asked, compute, (*counts, "weight_for_output", *applicable(*state.axes)))


def _parameters(state: ConvolutionState) -> Question:
    spec = state.result.spec
    of = Kernels(spec.in_channels, spec.out_channels, *spec.kernel_size, spec.groups)
    slips = ("groups_forgotten", "bias_forgotten") if spec.groups > 1 else (*CONV_SLIPS, "bias_per_kernel")
    asked = say("How many parameters does {layer} have, its bias included?", layer=_layer(state))
    return question(asked, lambda slip: conv_parameters(of, slip), slips)


def _depthwise(state: ConvolutionState) -> Question:
    if state.result.spec.groups == 1:
        raise SettingError("This is asked of a convolution with groups. Press “New numbers”.")
    return _parameters(state)


def _coloured(state: ConvolutionState) -> Question:
    spec = state.result.spec
    outputs, side = spec.out_channels, spec.kernel_size[0]

    def compute(slip: str) -> Worked:
        inputs = 1 if slip == "grey_for_rgb" else 3
        return conv_parameters(Kernels(inputs, outputs, side, side), slip)

    asked = say(
        "A first layer with {outputs} output channels and {side}×{side} kernels reads coloured images. How many "
        "parameters does it have?",
        outputs=outputs,
        side=side,
    )
    return question(asked, compute, ("grey_for_rgb", "bias_forgotten"))


def _cell(state: ConvolutionState) -> Question:
    of, (row, column) = state.result, state.cell
    parts = state.partials
    bias = None if of.bias is None else float(of.bias[state.channel])

    def compute(slip: str) -> Worked:
        if slip == "largest_for_sum":
            return finished(
                max(parts), [f"max({', '.join(map(spell, parts))}) = {spell(max(parts))}"], bias, relu=False, slip=slip
            )
        used = parts[:1] if slip == "first_channel_only" else parts
        return finished(
            sum(used), [f"{' + '.join(map(factor, used))} = {spell(sum(used))}"], bias, relu=False, slip=slip
        )

    asked = say(
        "The partial maps are known. Which value does output channel {channel} have in row {row}, column {column}?",
        channel=state.channel + 1,
        row=row + 1,
        column=column + 1,
    )
    slips = ["first_channel_only", "largest_for_sum"] if len(parts) > 1 else []
    return question(asked, compute, [*slips, *(["bias_forgotten"] if bias is not None else [])], decimals=2)


EXERCISES = (
    Exercise(
        "channels_cell", PAGE, mark("A value from its partial maps"), _cell, draw_channels, "cell", given=partial_values
    ),
    Exercise("channels_kernels", PAGE, mark("How many kernels"), _kernels, draw_channels),
    Exercise("channels_products", PAGE, mark("Products over all channels"), _products, draw_channels),
    Exercise("channels_output_shape", PAGE, mark("The output's shape"), _output_shape, draw_channels, "output"),
    Exercise("channels_weight_shape", PAGE, mark("The weight's shape"), _weight_shape, draw_channels, "answer"),
    Exercise("channels_parameters", PAGE, mark("A layer's parameters"), _parameters, draw_channels, "answer"),
    Exercise("channels_rgb", PAGE, mark("Grey or coloured"), _coloured, draw_channels),
    Exercise(
        "channels_depthwise",
        PAGE,
        mark("Parameters with groups"),
        _depthwise,
        lambda random: draw_channels(random, grouped=True),
        "answer",
    ),
)
