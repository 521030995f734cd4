"""The Pooling page: every control is moved, every link restores its screen."""

from typing import Any

import numpy as np
import pytest
import torch
from streamlit.testing.v1 import AppTest

from explorer.core.arithmetic.inputs import EXAMPLE, INPUTS
from tests.pages.app import field, link_of, open_page, sent, unpacked

OUTPUTS = {"max": [[4, 8], [9, 8]], "mean": [[3.25, 6.25], [5.75, 6.25]], "sum": [[3, 1], [3, 3]]}


def open_pooling(**link: str) -> AppTest:
    return open_page("pooling", **link)


def grids(at: AppTest) -> dict[str, Any]:
    """The drawn grids by their ARIA names."""
    return {grid["name"]: grid for grid in sent(at)["scene"]["grids"]}


def outputs(at: AppTest) -> dict[str, Any]:
    """Each operation's drawn output."""
    scene = sent(at)["scene"]
    return {way["reduce"]: unpacked(scene["grids"][way["output"]]["values"]) for way in scene["operations"]}


def shapes(at: AppTest) -> list[tuple[int, ...]]:
    """Of the maximum, the mean and the convolution."""
    return [np.shape(values) for values in outputs(at).values()]


def table(at: AppTest) -> dict[str, list[str]]:
    """The table's lines by their names: values for maximum, mean and convolution."""
    text = next(text.value for text in at.markdown if "MaxPool2d" in text.value and text.value.startswith("|"))
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines()]
    return {name: values for name, *values in lines}


def test_the_first_sight_is_the_worked_example_halved_with_a_tie_open() -> None:
    """Without any parameter: torch's three outputs, the two fours of the first window, a dropped row and column."""
    at = open_pooling()
    assert outputs(at) == OUTPUTS
    images = torch.from_numpy(EXAMPLE)[None, None]
    assert torch.nn.functional.max_pool2d(images, 2)[0, 0].tolist() == OUTPUTS["max"]
    assert torch.nn.functional.avg_pool2d(images, 2)[0, 0].tolist() == OUTPUTS["mean"]
    assert sent(at)["open"] == ["Max output", 0, 0]
    assert sent(at)["scene"]["layout"] == "fan"
    assert all(grid["before"] is None for grid in grids(at).values())
    assert table(at)["Shape"] == ["(1, C, 2, 2)", "(1, C, 2, 2)", "(1, M, 2, 2)"]
    assert table(at)["Rows not read"] == table(at)["Columns not read"] == ["5", "5", "5"]
    assert table(at)["Changed values"] == ["3 of 4", "4 of 4", "4 of 4"]  # by a shift that is only told
    assert table(at)["Mean change"] == ["1 (14%)", "1.69 (31%)", "4.25 (170%)"]
    assert "print(max_pool(channels).shape)" in at.code[0].value


def test_each_slider_changes_the_output_shapes() -> None:
    """Kernel, stride, padding, sizes act on all three; ceil_mode not on Conv2d, dilation not on AvgPool2d."""
    at = open_pooling()
    at.slider(key="pool_kernel_size").set_value(3).run()
    assert shapes(at) == [(2, 2)] * 3
    at.slider(key="pool_padding").set_value(1).run()
    assert shapes(at) == [(3, 3)] * 3
    at.slider(key="pool_stride").set_value(1).run()
    assert shapes(at) == [(5, 5)] * 3
    at.slider(key="pool_dilation").set_value(2).run()
    assert shapes(at) == [(3, 3), (5, 5), (3, 3)]
    at.slider(key="pool_height").set_value(8).run()
    assert shapes(at) == [(6, 3), (8, 5), (6, 3)]
    assert len(at.latex) == 2  # rows and columns now differ
    at.slider(key="pool_width").set_value(8).run()
    at.slider(key="pool_stride").set_value(2).run()
    at.toggle(key="pool_ceil_mode").set_value(True).run()
    assert shapes(at) == [(4, 4), (5, 5), (3, 3)]
    assert r"\lceil 2.5 \rceil + 1 = 4" in at.latex[0].value
    assert not at.exception


def test_ceil_mode_keeps_the_fifth_row() -> None:
    """Poolings become 3×3 and read everything, the convolution stays and still drops it."""
    at = open_pooling(pool_ceil_mode="true")
    assert shapes(at) == [(3, 3), (3, 3), (2, 2)]
    assert table(at)["Rows not read"] == ["none", "none", "5"]


