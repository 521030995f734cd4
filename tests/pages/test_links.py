"""Any link: each of its parameters is on screen, or the learner is told why not."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from explorer.core.run.train_config import BOUNDS, CHOICES
from tests.hypothesis_profiles import examples
from tests.pages.app import at_page, link_of, new_app, shown_text
from tests.pages.made_runs import MadeRuns

TEXTS = (
    "",
    "0",
    "1",
    "2",
    "3",
    "5",
    "7",
    "99",
    "-1",
    "2,5",
    "1e999",
    "nan",
    "x",
    "true",
    "false",
    "on",
    "1_1",
    "99_99",
)
TEXTS += ("99_99", "random", "digit", "rgb", "zh-CN", "fr", "0_0_5", "0_0_5~x", "gone", "example-simple,gone")
TEXTS += ("larger.125", "without.text~larger.150", "hidden.conv_padding", "fixed.channels_groups.train_lr", "larger.7")
TEXTS += ("1_1x28x28_f_l784-10", "1_1x1x1_l1-1000000", "1_", "lecture", "adam", "x" * 3000, "<b>", "`a` :red[b]")
NAMES = {
    "home": ("home_drawing", "home_steps_off"),
    "convolution": (
        "conv_padding",
        "conv_input",
        "conv_relu",
        "conv_bias",
        "conv_cell",
        "conv_input_edits",
        "conv_seed",
    ),
    "channels": ("channels_in", "channels_groups", "channels_kernel_size", "channels_selected", "channels_cell"),
    "pooling": ("pool_stride", "pool_ceil_mode", "pool_digit", "pool_cell"),
    "network": ("network_stack", "network_at", "network_add", "network_code"),
    "train": ("train_recipe", "train_network", "train_update", *(f"train_{name}" for name in (*BOUNDS, *CHOICES))),
    "inside": (
        *("inside_network", "inside_map", "inside_cell", "inside_beside", "inside_curve"),
        *("inside_images", "inside_cover", "inside_terms"),
    ),
    "compare": ("compare_runs", "compare_x", "compare_smooth", "compare_cost"),
    "task": ("network_stack", "task_guess", "task_runs", "task_sentence"),
    "gpu": ("gpu_network_moved", "gpu_rows_moved", "train_network"),
    "help": ("help_topic",),
}
EVERYWHERE = ("lang", "run", "view", "utm_source", "conv_padding", "exercise", "exercise_numbers", "progress")
NOTICE = "Of this link the following is not on screen:"


@pytest.fixture(scope="module", autouse=True)
def _made_runs(tmp_path_factory: pytest.TempPathFactory):
    with pytest.MonkeyPatch.context() as patch:
        yield MadeRuns(Path(tmp_path_factory.mktemp("runs"))).install(patch)


def opened(page: str, link: dict[str, str]) -> AppTest:
    """The page opened by a link, as a browser opens it: no other page before."""
    return at_page(page, **link).run()


def said(at: AppTest) -> str:
    told = [one.value for one in (*at.caption[:1], *at.warning, *at.info)]
    return shown_text("\n".join(told))


def is_on_screen(at: AppTest, name: str, text: str) -> bool:
    """Whether the address still says it, or the setting is what the text says."""
    if link_of(at).get(name) == text:
        return True
    value = next((at.session_state[one] for one in (name,) if one in at.session_state), None)
    if name == "lang":  # zh-CN is Chinese
        return text.lower().startswith(value)
    if name == "view":  # nothing said is everything shown
        return value is not None and text == value.text()
    try:
        return float(text.replace(",", ".")) == float(value)
    except (TypeError, ValueError):
        return text in (str(value), str(value).lower())


@pytest.mark.parametrize("page", NAMES)
@examples(12)
@given(data=st.data())
def test_each_parameter_is_on_screen_or_said(page: str, data: st.DataObject) -> None:
    """Whatever the link says, and however many of it; the notice stays short, and comes once."""
    names = st.sampled_from((*NAMES[page], *EVERYWHERE))
    link = data.draw(st.dictionaries(names, st.sampled_from(TEXTS), max_size=6))
    at = opened(page, link)
    assert not at.exception
    told = said(at)
    for name, text in link.items():
        if not is_on_screen(at, name, text):
            spoken_of = f"{name}=" in told or "link's network" in told or (name == "run" and "not known" in told)
            instead = any(name in told for name in ("simple CNN", "简单 CNN"))  # the network's own sentence
            assert spoken_of or instead, (name, text, told, link_of(at))
    assert len(told) < 2500
    assert NOTICE not in said(at.run())


def test_chinese_is_chinese_however_it_is_written() -> None:
    """As browsers and other sites write it; English too, and another language is not silently English."""
    for name in ("zh", "zh-CN", "zh_TW", "zh-Hans", "ZH", "zh-Hant-HK"):
        assert "zh" == opened("pooling", {"lang": name}).session_state["lang"]
    for name in ("en", "en-US", "EN", "en_GB"):
        assert "en" == opened("pooling", {"lang": name}).session_state["lang"]
    at = opened("pooling", {"lang": "fr"})
    assert "Known are English (en), 中文 (zh)." in said(at)


def test_what_is_not_on_screen_is_said_with_its_bounds() -> None:
    """And what is shown instead; then the address is what the screen shows."""
    at = opened("convolution", {"conv_padding": "99", "conv_input": "nothing"})
    assert "conv_padding=99: 99 is outside 0 … 6." in said(at).replace("**", "")
    assert "Shown instead: 1." in said(at)
    assert "Known are example, ramp, random" in said(at)
    assert {} == link_of(at)


def test_no_link_has_the_page_say_what_else_the_session_holds() -> None:
    """Such as the token by which runs stay one's own where there is no cookie: it is no setting."""
    at = new_app("secret", learner="x").run()
    assert "learner=x: This page has no such setting." in said(at).replace("**", "")
    assert at.session_state["learner"] not in said(at)
    assert "Shown instead" not in said(at)


def test_a_number_that_does_not_go_with_the_others_is_said() -> None:
    """Five groups of three channels, a batch that a step cannot take."""
    assert "does not go with the other settings" in said(opened("channels", {"channels_groups": "5"}))
    wide = "1_1x28x28_c1-20-5_r_m2_f_l2880-10"
    at = opened("train", {"train_network": wide, "train_batch_size": "1024"})
    assert "train_batch_size=1024" in said(at)


def test_a_place_that_is_not_there_is_said() -> None:
    """A cell outside the picture, a unit outside its map."""
    assert "There is no such cell in the picture." in said(opened("convolution", {"conv_cell": "5_0"}))
    assert "There is no such unit in this network." in said(opened("network", {"network_at": "4_4_0"}))
    assert NOTICE not in said(opened("network", {"network_at": "4_3_3"}))
