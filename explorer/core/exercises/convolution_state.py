"""A convolution that is on screen, and convolutions made up for it: the Convolution and the Channels page's states."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from random import Random

import numpy as np

from explorer.core.arithmetic.convolution import ConvResult, ConvSpec, Pair, convolve
from explorer.core.arithmetic.inputs import make_channel_input, make_input
from explorer.core.arithmetic.kernels import make_bias, make_kernel, make_weights
from explorer.core.exercises.cell_value import window_at
from explorer.core.exercises.window_size import Axis

MOST_SEEDS = 9999  # of a page's setting
LARGE = 10  # rows or columns from which on the middle is asked about


@dataclass(frozen=True, eq=False)
class ConvolutionState:
    """``result`` as the page shows it, after a ReLU where ``relu``; ``flipped``: the kernel on screen is turned round.

    ``channel`` is the output channel on screen, from 0. ``settings`` are the page's choices by their names, where the
    state was made up.
    """

    result: ConvResult
    relu: bool = False
    flipped: bool = False
    channel: int = 0
    settings: Mapping[str, object] = field(default_factory=dict[str, object])

    @property
    def axes(self) -> tuple[Axis, Axis]:
        """The numbers of the rows, and of the columns; of "same" those of the padding in front."""
        spec = self.result.spec
        rows, columns = (
            Axis(spec.input_size[i], spec.kernel_size[i], spec.border[i][0], spec.stride[i], spec.dilation[i])
            for i in (0, 1)
        )
        return rows, columns

    @property
    def cell(self) -> Pair:
        """The output cell that is asked about, from 0: that of the worked example's 295, a large output's middle."""
        return asked_cell(self.result.spec.output_size)

    @property
    def partials(self) -> list[float]:
        """What each input channel gives to that cell of the output channel on screen."""
        windows = window_at(self.result, self.channel, *self.cell)
        return [float(part) for part in (windows * self.result.weight[self.channel]).sum(axis=(1, 2))]


def asked_cell(size: Pair) -> Pair:
    """Row and column, from 0, of the cell to ask about in an output of that size."""
    height, width = size
    if max(size) >= LARGE:
        return height // 2, width // 2
    return min(1, height - 1), min(2, width - 1)


Bounds = tuple[int, int]  # the lowest and the highest number to draw
PLAIN = {"separate": False, "same": False, "transposed": False, "flip": False, "padding_mode": "zeros"}


def draw_convolution(
    random: Random,
    *,
    padding: Bounds = (0, 2),
    stride: Bounds = (1, 1),
    dilation: Bounds = (1, 1),
    biased: bool = False,
) -> ConvolutionState:
    """Small whole numbers, sizes within those bounds; the kernel fits. ``biased``: with a bias and a ReLU."""
    paddings, strides, dilations = ((number, number) for number in _drawn(random, padding, stride, dilation))
    kernel = random.randint(2, 4), random.randint(2, 4)
    largest = 9 if stride == dilation == (1, 1) else 13  # of small sizes few have a chain for each slip
    height, width = (random.randint(max(4, dilations[0] * (side - 1) + 1), largest) for side in kernel)
    seed = random.randint(1, MOST_SEEDS)
    bias = float(random.choice([-1, 1]) * random.randint(2, 60)) if biased else 0.0  # enough to change a sum's sign
    spec = ConvSpec((height, width), kernel, paddings, strides, dilations)
    image = make_input("random", height, width, seed=seed)
    weight = make_kernel("random", *kernel, seed=seed)
    sources = {"input_source": "random", "kernel_source": "random", "seed": seed}
    numbers = {"padding": paddings, "stride": strides, "dilation": dilations, "bias": bias, "relu": biased}
    settings = sources | PLAIN | numbers | {"input_size": (height, width), "kernel_size": kernel}
    result = convolve(image[None], weight[None, None], spec, np.array([bias]) if bias else None)
    return ConvolutionState(result, biased, settings=settings)


def _drawn(random: Random, *bounds: Bounds) -> Iterator[int]:
    return (random.randint(*pair) for pair in bounds)


def draw_channels(random: Random, *, grouped: bool = False) -> ConvolutionState:
    """Several channels of small whole numbers, with a bias each; as many groups as channels where ``grouped``."""
    channels = random.randint(2, 6)
    out = channels if grouped else random.randint(2, 9)
    groups = channels if grouped else 1
    kernel, padding, stride = random.randint(2, 4), random.randint(0, 1), random.randint(1, 2)
    height, width = random.randint(kernel + 1, 9), random.randint(kernel + 1, 9)
    seed = random.randint(1, MOST_SEEDS)
    spec = ConvSpec(
        (height, width),
        (kernel, kernel),
        (padding, padding),
        (stride, stride),
        in_channels=channels,
        out_channels=out,
        groups=groups,
    )
    images = make_channel_input("numbers", channels, height, width, seed=seed)
    result = convolve(images, make_weights(*spec.weight_shape, seed=seed), spec, make_bias(out, seed=seed))
    settings = {
        "input_source": "numbers",
        "in_channels": channels,
        "out_channels": out,
        "groups": groups,
        "height": height,
        "width": width,
        "kernel_size": kernel,
        "padding": padding,
        "stride": stride,
        "bias": True,
        "seed": seed,
        "selected": 1,
    }
    return ConvolutionState(result, settings=settings)