def test_a_shift_shows_the_outputs_from_before() -> None:
    """Zeros enter at the left; every output, and the input, carries what it was."""
    at = open_pooling()
    at.slider(key="pool_shift").set_value(1).run()
    assert grids(at)["Input"]["values"][0] == [0, 3, 4, 6, 5]
    assert grids(at)["Input"]["before"] == EXAMPLE.tolist()
    assert grids(at)["Max output"]["values"] == [[3, 6], [9, 7]]
    assert grids(at)["Max output"]["before"] == OUTPUTS["max"]
    assert grids(at)["Average output"]["before"] == OUTPUTS["mean"]
    assert grids(at)["Convolution output"]["before"] == OUTPUTS["sum"]
    assert grids(at)["Kernel"]["before"] is None
    assert "pad(input, (1, 0))" in at.code[0].value


def test_sliders_offer_only_what_is_valid() -> None:
    """Padding up to half the kernel, dilation while the window fits; a slider's new bounds keep its value."""
    at = open_pooling(pool_kernel_size="3", pool_padding="1")
    assert (at.slider(key="pool_padding").max, at.slider(key="pool_dilation").max) == (1, 3)
    assert at.slider(key="pool_kernel_size").min == 2
    at.slider(key="pool_kernel_size").set_value(4).run()
    assert (at.slider(key="pool_padding").max, at.slider(key="pool_padding").value) == (2, 1)
    assert link_of(at)["pool_padding"] == "1"
    at.slider(key="pool_padding").set_value(0).run()
    at.slider(key="pool_kernel_size").set_value(1).run()
    assert at.slider(key="pool_padding").disabled
    assert at.slider(key="pool_padding").help == "The other settings leave 0 only."
    assert not at.warning


@pytest.mark.parametrize("source", INPUTS)
def test_every_input_can_be_chosen(source: str) -> None:
    """A digit comes at its own 28×28, the others at the size that is set; the table counts what it cannot list."""
    at = open_pooling()
    at.selectbox(key="pool_input").set_value(source).run()
    assert not at.exception
    assert len(unpacked(grids(at)["Input"]["values"])) == (28 if source == "digit" else 5)
    assert link_of(at).get("pool_input", "example") == source
    at.slider(key="pool_kernel_size").set_value(1).run()
    assert table(at)["Rows not read"] == ["14 of 28" if source == "digit" else "2, 4"] * 3


def test_digit_and_seed_change_the_numbers() -> None:
    """Which digit, and which drawing of it; both are in the link."""
    at = open_pooling(pool_input="digit", pool_height="28", pool_width="28")
    seen = [grids(at)["Input"]["values"]]
    at.slider(key="pool_digit").set_value(8).run()
    seen.append(grids(at)["Input"]["values"])
    field(at, "pool_seed").set_value("5").run()
    seen.append(grids(at)["Input"]["values"])
    assert seen[0] != seen[1] != seen[2]
    assert {"pool_digit": "8", "pool_seed": "5"}.items() <= link_of(at).items()


def test_a_link_restores_the_screen() -> None:
    """Sizes, source, window, shift and the open cell come back from the URL alone."""
    link = {
        "pool_input": "ramp",
        "pool_height": "6",
        "pool_width": "4",
        "pool_kernel_size": "3",
        "pool_stride": "1",
        "pool_padding": "1",
        "pool_shift": "2",
        "pool_ceil_mode": "true",
        "pool_cell": "Average-output_2_3",
    }
    at = open_pooling(**link)
    assert grids(at)["Input"]["values"][0] == [0, 0, 1, 2]
    assert shapes(at) == [(6, 4)] * 3
    assert sent(at)["open"] == ["Average output", 2, 3]
    assert link.items() <= link_of(at).items()


@pytest.mark.parametrize(
    ("link", "sentence"),
    [
        ({"pool_kernel_size": "7"}, "7 rows with dilation 1 spans 7 rows, more than the 5 rows"),
        ({"pool_height": "1", "pool_width": "1"}, "2 rows with dilation 1 spans 2 rows, more than the 1 rows"),
    ],
)
def test_a_refused_link_is_explained_over_the_worked_example(link: dict[str, str], sentence: str) -> None:
    """The numbers, the way out, and the example, whose sliders then reach every value."""
    at = open_pooling(**link)
    assert sentence in at.warning[0].value
    assert outputs(at) == OUTPUTS
    at.slider(key="pool_kernel_size").set_value(3).run()
    at.slider(key="pool_padding").set_value(0).run()
    at.slider(key="pool_dilation").set_value(1).run()
    at.slider(key="pool_height").set_value(5).run()
    at.slider(key="pool_width").set_value(5).run()
    assert not at.warning
    assert not at.exception


