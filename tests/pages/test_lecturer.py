"""The lecturer's page makes a link, and every page obeys what such a link says."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from explorer.core.network.layers import NetworkSpec
from explorer.core.network.link import encode
from explorer.core.network.networks import BROKEN
from explorer.ui.lecturer import class_link, class_steering
from explorer.ui.lecturer.links import is_of_this_machine, qr_code
from tests.pages.app import at_page, link_of, open_page, sent

PAGES = ("convolution", "channels", "pooling", "network", "train", "inside", "compare")
TEXT = {"convolution": "Two words that are easily mixed up", "compare": "What is compared", "inside": "What you see"}


def made_link(at: AppTest) -> tuple[str, dict[str, str]]:
    """The page and the parameters of the link that the lecturer's page shows."""
    link = urlsplit([one.value for one in at.code if one.value.startswith("/")][-1])
    return link.path.strip("/"), {name: values[0] for name, values in parse_qs(link.query).items()}


def shown(page: str, view: str) -> AppTest:
    at = open_page(page, view=view)
    assert not at.exception
    return at


def labels(at: AppTest) -> list[str]:
    return [one.label for kind in ("slider", "selectbox", "toggle", "text_input") for one in at.get(kind)]


def test_a_link_has_the_page_as_it_was_left() -> None:
    """The one looked at last, with its settings, and the lecturer's choices."""
    at = open_page("pooling", pool_stride="1").switch_page("explorer/pages/lecturer.py").run()
    assert ("pooling", {"pool_stride": "1"}) == made_link(at)
    at.selectbox(key="lecturer_size").set_value("125").run()
    at.selectbox(key="lecturer_language").set_value("zh").run()
    at.multiselect(key="lecturer_hidden").set_value(["pool_padding", "pool_dilation"]).run()
    at.multiselect(key="lecturer_fixed").set_value(["pool_stride", "pool_padding"]).run()
    at.toggle(key="lecturer_text").set_value(False).run()
    page, link = made_link(at)
    assert "pooling" == page
    assert "larger.125~without.text~hidden.pool_dilation.pool_padding~fixed.pool_stride" == link.pop("view")
    assert {"pool_stride": "1", "lang": "zh"} == link


def test_a_class_sees_what_the_link_says() -> None:
    """Hidden is hidden, fixed is shown and says who fixed it, and the values are those of the link."""
    link = {"view": "hidden.pool_input.pool_padding~fixed.pool_stride", "pool_padding": "1", "pool_stride": "1"}
    at = open_page("pooling", **link)
    assert {"Padding", "Input"}.isdisjoint(labels(at))
    stride = at.slider(key="pool_stride")
    assert (1, True, "Your lecturer’s link fixes it.") == (stride.value, stride.disabled, stride.help)
    assert 1 == at.session_state["pool_padding"]
    assert not at.slider(key="pool_kernel_size").disabled
    assert link == link_of(at)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_can_be_shown_without_controls_and_text(page: str) -> None:
    """Each control that the page has can be hidden, or fixed; nothing breaks of all of them missing."""
    plain = open_page(page)
    names = plain.session_state["controls_drawn"][page]
    controls = sorted(names)
    assert controls
    assert len(controls) == len(set(names.values()))  # lecturers choose among them by what they are called
    bare = shown(page, f"without.text~hidden.{'.'.join(controls)}")
    assert not set(controls) & {one.key for kind in ("slider", "selectbox", "toggle") for one in bare.get(kind)}
    assert len(bare.markdown) < len(plain.markdown)
    if page in TEXT:
        assert not any(TEXT[page] in one.value for one in bare.markdown)
    fixed = shown(page, f"fixed.{'.'.join(controls)}")
    drawn = [one for kind in ("slider", "selectbox", "toggle") for one in fixed.get(kind) if one.key in controls]
    assert all(one.disabled for one in drawn)


def test_the_way_of_showing_goes_along_to_the_next_page() -> None:
    """And is over, for good, when a student asks for everything."""
    at = shown("pooling", "without.text~hidden.channels_bias")
    at.switch_page("explorer/pages/channels.py").run()
    assert "Bias" not in labels(at)
    at.button(key="view_everything").click().run()
    assert "Bias" in labels(at)
    assert {} == link_of(at)
    assert not any("view=" in one.proto.query_string for one in at.get("page_link"))
    assert not [one for one in at.button if one.key == "view_everything"]


def test_a_link_that_is_no_way_of_showing_says_so() -> None:
    """And everything is shown."""
    at = at_page("convolution", view="hidden.A!b").run()
    assert any("cut off or was changed by hand" in one.value for one in at.caption)
    assert "Padding" in labels(at)


def test_two_controls_of_one_name_are_told_apart() -> None:
    """The input's height and the kernel's, in words."""
    at = open_page("convolution").switch_page("explorer/pages/lecturer.py").run()
    options = at.multiselect(key="lecturer_hidden").options
    assert {"Input: Height", "Kernel: Height", "Stride"} <= set(options)
    assert len(options) == len(set(options))


