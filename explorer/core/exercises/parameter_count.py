"""How many numbers a convolution or a linear layer learns, and the slips on the way to it."""

from dataclasses import dataclass

from explorer.core.exercises.worked import Worked, product, result, spell

CONV_SLIPS = ("input_channels_forgotten", "bias_forgotten", "bias_per_input", "channels_added")
LINEAR_SLIPS = ("bias_forgotten", "bias_per_input", "channels_added")


@dataclass(frozen=True)
class Kernels:
    """A convolution's channels, the sides of its kernels, and its groups."""

    inputs: int
    outputs: int
    height: int
    width: int
    groups: int = 1
    bias: bool = True


def conv_parameters(of: Kernels, slip: str = "") -> Worked:
    """(height·width·inputs / groups)·outputs weights, and a bias for each output channel."""
    area, inputs = of.height * of.width, of.inputs if slip == "groups_forgotten" else of.inputs // of.groups
    sides = product(of.height, of.width)
    if slip == "input_channels_forgotten":
        weights, text = area * of.outputs, f"{sides}·{of.outputs}"
    elif slip == "channels_added":
        weights, text = area * (inputs + of.outputs), f"{sides}·({inputs} + {of.outputs})"
    else:
        weights, text = area * inputs * of.outputs, f"{sides}·{inputs}·{of.outputs}"
    biases = {"bias_forgotten": 0, "bias_per_input": of.inputs, "bias_per_kernel": inputs * of.outputs}
    return _with_biases(weights, text, biases.get(slip, of.outputs) if of.bias else 0)


def linear_parameters(inputs: int, outputs: int, slip: str = "") -> Worked:
    """inputs·outputs weights, and a bias for each output."""
    added = slip == "channels_added"
    weights = inputs + outputs if added else inputs * outputs
    text = f"{inputs} + {outputs}" if added else product(inputs, outputs)
    return _with_biases(weights, text, {"bias_forgotten": 0, "bias_per_input": inputs}.get(slip, outputs))


def _with_biases(weights: int, text: str, biases: int) -> Worked:
    lines = [f"{text} = {spell(weights)}"]
    if biases:
        lines.append(f"{spell(weights)} + {spell(biases)} = {spell(weights + biases)}")
    return result(weights + biases, *lines)