@pytest.mark.parametrize(
    ("link", "refused"),
    [
        ({"pool_padding": "3"}, {0: "a padding of 1 at most, half of the kernel, not 3", 1: "padding of 1 at most"}),
        ({"pool_kernel_size": "6", "pool_ceil_mode": "true"}, {2: "6 rows with dilation 1 spans 6 rows"}),
        (
            {"pool_height": "2", "pool_width": "2", "pool_kernel_size": "3", "pool_ceil_mode": "true"},
            {2: "3 rows with dilation 1 spans 3 rows, more than the 2 rows of the padded input"},
        ),
        ({"pool_height": "2", "pool_dilation": "3", "pool_padding": "1"}, {0: "maximum is −∞ there"}),
        ({"pool_kernel_size": "3", "pool_dilation": "4"}, {0: "spans 9 rows", 2: "spans 9 rows"}),
    ],
)
def test_an_impossible_way_says_so_in_its_place_and_the_others_stay(
    link: dict[str, str], refused: dict[int, str]
) -> None:
    """Its column of the picture has the sentence, that of the table nothing, the script a comment; no warning."""
    at = open_pooling(**link)
    assert not at.exception
    assert not at.warning
    scene = sent(at)["scene"]
    assert list(refused) == [refusal["place"] for refusal in scene["refusals"]]
    for refusal, (place, sentence) in zip(scene["refusals"], refused.items(), strict=True):
        assert sentence in refusal["sentence"]
        assert {cells[place] for cells in list(table(at).values())[2:]} == {"–"}
    assert at.code[0].value.count("# No ") == len(refused)
    assert len(scene["operations"]) == 3 - len(refused)
    assert sent(at)["open"][0] == scene["grids"][scene["operations"][0]["output"]]["name"]
    at.slider(key="pool_stride").set_value(1).run()
    assert not at.exception


def test_sliders_reach_what_only_the_convolution_refuses() -> None:
    """2×2 and ceil_mode: MaxPool2d takes a kernel of 3, so the slider offers it; Conv2d refuses it in its place."""
    at = open_pooling(pool_height="2", pool_width="2")
    assert at.slider(key="pool_kernel_size").max == 2
    at.toggle(key="pool_ceil_mode").set_value(True).run()
    assert at.slider(key="pool_kernel_size").max == 3
    at.slider(key="pool_kernel_size").set_value(3).run()
    assert outputs(at) == {"max": [[4]], "mean": [[3.25]]}
    (refusal,) = sent(at)["scene"]["refusals"]
    assert refusal["title"] == "Convolution output"
    assert refusal["sentence"].endswith("A convolution has no ceil_mode.")


def test_without_count_include_pad_a_mean_divides_by_the_inputs_cells() -> None:
    """The corner of the padded example: (0 + 0 + 0 + 3) / 4 = 0.75 with padding, 3 / 1 = 3 without."""
    at = open_pooling()
    assert at.toggle(key="pool_count_include_pad").disabled  # without padding there is nothing to count
    at.slider(key="pool_padding").set_value(1).run()
    assert outputs(at)["mean"][0][0] == 0.75
    assert "padding counts" in sent(at)["words"]["mean_gradient"]
    at.toggle(key="pool_count_include_pad").set_value(False).run()
    assert outputs(at)["mean"][0][0] == 3
    images = torch.from_numpy(EXAMPLE)[None, None]
    expected = torch.nn.functional.avg_pool2d(images, 2, 2, 1, count_include_pad=False)
    np.testing.assert_allclose(outputs(at)["mean"], expected[0, 0].numpy())
    reads = {way["reduce"]: way["rows"]["at"][0] for way in sent(at)["scene"]["operations"]}
    assert reads == {"max": [0, 1], "mean": [-1, 1], "sum": [0, 1]}  # the mean's window is cut to the input
    assert "only the input's cells count" in sent(at)["words"]["mean_gradient"]
    assert "not counted in the mean" in sent(at)["words"]["padding_pool"]
    assert "AvgPool2d(kernel_size=2, stride=2, padding=1, count_include_pad=False)" in at.code[0].value
    assert link_of(at)["pool_count_include_pad"] == "false"
    again = open_pooling(**link_of(at))
    assert outputs(again) == outputs(at)


@pytest.mark.parametrize(
    "link",
    [{"pool_height": "99999"}, {"pool_input": "nonsense"}, {"pool_cell": "-3_drop"}, {"pool_kernel_size": "2.5"}],
)
def test_a_broken_link_still_shows_the_example(link: dict[str, str]) -> None:
    """Nothing in a link brings a traceback."""
    at = open_pooling(**link)
    assert not at.exception
    assert outputs(at) == OUTPUTS


def test_the_page_speaks_chinese() -> None:
    """?lang=zh: controls, titles and text; the ARIA names stay English for the tests of assistive technology."""
    at = open_pooling(lang="zh")
    assert at.slider(key="pool_stride").label == "步长（stride）"
    assert sent(at)["scene"]["operations"][0]["title"] == "最大池化（max pooling）"
    assert "Max output" in grids(at)
    assert any("最大池化" in text.value for text in at.markdown)
    assert table(at)["未用到的行"] == ["5", "5", "5"]
