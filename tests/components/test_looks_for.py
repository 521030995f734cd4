"""What a map looks for, in the browser: which map, what its units see of an image, which maps are dark everywhere."""

import json
import re
from collections.abc import Iterator

import numpy as np
import pytest

from explorer.components.forward import layer_messages
from explorer.core.network.layers import NetworkSpec
from explorer.core.network.ledger import trace
from explorer.core.network.networks import SIMPLE_CNN
from explorer.exchange.folders import SHIPPED
from explorer.exchange.study_files import PATCHES, answer_path
from explorer.ui.inside.settings import LINK
from tests.components.node import Node

LAYERS = layer_messages(trace(NetworkSpec(SIMPLE_CNN)).rows)
NAMES = [layer["name"] for layer in LAYERS]
CROP = """(image, layers, unit) => {
  const found = crop(Float32Array.from(image), layers, unit);
  return found && { ...found, ink: Array.from(found.ink) };
}"""
# What is done to a choice of a map, one after the other; then the map that is shown, and the link's text of it.
CHOOSE = """(layers, steps) => {
  const map = makeMapChoice();
  map.clear(layers);
  for (const [name, value] of steps) {
    if (name === "choose") map.chosen = value;
    else map[name](value, layers);
  }
  return [map.chosen.layer, map.chosen.channel, map.text];
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Node]:
    """The part's pure scripts."""
    node = Node("inside/looks_for/patches.js", "inside/looks_for/map_choice.js")
    yield node
    node.close()


def unit(name: str, channel: int = 0, row: int = 0, column: int = 0) -> dict[str, int]:
    """A unit of the simple CNN."""
    return {"layer": NAMES.index(name), "channel": channel, "row": row, "column": column}


@pytest.mark.parametrize(("name", "side"), [("conv1", 5), ("pool1", 6), ("conv2", 14), ("pool2", 16)])
def test_a_crop_is_the_receptive_field(browser: Node, name: str, side: int) -> None:
    """Of the unit in the first row and second column: as many pixels as it sees, where it sees them."""
    image = np.arange(784).reshape(28, 28)
    step = {"conv1": 1, "pool1": 2, "conv2": 2, "pool2": 4}[name]
    found = browser.ask(CROP, image.ravel().tolist(), LAYERS, unit(name, 2, 0, 1))
    assert (found["height"], found["width"]) == (side, side)
    np.testing.assert_array_equal(np.reshape(found["ink"], (side, side)), image[:side, step : step + side])


@pytest.mark.parametrize(
    ("opened", "layer", "channel"),
    [(unit("conv1", 7, 3, 3), "conv1", 7), (unit("relu2", 19), "relu2", 19), (unit("fc", 7), "relu2", 0)],
)
def test_the_opened_unit_says_which_map(browser: Node, opened: dict[str, int], layer: str, channel: int) -> None:
    """Its own; an answer's is the first of the last layer that has maps."""
    found = browser.ask("(layers, unit) => mapShown(layers, unit)", LAYERS, opened)
    assert found == {"layer": NAMES.index(layer), "channel": channel}


def test_a_pixel_or_a_network_without_maps_shows_none(browser: Node) -> None:
    """There is nothing to look for."""
    pixel = {"layer": -1, "channel": 0, "row": 3, "column": 3}
    assert browser.ask("(layers, unit) => mapShown(layers, unit)", LAYERS, pixel) is None
    dense = [layer for layer in LAYERS if len(layer["output"]) == 1]
    only = {"layer": len(dense) - 1, "channel": 0, "row": 0, "column": 0}
    assert browser.ask("(layers, unit) => mapShown(layers, unit)", dense, only) is None


def test_maps_that_are_dark_in_all_images_are_named(browser: Node) -> None:
    """Counted from 1, layer by layer; of what ships none is."""
    found = json.loads(answer_path(SHIPPED["simple"], PATCHES).read_bytes())["answer"]
    ask = "(found, layers) => darkEverywhere(found, layers)"
    assert browser.ask(ask, found, LAYERS) == ""
    found["layers"][NAMES.index("conv2")][4] = found["layers"][NAMES.index("relu2")][4] = []
    found["layers"][NAMES.index("relu2")][19] = []
    assert browser.ask(ask, found, LAYERS) == "conv2: 5; relu2: 5, 20"


def chosen(browser: Node, *steps: tuple[str, object]) -> list[object]:
    """The map that is shown after these steps, (layer, channel), and its text in the link."""
    return browser.ask(CHOOSE, LAYERS, steps)


CONV1, RELU2 = NAMES.index("conv1"), NAMES.index("relu2")
OTHER = {"layer": RELU2, "channel": 19}


@pytest.mark.parametrize("opened", [unit("conv1", 7, 3, 3), unit("fc", 7), {**unit("conv1"), "layer": -1}])
def test_a_chosen_map_survives_the_link(browser: Node, opened: dict[str, int]) -> None:
    """Whatever is opened above it, an answer and a pixel too; that of the opened unit needs no sign."""
    usual = chosen(browser, ("follow", opened))
    assert usual[2] == ""
    *_, text = there = chosen(browser, ("follow", opened), ("choose", OTHER), ("follow", opened))
    assert there == [RELU2, 19, f"{RELU2}_19"]
    assert re.fullmatch(LINK["map"].pattern, str(text))
    assert there == chosen(browser, ("take", text), ("follow", opened), ("follow", opened))
    assert usual == chosen(browser, ("take", text), ("follow", opened), ("take", ""), ("follow", opened))  # and Back


def test_another_opened_unit_shows_its_own_map_again(browser: Node) -> None:
    """After a link too; but a digit that is read as another leaves the chosen map where it is."""
    for steps in ([("follow", unit("fc", 7)), ("choose", OTHER)], [("take", f"{RELU2}_19"), ("follow", unit("fc", 7))]):
        assert chosen(browser, *steps, ("follow", unit("conv1", 7, 3, 3))) == [CONV1, 7, ""]
        assert chosen(browser, *steps, ("follow", unit("fc", 2))) == [RELU2, 19, f"{RELU2}_19"]


@pytest.mark.parametrize("text", ["", "99_0", f"{CONV1}_99", f"{NAMES.index('fc')}_0"])
def test_a_map_that_the_network_lacks_is_not_chosen(browser: Node, text: str) -> None:
    """A link of another network's: the opened unit's map stands there."""
    assert chosen(browser, ("take", text), ("follow", unit("conv1", 7, 3, 3))) == [CONV1, 7, ""]
