"""The convolution page's arithmetic against PyTorch, over all settings."""

import itertools
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from explorer.core import limits
from explorer.core.arithmetic.convolution import ConvSpec, convolve
from explorer.core.arithmetic.index_map import PADDING_MODES, gather
from explorer.core.arithmetic.inputs import EXAMPLE
from explorer.core.arithmetic.kernels import make_kernel
from explorer.core.errors import SettingError
from tests.hypothesis_profiles import examples
from tests.oracle import torch_conv, torch_layer
from tests.strategies import channel_specs, conv_settings, conv_specs


def example(padding: int, stride: int) -> list[list[float]]:
    spec = ConvSpec((5, 5), (3, 3), (padding, padding), (stride, stride))
    return convolve(EXAMPLE[None], make_kernel("example", 3, 3)[None, None], spec).output[0].tolist()


@pytest.mark.parametrize(
    ("padding", "stride", "output"),
    [
        (
            1,
            1,
            [
                [91, 168, 224, 215, 127],
                [114, 211, 295, 262, 149],
                [192, 259, 282, 214, 122],
                [194, 251, 253, 169, 86],
                [96, 112, 110, 68, 31],
            ],
        ),
        (0, 1, [[211, 295, 262], [259, 282, 214], [251, 253, 169]]),
        (0, 2, [[211, 262], [251, 169]]),
        (1, 2, [[91, 224, 127], [192, 282, 122], [96, 110, 31]]),
        (1, 3, [[91, 215], [194, 169]]),
    ],
)
def test_the_worked_example_has_the_lectures_numbers(padding: int, stride: int, output: list[list[float]]) -> None:
    """The five settings of the lecture; stride 3 floors to 2×2, as PyTorch does."""
    assert example(padding, stride) == output


def test_the_kernel_is_not_flipped() -> None:
    """Conv2d is cross-correlation; a flipped kernel would give 239 where the lecture has 211."""
    assert example(0, 1)[0][0] == 211
    flipped = make_kernel("example", 3, 3)[::-1, ::-1]
    output = convolve(EXAMPLE[None], flipped[None, None], ConvSpec((5, 5), (3, 3))).output
    assert output[0, 0, 0] == 10 * EXAMPLE[:3, :3].sum() - 211


@examples(2_500)
@given(channel_specs, st.integers(0, 2**32 - 1))
def test_every_output_equals_torchs(spec: ConvSpec, seed: int) -> None:
    """Shape, values and never-used rows of any setting, groups, modes and transposed ones included, are torch's."""
    rng = np.random.default_rng(seed)
    images, weight = rng.normal(size=(spec.in_channels, *spec.input_size)), rng.normal(size=spec.weight_shape)
    bias = rng.normal(size=spec.out_channels)
    expected = torch_conv(spec, torch.from_numpy(images), weight, bias).numpy()
    assert (spec.out_channels, *spec.output_size) == expected.shape
    np.testing.assert_allclose(convolve(images, weight, spec, bias).output, expected, rtol=1e-10, atol=1e-10)


@examples(200)
@given(conv_specs)
def test_the_index_map_is_torchs(spec: ConvSpec) -> None:
    """What each output reads with each weight, found by letting torch move numbered cells with one weight at a time."""
    cells = torch.arange(1.0, 1 + spec.input_size[0] * spec.input_size[1], dtype=torch.float64)
    numbered = cells.view(1, *spec.input_size)
    height, width = spec.kernel_size
    single = np.eye(height * width).reshape(height * width, 1, height, width)
    moved = [torch_conv(spec, numbered, one[None], None)[0].numpy() for one in single]
    found = gather(numbered.numpy(), *spec.maps)[0].reshape(*spec.output_size, -1)
    np.testing.assert_allclose(np.moveaxis(found, -1, 0), np.stack(moved), atol=1e-6)


@examples(500)
@given(conv_specs)
def test_never_used_rows_are_those_without_gradient(spec: ConvSpec) -> None:
    """A cell whose row or column is named as never used gets no gradient in torch; every other one gets some."""
    image = torch.zeros(1, *spec.input_size, dtype=torch.float64, requires_grad=True)
    torch_conv(spec, image, np.ones(spec.weight_shape), None).sum().backward()
    rows, columns = (~np.isin(np.arange(axis.size), axis.unused) for axis in spec.maps)
    assert np.outer(rows, columns).tolist() == (image.grad[0] != 0).tolist()


