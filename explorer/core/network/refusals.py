"""What torch says when a layer refuses its input: the same checks in the same order, without torch.

``tests/core/network/test_ledger.py`` holds the messages equal to those of the installed torch.
"""

from math import prod

from explorer.core.network.layer_window import Sliding, paddings, windows_of
from explorer.core.network.layers import CLASSES, LayerSpec

Shape = tuple[int, ...]


class Refused(Exception):
    """Torch would raise here; the message is torch's own."""


def check(spec: LayerSpec, shape: Shape) -> None:
    """Raises Refused where torch cannot make the layer, or the layer does not take a batch of this shape."""
    _CHECKS.get(spec.kind, lambda spec, shape: None)(spec, shape)


def check_loss(shape: Shape, batch: int) -> None:
    """Raises Refused where torch.nn.CrossEntropyLoss does not take these outputs for ``batch`` labels 0 … 9."""
    if shape[0] != batch:
        raise Refused(f"Expected input batch_size ({shape[0]}) to match target batch_size ({batch}).")
    if len(shape) == 4:
        raise Refused("only batches of spatial targets supported (3D tensors) but got targets of dimension: 1")
    if shape[1] < CLASSES:
        raise Refused(f"Target {CLASSES - 1} is out of bounds.")


def _convolution(spec: LayerSpec, shape: Shape) -> None:
    groups = spec["groups"]
    for name in ("in_channels", "out_channels"):
        if spec[name] % groups:
            raise Refused(f"{name} must be divisible by groups")
    if spec["padding"] == "same" and spec.pair("stride") != (1, 1):
        raise Refused("padding='same' is not supported for strided convolutions")
    if len(shape) != 4:
        raise Refused(f"Expected 3D (unbatched) or 4D (batched) input to conv2d, but got input of size: {list(shape)}")
    if shape[1] != spec["in_channels"]:
        weight = [spec["out_channels"], spec["in_channels"] // groups, *spec.pair("kernel_size")]
        # Where 'same' pads one side by one more, torch does that first.
        padded = [size + after - before for size, (before, after) in zip(shape[2:], paddings(spec), strict=True)]
        raise Refused(
            f"Given groups={groups}, weight of size {weight}, expected input{[*shape[:2], *padded]} to have "
            f"{spec['in_channels']} channels, but got {shape[1]} channels instead"
        )
    rows, columns = windows_of(spec, shape[2:])
    if rows.span > rows.padded or columns.span > columns.padded:
        raise Refused(
            f"Calculated padded input size per channel: ({rows.padded} x {columns.padded}). "
            f"Kernel size: ({rows.span} x {columns.span}). Kernel size can't be greater than actual input size"
        )


def _pooling(spec: LayerSpec, shape: Shape) -> None:
    if len(shape) != 4:
        raise Refused(
            "non-empty 3D or 4D (batch mode) tensor expected for input"
            if spec.kind == "MaxPool2d"
            else "Dimension out of range (expected to be in range of [-2, 1], but got -3)"
        )
    channels, *sizes = shape[1:]
    windows = windows_of(spec, shape[2:])
    _pooling_padding(*windows)
    height, width = (window.count for window in windows)
    if min(height, width) < 1:
        raise Refused(
            f"Given input size: ({channels}x{sizes[0]}x{sizes[1]}). Calculated output size: "
            f"({channels}x{height}x{width}). Output size is too small"
        )


def _pooling_padding(rows: Sliding, columns: Sliding) -> None:
    """Half of the window at most: of its span for each side, then of its kernel."""
    for window in (rows, columns):
        if window.padding[0] > window.span // 2:
            raise Refused(
                f"pad should be at most half of effective kernel size, but got pad={window.padding[0]}, "
                f"kernel_size={window.kernel_size} and dilation={window.dilation}"
            )
    if any(window.padding[0] > window.kernel_size // 2 for window in (rows, columns)):
        raise Refused(
            "pad should be smaller than or equal to half of kernel size, but got "
            f"padW = {columns.padding[0]}, padH = {rows.padding[0]}, "
            f"kW = {columns.kernel_size}, kH = {rows.kernel_size}"
        )


def _adaptive_pooling(spec: LayerSpec, shape: Shape) -> None:
    if len(shape) == 4 or spec["output_size"] == 1:  # one window is a mean, which any shape has
        return
    if isinstance(spec["output_size"], tuple):
        raise Refused("Input dimension should be at least 3")
    raise Refused(f"adaptive_avg_pool2d(): Expected 3D or 4D tensor, but got {list(shape)}")


def _normalization(spec: LayerSpec, shape: Shape) -> None:
    expected = 4 if spec.kind == "BatchNorm2d" else 2
    if len(shape) != expected:
        named = "4D" if expected == 4 else "2D or 3D"
        raise Refused(f"expected {named} input (got {len(shape)}D input)")
    if prod(shape) == shape[1]:
        raise Refused(f"Expected more than 1 value per channel when training, got input size torch.Size({list(shape)})")
    if shape[1] != spec["num_features"]:
        raise Refused(f"running_mean should contain {shape[1]} elements not {spec['num_features']}")


def _linear(spec: LayerSpec, shape: Shape) -> None:
    if shape[-1] != spec["in_features"]:
        rows = prod(shape[:-1])
        raise Refused(
            f"mat1 and mat2 shapes cannot be multiplied ({rows}x{shape[-1]} and "
            f"{spec['in_features']}x{spec['out_features']})"
        )


def _view(spec: LayerSpec, shape: Shape) -> None:
    if prod(shape) % spec["size"]:
        raise Refused(f"shape '[-1, {spec['size']}]' is invalid for input of size {prod(shape)}")


_CHECKS = {
    "Conv2d": _convolution,
    "MaxPool2d": _pooling,
    "AvgPool2d": _pooling,
    "AdaptiveAvgPool2d": _adaptive_pooling,
    "BatchNorm2d": _normalization,
    "BatchNorm1d": _normalization,
    "Linear": _linear,
    "View": _view,
}
