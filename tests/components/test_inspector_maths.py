"""The inspector's own arithmetic, run by Node, against PyTorch: products, sums, uses, partial maps, winners."""

from collections.abc import Iterator

import numpy as np
import pytest
import torch
from hypothesis import Phase, given
from hypothesis import strategies as st

from explorer.components.inspector.conv_scene import conv_scene
from explorer.components.inspector.packed import packed
from explorer.components.inspector.scene import Operation
from explorer.core.arithmetic.convolution import ConvSpec, convolve
from explorer.core.arithmetic.pooling import PoolSpec
from explorer.ui.inspector_words import inspector_words
from tests.components.node import Node
from tests.hypothesis_profiles import examples
from tests.oracle import torch_conv
from tests.pages.app import unpacked
from tests.strategies import channel_specs, conv_specs, pool_specs

BATCH = 25  # settings in one call to the browser: a call takes longer than its arithmetic
SEEDS = st.integers(0, 2**32 - 1)

SUMS = """scenes => scenes.map(unpackedScene).map(({grids, operations: [operation]}) => {
  const kernels = operation.parts.map(([input, kernel]) => [grids[input].values, grids[kernel].values]);
  const sum = (row, column) => kernels.flatMap(([i, k]) => productsAt(operation, i, k, row, column))
    .reduce((total, p) => total + p.value * p.weight, operation.bias ?? 0);
  return {
    sums: operation.rows.at.map((_, row) => operation.columns.at.map((_, column) => sum(row, column))),
    partials: kernels.map(([input, kernel]) => partialMap(operation, input, kernel)),
  };
})"""
USES = """scenes => scenes.map(unpackedScene).map(({grids, operations: [operation]}) => {
  const count = (values, uses) => values.map((row, y) => row.map((_, x) => uses(operation, y, x).length));
  const unused = [unusedAlong(operation.rows), unusedAlong(operation.columns)];
  return {inputs: count(grids[0].values, usesOfInput), weights: count(grids[1].values, usesOfWeight), unused};
})"""
WINNERS = """asked => asked.map(([operation, input]) =>
  operation.rows.at.map((_, y) => operation.columns.at.map((_, x) => winnersAt(operation, input, y, x)[0])
    .map(({row, column}) => row * input[0].length + column)))"""


def batches(count: int, strategy: st.SearchStrategy) -> Iterator[list]:
    """``count`` examples, or the profile's share of them, BATCH at a time.

    Drawn one by one: Hypothesis gives a whole list up for a single setting that is refused three times, and after
    enough of these the test. What fails is not shrunk, which would take hours; the failing setting is in the message.
    """
    drawn: list = []
    amount = examples(count, phases=[Phase.generate])

    @amount
    @given(strategy)
    def draw(example: object) -> None:
        drawn.append(example)

    draw()
    assert amount.max_examples == len(drawn)
    return (drawn[start : start + BATCH] for start in range(0, len(drawn), BATCH))


@pytest.fixture(scope="module")
def maths():
    """The inspector's pure files."""
    node = Node(*(f"inspector/{name}.js" for name in ("numbers", "packed", "index_map", "colors")))
    yield node
    node.close()


