"""The Inside page's arithmetic, run by Node: what opens is what the network has computed, and a drawing is placed."""

import re
from collections.abc import Iterator
from math import prod

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from explorer.components.forward import layer_messages
from explorer.core.data.data_sets import SOURCES
from explorer.core.data.digits import VARIANTS
from explorer.core.network.layers import LayerSpec, NetworkSpec
from explorer.core.network.ledger import trace
from explorer.core.network.networks import PRESETS, SIMPLE_CNN
from explorer.core.network.seen_pixels import receptive_fields
from explorer.exchange.folders import SHIPPED
from explorer.training.checkpoint import load_run
from explorer.ui.inside.settings import LINK
from tests.components.node import Node
from tests.components.trained import random_image, trained, weights_text
from tests.hypothesis_profiles import examples
from tests.stacks import trainable_networks

SCRIPTS = (
    *("base64.js", "forward/forward.js", "forward/weights.js", "inspector/index_map.js"),
    *(
        "inside/layers/layer_sheet.js",
        "inside/drawing/stroke_text.js",
        "inside/unit/path_text.js",
        "inside/drawing/placing.js",
        "inside/drawing/test_digits.js",
    ),
    *("inside/unit/unit_scene.js", "inside/unit/unit_terms.js"),
)
UNITS = 60  # opened in one network, of all its layers
# For each place (layer, index): the number that the layer gave, the one that the opened unit's picture makes, and the
# one that its list makes; the layer number of each number it is made of.
OPEN = """(layers, file, image, places) => {
  const tensors = readTensors(bytesOf(file).buffer);
  const pixels = Float32Array.from(image);
  const pass = { layers, tensors, image: pixels, outputs: forward(layers, tensors, pixels) };
  const words = { input: "", input_channel: "", kernel_channel: "", output_channel: "" };
  const sumUp = (numbers) => numbers.reduce((sum, number) => sum + number, 0);
  const byScene = ({ grids, operations: [operation] }, { row, column }) => {
    const values = ([input]) => grids[input].values;
    if (operation.reduce === "sum") return (operation.bias ?? 0) + sumUp(operation.parts.flatMap(([input, kernel]) =>
      productsAt(operation, grids[input].values, grids[kernel].values, row, column)).map((p) => p.value * p.weight));
    if (operation.reduce === "max") {
      const [winner] = winnersAt(operation, values(operation.parts[0]), row, column);
      return winner ? values(operation.parts[0])[winner.row][winner.column] : -Infinity;
    }
    const taps = tapsAt(operation, row, column);
    return sumUp(taps.map((tap) => valueRead(tap, values(operation.parts[0])))) / taps.length;
  };
  const byTerms = (unit) => {
    const { kind, name } = layers[unit.layer];
    const terms = termsOf(pass, unit);
    const sum = sumUp(terms.map(({ share }) => share));
    const isVector = layers[unit.layer].output.length === 1;
    const feature = isVector || kind === "Conv2d" ? unit.channel : unit.column;
    if (kind === "Linear" || kind === "Conv2d") return sum + (tensors[`${name}.bias`]?.[feature] ?? 0);
    if (kind === "ReLU") return Math.max(0, sum);
    if (kind === "Softmax") return probabilities(terms.map(({ value }) => value))[unit.channel];
    if (!kind.startsWith("BatchNorm")) return sum;
    const [factor, summand, mean, variance] = ["weight", "bias", "running_mean", "running_var"]
      .map((part) => tensors[`${name}.${part}`][unit.channel]);
    return (sum - mean) / Math.sqrt(variance + 1e-5) * factor + summand;
  };
  const finite = (value) => (Number.isFinite(value) ? value : String(value));
  return places.map(([layer, index]) => {
    const unit = unitAt(layer, layers[layer].output, index);
    const scene = unitScene(pass, unit, words);
    const listed = !scene || layers[layer].kind === "Conv2d" ? byTerms(unit) : numberAt(pass, unit);
    const made = scene ? byScene(scene, unit) : listed;
    const from = termsOf(pass, unit).map((term) => term.unit.layer);
    return [finite(numberAt(pass, unit)), finite(made), finite(listed), from, indexOf(layers[layer].output, unit)];
  });
}"""


