import numpy as np
import pytest

from explorer.core.data.digits import CENTRE, VARIANTS, draw_digits
from explorer.core.data.strokes import STROKES

COUNT = 2003  # four chunks and a bit, and not a multiple of ten


@pytest.fixture(scope="module")
def digits() -> tuple[np.ndarray, np.ndarray]:
    return draw_digits(COUNT, seed=1)


def test_images_and_labels_have_mnist_s_shapes_and_types(digits):
    """Images are uint8 (count, 28, 28) and labels int64 (count,), as torchvision's MNIST holds them."""
    images, labels = digits
    assert (np.uint8, (COUNT, 28, 28)) == (images.dtype, images.shape)
    assert (np.int64, (COUNT,)) == (labels.dtype, labels.shape)


@pytest.mark.parametrize("count", [0, 1, 7])
def test_any_small_count_is_drawn(count):
    """A count of nothing, or of less than one digit of each class, is drawn as asked."""
    images, labels = draw_digits(count, seed=3)
    assert (count, 28, 28) == images.shape
    assert count == len(labels)


def test_a_negative_count_is_refused():
    """The error names the number and the rule."""
    with pytest.raises(ValueError, match="cannot draw -1 digits: the count must be 0 or more"):
        draw_digits(-1, seed=0)


def test_the_same_seed_draws_the_same_bytes(digits):
    """Drawing again with the same seed repeats images and labels exactly."""
    images, labels = draw_digits(COUNT, seed=1)
    assert digits[0].tobytes() == images.tobytes()
    assert digits[1].tobytes() == labels.tobytes()


def test_another_seed_draws_other_digits(digits):
    """Another seed changes both the shapes and the order of the labels."""
    images, labels = draw_digits(COUNT, seed=2)
    assert not np.array_equal(digits[0], images)
    assert not np.array_equal(digits[1], labels)


def test_drawing_leaves_numpy_s_global_generator_alone():
    """The seed is an argument: the global stream goes on as if nothing had been drawn."""
    np.random.seed(5)
    expected = np.random.random()
    np.random.seed(5)
    draw_digits(10, seed=0)
    assert expected == np.random.random()


def test_labels_are_balanced_and_shuffled(digits):
    """Classes differ by at most one image, and do not come in order."""
    counts = np.bincount(digits[1], minlength=10)
    assert (10, 1) == (len(counts), np.ptp(counts))
    assert not np.array_equal(digits[1], np.arange(COUNT) % 10)


def test_every_digit_is_inked_inside_a_margin(digits):
    """No image is empty or faint, and the outermost pixels stay black."""
    images = digits[0]
    assert images.max(axis=(1, 2)).min() > 200
    assert (images > 100).sum(axis=(1, 2)).min() >= 15
    border = np.ones((28, 28), bool)
    border[1:-1, 1:-1] = False
    assert 0 == images[:, border].max()


def test_the_ink_s_box_is_about_20_pixels_long(digits):
    """The longer side of the box around the ink is what MNIST's preparation makes it."""
    ink = digits[0] > 60
    rows, columns = ink.any(axis=2), ink.any(axis=1)
    sides = [28 - side.argmax(axis=1) - side[:, ::-1].argmax(axis=1) for side in (rows, columns)]
    longer = np.maximum(*sides)
    assert 19 <= np.median(longer) <= 21
    assert longer.min() >= 14
    assert longer.max() <= 22


def test_the_centre_of_mass_is_the_image_s_centre(digits):
    """The mean of the ink's places is within half a pixel of the centre, save at the margin."""
    ink = digits[0] / digits[0].sum(axis=(1, 2), keepdims=True, dtype=float)
    places = np.arange(28) + 0.5
    mass = np.stack([ink.sum(axis=1) @ places, ink.sum(axis=2) @ places])
    assert np.quantile(np.abs(mass - CENTRE), 0.95) < 0.5
    assert np.abs(mass - CENTRE).max() < 2.5


def test_labels_name_what_is_drawn(digits):
    """The nearest mean of other digits' classes finds most labels, and few once they are shifted."""
    images, labels = digits
    flat = images.reshape(COUNT, -1) / 255.0
    means = np.stack([flat[:1000][labels[:1000] == digit].mean(axis=0) for digit in range(10)])
    nearest = ((flat[1000:, None] - means) ** 2).sum(axis=2).argmin(axis=1)
    assert (nearest == labels[1000:]).mean() > 0.6
    assert (nearest == np.roll(labels[1000:], 1)).mean() < 0.2


@pytest.mark.parametrize("digit", range(10))
def test_a_lifted_pen_leaves_no_ink(digit):
    """Every variant's path has one gap for every ``|`` of its text, and the same two ends."""
    for (_, strokes), variant in zip(STROKES[digit], VARIANTS[digit], strict=True):
        assert strokes.count("|") == (variant.inked == 0).sum()
        np.testing.assert_allclose(variant.blend.sum(axis=1), 1)
        np.testing.assert_allclose((variant.blend @ variant.controls)[[0, -1]], variant.controls[[0, -1]])
