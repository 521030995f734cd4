"""The words that a component needs are asked for when it is drawn, in all components."""

from collections.abc import Callable, Mapping

import numpy as np
import pytest

from explorer.components.confusion import confusion_view
from explorer.components.confusion.message import WORDS as CONFUSION
from explorer.components.inspector import cell_inspector
from explorer.components.inspector.message import FORMS
from explorer.components.inspector.message import WORDS as INSPECTOR
from explorer.components.inspector.scene import Scene
from explorer.components.live_curves import live_curves
from explorer.components.live_curves.message import WORDS as CURVES
from explorer.components.network_view import Block, LedgerRow, network_view
from explorer.components.network_view.message import WORDS as NETWORK
from explorer.components.probe_view import Probe, probe_view
from explorer.components.probe_view.message import WORDS as PROBE
from explorer.components.run_table import run_table
from explorer.components.run_table.message import WORDS as TABLE
from explorer.ui.inspector_words import inspector_words

Draw = Callable[[Mapping[str, str]], None]
INPUT = Block(-1, "input", "1×2×2", (1, 2, 2))
COMPONENTS: dict[str, tuple[tuple[str, ...], Draw]] = {
    "inspector": ((*INSPECTOR, *FORMS), lambda words: cell_inspector(Scene("row", [], []), words=words, key="a")),
    "live curves": (CURVES, lambda words: live_curves([], x_max=1, x_label="Step", words=words, key="a")),
    "confusion": (CONFUSION, lambda words: confusion_view("", 0.0, [], words=words, key="a")),
    "network view": (
        NETWORK,
        lambda words: network_view(
            [INPUT], [], LedgerRow("", "", ("", "")), np.zeros((2, 2)), words=words, chosen=(-1, 0, 0), key="a"
        ),
    ),
    "probe view": (PROBE, lambda words: probe_view(Probe(np.zeros((1, 2, 2), np.uint8), [0]), words=words, key="a")),
    "run table": (TABLE, lambda words: run_table([], [], "", words=words, key="a")),
}


@pytest.mark.parametrize("name", COMPONENTS)
def test_all_missing_words_are_named(name: str) -> None:
    """At once, so that a page is mended in one go; none is asked for twice."""
    needed, draw = COMPONENTS[name]
    assert len(needed) == len(set(needed))
    missing = sorted((needed[0], needed[-1]))
    with pytest.raises(ValueError, match=f"words lacks {', '.join(missing)}$"):
        draw({word: word for word in needed if word not in missing})


def test_the_inspectors_words_are_those_that_a_page_has() -> None:
    """What has a form for each number has several, and nothing else."""
    words = inspector_words()
    assert set(FORMS) == {name for name, text in words.items() if not isinstance(text, str)}
    assert set(INSPECTOR) <= set(words)
