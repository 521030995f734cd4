"""A stack in a link: it comes back as it was, and a broken or hostile one gives a sentence."""

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core import limits
from explorer.core.explained import SettingError
from explorer.core.layer_kinds import KINDS
from explorer.core.layers import Stack, layer, numbered
from explorer.core.networks import BROKEN, PRESETS, SIMPLE_CNN
from explorer.core.stack_link import decode, encode
from tests.hypothesis_profiles import examples
from tests.stacks import limit_stacks, stacks


@examples(500)
@given(stacks())
def test_a_link_restores_the_stack(stack: Stack) -> None:
    """Every argument of every layer, sound or not, in characters that a URL leaves alone."""
    text = encode(stack)
    assert stack == decode(text)
    assert re.fullmatch(r"[a-z0-9._-]+", text)


@examples(500)
@given(limit_stacks())
def test_the_largest_numbers_survive_a_link(stack: Stack) -> None:
    """Whatever is within the limits can be kept, undone and sent on."""
    assert stack == decode(encode(stack))


def test_the_longest_stack_fits_a_link() -> None:
    """As many layers as there may be, every argument at its largest."""
    for kind, options in KINDS.items():
        largest = layer("x", kind, **{option.name: option.highest for option in options})
        stack = Stack(numbered([largest] * limits.MAX_LAYERS), (limits.MAX_LAYER_CHANNELS, 224, 224))
        assert stack == decode(encode(stack))


@pytest.mark.parametrize("name", [*PRESETS, *BROKEN])
def test_the_ready_made_networks_survive_a_link(name: str) -> None:
    """In less than a hundred characters."""
    stack = Stack({**PRESETS, **BROKEN}[name])
    assert stack == decode(encode(stack))
    assert len(encode(stack)) < 100


def test_the_simple_cnns_text() -> None:
    """Links that people have kept must be read for ever: this is version 1."""
    text = "1_1x28x28_c1-10-5_m2_r_c10-20-5_m2_r_f_l320-10"
    assert text == encode(Stack(SIMPLE_CNN))
    every = decode("1_3x32x30_c3-8-3s2p1d2g1_b8_a3s1p1_dp0.25_d_f_v160_l160-10_x")
    assert "1_3x32x30_c3-8-3s2p1d2_b8_a3s1p1_dp0.25_d_f_v160_l160-10_x" == encode(every)


@pytest.mark.parametrize(
    "text",
    [
        *("1_１x28x28", "1_1x28x28_m2s2s3"),
        *("", "1", "hello", "2_1x28x28_r", "1_1x28", "1_1x28x28_", "1_1x28x28_q", "1_1x28x28_c1-10", "1_1x28x28_r5"),
        *("1_1x28x28_c1-10-5z2", "1_1x28x28_c1-10-5.5", "1_1x28x28_c1-10--5", "1_1x28x28_m2_" + "r_" * 2000),
    ],
)  # fmt: skip
def test_a_broken_link_is_explained(text: str) -> None:
    """Cut off, of a later version, hand-made nonsense, digits of another script, or endless."""
    with pytest.raises(SettingError, match="cannot be read"):
        decode(text)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1_1x28x28_c1-999999-5", "out_channels 999999, outside 1 … 1024"),
        ("1_1x28x28_m2s0", "stride 0, outside"),
        ("1_1x28x28_dp0.95", "p 0.95, outside 0.0 … 0.9"),
        ("1_1x9999x9999", "input size is 9999, outside"),
        ("1_0x28x28", "number of input channels is 0"),
        ("1_1x28x28" + "_r" * (limits.MAX_LAYERS + 1), f"number of layers is {limits.MAX_LAYERS + 1}, outside"),
    ],
)
def test_a_link_beyond_the_limits_names_the_number(text: str, sentence: str) -> None:
    """Whatever it asks for costs nothing but the reading."""
    with pytest.raises(SettingError, match=re.escape(sentence)):
        decode(text)


@examples(2000)
@given(st.text(alphabet="0123456789_-.xcmardbflvspg", max_size=60).map("1_1x28x28_".__add__) | st.text())
def test_any_text_gives_a_stack_or_a_sentence(text: str) -> None:
    """Never a traceback."""
    with suppress(SettingError):
        assert isinstance(decode(text), Stack)