UNIT = ("channel", "row", "column")
# The unit at a cell's middle, a little below the cell and a little right of it.
NEAREST = """(shape, { channel, row, column }) => {
  const plan = arrangement(shape);
  const x = Math.floor(channel / plan.rows) * plan.across + column + 0.5;
  const y = (channel % plan.rows) * plan.down + row + 0.5;
  return [[0, 0], [0, 0.9], [0.9, 0]].map(([right, below]) => nearestUnit(plan, shape, x + right, y + below));
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Node]:
    """The page's pure scripts."""
    node = Node(*SCRIPTS)
    yield node
    node.close()


def assert_opens(browser: Node, network: tuple[LayerSpec, ...], seed: int) -> None:
    """Units of all layers, at random: what each is made of makes the number that the layer gave."""
    rows = trace(NetworkSpec(network)).rows
    rng = np.random.default_rng(seed)
    places = [(layer, int(rng.integers(prod(row.output[1:])))) for layer, row in enumerate(rows)] * 3
    places = [(layer, int(rng.integers(prod(rows[layer].output[1:])))) for layer, _ in places][:UNITS]
    file, image = weights_text(trained(network, seed)), random_image(seed).ravel().tolist()
    opened = browser.ask(OPEN, layer_messages(rows), file, image, places)
    for (layer, index), (given_, made, listed, parts, at) in zip(places, opened, strict=True):
        assert float(made) == pytest.approx(float(given_), rel=1e-5, abs=1e-5, nan_ok=True), network[layer]
        assert float(listed) == pytest.approx(float(given_), rel=1e-5, abs=1e-5, nan_ok=True), network[layer]
        assert set(parts) <= {layer - 1}
        assert at == index


@pytest.mark.parametrize("name", PRESETS)
def test_an_opened_unit_is_made_of_the_numbers_before_it(browser: Node, name: str) -> None:
    """In each ready-made network."""
    for seed in range(5):
        assert_opens(browser, PRESETS[name], seed)


@examples(60)
@given(trainable_networks(), st.integers(0, 2**31))
def test_any_opened_unit_is_made_of_the_numbers_before_it(
    browser: Node, network: tuple[LayerSpec, ...], seed: int
) -> None:
    """Groups, dilation, padding that a mean counts or not, layers in any order."""
    assert_opens(browser, network, seed)


@examples(60)
@given(trainable_networks(), st.integers(0, 2**31))
def test_the_frame_is_the_receptive_field(browser: Node, network: tuple[LayerSpec, ...], seed: int) -> None:
    """What the ledger says that each unit sees, whatever lies in between."""
    ledger = trace(NetworkSpec(network))
    rng = np.random.default_rng(seed)
    asked, expected = [], []
    shape = None  # of the maps that were flattened
    for layer, (row, fields) in enumerate(zip(ledger.rows, receptive_fields(ledger), strict=True)):
        shape = row.input[1:] if row.spec.kind == "Flatten" and len(row.input) == 4 else shape
        if fields is None:
            break
        index = int(rng.integers(prod(row.output[1:])))
        asked.append((layer, index))
        maps = row.output[1:] if len(row.output) == 4 else shape
        _, y, x = np.unravel_index(index, maps) if maps and prod(maps) == prod(row.output[1:]) else (0, 0, 0)
        ends = []
        for place, reach in zip((y, x), fields, strict=True):
            at = min(int(place), len(reach.first) - 1)
            ends += [int(reach.first[at]), int(reach.last[at])]
        expected.append(ends)
    found = browser.ask(
        """(layers, places) => places.map(([layer, index]) => {
          const { rows, columns } = seenBy(layers, unitAt(layer, layers[layer].output, index));
          return [...rows, ...columns].map((end) => (Number.isFinite(end) ? end : null));
        })""",
        layer_messages(ledger.rows),
        asked,
    )
    for (layer, _), one, other in zip(asked, expected, found, strict=True):
        sees_nothing = one[1] < one[0] or one[3] < one[2]
        assert sees_nothing == (None in other), network[layer]
        assert sees_nothing or one == other, network[layer]


