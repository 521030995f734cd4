"""The boxes of the picture see what the ledger's rows see."""

import pytest
from hypothesis import given
from streamlit.testing.v1 import AppTest

from explorer.core.network.layers import NetworkSpec
from explorer.core.network.ledger import trace
from explorer.core.network.link import decode
from explorer.core.network.seen_pixels import receptive_fields
from explorer.ui.network.blocks import network_blocks
from tests.hypothesis_profiles import examples
from tests.stacks import stacks


def block_of(stack: NetworkSpec, row: int) -> object:
    """The box in which a row's output stands, as the browser finds it."""
    ledger = trace(stack)
    return [block for block in network_blocks(ledger, receptive_fields(ledger)) if block.row <= row][-1]


@pytest.mark.parametrize(("row", "name", "seen"), [(0, "conv1", 3), (1, "conv2", 5), (2, "conv2", 5), (3, "conv3", 7)])
def test_a_convolution_that_keeps_the_size_is_a_box_of_its_own(row: int, name: str, seen: int) -> None:
    """3×3 with padding 1, one after the other: 3, 5, 7 pixels; a ReLU stands in the box before it."""
    block = block_of(decode("1_1x28x28_c1-10-3p1_c10-10-3p1_r_c10-10-3p1_m2_f_l1960-10"), row)
    first, last = block.rows
    assert (name, seen) == (block.name, last[14] - first[14] + 1)


@examples(300)
@given(stacks())
def test_every_row_sees_what_its_box_sees(stack: NetworkSpec) -> None:
    """Whichever layer is chosen, the frame on the digit is the one of that very layer."""
    ledger = trace(stack)
    fields = receptive_fields(ledger)
    for row, reach in enumerate(fields):
        block = block_of(stack, row)
        if block.row >= 0 and reach:
            assert [(axis.first.tolist(), axis.last.tolist()) for axis in reach] == [block.rows, block.columns]


def test_the_loss_cannot_be_chosen() -> None:
    """It has no units: its row is the only one that a click leaves alone."""

    def script() -> None:
        import streamlit as st

        from explorer.core.network.layers import NetworkSpec
        from explorer.core.network.ledger import trace
        from explorer.core.network.networks import SIMPLE_CNN
        from explorer.core.network.seen_pixels import receptive_fields
        from explorer.ui.network.ledger_text import ledger_rows

        ledger = trace(NetworkSpec(SIMPLE_CNN))
        rows = ledger_rows(ledger, receptive_fields(ledger), [])
        st.session_state["chosen"] = [row.chooses for row in rows]

    assert AppTest.from_function(script, default_timeout=60).run().session_state["chosen"] == [True] * 8 + [False]
