"""The Convolution page: every control is moved, every link restores its screen."""

import json

import numpy as np
import pytest
import torch
from streamlit.testing.v1 import AppTest

from explorer.core import limits
from explorer.core.arithmetic.convolution import ConvSpec
from explorer.core.arithmetic.inputs import EXAMPLE
from explorer.core.arithmetic.kernels import make_kernel
from explorer.ui.convolution.settings import INPUT, KERNELS, PADDING_MODES
from tests.oracle import torch_conv
from tests.pages.app import link_of, open_convolution, png, sent, values

EXAMPLE_OUTPUT = [91, 168, 224, 215, 127]


def test_the_first_sight_is_the_worked_example_with_295_open() -> None:
    """Without any parameter: the lecture's numbers, padding 1, computed, one cell open."""
    at = open_convolution()
    assert values(at, "Output")[0] == EXAMPLE_OUTPUT
    name, row, column = sent(at)["open"]
    assert values(at, name)[row][column] == 295
    assert "print(output)" in at.code[0].value


def test_each_slider_changes_the_output_shape() -> None:
    """Padding, stride, dilation and sizes act as PyTorch's formula says, and the formula shows the numbers."""
    at = open_convolution()
    at.slider(key="conv_stride").set_value(3).run()
    assert values(at, "Output") == [[91, 215], [194, 169]]
    assert r"\lfloor 1.333 \rfloor + 1 = 2" in at.latex[0].value
    at.run()  # a move draws the picture's fragments alone: AppTest then knows no other elements
    at.slider(key="conv_height").set_value(8).run()
    assert len(values(at, "Output")) == 3
    at.run()
    at.toggle(key="conv_separate").set_value(True).run()
    at.slider(key="conv_stride_width").set_value(1).run()
    assert (len(values(at, "Output")), len(values(at, "Output")[0])) == (3, 5)
    assert len(at.latex) == 2  # rows and columns now differ


@pytest.mark.parametrize("source", INPUT.names)
def test_every_input_can_be_chosen(source: str) -> None:
    """A digit comes at its own 28×28, the others at the size that is set."""
    at = open_convolution()
    at.selectbox(key="conv_input").set_value(source).run()
    assert not at.exception
    assert len(values(at, "Input")) == (28 if source == "digit" else 5)
    assert link_of(at).get("conv_input", "example") == source


@pytest.mark.parametrize("name", KERNELS)
def test_every_kernel_can_be_chosen(name: str) -> None:
    """Each has its numbers at once."""
    at = open_convolution()
    at.selectbox(key="conv_kernel").set_value(name).run()
    assert not at.exception
    assert len(values(at, "Kernel")) == 3


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
        "conv_cell": "Kernel_2_1",
    }
    at = open_convolution(**link)
    assert values(at, "Input")[0] == [1, -7.5, 3, 4]
    assert len(values(at, "Input")) == 6
    assert values(at, "Kernel")[1] == [-2, 0, 2]
    rows, columns = (sent(at)["scene"]["operations"][0][axis]["before"] for axis in ("rows", "columns"))
    assert (rows, columns) == (0, 2)
    assert sent(at)["open"] == ["Kernel", 2, 1]
    assert link.items() <= link_of(at).items()


def test_the_original_numbers_can_be_restored() -> None:
    """The button says why it is disabled, and takes the edits out of the picture and the link."""
    assert open_convolution().button(key="conv_restore").disabled
    at = open_convolution(conv_input_edits="0_0_100")
    assert values(at, "Input")[0][0] == 100
    at.button(key="conv_restore").click().run()
    assert values(at, "Output")[0] == EXAMPLE_OUTPUT
    assert "conv_input_edits" not in link_of(at)


def test_no_slider_reaches_an_invalid_setting() -> None:
    """Each ends where the others' numbers end: with padding 0 a kernel is no taller than the input."""
    at = open_convolution(conv_padding="0")
    assert at.slider(key="conv_kernel_height").max == 5
    at.slider(key="conv_dilation").set_value(2).run()
    assert at.slider(key="conv_kernel_height").max == 3
    assert at.slider(key="conv_height").min == 5
    at.slider(key="conv_kernel_height").set_value(2).run()
    assert at.slider(key="conv_height").min == 3
    assert at.slider(key="conv_kernel_height").value == 2
    assert not at.warning


def test_a_refused_link_is_explained_and_shows_the_example() -> None:
    """Kernel 5 over 2 rows, which no slider reaches: a sentence with the numbers and the way out."""
    at = open_convolution(conv_padding="0", conv_kernel_height="5", conv_height="2")
    assert "5 rows with dilation 1 spans 5 rows, more than the 2 rows" in at.warning[0].value
    assert values(at, "Output")[0] == EXAMPLE_OUTPUT
    at.slider(key="conv_height").set_value(9).run()
    assert not at.warning
    assert len(values(at, "Output")) == 5


@pytest.mark.parametrize("mode", PADDING_MODES)
@pytest.mark.parametrize("same", [True, False])
def test_every_padding_is_torchs(mode: str, same: bool) -> None:
    """zeros, reflect, replicate and circular, as a number and as 'same', with a bias."""
    at = open_convolution(conv_padding_mode=mode, conv_bias="2.5")
    at.toggle(key="conv_same").set_value(same).run()
    spec = ConvSpec((5, 5), (3, 3), "same" if same else (1, 1), padding_mode=mode)
    kernel = make_kernel("example", 3, 3)[None, None]
    expected = torch_conv(spec, torch.from_numpy(EXAMPLE[None]), kernel, np.array([2.5]))
    assert values(at, "Output") == expected[0].tolist()
    assert (f"padding_mode={mode!r}" in at.code[0].value) == (mode != "zeros")


