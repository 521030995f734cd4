"""The code beside every picture, run as it stands there, prints the numbers of the picture: for any link."""

import io
import re
from contextlib import redirect_stdout
from typing import Any

import numpy as np
import torch
from hypothesis import given
from streamlit.testing.v1 import AppTest

from tests.hypothesis_profiles import examples
from tests.pages.app import at_page, sent, unpacked
from tests.pages.page_links import LINKS, Link

NUMBER = r"-?(?:\d+\.\d*(?:e[+-]\d+)?|inf)"


def opened(page: str, link: Link) -> AppTest:
    at = at_page(page, **{name: value for name, value in link.items() if name != "lang"}).run(timeout=120)
    assert not at.exception
    return at


def printed(code: str) -> tuple[str, dict[str, Any]]:
    """What the code prints, and its names; torch's printing is left as it was."""
    names: dict[str, Any] = {}
    with redirect_stdout(io.StringIO()) as said:
        exec(compile(code, "panel.py", "exec"), names)
    torch.set_printoptions(profile="default")
    assert "..." not in said.getvalue()
    return said.getvalue(), names


def tensors(text: str) -> list[np.ndarray]:
    """The numbers of each tensor in the text."""
    return [np.array(re.findall(NUMBER, part), float) for part in re.findall(r"tensor\((.*?)\]\]\]\]", text, re.DOTALL)]


def grid(at: AppTest, name: str) -> np.ndarray:
    return next(np.array(unpacked(one["values"])) for one in sent(at)["scene"]["grids"] if one["name"] == name)


def assert_printed(drawn: np.ndarray, found: np.ndarray, scale: float) -> None:
    """To the four decimals, or five digits, that torch prints; its sums of float32 round off ``scale``."""
    np.testing.assert_allclose(found, drawn.ravel(), rtol=2e-4, atol=6e-5 + 4e-7 * scale)


def scale_of(names: dict[str, Any]) -> float:
    return float(names["input"].detach().abs().max() * names["conv"].weight.detach().abs().sum())


@examples(25)
@given(LINKS["convolution"])
def test_convolutions_code_prints_the_output(link: Link) -> None:
    """Any size, mode, padding, bias, ReLU, flip, edit: every number of the output, none left out."""
    at = opened("convolution", link)
    said, names = printed(at.code[0].value)
    assert_printed(grid(at, "Output"), tensors(said)[-1], scale_of(names))
    assert str(list(names["output"].shape)) in said


@examples(25)
@given(LINKS["channels"])
def test_channels_code_prints_the_chosen_map_or_says_why_not(link: Link) -> None:
    """All maps' numbers where they are few enough to paste; the shapes always."""
    at = opened("channels", link)
    said, names = printed(at.code[0].value)
    for tensor in (names["input"], names["output"], names["conv"].weight):
        assert str(list(tensor.shape)) in said
    if "too many to paste" not in at.code[0].value:
        drawn = grid(at, "Output")
        maps = tensors(said)[-1].reshape(-1, drawn.size)
        shown = names["output"].detach().numpy().reshape(-1, drawn.size)
        np.testing.assert_allclose(maps, shown, rtol=2e-4, atol=6e-5 + 4e-7 * scale_of(names))
        assert any(np.allclose(one, drawn.ravel(), rtol=2e-4, atol=1e-3 + 4e-7 * scale_of(names)) for one in maps)


@examples(25)
@given(LINKS["pooling"])
def test_poolings_code_prints_all_three_outputs(link: Link) -> None:
    """Each way that is possible, after the shift that is on screen."""
    at = opened("pooling", link)
    said, names = printed(at.code[0].value)
    found = tensors(said)[::2]  # a gradient behind each
    drawn = [one["name"] for one in sent(at)["scene"]["grids"] if one["name"].endswith("output")]
    assert len(found) == len(drawn)
    for name, numbers in zip(drawn, found, strict=True):
        scale = scale_of(names) if name.startswith("Conv") else 1.0
        assert_printed(grid(at, name), numbers, scale)
