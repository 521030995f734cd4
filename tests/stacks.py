"""Random stacks of layers for the property tests, most layers fitting, some not, and torch's answer to them."""

from dataclasses import dataclass, field

import torch
from hypothesis import reject
from hypothesis import strategies as st
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from explorer.core import limits
from explorer.core.errors import SettingError
from explorer.core.network.layer_kinds import Value
from explorer.core.network.layers import LayerSpec, NetworkSpec, layer, numbered
from explorer.core.network.ledger import trace
from explorer.core.network.link import decode

BATCH = 3
KINDS = (
    *("Conv2d", "Conv2d", "Conv2d", "MaxPool2d", "AvgPool2d", "AdaptiveAvgPool2d", "ReLU", "Dropout"),
    *("BatchNorm2d", "BatchNorm1d", "Flatten", "Linear", "Softmax", "View"),
)
FITS = (True,) * 7 + (False,)
small = st.integers(1, 4)


def sides(lowest: int, highest: int) -> st.SearchStrategy[Value]:
    """One number for height and width, or one for each, which may be equal."""
    numbers = st.integers(lowest, highest)
    return numbers | numbers | st.tuples(numbers, numbers)


@st.composite
def stacks(draw: st.DrawFn, kinds: tuple[str, ...] = KINDS, padding: int = 2) -> NetworkSpec:
    """Up to seven layers on images of up to 14×14; an argument of eight does not fit what arrives."""
    image = (draw(small), draw(st.integers(1, 14)), draw(st.integers(1, 14)))
    layers: list[LayerSpec] = []
    for kind in draw(st.lists(st.sampled_from(kinds), max_size=7)):
        shape = trace(NetworkSpec(numbered(layers), image), BATCH).output
        layers.append(draw(layer_for(kind, shape, padding)))
    return NetworkSpec(numbered(layers), image)