@pytest.mark.parametrize(
    ("host", "here"),
    [
        *((one, True) for one in ("localhost:8501", "127.0.0.1:8501", "127.3.2.1", "[::1]:8501", "cnn.localhost")),
        *((one, False) for one in ("192.168.1.7:8501", "[fe80::1]:8501", "localhost.example.org", "lab7:8501", "")),
    ],
)
def test_an_address_that_only_this_machine_knows_is_told(host: str, here: bool) -> None:
    """By its host; a name of the local network, or the Internet's, is none."""
    assert is_of_this_machine(f"http://{host}/pooling?pool_stride=1" if host else "/pooling") == here


@pytest.mark.parametrize(("host", "times"), [("localhost:8501", 1), ("192.168.1.7:8501", 0)])
def test_a_link_for_a_class_says_where_it_works(monkeypatch: pytest.MonkeyPatch, host: str, times: int) -> None:
    """Beneath both links, with the address that a class can open; elsewhere there is no word of it."""
    for module in (class_link, class_steering):
        monkeypatch.setattr(module, "full_link", lambda page, parameters: f"http://{host}/{page}")
    at = open_page("lecturer")
    remarks = [one.value for one in at.caption if "This address works on this machine alone." in one.value]
    assert len(remarks) == times
    assert all("Network URL" in one and "--server.address 0.0.0.0" in one for one in remarks)
    at.button(key="lecturer_open").click().run()
    assert sum("This address works on this machine alone." in one.value for one in at.caption) == 2 * times


def test_a_link_has_a_qr_code() -> None:
    """Dark on white whatever the theme; a link too long for one has none."""
    pytest.importorskip("segno", reason="segno is not installed: pip install -r requirements.txt")
    picture = qr_code("https://example.org/pooling?pool_stride=1")
    assert re.search(r"<svg .*#fff.*#000", picture, re.S)
    assert qr_code("https://example.org/" + "x" * 3000) is None


def test_a_link_without_exercises_offers_none() -> None:
    """Nor does it open the one that it names."""
    plain, bare = open_page("pooling"), shown("pooling", "without.exercises")
    assert "exercise_open" in [button.key for button in plain.button]
    assert "exercise_open" not in [button.key for button in bare.button]
    named = open_page("pooling", exercise="pool_output_size", view="without.exercises")
    assert not [field for field in named.text_input if field.key.startswith("exercise_answer")]


EDITING = ("start", "break", "paste", "add", "layer", "up", "down", "remove", "undo", "arguments", "repair", "train")


def network_widgets(at: AppTest) -> list:
    """What changes the Network page's network, or sends it away."""
    kinds = ("button", "selectbox", "toggle", "text_input")
    found = [one for kind in kinds for one in at.get(kind) if (one.key or "").startswith("network_")]
    return [one for one in found if one.key not in ("network_code", "network_download")]


def test_a_class_can_be_given_a_network_that_it_only_looks_at() -> None:
    """Adding, moving, removing, ready networks, the fields, repairs, training: hidden, or there and off."""
    broken = {"network_stack": encode(NetworkSpec(BROKEN["in_features"]))}
    plain = open_page("network", **broken)
    assert {f"network_{name}" for name in EDITING} <= set(plain.session_state["controls_drawn"]["network"])
    assert any(row["repair"] for row in sent(plain)["rows"])
    names = ".".join(f"network_{name}" for name in EDITING)
    for view, widgets in ((f"hidden.{names}", []), (f"fixed.{names}", network_widgets(plain))):
        at = open_page("network", **broken, view=view)
        assert len(network_widgets(at)) == len(widgets)
        in_lists = re.compile("network_(preset|lesson)_")  # behind a button that opens nothing
        assert all(one.disabled for one in network_widgets(at) if not in_lists.match(one.key))
        assert all(block.proto.popover.disabled for block in at.get("popover") if "network_" in block.proto.popover.id)
        assert not any(row["repair"] for row in sent(at)["rows"])
    at = open_page("network").switch_page("explorer/pages/lecturer.py").run()
    assert {"Start from", "Add a layer", "Layer: Remove"} <= set(at.multiselect(key="lecturer_hidden").options)


def test_one_control_of_a_network_goes_and_the_others_stay() -> None:
    """Adding with its button; a ready network, but not one's own code."""
    at = open_page("network", view="hidden.network_add.network_paste")
    keys = {one.key for one in network_widgets(at)}
    assert {"network_add", "network_add_button", "network_paste_button"}.isdisjoint(keys)
    assert {"network_preset_lenet", "network_remove", "network_train"} <= keys


def test_what_the_browser_draws_can_be_hidden_too() -> None:
    """The inspector's player and its typing; Inside's parts, steps, epochs, weights. Lecturers find them by name."""
    assert sent(open_page("convolution"))["player"]
    bare = shown("convolution", "hidden.conv_player~fixed.conv_edits")
    assert not sent(bare)["player"]
    assert {""} == {grid["edit"] for grid in sent(bare)["scene"]["grids"]}
    assert "conv_restore" not in [button.key for button in bare.button]
    inside = shown("inside", "hidden.inside_tab.inside_steps_off.inside_weights~fixed.inside_epoch")
    assert ["tab", "steps", "epoch"] == sent(inside)["hidden"]
    assert not inside.get("file_uploader")
    at = open_page("convolution").switch_page("explorer/pages/lecturer.py").run()
    assert {"Player", "Typing over a number"} <= set(at.multiselect(key="lecturer_hidden").options)
