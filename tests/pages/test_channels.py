"""The Channels page: presets, every control, links; what is drawn is what torch computes."""

import json
from typing import Any

import numpy as np
import pytest
import torch
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.testing.v1 import AppTest

from explorer.core import limits
from explorer.pictures.bounded import DECODER
from explorer.ui.channels.settings import INPUT, PRESETS
from tests.pages.app import field, link_of, open_page, png, sent, unpacked, widget

LECTURE = "The lecture's Conv2d(5, 10, 3)"
FIVE_BY_FIVE = {"channels_height": "5", "channels_width": "5"}


def open_channels(**link: str) -> AppTest:
    return open_page("channels", **link)


def scene(at: AppTest) -> dict[str, Any]:
    return sent(at)["scene"]


def grids(at: AppTest, name: str) -> list[dict[str, Any]]:
    return [grid for grid in scene(at)["grids"] if grid["name"].startswith(name)]


def values(at: AppTest, name: str) -> torch.Tensor:
    return torch.tensor([unpacked(grid["values"]) for grid in grids(at, name)], dtype=torch.float64)


def run_code(at: AppTest) -> dict[str, Any]:
    names: dict[str, Any] = {"print": lambda *args, **kwargs: None}
    exec(at.code[0].value, names)
    return names


def test_the_first_sight_is_three_channels_summed_into_two() -> None:
    """Small numbers: three inputs, three kernels, one of two outputs, a bias, an open cell."""
    at = open_channels()
    assert not at.exception
    assert (len(grids(at, "Input")), len(grids(at, "Kernel")), len(grids(at, "Output"))) == (3, 3, 1)
    assert scene(at)["layout"] == "stack"
    assert len(scene(at)["maps"]) == 2
    assert sent(at)["open"][0] == "Output"
    assert widget(at.selectbox, "channels_preset").value == "Small numbers"


@pytest.mark.parametrize(
    "link",
    [
        {},
        {"channels_in": "4", "channels_out": "6", "channels_groups": "2", "channels_selected": "5"},
        {"channels_in": "3", "channels_out": "3", "channels_groups": "3", "channels_bias": "false"},
        {"channels_in": "1", "channels_out": "1", "channels_kernel_size": "1", "channels_stride": "2"},
        {"channels_input": "rgb", "channels_in": "5", "channels_padding": "2", "channels_kernel_size": "5"},
        {"channels_input": "digits", "channels_in": "8", "channels_out": "16", "channels_groups": "8"},
    ],
)
def test_the_drawn_output_is_torchs(link: dict[str, str]) -> None:
    """The chosen output channel is conv2d of what is drawn beside it; the pasted code gives the same numbers."""
    at = open_channels(**link)
    operation = scene(at)["operations"][0]
    images, weight = values(at, "Input"), values(at, "Kernel")
    bias = None if operation["bias"] is None else torch.tensor([operation["bias"]], dtype=torch.float64)
    number = {name: int(link.get(f"channels_{name}", default)) for name, default in (("stride", 1), ("padding", 0))}
    expected = torch.nn.functional.conv2d(images[None], weight[None], bias, **number)[0]
    drawn = values(at, "Output")
    torch.testing.assert_close(drawn, expected)
    chosen = scene(at)["chosen"]
    pasted = run_code(at)["output"].detach()[0, chosen].double()
    torch.testing.assert_close(pasted, drawn[0], rtol=1e-4, atol=1e-4)