@st.composite
def layer_for(draw: st.DrawFn, kind: str, shape: tuple[int, ...], padding: int) -> LayerSpec:
    """A layer that fits a batch of this shape, or nearly."""
    fitting = draw(st.sampled_from(FITS))
    options: dict[str, Value] = {}
    if kind in ("Conv2d", "MaxPool2d", "AvgPool2d"):
        options = {"kernel_size": draw(sides(1, 4)), "padding": draw(sides(0, padding)), "stride": draw(sides(1, 3))}
    if kind in ("Conv2d", "MaxPool2d"):
        options["dilation"] = draw(st.just(1) | sides(1, 3))
    if kind in ("MaxPool2d", "AvgPool2d"):
        options["ceil_mode"] = draw(st.booleans()) and padding > 0
    if kind == "AvgPool2d":
        options["count_include_pad"] = draw(st.booleans())
    if kind == "AdaptiveAvgPool2d":
        options["output_size"] = draw(sides(1, 5))
    elif kind == "Conv2d":
        groups = draw(st.sampled_from([1, 1, 1, 2]))
        found = shape[1] if fitting and len(shape) == 4 else draw(small)
        options |= {"in_channels": found, "out_channels": groups * draw(small) if fitting else draw(small)}
        options |= {"groups": groups, "bias": draw(st.booleans())}
        if padding and draw(st.integers(0, 3)) == 0:
            options["padding"] = "same"
            options["stride"] = 1 if fitting else options["stride"]
    elif kind == "Linear":
        options = {"in_features": shape[-1] if fitting else draw(st.integers(1, 12))}
        options |= {"out_features": draw(st.sampled_from([10, 10, 3, 5, 12])), "bias": draw(st.booleans())}
    elif kind in ("BatchNorm2d", "BatchNorm1d"):
        most = limits.MAX_LAYER_CHANNELS if kind == "BatchNorm2d" else limits.MAX_FEATURES  # a vector may have more
        options = {"num_features": min(shape[1], most) if fitting else draw(small)}
    elif kind == "View":
        numbers = torch.Size(shape).numel()
        options = {"size": numbers // BATCH or 1 if fitting else draw(st.sampled_from([numbers // 2 or 1, 2, 5]))}
    elif kind == "Dropout":
        options = {"p": draw(st.sampled_from([0.0, 0.25, 0.5]))}
    elif kind == "Softmax":
        options = {"dim": 1}
    return layer(kind.lower(), kind, **options)


def _numbers(least: int, most: int) -> st.SearchStrategy[int]:
    """Small ones, the limit, and now and then what is just beyond it."""
    return st.sampled_from([*[least, 1, 2, 3, 10, most - 1, most] * 3, most + 1])


CHANNELS, SIDE = _numbers(1, limits.MAX_LAYER_CHANNELS), _numbers(1, limits.MAX_IMAGE_SIZE)
WINDOW, FEATURES = _numbers(1, limits.MAX_LAYER_WINDOW), _numbers(1, limits.MAX_FEATURES)
SIDES = WINDOW | WINDOW | st.tuples(WINDOW, WINDOW).map(lambda pair: "x".join(map(str, pair)))


@st.composite
def stack_links(draw: st.DrawFn) -> str:
    """The text of a stack in a link: at the limits, now and then beyond; three of four layers fit what arrives."""
    text = "_".join(["1", "x".join(str(draw(numbers)) for numbers in (CHANNELS, SIDE, SIDE))])
    most = draw(st.sampled_from([4, 8, 12, limits.MAX_LAYERS]))
    for letter in draw(st.lists(st.sampled_from("ccccmmagrbndfflllxv"), max_size=most)):
        text += "_" + draw(_layer_text(letter, text))
    return text


@st.composite
def deep_links(draw: st.DrawFn) -> str:
    """As many layers as there may be, a few again and again, on images as large as may be: the longest ledgers."""
    windows = [f"{option}{size}" for option in "spd" for size in (1, 2, 3, limits.MAX_LAYER_WINDOW)]
    layers = []
    for letter in draw(st.lists(st.sampled_from("cccmarbdf"), min_size=1, max_size=4)):
        options = draw(st.lists(st.sampled_from(windows), max_size=3, unique_by=lambda text: text[0]))
        kernel = draw(st.sampled_from([1, 2, 3, 5, 7, limits.MAX_LAYER_WINDOW]))
        form = {"c": f"c1-1-{kernel}", "m": f"m{kernel}", "a": f"a{kernel}", "b": "b1"}.get(letter, letter)
        layers.append(form + "".join(one for one in options if letter == "c" or (letter in "ma" and one[0] != "d")))
    image = f"1x{limits.MAX_IMAGE_SIZE}x{draw(st.integers(1, limits.MAX_IMAGE_SIZE))}"
    return "_".join(["1", image, *(layers * limits.MAX_LAYERS)[: limits.MAX_LAYERS]])


@st.composite
def _layer_text(draw: st.DrawFn, letter: str, before: str) -> str:
    try:
        shape = trace(decode(before)).output
    except SettingError:
        shape = (1, 1)
    fitting = draw(st.sampled_from([True, True, True, False]))
    channels = shape[1] if fitting else draw(CHANNELS)
    features = shape[-1] if fitting else draw(FEATURES)
    must = {
        "c": [channels, draw(CHANNELS), draw(SIDES)],
        "m": [draw(SIDES)],
        "a": [draw(SIDES)],
        "g": [draw(SIDES)],
        "b": [channels],
        "n": [features],
        "l": [features, draw(FEATURES)],
        "v": [features],
    }.get(letter, [])
    letters = {"c": "spppdgb", "m": "spdc", "a": "spci", "l": "b"}.get(letter, " ")
    options = draw(st.lists(st.sampled_from(letters), max_size=2))
    values = {"g": WINDOW} | {switch: st.sampled_from("01") for switch in "cib"}
    values["p"] = SIDES | st.just("same") if letter == "c" else SIDES
    chosen = [f"{option}{draw(values.get(option, SIDES))}" for option in dict.fromkeys(options) if option != " "]
    return letter + "-".join(map(str, must)) + "".join(chosen)


@st.composite
def limit_stacks(draw: st.DrawFn) -> NetworkSpec:
    """The stack of such a link that is one: at the limits, never beyond."""
    text = draw(stack_links())
    try:
        return decode(text)
    except SettingError:
        reject()


class View(nn.Module):
    """Tensor.view(-1, size)."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.size = size

    def forward(self, batch: torch.Tensor) -> torch.Tensor:
        return batch.view(-1, self.size)


def module_of(spec: LayerSpec) -> nn.Module:
    """Torch's own layer; raises what torch raises."""
    return (View if spec.kind == "View" else getattr(nn, spec.kind))(**dict(spec.options))


@dataclass
class Answer:
    """What torch made of a stack: a figure for each layer that worked, and why it stopped."""

    shapes: list[tuple[int, ...]] = field(default_factory=list)
    num_params: list[int] = field(default_factory=list)
    mult_adds: list[int] = field(default_factory=list)
    refusal: str | None = None


def ask_torch(stack: NetworkSpec, batch: int = BATCH) -> Answer:
    """A real forward pass on the CPU, layer by layer, to the loss; the labels are 9, 0, 1, …"""
    answer, images = Answer(), torch.rand(batch, *stack.image)
    try:
        for spec in stack.layers:
            module = module_of(spec)
            with FlopCounterMode(display=False) as counter:
                images = module(images)
            answer.shapes.append(tuple(images.shape))
            answer.num_params.append(sum(parameter.numel() for parameter in module.parameters()))
            answer.mult_adds.append(counter.get_total_flops() // 2)  # torch counts both
        nn.CrossEntropyLoss()(images, (torch.arange(batch) + 9) % 10)
    except (RuntimeError, ValueError, IndexError) as error:
        answer.refusal = str(error).removeprefix("addmm: ")  # named by some of torch's builds only
    return answer


@st.composite
def trainable_networks(draw: st.DrawFn) -> tuple[LayerSpec, ...]:
    """Up to six layers for MNIST's images that fit one another, then a linear one with ten outputs."""
    layers: list[LayerSpec] = []
    for kind in draw(st.lists(st.sampled_from([kind for kind in KINDS if kind != "View"]), max_size=6)):
        new = draw(layer_for(kind, trace(NetworkSpec(numbered(layers)), BATCH).output, 2))
        ledger = trace(NetworkSpec(numbered([*layers, new])), BATCH)
        worked = len(ledger.rows) == len(ledger.stack.layers) and ledger.output[0] == BATCH  # images stay apart
        layers += [new] * worked
    shape = trace(NetworkSpec(numbered(layers)), BATCH).output
    layers += [layer("flatten", "Flatten")] * (len(shape) == 4)
    layers.append(layer("fc", "Linear", in_features=torch.Size(shape[1:]).numel(), out_features=10))
    return numbered(layers)
