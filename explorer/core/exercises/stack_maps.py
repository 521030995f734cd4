"""A network's maps one after another, and the slips on the way to them; and networks made up for a question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from explorer.core.errors import SettingError
from explorer.core.exercises.window_size import Axis, windows
from explorer.core.exercises.worked import Worked, shape
from explorer.core.network.layers import IMAGE, LayerSpec, NetworkSpec, layer, numbered
from explorer.core.network.ledger import Row, trace

POOLS = ("MaxPool2d", "AvgPool2d")
SLIDING = ("Conv2d", *POOLS)


@dataclass(frozen=True, eq=False)
class NetworkState:
    """The network on screen, and how many images are in a batch of it. ``settings`` as in ConvolutionState."""

    stack: NetworkSpec
    batch: int = 64
    settings: Mapping[str, object] = field(default_factory=dict[str, object])

    @property
    def rows(self) -> tuple[Row, ...]:
        """Its ledger. Raises SettingError where the layers do not fit together."""
        ledger = trace(self.stack, self.batch)
        if ledger.problem:
            raise SettingError("These layers do not fit together. Repair them first, or press “New numbers”.")
        return ledger.rows

    def last(self, kind: str) -> Row:
        """The last layer of that kind. Raises SettingError where there is none."""
        return self._layers(kind)[-1]

    def first(self, kind: str) -> Row:
        """The first layer of that kind. Raises SettingError where there is none."""
        return self._layers(kind)[0]

    @property
    def feature_layers(self) -> tuple[LayerSpec, ...]:
        """The layers with a window before the network is flattened.

        Raises SettingError where there are none, or one whose windows are no plain squares.
        """
        kinds = [row.spec.kind for row in self.rows]
        end = kinds.index("Flatten") if "Flatten" in kinds else 0
        chosen = tuple(row.spec for row in self.rows[:end] if len(row.output) == 4 and row.spec.kind not in _SAME)
        if not chosen or not all(map(_is_plain, chosen)):
            raise SettingError("This is asked of convolutions and poolings with square windows. Press “New numbers”.")
        return chosen

    def _layers(self, kind: str) -> list[Row]:
        found = [row for row in self.rows if row.spec.kind == kind]
        if not found:
            raise SettingError("This network has no {kind}. Press “New numbers”.", kind=kind)
        return found


_SAME = ("ReLU", "Dropout", "BatchNorm2d", "Softmax")  # which leave a map's shape


def _is_plain(spec: LayerSpec) -> bool:
    names = ("kernel_size", "stride", "padding", "dilation") if spec.kind != "AvgPool2d" else ("kernel_size", "stride")
    return spec.kind in SLIDING and all(type(spec[name]) is int for name in names)


def _axis(spec: LayerSpec, size: int) -> Axis:
    dilation = 1 if spec.kind == "AvgPool2d" else spec["dilation"]
    ceil_mode = spec.kind in POOLS and spec["ceil_mode"]
    return Axis(size, spec["kernel_size"], spec["padding"], spec["stride"], dilation, ceil_mode)


def maps(layers: Sequence[LayerSpec], image: tuple[int, int, int] = IMAGE, slip: str = "") -> Worked:
    """C×H×W behind these layers, a line for each: ``conv1: 1×28×28 → 10×24×24``."""
    if slip == "last_pooling_forgotten":
        last = max(index for index, spec in enumerate(layers) if spec.kind in POOLS)
        layers = [*layers[:last], *layers[last + 1 :]]
    now = (image[0], 32, 32) if slip == "image_32" else image
    lines: list[str] = []
    for spec in layers:
        before, is_conv = now, spec.kind == "Conv2d"
        own = "plus_one_forgotten" if slip == "plus_one_forgotten" and is_conv else ""
        height, width = (max(0, int(windows(_axis(spec, size), own).answer[0])) for size in now[1:])
        now = (spec["out_channels"] if is_conv and slip != "channels_kept" else now[0], height, width)
        lines.append(f"{spec.name}: {shape(before)} → {shape(now)}")
    return Worked(now, tuple(lines))


def field_of_view(layers: Sequence[LayerSpec], slip: str = "") -> Worked:
    """Rows of the image that one unit behind these layers sees: each window adds its span less 1, in steps."""
    seen, step = 1, 1
    lines: list[str] = []
    for spec in layers:
        axis = _axis(spec, 1)
        reach = axis.dilation * (axis.kernel - 1) + (slip == "kernels_added" and bool(lines))
        lines.append(f"{spec.name}: {seen} + {reach}·{step} = {seen + reach * step}")
        seen += reach * step
        step *= 1 if slip in ("strides_forgotten", "kernels_added") else axis.stride
    if slip == "kernel_for_field":
        kernel = next(spec["kernel_size"] for spec in reversed(layers) if spec.kind == "Conv2d")
        return Worked((kernel,), (f"{kernel}",))
    return Worked((seen,), tuple(lines))


def draw_network(random: Random) -> NetworkState:
    """Two convolutions with a ReLU and a pooling each, of several widths, then one or two linear layers."""
    first, second = random.randint(3, 12), random.randint(13, 32)
    kernels = random.choice([(3, 5), (5, 3), (3, 3), (7, 3), (3, 7), (5, 5)])
    pool, relu = layer("pool", "MaxPool2d", kernel_size=2), layer("relu", "ReLU")
    convs = [
        layer("conv", "Conv2d", in_channels=inputs, out_channels=outputs, kernel_size=kernel)
        for inputs, outputs, kernel in zip((1, first), (first, second), kernels, strict=True)
    ]
    features = numbered([convs[0], pool, relu, convs[1], pool, relu])
    flat = 1
    for side in maps([spec for spec in features if spec.kind != "ReLU"]).answer:
        flat *= int(side)
    hidden = random.choice([0, 24, 32, 50])
    dense = [(flat, hidden), (hidden, 10)] if hidden else [(flat, 10)]
    linear = [layer("fc", "Linear", in_features=inputs, out_features=outputs) for inputs, outputs in dense]
    stack = NetworkSpec(numbered([*features, layer("flatten", "Flatten"), *linear]))
    return NetworkState(stack, random.choice([16, 32, 50, 64, 100, 128]), {"stack": stack})
