"""What the pages' screens give to a question that is asked without them: layers as PyTorch writes them, and grids."""

import numpy as np

from explorer.core.arithmetic.pooling import PoolSpec
from explorer.core.arithmetic.torch_code import conv2d_code, pool2d_code
from explorer.core.errors import mark
from explorer.core.exercises.convolution_state import ConvolutionState
from explorer.core.exercises.given import Given
from explorer.core.exercises.pooling_state import PoolingState
from explorer.core.exercises.stack_maps import NetworkState
from explorer.core.exercises.worked import spell
from explorer.core.network.code import layer_code
from explorer.core.network.layers import LayerSpec

INPUT, KERNEL = mark("Input"), mark("Kernel")


def convolution_layer(state: ConvolutionState) -> Given:
    """The layer, its bias and what follows it, and the input's size."""
    result = state.result
    lines = [_plain(conv2d_code(result.spec, bias=result.bias is not None))]
    lines += [] if result.bias is None else [f"bias = {spell(float(result.bias[0]))}"]
    lines += ["ReLU()"] if state.relu else []
    return Given((_size(result.images), *lines))


def convolution_numbers(state: ConvolutionState) -> Given:
    """The same, with the numbers of input and kernel."""
    result = state.result
    return Given(convolution_layer(state).code, {INPUT: result.images[0], KERNEL: result.weight[0, 0]})


def partial_values(state: ConvolutionState) -> Given:
    """The partial maps' values at the cell that is asked about, and the bias."""
    result = state.result
    lines = [f"partial = {', '.join(map(spell, state.partials))}"]
    return Given((*lines, *([] if result.bias is None else [f"bias = {spell(float(result.bias[state.channel]))}"])))


def pooling_layer(state: PoolingState) -> Given:
    """The max pooling and the input's size."""
    spec = state.shown.window.maximum()
    return Given((_size(state.shown.images), _plain(pool2d_code(spec, "max"))))


def pooling_numbers(state: PoolingState) -> Given:
    """Window and stride, with the input's numbers."""
    spec: PoolSpec = state.shown.window.maximum()
    lines = (f"kernel_size={spec.kernel_size[0]}, stride={spec.stride[0]}",)
    return Given(lines, {INPUT: state.shown.images[0]})


def network_layers(state: NetworkState) -> Given:
    """The layers by their names; what a linear layer takes is what is asked for."""
    sides = "×".join(map(str, state.stack.image))
    return Given((f"input: {sides}", *(f"{spec.name}: {_layer(spec)}" for spec in state.stack.layers)))


def _layer(spec: LayerSpec) -> str:
    return f"Linear(?, {spec['out_features']})" if spec.kind == "Linear" else layer_code(spec)


def _plain(code: str) -> str:
    return code.removeprefix("torch.nn.")


def _size(images: np.ndarray) -> str:
    return f"input: {'×'.join(map(str, images.shape[1:]))}"