def numbers(spec: ConvSpec, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Whole ones, so that sums are exact in any order."""
    rng = np.random.default_rng(seed)
    shapes = (spec.in_channels, *spec.input_size), spec.weight_shape, (spec.out_channels,)
    return tuple(rng.integers(-9, 10, shape).astype(float) for shape in shapes)


def test_every_number_on_screen_is_torchs(maths) -> None:
    """The browser's sums of products and its partial maps are torch's output, to the last bit."""
    for batch in batches(2_000, st.tuples(channel_specs, SEEDS)):
        scenes, expected = [], []
        for spec, seed in batch:
            images, weight, bias = numbers(spec, seed)
            channel = seed % spec.out_channels
            scenes.append(
                conv_scene(
                    convolve(images, weight, spec, bias), inspector_words(), layout="stack", channel=channel
                ).data()
            )
            expected.append(torch_conv(spec, torch.from_numpy(images), weight, bias)[channel].tolist())
        for (spec, seed), scene, found, output in zip(batch, scenes, maths.ask(SUMS, scenes), expected, strict=True):
            assert found["sums"] == output, (spec, seed)
            bias = scene["operations"][0]["bias"]
            assert (np.sum(found["partials"], axis=0) + bias).tolist() == output, (spec, seed)
            assert unpacked(scene["grids"][-1]["values"]) == output, (spec, seed)


MATRICES = st.tuples(st.integers(1, 24), st.integers(1, 24), st.sampled_from([1, 2, 7, 255, 256, 257, 1000]), SEEDS)


def test_every_matrix_arrives_to_the_last_bit(maths) -> None:
    """Few numbers or many, all different or a handful, of any size: what the browser unpacks is the same."""
    for batch in batches(1_000, MATRICES):
        rngs = [np.random.default_rng(seed) for *_, seed in batch]
        choices = [rng.normal(size=different) for rng, (_, _, different, _) in zip(rngs, batch, strict=True)]
        sent = [
            rng.choice(numbers, size=(height, width))
            for rng, numbers, (height, width, *_) in zip(rngs, choices, batch, strict=True)
        ]
        found = maths.ask("sent => sent.map(unpacked)", list(map(packed, sent)))
        assert [matrix.tolist() for matrix in sent] == found
        assert found == [unpacked(packed(matrix)) for matrix in sent]


def test_every_count_of_uses_is_torchs(maths) -> None:
    """With all numbers 1, an input's gradient is how many products it is in, and a weight's how often it meets one."""
    for specs in batches(1_000, conv_specs):
        ones = [(np.ones((1, *spec.input_size)), np.ones(spec.weight_shape)) for spec in specs]
        scenes = [
            conv_scene(convolve(image, weight, spec), inspector_words(), layout="stack").data()
            for spec, (image, weight) in zip(specs, ones, strict=True)
        ]
        for spec, (image, weight), found in zip(specs, ones, maths.ask(USES, scenes), strict=True):
            numbered = torch.from_numpy(image).requires_grad_()
            torch_conv(spec, numbered, weight, None).sum().backward()
            assert found["inputs"] == numbered.grad[0].round().tolist(), spec
            assert found["unused"] == [axis.unused for axis in spec.maps], spec
            windows = np.prod([(axis.at >= 0).sum(axis=0)[0] for axis in spec.maps])
            assert spec.transposed or found["weights"][0][0] == windows, spec


def test_every_winner_is_torchs(maths) -> None:
    """The cell that the picture marks is the one to which torch sends the gradient, among ties too."""
    reading = pool_specs.filter(lambda spec: not spec.reads_padding_alone)
    for batch in batches(1_000, st.tuples(reading, SEEDS)):
        asked, expected = [], []
        for spec, seed in batch:
            image = np.random.default_rng(seed).integers(-2, 3, spec.input_size).astype(float)
            asked.append([Operation("max", spec.maps, [(0, None)], 1).data(), image.tolist()])
            expected.append(winners(spec, image))
        for setting, found, places in zip(batch, maths.ask(WINNERS, asked), expected, strict=True):
            assert found == places, setting


def winners(spec: PoolSpec, image: np.ndarray) -> list[list[int]]:
    """The place in the flattened image of each window's maximum, by torch."""
    options = {name: getattr(spec, name) for name in ("kernel_size", "stride", "padding", "dilation", "ceil_mode")}
    images = torch.from_numpy(image)[None, None]
    return torch.nn.functional.max_pool2d(images, **options, return_indices=True)[1][0, 0].tolist()


@examples(200)
@given(*[st.tuples(*[st.integers(0, 255)] * 3)] * 2)
def test_every_number_on_every_colour_can_be_read(maths, start: tuple[int, ...], end: tuple[int, ...]) -> None:
    """Between any two colours, a theme's or not, black or white text has a contrast of at least 4.5 : 1."""
    worst = maths.ask(
        """ends => Math.min(...ramp(...ends).map(({fill, text}) => {
          const light = luminance(fill.match(/\\d+/g).map(Number));
          return text === "#000" ? (light + 0.05) / 0.05 : 1.05 / (light + 0.05);
        }))""",
        [start, end],
    )
    assert worst >= 4.5


def test_numbers_are_written_without_noise(maths) -> None:
    """0.1 + 0.2 − 0.3 is 0 and no 5.6e-17, thirds have four digits, and only hidden digits make a sum "about"."""
    written = maths.ask(
        "(numbers) => numbers.map((v) => [shown(v), rounded(v)])", [0.1 + 0.2 - 0.3, 1 / 3, -2.5, 12345]
    )
    assert written == [["0", True], ["0.3333", True], ["−2.5", False], ["12345", False]]
