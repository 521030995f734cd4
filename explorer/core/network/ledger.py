"""The shape ledger: what every layer of a stack makes of its input, by arithmetic alone, without torch.

Where torch would refuse, the ledger ends at the same layer with the same message (``refusals.py``). After the last
layer stands the loss, which has its own demands on the shape.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import prod

from explorer.core.network import refusals
from explorer.core.network.layer_window import Pair, windows_of
from explorer.core.network.layers import LayerSpec, NetworkSpec
from explorer.core.network.receptive_field import ReceptiveField
from explorer.core.network.refusals import Refused

BATCH = 64  # images, the lecture's
FLOAT_BYTES = 4


@dataclass(frozen=True)
class Row:
    """One layer at work on a batch: shapes (N, C, H, W) or (N, features).

    ``mult_adds`` are for the whole batch. ``dropped`` rows and columns, of the padded input, do not fill a last stride.
    ``receptive_field`` is None where a row of the batch is no image any more.
    """

    spec: LayerSpec
    input: tuple[int, ...]
    output: tuple[int, ...]
    num_params: int
    mult_adds: int
    receptive_field: ReceptiveField | None
    dropped: Pair = (0, 0)

    @property
    def activation_bytes(self) -> int:
        """Memory of the output for the whole batch, in float32."""
        return prod(self.output) * FLOAT_BYTES


@dataclass(frozen=True)
class Problem:
    """Layer number ``index``, or the loss behind the last one, refuses; ``message`` is torch's own."""

    index: int
    message: str


@dataclass(frozen=True)
class Ledger:
    """The rows up to the first layer that refuses its input, and why it does."""

    stack: NetworkSpec
    rows: tuple[Row, ...]
    problem: Problem | None = None
    batch: int = BATCH

    @property
    def output(self) -> tuple[int, ...]:
        """The shape behind the last row."""
        return self.rows[-1].output if self.rows else (self.batch, *self.stack.image)

    @property
    def num_params(self) -> int:
        """Weights and biases of all rows."""
        return sum(row.num_params for row in self.rows)

    @property
    def mult_adds(self) -> int:
        """Multiplications with their additions, for the whole batch."""
        return sum(row.mult_adds for row in self.rows)

    @property
    def activation_bytes(self) -> int:
        """Memory of all outputs for the whole batch: training keeps them for the way back."""
        return sum(row.activation_bytes for row in self.rows)


def trace(stack: NetworkSpec, batch: int = BATCH) -> Ledger:
    """The ledger of ``batch`` images on their way through the layers to the cross-entropy loss."""
    rows: list[Row] = []
    shape = (batch, *stack.image)
    field: ReceptiveField | None = ReceptiveField((1, 1), (1, 1), stack.image[1:])
    try:
        for spec in stack.layers:
            refusals.check(spec, shape)
            row = _RULES[spec.kind](spec, shape, field)
            rows.append(row)
            shape, field = row.output, row.receptive_field
        refusals.check_loss(shape, batch)
    except Refused as refused:
        return Ledger(stack, tuple(rows), Problem(len(rows), str(refused)), batch)
    return Ledger(stack, tuple(rows), None, batch)


def _convolution(spec: LayerSpec, shape: tuple[int, ...], field: ReceptiveField | None) -> Row:
    weights = prod(spec.pair("kernel_size")) * spec["in_channels"] // spec["groups"]  # of one output channel
    row = _window(spec, shape, field)
    height, width = row.output[2:]
    output = (shape[0], spec["out_channels"], height, width)
    params = (weights + spec["bias"]) * spec["out_channels"]
    return replace(row, output=output, num_params=params, mult_adds=weights * prod(output))


def _window(spec: LayerSpec, shape: tuple[int, ...], field: ReceptiveField | None) -> Row:
    """A pooling, or a convolution's sizes: height and width change, the channels stay."""
    if len(shape) == 2:  # AdaptiveAvgPool2d(1), which takes the batch for a map
        return Row(spec, shape, (1, 1), 0, 0, None)
    rows, columns = windows_of(spec, shape[2:])
    dropped = max(0, -rows.beyond), max(0, -columns.beyond)
    output = (*shape[:2], rows.count, columns.count)
    return Row(spec, shape, output, 0, 0, field and field.through((rows, columns)), dropped)


def _elementwise(spec: LayerSpec, shape: tuple[int, ...], field: ReceptiveField | None) -> Row:
    return Row(spec, shape, shape, 0, 0, field)


def _normalization(spec: LayerSpec, shape: tuple[int, ...], field: ReceptiveField | None) -> Row:
    return Row(spec, shape, shape, 2 * spec["num_features"], 0, field)  # a factor and a summand for each channel


def _flatten(spec: LayerSpec, shape: tuple[int, ...], field: ReceptiveField | None) -> Row:
    return Row(spec, shape, (shape[0], prod(shape[1:])), 0, 0, field)


def _view(spec: LayerSpec, shape: tuple[int, ...], field: ReceptiveField | None) -> Row:
    output = (prod(shape) // spec["size"], spec["size"])
    return Row(spec, shape, output, 0, 0, field if output[0] == shape[0] else None)


def _linear(spec: LayerSpec, shape: tuple[int, ...], field: ReceptiveField | None) -> Row:
    output = (*shape[:-1], spec["out_features"])
    return Row(
        spec,
        shape,
        output,
        (spec["in_features"] + spec["bias"]) * spec["out_features"],
        prod(output) * spec["in_features"],
        field and field.merged((0, 1) if len(shape) == 2 else (1,)),
    )


def _softmax(spec: LayerSpec, shape: tuple[int, ...], field: ReceptiveField | None) -> Row:
    return Row(
        spec,
        shape,
        shape,
        0,
        0,
        field.merged((0, 1)) if field and len(shape) == 2 else field,
    )


_RULES: dict[str, Callable[[LayerSpec, tuple[int, ...], ReceptiveField | None], Row]] = {
    "Conv2d": _convolution,
    "MaxPool2d": _window,
    "AvgPool2d": _window,
    "AdaptiveAvgPool2d": _window,
    "ReLU": _elementwise,
    "Dropout": _elementwise,
    "BatchNorm2d": _normalization,
    "BatchNorm1d": _normalization,
    "Flatten": _flatten,
    "Linear": _linear,
    "Softmax": _softmax,
    "View": _view,
}
