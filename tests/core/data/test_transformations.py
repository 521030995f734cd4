"""What may happen to a digit: shifted, turned, scaled, another pen, noise, its negative."""

import numpy as np
import pytest

from explorer.core.data.digits import draw_digits
from explorer.core.data.transformations import TRANSFORMATIONS, Amounts, normal_noise, transformed

DIGITS = draw_digits(50, 1)[0].astype(np.float32) / 255


@pytest.mark.parametrize("name", TRANSFORMATIONS)
def test_the_neutral_amount_changes_nothing(name: str) -> None:
    """Not one bit, and it is one of the points of a curve; every other point changes something."""
    range_ = TRANSFORMATIONS[name]
    amounts = range_.amounts()
    assert len(amounts) == 11
    assert (amounts[0], amounts[-1]) == (range_.lowest, range_.highest)
    assert range_.neutral in amounts
    for amount in amounts:
        same = np.array_equal(transformed(DIGITS, Amounts(**{name: amount})), DIGITS)
        assert same == (amount == range_.neutral)


def test_a_shift_moves_every_pixel() -> None:
    """Three to the right and two down; what leaves the image is gone, paper comes in."""
    moved = transformed(DIGITS, Amounts(right=3, down=2))
    np.testing.assert_array_equal(moved[:, 2:, 3:], DIGITS[:, :-2, :-3])
    assert not moved[:, :2].any()
    assert not moved[:, :, :3].any()


def test_half_a_pixel_is_the_mean_of_two() -> None:
    """Bilinear."""
    moved = transformed(DIGITS, Amounts(right=0.5))
    np.testing.assert_allclose(moved[:, :, 1:], (DIGITS[:, :, 1:] + DIGITS[:, :, :-1]) / 2, atol=1e-6)


def test_a_digit_turns_clockwise_about_the_middle() -> None:
    """What was above the middle is to its right after a quarter: not to its left."""
    image = np.zeros((1, 28, 28), np.float32)
    image[0, 4:6, 13:15] = 1
    turned = transformed(transformed(image, Amounts(rotate=45)), Amounts(rotate=45))[0]
    y, x = (turned.sum(axis) @ np.arange(28) / turned.sum() for axis in (1, 0))
    assert (x, y) == pytest.approx((22.5, 13.5), abs=0.1)


def test_half_as_large_is_a_quarter_of_the_ink() -> None:
    """About the middle."""
    image = np.zeros((1, 28, 28), np.float32)
    image[0, 6:22, 6:22] = 1
    half = transformed(image, Amounts(scale=0.5))
    assert half.sum() == pytest.approx(image.sum() / 4)
    np.testing.assert_array_equal(half[0, 10:18, 10:18], 1)


def test_a_thicker_pen_draws_a_wider_line() -> None:
    """By a pixel on each side, in whole and in half; a thinner one takes it away again."""
    line = np.zeros((1, 28, 28), np.float32)
    line[0, 12:15] = 1
    row = np.arange(28)
    np.testing.assert_array_equal(transformed(line, Amounts(thicken=1))[0, :, 14], (row >= 11) & (row <= 15))
    np.testing.assert_array_equal(transformed(line, Amounts(thicken=-1))[0, :, 14], row == 13)
    assert transformed(line, Amounts(thicken=0.5))[0, 11, 14] == 0.5
    assert transformed(line, Amounts(thicken=-0.5))[0, 12, 14] == 0.5


def test_a_line_at_the_edge_is_thinned_there_too() -> None:
    """Beyond the edge is paper."""
    line = np.zeros((1, 28, 28), np.float32)
    line[0, :, 0] = 1
    assert not transformed(line, Amounts(thicken=-1)).any()


def test_noise_is_normal_and_each_images_own() -> None:
    """Mean 0, deviation 1, no two images alike, and the same whether one asks for an image alone or among others."""
    noise = normal_noise(0, 500)
    assert abs(noise.mean()) < 0.01
    assert abs(noise.std() - 1) < 0.01
    assert abs((np.abs(noise) < 1).mean() - 0.6827) < 0.005
    correlations = np.corrcoef(noise[:100].reshape(100, -1)) - np.eye(100)
    assert np.abs(correlations).max() < 0.2
    np.testing.assert_array_equal(normal_noise(499, 1), noise[499:])


def test_the_negative_is_the_negative() -> None:
    """And half of it is grey."""
    np.testing.assert_allclose(transformed(DIGITS, Amounts(invert=1)), 1 - DIGITS, atol=1e-6)
    np.testing.assert_array_equal(transformed(DIGITS, Amounts(invert=0.5)), 0.5)


@pytest.mark.parametrize("amounts", [{"right": 11}, {"scale": 0}, {"noise": float("nan")}, {"invert": -0.1}])
def test_an_amount_outside_its_range_is_refused(amounts: dict[str, float]) -> None:
    """With its numbers."""
    with pytest.raises(ValueError, match="outside"):
        Amounts(**amounts)