def test_the_lead_over_a_rival_is_a_sum_of_terms(browser: Node) -> None:
    """Why 7 and not 1: the difference of two logits, product by product, and the difference of the biases."""
    module, image = trained(SIMPLE_CNN, 3), random_image(3)
    with torch.no_grad():
        logits = module(image[None])[0]
    lead = browser.ask(
        """(layers, file, image) => {
          const tensors = readTensors(bytesOf(file).buffer);
          const pixels = Float32Array.from(image);
          const pass = { layers, tensors, image: pixels, outputs: forward(layers, tensors, pixels) };
          const terms = termsOf(pass, { layer: layers.length - 1, channel: 7, row: 0, column: 0 }, 1);
          const bias = tensors["fc.bias"];
          return terms.reduce((sum, { share }) => sum + share, bias[7] - bias[1]);
        }""",
        layer_messages(trace(NetworkSpec(SIMPLE_CNN)).rows),
        weights_text(module),
        image.ravel().tolist(),
    )
    assert lead == pytest.approx(float(logits[7] - logits[1]), abs=1e-5)


POINTS = st.tuples(st.floats(0, 1), st.floats(0, 1))
DRAWINGS = st.lists(st.lists(POINTS, min_size=1, max_size=12), min_size=1, max_size=4)
PLACE = "(strokes) => { const image = place(strokes); return image && Array.from(image); }"


def test_nothing_drawn_is_no_picture(browser: Node) -> None:
    """Not an empty one, which a network would answer."""
    assert browser.ask(PLACE, []) is None


@examples(100)
@given(DRAWINGS)
def test_a_drawing_fills_mnists_box(browser: Node, strokes: list) -> None:
    """Its ink is within 28×28, no longer than 20 pixels and an edge that fades, and at least a dot."""
    image = np.array(browser.ask(PLACE, strokes)).reshape(28, 28)
    assert image.min() >= 0
    assert image.max() <= 1
    rows, columns = (np.flatnonzero(image.any(axis=axis)) for axis in (1, 0))
    assert 1 <= max(np.ptp(rows), np.ptp(columns)) + 1 <= 22


@examples(100)
@given(DRAWINGS, st.floats(0.1, 3), st.floats(-2, 2), st.floats(-2, 2))
def test_where_and_how_large_one_draws_does_not_matter(
    browser: Node, strokes: list, scale: float, dx: float, dy: float
) -> None:
    """The same digit in a corner, or small, is the same picture, its line as thick."""
    longest = max(np.ptp(np.concatenate(strokes), axis=0))
    if 0 < longest < 0.02:  # a dot's size is its own; what is hardly larger is rounding
        return
    moved = [[(x * scale + dx, y * scale + dy) for x, y in stroke] for stroke in strokes]
    np.testing.assert_allclose(browser.ask(PLACE, moved), browser.ask(PLACE, strokes), atol=1 / 255 + 1e-3)


def test_the_centre_of_mass_is_mnists(browser: Node) -> None:
    """Of a 2, whose ink is at its foot, within a tenth of a pixel of the middle of pixel 14."""
    two = [[(0.2, 0.2), (0.6, 0.1), (0.7, 0.3), (0.2, 0.9), (0.8, 0.9)]]
    image = np.array(browser.ask(PLACE, two)).reshape(28, 28)
    y, x = np.mgrid[:28, :28] + 0.5
    centre = (image * x).sum() / image.sum(), (image * y).sum() / image.sum()
    np.testing.assert_allclose(centre, (14.5, 14.5), atol=0.1)


def test_handwriting_is_read_wherever_and_however_large(browser: Node) -> None:
    """Every way of writing that the project knows, three hands each, anywhere on the pad: 95 of 100 by what ships."""
    rng = np.random.default_rng(0)
    drawings, labels = [], []
    for digit, variants in VARIANTS.items():
        for variant in [*variants] * 3:
            shaken = variant.controls + rng.normal(0, 0.02, variant.controls.shape)
            slanted = variant.blend @ shaken @ np.array([[1, 0], [rng.normal(0, 0.15), 1]])
            path = slanted * rng.uniform(0.3, 0.8) + rng.uniform(0, 0.2, 2)
            drawings.append([stroke.tolist() for stroke in np.split(path, np.flatnonzero(variant.inked == 0) + 1)])
            labels.append(digit)
    images = browser.ask("(drawings) => drawings.map((strokes) => Array.from(place(strokes)))", drawings)
    assert len(images) >= 200
    for name, folder in SHIPPED.items():
        config, network = load_run(folder)
        source = SOURCES[config.data]
        batch = (torch.tensor(images).reshape(-1, 1, 28, 28) - source.mean) / source.std
        with torch.no_grad():
            answers = network(batch).argmax(dim=1).tolist()
        wrong = [(label, answer) for label, answer in zip(labels, answers, strict=True) if label != answer]
        assert len(wrong) <= 0.05 * len(labels), (name, wrong)