def sizes_of(chosen: dict[str, Any]) -> tuple[tuple[int, ...] | None, tuple[int, ...] | None]:
    """Torch's output size and ours; None where the setting is refused."""
    try:
        images = torch.zeros(1, chosen.get("in_channels", 1), *chosen["input_size"], dtype=torch.float64)
        theirs = tuple(torch_layer(chosen)(images).shape[2:])
    except (RuntimeError, ValueError, TypeError):
        theirs = None
    try:
        return theirs, ConvSpec(**chosen).output_size
    except SettingError:
        return theirs, None


def test_every_small_setting_is_refused_exactly_where_torch_refuses_it() -> None:
    """6,048 plain settings, modes and 'same' included, and 4,320 transposed ones; what is taken has torch's size."""
    numbers, modes = range(1, 4), PADDING_MODES
    plain = itertools.product(range(1, 7), range(1, 5), [*range(6), "same"], numbers, numbers, modes, [None])
    few = ("zeros", "circular")
    transposed = itertools.product(range(1, 5), numbers, [*range(4), "same"], numbers, numbers, few, range(4))
    taken = 0
    for size, kernel, padding, stride, dilation, mode, output_padding in itertools.chain(plain, transposed):
        chosen = {
            "input_size": (size, size),
            "kernel_size": (kernel, kernel),
            "padding": padding if padding == "same" else (padding, padding),
            "stride": (stride, stride),
            "dilation": (dilation, dilation),
            "padding_mode": mode,
            "transposed": output_padding is not None,
            "output_padding": (output_padding or 0, output_padding or 0),
        }
        theirs, ours = sizes_of(chosen)
        assert theirs == ours, chosen
        taken += ours is not None
    assert taken == 4679


def test_channels_and_groups_are_refused_exactly_where_torch_refuses_them() -> None:
    """All of up to 8 input channels, output channels and groups, transposed and not: 1,024 settings."""
    taken = 0
    for inputs, outputs, groups, transposed in itertools.product(*[range(1, 9)] * 3, (False, True)):
        chosen = {"input_size": (4, 4), "kernel_size": (3, 3), "transposed": transposed, "output_padding": (0, 0)}
        theirs, ours = sizes_of(chosen | {"in_channels": inputs, "out_channels": outputs, "groups": groups})
        assert theirs == ours, (inputs, outputs, groups)
        taken += ours is not None
    assert taken == 184


@examples(1_000)
@given(conv_settings(channels=True))
def test_a_setting_is_refused_exactly_where_torch_refuses_it(chosen: dict[str, object]) -> None:
    """No valid setting is withheld from the learner, no invalid one reaches the picture."""
    try:
        layer = torch_layer(chosen)
        output = layer(torch.zeros(1, chosen["in_channels"], *chosen["input_size"], dtype=torch.float64))
    except (RuntimeError, ValueError, TypeError):
        with pytest.raises(SettingError):
            ConvSpec(**chosen)
    else:
        if max(output.shape[2:]) > limits.MAX_OUTPUT_SIZE:
            with pytest.raises(SettingError, match="The output size is"):
                ConvSpec(**chosen)
        else:
            ConvSpec(**chosen)


def test_a_refusal_names_the_numbers_and_the_way_out() -> None:
    """Kernel 5 with dilation 2 spans 9 rows; the sentence says so, and what to change."""
    with pytest.raises(SettingError) as refused:
        ConvSpec((5, 5), (5, 5), (1, 1), dilation=(2, 2))
    assert str(refused.value) == (
        "A kernel of 5 rows with dilation 2 spans 9 rows, more than the 7 rows of the padded input. "
        "Make the kernel or the dilation smaller, or the input or the padding larger."
    )


def test_a_setting_beyond_the_limits_is_refused() -> None:
    """A link cannot ask for a picture that would make the page slow."""
    with pytest.raises(SettingError, match="The input size is 1000, outside 1 … 100"):
        ConvSpec((1000, 5), (3, 3))
