"""What PyTorch answers to the exercises that it can compute: by name, a state's answer as a list of numbers."""

from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import nn

from explorer.core.exercises.convolution_state import ConvolutionState
from explorer.core.exercises.pooling_state import PoolingState
from explorer.core.exercises.stack_maps import NetworkState
from explorer.core.exercises.training_state import TrainingState
from explorer.training.network import build
from tests.oracle import torch_conv


def _conv(state: ConvolutionState) -> torch.Tensor:
    result = state.result
    output = torch_conv(result.spec, torch.from_numpy(result.images), result.weight, result.bias)
    return output.relu() if state.relu else output


def _conv_cell(state: ConvolutionState) -> Sequence[float]:
    return [_conv(state)[state.channel, *state.cell].item()]


def _textbook(state: ConvolutionState) -> Sequence[float]:
    result = state.result
    flipped = result.weight[..., ::-1, ::-1].copy()
    return [torch_conv(result.spec, torch.from_numpy(result.images), flipped, result.bias)[0, *state.cell].item()]


def _size(state: ConvolutionState) -> Sequence[float]:
    return _conv(state).shape[1:]


def _transposed(state: ConvolutionState) -> Sequence[float]:
    rows = state.axes[0]
    layer = nn.ConvTranspose2d(1, 1, rows.kernel, rows.stride, rows.padding, dilation=rows.dilation)
    return layer(torch.zeros(1, 1, rows.size, rows.size)).shape[2:]


def _same(state: ConvolutionState) -> Sequence[float]:
    kernel = state.result.spec.kernel_size[0]
    sizes = {p: nn.Conv2d(1, 1, kernel, padding=p)(torch.zeros(1, 1, 20, 20)).shape[-1] for p in range(9)}
    return [next(padding for padding, size in sizes.items() if size == 20)]


def _conv2d(state: ConvolutionState, inputs: int | None = None) -> nn.Conv2d:
    spec = state.result.spec
    return nn.Conv2d(
        inputs or spec.in_channels,
        spec.out_channels,
        spec.kernel_size,
        spec.stride,
        spec.numeric_padding,
        groups=1 if inputs else spec.groups,
    )


def _count(module: nn.Module) -> Sequence[float]:
    return [sum(parameter.numel() for parameter in module.parameters())]


def _pool(state: PoolingState, kind: type[nn.MaxPool2d] | type[nn.AvgPool2d]) -> tuple[nn.Module, torch.Tensor]:
    window = state.shown.window
    layer = kind(window.kernel_size, window.stride, window.padding, ceil_mode=window.ceil_mode)
    return layer, torch.from_numpy(state.shown.images)[None].requires_grad_()


def _pooled(state: PoolingState, kind: Any) -> torch.Tensor:
    layer, image = _pool(state, kind)
    return layer(image)[0]


def _share(state: PoolingState, kind: Any) -> Sequence[float]:
    layer, image = _pool(state, kind)
    layer(image)[0, 0, *state.cell].backward()
    return [image.grad.max().item()]


def _unread(state: PoolingState) -> Sequence[float]:
    layer, image = _pool(state, nn.AvgPool2d)
    layer(image).sum().backward()
    read = image.grad[0, 0].sum(dim=1) != 0
    return [len(read) - 1 - int(read.nonzero().max())]


def _first_unread(state: PoolingState) -> Sequence[float]:
    return [state.shown.images.shape[1] - _unread(state)[0] + 1]


def _cell(gradient: torch.Tensor) -> Sequence[float]:
    """Row and column, from 1, of the one cell that has a gradient."""
    (cell,) = (gradient.reshape(gradient.shape[-2:]) != 0).nonzero()
    return (cell + 1).tolist()


def _gradients_cell(state: PoolingState, *output: int) -> Sequence[float]:
    layer, image = _pool(state, nn.MaxPool2d)
    layer(image)[0, 0, *output].backward()
    return _cell(image.grad)


def _first_weights_cell(state: ConvolutionState) -> Sequence[float]:
    weight = torch.zeros(state.result.weight.shape, dtype=torch.float64)
    weight[..., 0, 0] = 1
    image = torch.from_numpy(state.result.images).requires_grad_()
    torch_conv(state.result.spec, image, weight.numpy(), None)[0, *state.cell].backward()
    return _cell(image.grad)


def _behind(state: NetworkState, end: str) -> torch.Tensor:
    """A batch of digits behind the layers in front of ``end``."""
    net = build(state.stack.layers, 0)
    names = [name for name, _ in net.named_children()]
    return net[: names.index(end)](torch.zeros(state.batch, *state.stack.image))


def _named(state: NetworkState, number: int, kind: type[nn.Module]) -> nn.Module:
    return [layer for layer in build(state.stack.layers, 0) if isinstance(layer, kind)][number]