@examples(100)
@given(DRAWINGS)
def test_a_drawing_survives_the_link(browser: Node, strokes: list) -> None:
    """Its text is one that the server takes; a pen's points, which are as fine as it is, come back as they were."""
    text = browser.ask("(strokes) => drawingText(strokes)", strokes)
    assert re.fullmatch(LINK["drawing"].pattern, text)
    again = browser.ask("(text) => drawingOf(text)", text)
    assert len(again) == len(strokes)
    nearest = browser.ask("(strokes) => strokes.map((stroke) => stroke.map((point) => point.map(snapped)))", strokes)
    for one, other in zip(nearest, again, strict=True):
        assert [point for point, before in zip(one, [None, *one], strict=False) if point != before] == other
    np.testing.assert_allclose(np.concatenate(nearest), np.concatenate(strokes), atol=0.5 / 511 + 1e-9)
    np.testing.assert_array_equal(browser.ask(PLACE, again), browser.ask(PLACE, nearest))


def test_a_long_drawing_is_made_coarser(browser: Node) -> None:
    """A minute of scribbling is no longer than a link may be, and ends where it ended."""
    turns = np.linspace(0, 60, 4000)
    scribble = np.stack([0.5 + 0.4 * np.sin(turns), 0.5 + 0.4 * np.cos(1.3 * turns)], axis=1).tolist()
    text = browser.ask("(strokes) => drawingText(strokes)", [scribble])
    assert re.fullmatch(LINK["drawing"].pattern, text)
    assert len(text) > 600
    np.testing.assert_allclose(browser.ask("(text) => drawingOf(text)", text)[0][-1], scribble[-1], atol=0.01)


TEXTS = ("", ".", "..", "0", "~~~", "ABC.~~~", "A" * 3001, "0_0_0_0", "99_0_0_0", "1_99_99_99", "x", "x_0_28_0", "1")


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_that_is_none_does_no_harm(browser: Node, text: str) -> None:
    """A link that was cut off or written by hand: points on the pad, and units that there are, or none."""
    layers = layer_messages(trace(NetworkSpec(SIMPLE_CNN)).rows)
    strokes, units = browser.ask("(text, layers) => [drawingOf(text), pathOf(text, layers)]", text, layers)
    assert all(0 <= part <= 1 for stroke in strokes for point in stroke for part in point)
    assert bool(units) == (text == "0_0_0_0")


@st.composite
def paths(draw: st.DrawFn) -> list[dict[str, int]]:
    """Units of the simple CNN, its pixels too, as one may have come to them."""
    shapes = {number: row.output[1:] for number, row in enumerate(trace(NetworkSpec(SIMPLE_CNN)).rows)}
    path = []
    for layer in draw(st.lists(st.sampled_from([-1, *shapes]), min_size=1, max_size=12)):
        channels, height, width = (*shapes.get(layer, (1, 28, 28)), 1, 1)[:3]
        sizes = {"channel": channels, "row": height, "column": width}
        path.append({"layer": layer, **{name: draw(st.integers(0, size - 1)) for name, size in sizes.items()}})
    return path


@given(paths())
def test_a_link_holds_the_whole_path_to_the_opened_unit(browser: Node, path: list[dict[str, int]]) -> None:
    """Python takes its text, and the browser makes the same units of it."""
    layers = layer_messages(trace(NetworkSpec(SIMPLE_CNN)).rows)
    text = browser.ask("(path) => pathText(path)", path)
    assert re.fullmatch(LINK["at"].pattern, text)
    assert browser.ask("(text, layers) => pathOf(text, layers)", text, layers) == path


