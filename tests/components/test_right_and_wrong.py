"""What is counted of a network's predictions in the browser, run by Node; numpy and a loop by hand are the oracles."""

from base64 import b64encode
from collections.abc import Iterator

import numpy as np
import pytest
import safetensors.numpy
from hypothesis import given
from hypothesis import strategies as st

from explorer.exchange.folders import SHIPPED
from explorer.exchange.run_folder import PREDICTIONS, read_run
from tests.components.node import Node
from tests.hypothesis_profiles import examples

SCRIPTS = (
    *("base64.js", "confusion/predictions.js", "confusion/shades.js"),
    "inside/drawing/digit_choice.js",
)
READ = "readPredictions(bytesOf(file).buffer)"
LABELS, NO_ANSWER = 10, 100
BYTES = st.lists(st.tuples(st.integers(0, NO_ANSWER + LABELS - 1), st.integers(0, 255)), min_size=1, max_size=60)


@pytest.fixture(scope="module")
def browser() -> Iterator[Node]:
    """The scripts that count."""
    node = Node(*SCRIPTS)
    yield node
    node.close()


def file_of(pairs: list[tuple[int, int]]) -> str:
    """Predictions as an evaluation keeps them, in base64."""
    pair, probability = (np.array(part, np.uint8) for part in zip(*pairs, strict=True))
    return b64encode(safetensors.numpy.save({"pair": pair, "probability": probability}, {"step": "7"})).decode()


@pytest.mark.parametrize("name", SHIPPED)
def test_the_matrix_of_what_ships_has_its_accuracy(browser: Node, name: str) -> None:
    """Ten thousand images, and on the diagonal the share that run.json tells."""
    file = b64encode((SHIPPED[name] / PREDICTIONS).read_bytes()).decode()
    counts = np.array(browser.ask(f"(file) => confusion({READ})", file))
    assert counts.sum() == 10_000
    assert counts.trace() / 10_000 == read_run(SHIPPED[name])["epochs"][-1]["test_accuracy"]
    assert len(browser.ask(f"(file) => mistakes({READ})", file)) == 10_000 - counts.trace()


@examples(100)
@given(BYTES)
def test_every_image_is_counted_once(browser: Node, pairs: list[tuple[int, int]]) -> None:
    """In the cell of its class and answer; one without an answer in no cell, but among its class."""
    expected, sizes = np.zeros((10, 10), int), np.zeros(10, int)
    for pair, _ in pairs:
        sizes[pair // 10 if pair < NO_ANSWER else pair - NO_ANSWER] += 1
        if pair < NO_ANSWER:
            expected[pair // 10, pair % 10] += 1
    file = file_of(pairs)
    counts, found = browser.ask(f"(file) => [confusion({READ}), classSizes({READ})]", file)
    assert expected.tolist() == counts
    assert sizes.tolist() == found


@examples(100)
@given(BYTES)
def test_mistakes_come_the_surest_first(browser: Node, pairs: list[tuple[int, int]]) -> None:
    """All of them; equal ones in their order, so that a list stays as it is."""
    wrong = [number for number, (pair, _) in enumerate(pairs) if pair < NO_ANSWER and pair // 10 != pair % 10]
    file = file_of(pairs)
    assert sorted(wrong, key=lambda number: -pairs[number][1]) == browser.ask(f"(file) => mistakes({READ})", file)
    of_a_cell = browser.ask(f"(file) => readAs({READ}, 3, 5)", file)
    assert of_a_cell == [number for number in sorted(wrong, key=lambda n: -pairs[n][1]) if pairs[number][0] == 35]


@examples(60)
@given(BYTES)
def test_lists_of_test_images(browser: Node, pairs: list[tuple[int, int]]) -> None:
    """Of a class in their order, the least sure first; without predictions there is only the whole."""
    question = f"(file, list) => listed(list, {len(pairs)}, {READ})"
    file = file_of(pairs)
    sevens = [number for number, (pair, _) in enumerate(pairs) if pair // 10 == 7 or pair == NO_ANSWER + 7]
    assert sevens == browser.ask(question, file, "7")
    unsure = browser.ask(question, file, "unsure")
    shares = [pairs[number][1] for number in unsure]
    assert (sorted(shares), sorted(unsure)) == (shares, list(range(len(pairs))))
    assert [0, 1, 2] == browser.ask("(list) => listed(list, 3, null)", "7")


def test_a_file_without_predictions_is_refused(browser: Node) -> None:
    """Weights, or two lists of different length."""
    question = f"(file) => {{ try {{ {READ}; }} catch {{ return 'refused'; }} }}"
    for tensors in (
        {"pair": np.zeros(3, np.uint8), "probability": np.zeros(2, np.uint8)},
        {"pair": np.zeros(3, np.float32), "probability": np.zeros(3, np.float32)},
    ):
        assert browser.ask(question, b64encode(safetensors.numpy.save(tensors)).decode()) == "refused"


def test_a_mistake_is_seen_beside_a_thousand_right_ones(browser: Node) -> None:
    """The most frequent mistake is as dark as can be, whatever the diagonal has; without mistakes nothing is."""
    counts = np.diag([1000] * 10)
    sizes = [1000] * 10
    assert np.eye(10).tolist() == browser.ask("(counts, sizes) => shades(counts, sizes)", counts.tolist(), sizes)
    counts[3, 5], counts[4, 9], counts[3, 3] = 8, 2, 992
    found = browser.ask("(counts, sizes) => shades(counts, sizes)", counts.tolist(), sizes)
    assert (found[3][5], found[4][9], found[3][3]) == (1, 0.25, 0.992)


def test_all_are_right_only_where_all_are(browser: Node) -> None:
    """9,999 of 10,000 are not 100 %; 997 of 1,000 are 99.7 %, for all that floats do."""
    found = browser.ask("(shares) => shares.map(tenths)", [0.9999, 1, 0.997, 0.5, 0.001, 0])
    assert found == ["99.9%", "100.0%", "99.7%", "50.0%", "0.1%", "0.0%"]