def test_same_brings_stride_1_and_leaves_no_other() -> None:
    """PyTorch refuses padding='same' with a stride: the slider goes back to 1 and is locked there, saying why."""
    at = open_convolution(conv_stride="2")
    at.toggle(key="conv_same").set_value(True).run()
    assert at.slider(key="conv_stride").value == 1
    assert at.slider(key="conv_stride").disabled
    assert at.slider(key="conv_padding").disabled
    assert len(values(at, "Output")) == 5


def test_a_transposed_convolution_has_its_own_formula() -> None:
    """(5 − 1)·2 − 2·1 + 1·(3 − 1) + 1 + 1 = 10 rows; modes other than zeros are locked with the reason."""
    at = open_convolution(conv_stride="2")
    at.toggle(key="conv_transposed").set_value(True).run()
    at.slider(key="conv_output_padding").set_value(1).run()
    assert len(values(at, "Output")) == 10
    assert r"(5 - 1) \cdot 2 - 2 \cdot 1" in at.latex[0].value
    assert at.selectbox(key="conv_padding_mode").disabled
    assert "ConvTranspose2d" in at.code[0].value


def test_the_true_convolution_flips_the_kernel() -> None:
    """The grid shows 9 … 1, an edit meets the number that was clicked, and the link keeps the unflipped place."""
    at = open_convolution(conv_flip="true", conv_kernel_edits="0_0_100")
    assert values(at, "Kernel") == [[9, 8, 7], [6, 5, 4], [3, 2, 100]]
    assert ".flip(2, 3)" in at.code[0].value


def captions(at: AppTest) -> str:
    return "\n".join(caption.value for caption in at.caption)


def test_an_uploaded_picture_becomes_the_input_in_grey() -> None:
    """Red, twice as wide as high: 32×64 cells of red's share of a grey; a stand-in is said, a broken file explained."""
    at = open_convolution(conv_input="upload")
    assert "A drawn one stands in until you upload one." in captions(at)
    at.file_uploader[0].set_value(("red.png", png((255, 0, 0), (20, 10)), "image/png")).run()
    at.run()
    image = np.array(values(at, "Input"))
    assert "a photo looks like its negative" in captions(at)
    assert image.shape == (32, 64)
    np.testing.assert_allclose(image, 0.3, atol=0.005)
    at.file_uploader[0].set_value(("text.png", b"not a picture", "image/png")).run()
    (warning,) = at.warning
    assert warning.value.startswith("The file is of the kind TEXT")
    assert warning.value.endswith("The picture before it stays.")
    at.run()
    assert np.array(values(at, "Input")).shape == (32, 64)


def test_relu_leaves_no_negative_output() -> None:
    """With Sobel x some sums are negative; after ReLU they are 0 and the colours run from paper to ink."""
    at = open_convolution(conv_kernel="sobel_x")
    assert min(min(row) for row in values(at, "Output")) < 0
    at.toggle(key="conv_relu").set_value(True).run()
    assert min(min(row) for row in values(at, "Output")) == 0
    assert not sent(at)["scene"]["grids"][2]["signed"]


def test_what_is_never_used_is_said_with_its_numbers() -> None:
    """Kernel 2, stride 2, no padding: the fifth row and column."""
    at = open_convolution(conv_padding="0", conv_stride="2", conv_kernel_height="2", conv_kernel_width="2")
    said = [caption.value for caption in at.caption]
    assert "5 rows, kernel 2, stride 2: ⌊(5 + 2·0 − 2) / 2⌋ + 1 = 2 windows; never used: row 5." in said


@pytest.mark.parametrize(
    "link",
    [
        {"conv_height": "99999"},
        {"conv_kernel": "nonsense"},
        {"conv_input_edits": "x_y_z~~1_2"},
        {"conv_cell": "-3_drop"},
        {"conv_cell": "<b>_1_1"},
        {"conv_padding_mode": "mirror", "conv_bias": "nan"},
        {"conv_dilation": "4", "conv_kernel_height": "7"},
    ],
)
def test_a_broken_link_still_shows_the_example(link: dict[str, str]) -> None:
    """Nothing in a link brings a traceback; where a setting is refused, the worked example stands in."""
    at = open_convolution(**link)
    assert not at.exception
    assert values(at, "Output")[0] == EXAMPLE_OUTPUT


def test_the_page_speaks_chinese() -> None:
    """?lang=zh: controls, grid words and text; the ARIA names stay English for the tests of assistive technology."""
    at = open_convolution(lang="zh", exercise="conv_output_size")
    assert at.slider(key="conv_padding").label == "填充（padding）"
    assert sent(at)["scene"]["grids"][0]["title"] == "输入（input）"
    assert any("卷积核" in one.value for one in at.markdown)
    assert "**练习 5：有填充时的输出大小**" in [one.value for one in at.markdown]
    at.segmented_control(key="lang").set_value("en").run()
    assert at.slider(key="conv_padding").label == "Padding"


def test_the_picture_is_small_enough_to_send() -> None:
    """The largest setting sends less than 200 kB at a slider's move."""
    side, padding = limits.MAX_GRID_SIZE, limits.MAX_PADDING
    sizes = {"conv_height": f"{side}", "conv_width": f"{side}", "conv_padding": f"{padding}"}
    at = open_convolution(conv_input="digit", conv_kernel="box_blur", **sizes)
    assert np.shape(values(at, "Input")) == (side, side)
    assert np.shape(values(at, "Output")) == (side + 2 * padding - 2, side + 2 * padding - 2)
    assert len(json.dumps(sent(at))) < 200_000
