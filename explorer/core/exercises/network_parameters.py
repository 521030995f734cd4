"""Questions about what a network's layers learn, and how many products they need."""

from math import prod

from explorer.core.errors import SettingError, say
from explorer.core.exercises.parameter_count import (
    CONV_SLIPS,
    LINEAR_SLIPS,
    Kernels,
    conv_parameters,
    linear_parameters,
)
from explorer.core.exercises.question import Question, question
from explorer.core.exercises.stack_maps import NetworkState
from explorer.core.exercises.worked import Worked, product, result, spell
from explorer.core.network.layers import LayerSpec
from explorer.core.network.ledger import Row


def _kernels(row: Row) -> Kernels:
    spec = row.spec
    height, width = spec.pair("kernel_size")
    return Kernels(spec["in_channels"], spec["out_channels"], height, width, spec["groups"], spec["bias"])


def last_conv_parameters(state: NetworkState) -> Question:
    """Of the last convolution."""
    row = state.last("Conv2d")
    of = _kernels(row)
    asked = say("How many parameters does {layer} have, its bias included?", layer=row.spec.name)
    return question(asked, lambda slip: conv_parameters(of, slip), CONV_SLIPS if of.bias else CONV_SLIPS[:1])


def first_linear_parameters(state: NetworkState) -> Question:
    """Of the first linear layer."""
    spec = state.first("Linear").spec
    if not spec["bias"]:
        raise SettingError("This is asked of a linear layer with a bias. Press “New numbers”.")
    inputs, outputs = spec["in_features"], spec["out_features"]
    asked = say("How many parameters does {layer} have, its bias included?", layer=f"Linear({inputs}, {outputs})")
    return question(asked, lambda slip: linear_parameters(inputs, outputs, slip), LINEAR_SLIPS)


def all_parameters(state: NetworkState) -> Question:
    """Of the whole network."""
    rows = [row for row in state.rows if row.num_params]
    if len(rows) < 2 or not all(_learns_plainly(row.spec) for row in rows):
        raise SettingError("This is asked of several convolutions and linear layers. Press “New numbers”.")

    def compute(slip: str) -> Worked:
        chosen = rows[-1:] if slip == "last_layer_only" else rows
        counts = [_layer_parameters(row, slip).answer[0] for row in chosen]
        lines = [f"{row.spec.name}: {spell(count)}" for row, count in zip(chosen, counts, strict=True)]
        return result(sum(counts), *lines, f"{' + '.join(map(spell, counts))} = {spell(sum(counts))}")

    asked = say("How many parameters does the whole network have?")
    convs = ("input_channels_forgotten",) if any(row.spec.kind == "Conv2d" for row in rows) else ()
    return question(asked, compute, (*convs, "bias_forgotten", "last_layer_only"))


def _learns_plainly(spec: LayerSpec) -> bool:
    return spec.kind in ("Conv2d", "Linear") and spec["bias"]


def _layer_parameters(row: Row, slip: str) -> Worked:
    if row.spec.kind == "Conv2d":
        return conv_parameters(_kernels(row), slip)
    own = "bias_forgotten" if slip == "bias_forgotten" else ""
    return linear_parameters(row.spec["in_features"], row.spec["out_features"], own)


def conv_products(state: NetworkState) -> Question:
    """Multiplications of the first convolution for one image."""
    row = state.first("Conv2d")
    of, out = _kernels(row), row.output[2:]

    def compute(slip: str) -> Worked:
        if slip == "parameters_for_products":
            return conv_parameters(of)
        sides = row.input[2:] if slip == "input_for_output" else out
        numbers = of.height, of.width, of.inputs // of.groups, of.outputs, *sides
        return result(prod(numbers), f"{product(*numbers)} = {spell(prod(numbers))}")

    asked = say("How many multiplications does {layer} need for one image?", layer=row.spec.name)
    slips = ("parameters_for_products", *(("input_for_output",) if out != row.input[2:] else ()))
    return question(asked, compute, slips)