def test_the_lectures_layer_has_the_shapes_it_prints() -> None:
    """Conv2d(5, 10, 3) on (1, 5, 100, 100): output (1, 10, 98, 98), weight (10, 5, 3, 3), 460 parameters."""
    at = open_channels()
    widget(at.selectbox, "channels_preset").set_value(LECTURE).run()
    assert not at.exception
    assert grids(at, "Input")[0]["label"] == "(1, 5, 100, 100)"
    assert grids(at, "Kernel")[0]["label"] == "weight[0, 0]"
    assert grids(at, "Output")[0]["label"] == "(1, 10, 98, 98)"
    assert "`(1, 5, 100, 100)` → `(1, 10, 98, 98)`" in at.markdown[0].value
    assert "= 460\n" in at.latex[1].value
    assert len(json.dumps(sent(at))) < 500_000
    names = run_code(at)
    assert (*names["output"].shape,) == (1, 10, 98, 98)
    assert (*names["conv"].weight.shape,) == (10, 5, 3, 3)


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_is_recognised_however_it_was_set(name: str) -> None:
    """Chosen from the list or restored by its link: the list names it; one setting moved, it names none."""
    at = open_channels()
    widget(at.selectbox, "channels_preset").set_value(name).run()
    assert not at.exception
    again = open_channels(**{key: value for key, value in link_of(at).items() if key.startswith("channels_")})
    assert widget(again.selectbox, "channels_preset").value == name
    assert scene(again) == scene(at)
    again.slider(key="channels_stride").set_value(2).run()
    assert widget(again.selectbox, "channels_preset").value == "Your own settings"


@pytest.mark.parametrize("source", INPUT.names)
def test_every_input_can_be_chosen(source: str) -> None:
    """Each comes at a size at which it is recognised; before an upload, the drawn picture stands in."""
    at = open_channels()
    at.selectbox(key="channels_input").set_value(source).run()
    assert not at.exception
    assert len(values(at, "Input")[0]) == {"numbers": 5, "rgb": 24, "digits": 28, "upload": 28}[source]
    assert values(at, "Input").max() > 0
    assert link_of(at).get("channels_input", "numbers") == source


def test_groups_offer_only_divisors_and_follow_the_channels() -> None:
    """4 into 4 channels: 1, 2, 4 groups, the last one named; a fifth input channel leaves one group only."""
    at = open_channels(channels_in="4", channels_out="4", channels_groups="4")
    assert widget(at.selectbox, "channels_groups").options == ["1", "2", "4: depthwise"]
    assert len(grids(at, "Kernel")) == 1
    at.slider(key="channels_in").set_value(5).run()
    assert not at.exception
    assert widget(at.selectbox, "channels_groups").options == ["1"]
    assert len(grids(at, "Kernel")) == 5
    at.slider(key="channels_in").set_value(4).run()
    widget(at.selectbox, "channels_groups").set_value(2).run()
    assert link_of(at)["channels_groups"] == "2"
    assert len(grids(at, "Kernel")) == 2


def test_an_output_channel_is_selected_beside_or_in_the_picture() -> None:
    """The field goes as far as the outputs do; fewer outputs, and the last one is shown."""
    at = open_channels(channels_out="8", channels_selected="8")
    assert scene(at)["chosen"] == 7
    field(at, "channels_selected").set_value("3").run()
    assert grids(at, "Output")[0]["title"] == "Output channel 3"
    at.slider(key="channels_out").set_value(2).run()
    assert scene(at)["chosen"] == 1


def test_every_slider_moves_the_shapes() -> None:
    """Sizes, kernel, padding and stride act as PyTorch's formula says; without bias no 1 is in the formula."""
    at = open_channels()
    for key, value, size in (
        ("height", 9, (7, 3)),
        ("width", 12, (7, 10)),
        ("kernel_size", 5, (5, 8)),
        ("padding", 2, (9, 12)),
        ("stride", 2, (5, 6)),
    ):
        at.slider(key=f"channels_{key}").set_value(value).run()
        assert values(at, "Output").shape[1:] == size, key
    assert r"\text{bias}" in at.latex[1].value
    at.toggle(key="channels_bias").set_value(False).run()
    assert "= 150\n" in at.latex[1].value
    before = values(at, "Input")
    field(at, "channels_seed").set_value("5").run()
    assert (values(at, "Input") != before).any()


def test_sliders_offer_only_what_works() -> None:
    """The kernel ends at the padded input, the input at the kernel; the whole stack stays within its bound."""
    at = open_channels(channels_kernel_size="5", channels_in="8", **FIVE_BY_FIVE)
    assert at.slider(key="channels_kernel_size").max == 5
    assert at.slider(key="channels_height").min == 5
    at.slider(key="channels_height").set_value(100).run()
    assert at.slider(key="channels_width").max == limits.MAX_STACK_CELLS // 800
    assert not at.exception


