"""The Convolution page: every control is moved, every link restores its screen."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from explorer.ui.conv_controls import INPUTS, KERNELS
from tests.pages.app import link_of, open_app, sent

EXAMPLE_OUTPUT = [91, 168, 224, 215, 127]


def test_the_first_sight_is_the_worked_example_with_295_open() -> None:
    """Without any parameter: the lecture's numbers, padding 1, computed, one cell open."""
    at = open_app()
    assert sent(at)["output"][0] == EXAMPLE_OUTPUT
    row, column = sent(at)["open"]
    assert sent(at)["output"][row][column] == 295
    assert "print(output)" in at.code[0].value


def test_each_slider_changes_the_output_shape() -> None:
    """Padding, stride, dilation and sizes act as PyTorch's formula says, and the formula shows the numbers."""
    at = open_app()
    at.slider(key="conv_stride").set_value(3).run()
    assert sent(at)["output"] == [[91, 215], [194, 169]]
    assert r"\lfloor 1.333 \rfloor + 1 = 2" in at.latex[0].value
    at.slider(key="conv_height").set_value(8).run()
    assert len(sent(at)["output"]) == 3
    at.toggle(key="conv_separate").set_value(True).run()
    at.slider(key="conv_stride_width").set_value(1).run()
    assert (len(sent(at)["output"]), len(sent(at)["output"][0])) == (3, 5)
    assert len(at.latex) == 2  # rows and columns now differ


@pytest.mark.parametrize("source", INPUTS)
def test_every_input_can_be_chosen(source: str) -> None:
    """A digit comes at its own 28×28, the others at the size that is set."""
    at = open_app()
    at.selectbox(key="conv_input").set_value(source).run()
    assert not at.exception
    assert len(sent(at)["input"]) == (28 if source == "digit" else 5)
    assert link_of(at).get("conv_input", "example") == source


@pytest.mark.parametrize("name", KERNELS)
def test_every_kernel_can_be_chosen(name: str) -> None:
    """Each has its numbers at once."""
    at = open_app()
    at.selectbox(key="conv_kernel").set_value(name).run()
    assert not at.exception
    assert len(sent(at)["kernel"]) == 3


def test_a_link_restores_the_screen() -> None:
    """Sizes, sources, both directions, edited values and the open cell come back from the URL alone."""
    link = {
        "conv_input": "ramp",
        "conv_height": "6",
        "conv_width": "4",
        "conv_separate": "true",
        "conv_padding": "0",
        "conv_padding_width": "2",
        "conv_kernel": "sobel_x",
        "conv_input_edits": "0_1_-7.5",
        "conv_cell": "2_3",
    }
    at = open_app(**link)
    assert sent(at)["input"][0] == [1, -7.5, 3, 4]
    assert len(sent(at)["input"]) == 6
    assert sent(at)["kernel"][1] == [-2, 0, 2]
    assert sent(at)["spec"]["padding"] == [0, 2]
    assert sent(at)["open"] == [2, 3]
    assert link.items() <= link_of(at).items()


def test_the_original_numbers_can_be_restored() -> None:
    """The button says why it is disabled, and takes the edits out of the picture and the link."""
    assert open_app().button(key="conv_restore").disabled
    at = open_app(conv_input_edits="0_0_100")
    assert sent(at)["input"][0][0] == 100
    at.button(key="conv_restore").click().run()
    assert sent(at)["output"][0] == EXAMPLE_OUTPUT
    assert "conv_input_edits" not in link_of(at)


def test_a_refused_setting_is_explained_and_the_last_picture_stays() -> None:
    """Kernel 7 over a 2-row input: a sentence with the numbers, the way out, and still the picture from before."""
    at = open_app(conv_padding="0")
    at.slider(key="conv_kernel_height").set_value(5).run()
    before = sent(at)["output"]
    at.slider(key="conv_height").set_value(2).run()
    assert "5 rows with dilation 1 spans 5 rows, more than the 2 rows" in at.warning[0].value
    assert sent(at)["output"] == before
    at.slider(key="conv_height").set_value(9).run()
    assert not at.warning
    assert len(sent(at)["output"]) == 5


@pytest.mark.parametrize(
    "link",
    [
        {"conv_height": "99999"},
        {"conv_kernel": "nonsense"},
        {"conv_input_edits": "x_y_z~~1_2"},
        {"conv_cell": "-3_drop"},
        {"conv_dilation": "4", "conv_kernel_height": "7"},
    ],
)
def test_a_broken_link_still_shows_the_example(link: dict[str, str]) -> None:
    """Nothing in a link brings a traceback; where a setting is refused, the worked example stands in."""
    at = open_app(**link)
    assert not at.exception
    assert sent(at)["output"][0] == EXAMPLE_OUTPUT


def test_the_page_speaks_chinese() -> None:
    """?lang=zh: controls, grid words and text; the ARIA names stay English for the tests of assistive technology."""
    at = open_app(lang="zh")
    assert at.slider(key="conv_padding").label == "填充 (padding)"
    assert sent(at)["words"]["input"] == "输入 (input)"
    assert "卷积核" in at.markdown[0].value
    at.segmented_control(key="lang").set_value("en").run()
    assert at.slider(key="conv_padding").label == "Padding"


def test_the_picture_is_small_enough_to_send() -> None:
    """The largest setting sends less than 100 kB at a slider's move."""
    at = open_app(conv_input="random", conv_height="28", conv_width="28", conv_padding="6", conv_kernel="box_blur")
    assert isinstance(at, AppTest)
    assert len(json.dumps(sent(at))) < 100_000