@given(paths())
def test_a_number_and_its_place_in_the_row_of_320_are_one(browser: Node, path: list[dict[str, int]]) -> None:
    """Index and map, row, column, both ways: 4·4 of each map lie behind one another."""
    layers = layer_messages(trace(NetworkSpec(SIMPLE_CNN)).rows)
    same = browser.ask("(layers, unit) => sameNumber(layers, unit)", layers, path[0])
    layer, *place = path[0].values()
    flatten = next(number for number, one in enumerate(layers) if one["kind"] == "Flatten")
    if layer == flatten - 1:
        assert same[1] == {"layer": flatten, "channel": np.ravel_multi_index(place, (20, 4, 4)), "row": 0, "column": 0}
    elif layer == flatten:
        assert list(same[1].values()) == [flatten - 1, *np.unravel_index(place[0], (20, 4, 4))]
    else:
        assert same == path[:1]


def test_a_dark_map_is_one_of_zeros_alone(browser: Node) -> None:
    """Not one that is zero here and there, nor one of which only the sum is."""
    maps = [0, 0, 0, 0, *[0, 0, 1, 0], *[1, -1, 0, 0], 0, 0, 0, 0]
    assert browser.ask("(values) => darkMaps(Float32Array.from(values), 4)", maps) == 2


@examples(200)
@given(shape=st.tuples(st.integers(1, 30), st.integers(1, 6), st.integers(1, 6)), data=st.data())
def test_a_click_on_a_sheet_opens_the_nearest_cell(
    browser: Node, shape: tuple[int, int, int], data: st.DataObject
) -> None:
    """In a gap between two maps too; a cell's middle is its own."""
    unit = {name: data.draw(st.integers(0, most - 1)) for name, most in zip(UNIT, shape, strict=True)}
    at, below, right = browser.ask(NEAREST, shape, unit)
    assert unit == at
    if shape[1] * shape[2] > 1 and unit["row"] == shape[1] - 1:
        assert unit == below
    if shape[1] * shape[2] > 1 and unit["column"] == shape[2] - 1:
        assert unit == right


def test_test_images_are_read_as_they_are_sent(browser: Node) -> None:
    """A byte of label and 28·28 of ink for each number, in whole 255ths; a cut-off answer is refused."""
    rng = np.random.default_rng(0)
    labels, images = [7, 0], rng.integers(0, 256, (2, 784))
    body = np.column_stack([labels, images]).ravel().tolist()
    question = """(bytes, numbers) => digitsOf(Uint8Array.from(bytes), numbers)
      .map(({ image, ...others }) => ({ ...others, image: Array.from(image) }))"""
    found = browser.ask(question, body, [5, 9_999])
    assert [(digit["number"], digit["label"], digit["strokes"]) for digit in found] == [(5, 7, []), (9_999, 0, [])]
    assert [digit["image"] for digit in found] == (images / 255).astype(np.float32).tolist()
    cut = "(bytes) => { try { digitsOf(Uint8Array.from(bytes), [5, 9]); } catch { return 'refused'; } }"
    assert browser.ask(cut, body[:-1]) == "refused"


def test_what_flatten_lays_in_a_row_says_which_number_it_was(browser: Node) -> None:
    """Counted from 0, as torch counts: map, row and column of each of the 320, and its index from them."""
    module, image = trained(SIMPLE_CNN, 3), random_image(3)
    with torch.no_grad():
        maps = module[:6](image[None])[0]
    rows = trace(NetworkSpec(SIMPLE_CNN)).rows
    flatten = next(number for number, spec in enumerate(SIMPLE_CNN) if spec.kind == "Flatten")
    said = browser.ask(
        """(layers, file, image, layer, count) => {
          const [tensors, pixels] = [readTensors(bytesOf(file).buffer), Float32Array.from(image)];
          const pass = { layers, tensors, image: pixels, outputs: forward(layers, tensors, pixels) };
          const units = Array.from({ length: count }, (_, channel) => ({ layer, channel, row: 0, column: 0 }));
          return units.map((unit) => formula(pass, unit, termsOf(pass, unit)));
        }""",
        *(layer_messages(rows), weights_text(module), image.ravel().tolist(), flatten, maps.numel()),
    )
    for index, sentence in enumerate(said):
        place, laid, feature, number = sentence.split(" = ")
        channel, row, column = map(int, re.findall(r"\d+(?=[,\]])", place))
        assert float(number.replace("−", "-")) == pytest.approx(maps[channel, row, column].item(), rel=1e-3)
        assert (laid, feature) == (f"flatten[{channel}·4·4 + {row}·4 + {column}]", f"flatten[{index}]")