@pytest.mark.parametrize(
    "link",
    [
        {"channels_in": "99"},
        {"channels_in": "x", "channels_bias": "maybe", "channels_input": "nonsense"},
        {"channels_groups": "7"},
        {"channels_selected": "16"},
        {"channels_kernel_size": "7", "channels_height": "2", "channels_width": "2"},
        {"channels_in": "8", "channels_height": "100", "channels_width": "100"},
        {"channels_cell": "-1_x"},
    ],
)
def test_a_broken_link_still_shows_a_picture(link: dict[str, str]) -> None:
    """Nothing in a link brings a traceback; what does not fit is moved to what does, in the link too."""
    at = open_channels(**link)
    assert not at.exception
    assert values(at, "Output").isfinite().all()
    size = values(at, "Input")
    assert size.numel() <= limits.MAX_STACK_CELLS


def test_an_uploaded_picture_is_the_input_and_survives_a_change_of_page() -> None:
    """Red, 20 by 10: channel 1 is full, the proportions are kept; a broken file is explained, the picture stays."""
    at = open_channels(channels_input="upload")
    at.file_uploader[0].set_value(("red.png", png((255, 0, 0), (20, 10)), "image/png")).run()
    assert values(at, "Input").shape == (3, 10, 20)
    assert values(at, "Input").mean((1, 2)).tolist() == [1, 0, 0]
    at.file_uploader[0].set_value(("photo.png", b"%PDF-1.7", "image/png")).run()
    assert ["PDF"] == [warning.value.split(",")[0].rpartition(" ")[2] for warning in at.warning]
    assert not at.exception
    at.switch_page("explorer/pages/train.py").run().switch_page("explorer/pages/channels.py").run()
    assert values(at, "Input").mean((1, 2)).tolist() == [1, 0, 0]
    at.file_uploader[0].set_value(("blue.png", png((0, 0, 255), (7, 7)), "image/png")).run()
    assert not at.warning
    assert values(at, "Input").mean((1, 2)).tolist() == [0, 0, 1]


def test_of_each_file_there_is_one_sentence_and_it_is_the_last_ones() -> None:
    """Refused with none before, cut off, refused after that, good: the sentence before goes each time."""
    whole = png((255, 0, 0), (20, 10))
    at = open_channels(channels_input="upload")
    for data, words, stays in (
        (b"GIF89a", "The GIF file is damaged", False),
        (whole[:-12], "The PNG file is cut off or damaged; what could be read of it is shown.", False),
        (b"PK\3\4", "The file is of the kind ZIP", True),
        (b"", "The file is empty", True),
    ):
        at.file_uploader[0].set_value(("picture.jfif", data, "image/jpeg")).run()
        (warning,) = at.warning
        assert warning.value.startswith(words)
        assert warning.value.endswith("The picture before it stays.") == stays
    at.file_uploader[0].set_value(("picture", whole, "")).run()
    assert not at.warning
    assert values(at, "Input").mean((1, 2)).tolist() == [1, 0, 0]


def test_the_same_file_again_is_not_decoded_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """In another session, under another name: its content is known."""
    data = png((1, 2, 3), (20, 10))
    for _ in range(2):
        at = open_channels(channels_input="upload")
        at.file_uploader[0].set_value(("red.png", data, "image/png")).run()
        assert at.session_state["image_image"].shape == (3, 10, 20)
        monkeypatch.setattr(DECODER, "_run", None)


def test_the_uploaded_file_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the small picture stays; the field is empty again."""
    dropped = []
    monkeypatch.setattr(MemoryUploadedFileManager, "remove_file", lambda self, session, file: dropped.append(file))
    at = open_channels(channels_input="upload")
    at.file_uploader[0].set_value(("red.png", png((255, 0, 0), (900, 600)), "image/png")).run()
    assert len(dropped) == 1
    assert at.file_uploader[0].value is None
    assert at.session_state["image_image"].shape == (3, 67, 100)


def test_the_page_speaks_chinese() -> None:
    """?lang=zh: controls, formula and text, the English term beside at first use."""
    at = open_channels(lang="zh")
    assert at.slider(key="channels_in").label == "输入通道（in_channels）"
    assert "卷积核" in at.latex[0].value
    assert any("通道" in markdown.value for markdown in at.markdown)
    assert np.all([grid["name"].isascii() for grid in scene(at)["grids"]])
