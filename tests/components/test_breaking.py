"""What breaks a digit, in the browser: the same transformations as the test set's, and their text in a link."""

import re
from collections.abc import Iterator
from dataclasses import asdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.data.digits import draw_digits
from explorer.core.data.transformations import TRANSFORMATIONS, Amounts, transformed
from explorer.ui.inside.settings import LINK
from tests.components.node import Node
from tests.hypothesis_profiles import examples

DIGITS = draw_digits(20, 5)[0].astype(np.float32) / 255
TRANSFORM = """(ink, amounts, number) =>
  Array.from(transformed(Float32Array.from(ink), amounts, number))"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Node]:
    """The part's pure scripts."""
    scripts = ("transforms", "amounts_text", "occlusion", "curve")
    node = Node(*(f"inside/breaking/{script}.js" for script in scripts))
    yield node
    node.close()


def amount(name: str) -> st.SearchStrategy[float]:
    """One that changes nothing, or any."""
    lowest, highest, neutral = TRANSFORMATIONS[name]
    return st.one_of(st.just(neutral), st.floats(lowest, highest).map(lambda value: round(value, 3)))


AMOUNTS = st.builds(Amounts, **{name: amount(name) for name in TRANSFORMATIONS})


def in_browser(browser: Node, ink: np.ndarray, amounts: Amounts, number: int) -> np.ndarray:
    """(28, 28), as the page has it."""
    return np.array(browser.ask(TRANSFORM, ink.ravel().tolist(), asdict(amounts), number)).reshape(28, 28)


@examples(200)
@given(AMOUNTS, st.integers(0, len(DIGITS) - 1))
def test_the_browser_does_to_a_digit_what_is_done_to_the_test_set(browser: Node, amounts: Amounts, number: int) -> None:
    """All seven at once, noise too, which each digit has for itself."""
    expected = transformed(DIGITS, amounts)[number]
    np.testing.assert_allclose(in_browser(browser, DIGITS[number], amounts, number), expected, atol=1e-5)


@pytest.mark.parametrize("number", [9999, 59999])
def test_a_late_image_has_its_own_noise_too(browser: Node, number: int) -> None:
    """Beyond 31 bits of counting nothing turns negative, and two digits never share their noise."""
    amounts = Amounts(noise=0.5)
    expected = transformed(DIGITS[:1], amounts, number)[0]
    np.testing.assert_allclose(in_browser(browser, DIGITS[0], amounts, number), expected, atol=1e-5)
    assert not np.allclose(expected, transformed(DIGITS[:1], amounts, number - 1)[0], atol=0.1)


def test_what_sliders_offer_is_what_curves_are_measured_at(browser: Node) -> None:
    """The same names in the same order, the same ends, the same point that changes nothing."""
    found = browser.ask("() => NAMES.map((name) => [name, RANGES[name]])")
    assert list(TRANSFORMATIONS) == [name for name, _ in found]
    assert all(re.fullmatch(LINK["curve"].pattern, name) for name, _ in found)
    for name, range_ in found:
        assert TRANSFORMATIONS[name] == (range_["lowest"], range_["highest"], range_["neutral"])


@examples(100)
@given(AMOUNTS)
def test_the_sliders_survive_the_link(browser: Node, amounts: Amounts) -> None:
    """To a hundredth; what changes nothing needs no sign."""
    text = browser.ask("(amounts) => amountsText(amounts)", asdict(amounts))
    assert re.fullmatch(LINK["amounts"].pattern, text)
    again = browser.ask("(text) => amountsOf(text)", text)
    assert again == pytest.approx(asdict(amounts), abs=0.0051)
    assert (text == "") == (amounts == Amounts())


@pytest.mark.parametrize("text", ["", "_", "rotate", "rotate--5", "turn5", "rotate9e9", "rotate999_scale0", "noise-3"])
def test_a_text_that_is_none_changes_nothing_or_stays_within_the_sliders(browser: Node, text: str) -> None:
    """A link that was cut off or written by hand."""
    Amounts(**browser.ask("(text) => amountsOf(text)", text))  # raises for what is outside


def test_the_patch_is_paper_wherever_it_lies(browser: Node) -> None:
    """Cut off at the edge, and none where there is no ink to cover."""
    ink = np.ones((28, 28), np.float32)
    ask = (
        "(ink, middle, size) => { const r = covered(Float32Array.from(ink), middle, size); return r && Array.from(r); }"
    )
    middle = np.array(browser.ask(ask, ink.ravel().tolist(), 10 * 28 + 12, 5)).reshape(28, 28)
    assert not middle[8:13, 10:15].any()
    assert middle.sum() == 784 - 25
    corner = np.array(browser.ask(ask, ink.ravel().tolist(), 0, 9)).reshape(28, 28)
    assert corner.sum() == 784 - 25
    ink[8:13, 10:15] = 0
    assert browser.ask(ask, ink.ravel().tolist(), 10 * 28 + 12, 5) is None


def test_each_place_of_the_patch_is_asked_about_once(browser: Node) -> None:
    """Of a network whose answer is as probable as there is ink: what it falls by is the ink that is covered."""
    ask = """(ink, size) => {
      const probability = (rest) => rest.reduce((sum, value) => sum + value, 0) / 784;
      const values = Float32Array.from(ink);
      const steps = coverEach(values, size, probability(values), probability);
      let [step, passes] = [steps.next(), 0];
      for (; !step.done; step = steps.next()) passes++;
      return [Array.from(step.value), passes];
    }"""
    ink = DIGITS[0]
    found, passes = browser.ask(ask, ink.ravel().tolist(), 3)
    around = np.pad(ink, 1)
    under = sum(around[y : y + 28, x : x + 28] for y in range(3) for x in range(3))
    np.testing.assert_allclose(np.array(found).reshape(28, 28), (ink.sum() - under) / 784, atol=1e-6)
    assert passes == (under > 0).sum()  # no pass for paper on paper


@pytest.mark.parametrize(("amount", "share"), [(-10, 0.2), (0, 1), (10, 0.4), (5, 0.7), (-7.5, 0.4)])
def test_between_two_points_a_curve_is_straight(browser: Node, amount: float, share: float) -> None:
    """And at a point it is what was measured."""
    curve = [[-10, 0.2], [0, 1], [10, 0.4]]
    assert share == pytest.approx(browser.ask("(curve, amount) => shareAt(curve, amount)", curve, amount))