def _seen_rows(state: NetworkState) -> Sequence[float]:
    """The rows whose pixels change the middle unit; ones for weights and a mean for the maximum leave no way out."""
    net = build(state.stack.layers, 0)
    end = [name for name, _ in net.named_children()].index("flatten")
    layers = [nn.AvgPool2d(2) if isinstance(layer, nn.MaxPool2d) else layer for layer in net[:end]]
    for layer in layers:
        if isinstance(layer, nn.Conv2d):
            nn.init.ones_(layer.weight)
    image = torch.ones(1, *state.stack.image, requires_grad=True)
    maps = nn.Sequential(*layers)(image)
    maps[0, 0, maps.shape[2] // 2, maps.shape[3] // 2].backward()
    return [int((image.grad[0, 0].sum(dim=1) != 0).sum())]


def _loss(state: TrainingState) -> Sequence[float]:
    return [nn.functional.cross_entropy(torch.tensor([state.logits]), torch.tensor([0])).item()]


def _step(state: TrainingState, momentum: float) -> Sequence[float]:
    weight = nn.Parameter(torch.tensor(state.weight, dtype=torch.float64))
    optimizer = torch.optim.SGD([weight], state.lr, momentum)
    optimizer.state[weight]["momentum_buffer"] = torch.tensor(state.last_step, dtype=torch.float64)
    weight.grad = torch.tensor(state.gradient, dtype=torch.float64)
    optimizer.step()
    return [weight.item()]


def _batches(state: TrainingState) -> list[int]:
    return [len(batch) for batch in torch.arange(state.images).split(state.batch_size)]


ANSWERS: dict[str, Callable[[Any], Sequence[float]]] = {
    "home_place": lambda state: [torch.arange(784).view(28, 28)[state.pixel].item()],
    "home_below": lambda state: [torch.empty(state.size).stride(0)],
    "home_dense": lambda state: _count(
        nn.Linear(784, nn.Conv2d(1, state.channels, state.kernel)(torch.zeros(1, 28, 28)).numel(), device="meta")
    ),
    "conv_products": lambda state: [_conv2d(state).weight.numel()],
    **dict.fromkeys(("conv_cell", "conv_cell_bias", "conv_cell_stride", "channels_cell"), _conv_cell),
    "conv_textbook": _textbook,
    **dict.fromkeys(("conv_output_size", "conv_stride_size", "conv_dilated_size"), _size),
    "conv_weight_uses": lambda state: [_conv(state).numel()],
    "conv_parameters": lambda state: _count(_conv2d(state)),
    "conv_same_padding": _same,
    "conv_transposed_size": _transposed,
    "conv_window_cell": _first_weights_cell,
    "channels_kernels": lambda state: [_conv2d(state).weight[:, :, 0, 0].numel()],
    "channels_products": lambda state: [_conv2d(state).weight[0].numel()],
    "channels_output_shape": lambda state: _conv(state)[None].shape,
    "channels_weight_shape": lambda state: _conv2d(state).weight.shape,
    "channels_parameters": lambda state: _count(_conv2d(state)),
    "channels_depthwise": lambda state: _count(_conv2d(state)),
    "channels_rgb": lambda state: _count(_conv2d(state, inputs=3)),
    "pool_max_cell": lambda state: [_pooled(state, nn.MaxPool2d)[0, *state.cell].item()],
    "pool_mean_cell": lambda state: [_pooled(state, nn.AvgPool2d)[0, *state.cell].item()],
    "pool_output_size": lambda state: _pooled(state, nn.MaxPool2d).shape[1:],
    "pool_ceil_mode": lambda state: _pooled(state, nn.MaxPool2d).shape[1:],
    "pool_output_shape": lambda state: (10, *_pooled(state, nn.MaxPool2d).shape[1:]),
    "pool_parameters": lambda state: _count(nn.MaxPool2d(2)),
    "pool_dropped_rows": _unread,
    "pool_first_unread": _first_unread,
    "pool_winner": lambda state: _gradients_cell(state, *state.cell),
    "pool_gradient_cell": lambda state: _gradients_cell(state, -1, -1),
    "pool_max_gradient": lambda state: _share(state, nn.MaxPool2d),
    "pool_mean_gradient": lambda state: _share(state, nn.AvgPool2d),
    "network_map_shape": lambda state: _behind(state, "flatten").shape[1:],
    "network_in_features": lambda state: [_behind(state, "flatten").flatten(1).shape[1]],
    "network_conv_parameters": lambda state: _count(_named(state, -1, nn.Conv2d)),
    "network_linear_parameters": lambda state: _count(_named(state, 0, nn.Linear)),
    "network_parameters": lambda state: _count(build(state.stack.layers, 0)),
    "network_field": _seen_rows,
    "network_view": lambda state: [
        len(torch.zeros(state.batch, f := _named(state, 0, nn.Linear).in_features).view(-1, f // 2))
    ],
    "train_steps": lambda state: [len(_batches(state))],
    "train_last_batch": lambda state: [_batches(state)[-1]],
    "train_all_steps": lambda state: [len(_batches(state)) * state.epochs],
    "train_guessing": lambda state: [
        nn.functional.cross_entropy(torch.zeros(1, state.classes), torch.tensor([0])).item()
    ],
    "train_loss": _loss,
    "train_sgd": lambda state: _step(state, 0),
    "train_momentum": lambda state: _step(state, state.momentum),
    "inside_logit": lambda state: [_named(NetworkState(state.stack), -1, nn.Linear).weight[0].numel()],
    "inside_unit": lambda state: [_named(NetworkState(state.stack), -1, nn.Conv2d).weight[0].numel()],
    "inside_probability": lambda state: [torch.tensor(state.logits).softmax(0)[0].item()],
}
