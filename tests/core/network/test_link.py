"""A stack in a link: it comes back as it was, and a broken or hostile one gives a sentence."""

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core import limits
from explorer.core.errors import SettingError
from explorer.core.network.layer_kinds import KINDS
from explorer.core.network.layers import NetworkSpec, layer, numbered
from explorer.core.network.link import decode, encode
from explorer.core.network.networks import BROKEN, PRESETS, SIMPLE_CNN
from tests.hypothesis_profiles import examples
from tests.stacks import limit_stacks, stacks


@examples(500)
@given(stacks())
def test_a_link_restores_the_stack(stack: NetworkSpec) -> None:
    """Every argument of every layer, sound or not, in characters that a URL leaves alone."""
    text = encode(stack)
    assert stack == decode(text)
    assert re.fullmatch(r"[a-z0-9._-]+", text)


@examples(500)
@given(limit_stacks())
def test_the_largest_numbers_survive_a_link(stack: NetworkSpec) -> None:
    """Whatever is within the limits can be kept, undone and sent on."""
    assert stack == decode(encode(stack))


def test_the_longest_stack_fits_a_link() -> None:
    """As many layers as there may be, every argument at its largest."""
    for kind, options in KINDS.items():
        largest = layer("x", kind, **{option.name: option.highest for option in options})
        stack = NetworkSpec(numbered([largest] * limits.MAX_LAYERS), (limits.MAX_LAYER_CHANNELS, 224, 224))
        assert stack == decode(encode(stack))


@pytest.mark.parametrize("name", [*PRESETS, *BROKEN])
def test_the_ready_made_networks_survive_a_link(name: str) -> None:
    """In less than a hundred characters."""
    stack = NetworkSpec({**PRESETS, **BROKEN}[name])
    assert stack == decode(encode(stack))
    assert len(encode(stack)) < 100


def test_the_simple_cnns_text() -> None:
    """Links that people have kept must be read for ever: this is version 1."""
    text = "1_1x28x28_c1-10-5_m2_r_c10-20-5_m2_r_f_l320-10"
    assert text == encode(NetworkSpec(SIMPLE_CNN))
    every = decode("1_3x32x30_c3-8-3s2p1d2g1_b8_a3s1p1_dp0.25_d_f_v160_l160-10_x")
    assert "1_3x32x30_c3-8-3s2p1d2_b8_a3s1p1_dp0.25_d_f_v160_l160-10_x" == encode(every)


@pytest.mark.parametrize(
    ("kind", "options", "text"),
    [
        ("Conv2d", {"in_channels": 1, "out_channels": 4, "kernel_size": (5, 3)}, "c1-4-5x3"),
        (
            "Conv2d",
            {"in_channels": 1, "out_channels": 4, "kernel_size": 3, "padding": "same", "dilation": (1, 2)},
            "c1-4-3psamed1x2",
        ),
        ("MaxPool2d", {"kernel_size": (2, 3), "stride": (2, 3)}, "m2x3"),
        ("MaxPool2d", {"kernel_size": 3, "stride": (2, 1), "dilation": 2, "ceil_mode": True}, "m3s2x1d2c1"),
        ("AvgPool2d", {"kernel_size": 3, "padding": (1, 0), "count_include_pad": False}, "a3p1x0i0"),
        ("AdaptiveAvgPool2d", {"output_size": 1}, "g1"),
        ("AdaptiveAvgPool2d", {"output_size": (7, 5)}, "g7x5"),
        ("BatchNorm1d", {"num_features": 120}, "n120"),
        ("Linear", {"in_features": 784, "out_features": 10, "bias": False}, "l784-10b0"),
    ],
)
def test_pairs_words_and_switches_in_a_link(kind: str, options: dict, text: str) -> None:
    """Written so for ever, too; a pair of equal numbers, and what is torch's default, is read as the shorter text."""
    stack = NetworkSpec(numbered([layer("a", kind, **options)]))
    assert f"1_1x28x28_{text}" == encode(stack)
    assert stack == decode(f"1_1x28x28_{text}")


@pytest.mark.parametrize(
    ("text", "same"), [("c1-2-5x5s2x2p0x0", "c1-2-5s2"), ("m2x2s2c0", "m2"), ("a3x2s3x2i1", "a3x2"), ("g3x3", "g3")]
)
def test_a_stack_has_one_text(text: str, same: str) -> None:
    """Whoever writes a pair for a number gets the number's text back."""
    assert f"1_1x28x28_{same}" == encode(decode(f"1_1x28x28_{text}"))


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
        ("1_1x28x28_c1-999999-5", "out_channels 999,999, outside 1 … 1024"),
        ("1_1x28x28_m2s0", "stride 0, outside"),
        ("1_1x28x28_c1-2-5x99", "kernel_size (5, 99), outside 1 … 32"),
        ("1_1x28x28_m3p0x33", "padding (0, 33), outside"),
        ("1_1x28x28_g0x1", "output_size (0, 1), outside 1 … 224"),
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


@examples(500)
@given(st.text(alphabet="0123456789_-.xcmardbflvspgnisame", max_size=60).map("1_1x28x28_".__add__) | st.text())
def test_any_text_gives_a_stack_or_a_sentence(text: str) -> None:
    """Never a traceback; and a stack that was read is written as a link that gives it again."""
    with suppress(SettingError):
        stack = decode(text)
        assert decode(encode(stack)) == stack
