"""The convolution page's arithmetic against PyTorch, over all settings."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.conv import ConvSpec, convolve
from explorer.core.examples import EXAMPLE, make_kernel
from explorer.core.explained import SettingError
from tests.strategies import conv_settings, conv_specs


def example(padding: int, stride: int) -> list[list[float]]:
    spec = ConvSpec((5, 5), (3, 3), (padding, padding), (stride, stride))
    return convolve(EXAMPLE, make_kernel("example", 3, 3), spec).output.tolist()


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
    assert convolve(EXAMPLE, flipped, ConvSpec((5, 5), (3, 3))).output[0][0] == 10 * EXAMPLE[:3, :3].sum() - 211


@given(conv_specs, st.integers(0, 2**32 - 1))
def test_every_output_equals_torchs(spec: ConvSpec, seed: int) -> None:
    """Shape and values of any valid setting are torch.nn.functional.conv2d's."""
    rng = np.random.default_rng(seed)
    image, kernel = rng.normal(size=spec.input_size), rng.normal(size=spec.kernel_size)
    expected = torch.nn.functional.conv2d(
        torch.from_numpy(image)[None, None],
        torch.from_numpy(kernel)[None, None],
        padding=spec.padding,
        stride=spec.stride,
        dilation=spec.dilation,
    )[0, 0].numpy()
    assert spec.output_size == expected.shape
    np.testing.assert_allclose(convolve(image, kernel, spec).output, expected, rtol=1e-10, atol=1e-10)


@given(conv_settings)
def test_a_setting_is_refused_exactly_where_torch_refuses_it(settings: dict[str, tuple[int, int]]) -> None:
    """No valid setting is withheld from the learner, no invalid one reaches the picture."""
    image, kernel = torch.zeros(1, 1, *settings["input_size"]), torch.zeros(1, 1, *settings["kernel_size"])
    options = {name: settings[name] for name in ("padding", "stride", "dilation")}
    try:
        torch.nn.functional.conv2d(image, kernel, **options)
    except RuntimeError:
        with pytest.raises(SettingError):
            ConvSpec(**settings)
    else:
        ConvSpec(**settings)


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
    with pytest.raises(SettingError, match="The input size is 1000, outside 1 … 28"):
        ConvSpec((1000, 5), (3, 3))
