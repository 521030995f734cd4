"""What a lecturer's link fixes stays as the link says, whatever else on the page is pressed."""

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from explorer.ui.channels.settings import FIELDS, PRESETS
from explorer.ui.choices import settings_of
from explorer.ui.convolution import settings as conv
from explorer.ui.pooling import settings as pool
from explorer.ui.train_recipes import RECIPE_NAMES, RECIPE_SETTINGS
from tests.hypothesis_profiles import examples
from tests.pages.app import at_page, widget
from tests.pages.made_runs import MadeRuns

CHANNELS = [one.key for one in settings_of(FIELDS)]
RECIPE = [f"train_{name}" for name in RECIPE_SETTINGS]


@pytest.fixture(scope="module", autouse=True)
def _made_runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        MadeRuns(tmp_path_factory.mktemp("runs")).install(patch)
        yield


def hold(page: str, fixed: list[str], link: dict[str, str], press: Callable[[AppTest], object]) -> AppTest:
    """The page after a press and a language change, where each fixed value was what it is."""
    at = at_page(page, view=f"fixed.{'.'.join(fixed)}", **link).run()
    before = {name: at.session_state[name] for name in fixed if name in at.session_state}
    press(at)
    at.run()
    assert not at.exception
    assert before == {name: at.session_state[name] for name in before}
    return at


@examples(60)
@given(st.sampled_from(list(PRESETS)), st.sets(st.sampled_from(CHANNELS), min_size=1), st.integers(1, 4))
def test_no_channels_preset_changes_what_is_fixed(preset: str, fixed: set[str], groups: int) -> None:
    """Where the rest of it does not fit what is fixed, the page says so and stays."""
    link = {"channels_in": "4", "channels_out": "4", "channels_groups": str(groups), "channels_selected": "4"}
    press = lambda at: widget(at.selectbox, "channels_preset").set_value(preset).run()  # noqa: E731
    hold("channels", sorted(fixed), link, press)


@examples(30)
@given(st.sampled_from(list(RECIPE_NAMES)), st.sets(st.sampled_from(RECIPE), min_size=1), st.booleans())
def test_no_recipe_changes_what_is_fixed(recipe: str, fixed: set[str], is_large: bool) -> None:
    """A batch too large for the network too: the recipe is one's own then."""
    link = {"train_network": "1_1x28x28_c1-20-5_r_m2_f_l2880-10", "train_batch_size": "1024"} if is_large else {}
    hold("train", sorted(fixed), link, lambda at: widget(at.selectbox, "train_recipe").set_value(recipe).run())


@pytest.mark.parametrize("source", [*conv.INPUT.names])
def test_no_example_on_the_convolution_page_changes_a_fixed_size(source: str) -> None:
    """A digit comes at 28×28 otherwise; padding='same' sets the stride to 1."""
    fixed = ["conv_height", "conv_stride"]

    def press(at: AppTest) -> None:
        at.selectbox(key="conv_input").select(source).run()
        at.run().toggle(key="conv_same").set_value(True).run()

    hold("convolution", fixed, {"conv_height": "7", "conv_stride": "2"}, press)


@pytest.mark.parametrize("source", [*pool.INPUT.names])
def test_no_example_on_the_pooling_page_changes_a_fixed_size(source: str) -> None:
    """Nor the number of its digit."""
    link = {"pool_height": "6", "pool_digit": "4"}
    hold("pooling", list(link), link, lambda at: at.selectbox(key="pool_input").select(source).run())


@pytest.mark.parametrize(
    ("page", "exercise", "fixed"),
    [
        ("pooling", "pool_output_size", {"pool_stride": "3", "pool_kernel_size": "2"}),
        ("convolution", "conv_output_size", {"conv_padding": "2", "conv_stride": "2"}),
        ("channels", "channels_parameters", {"channels_out": "3", "channels_in": "2"}),
    ],
)
def test_an_exercises_new_numbers_leave_what_is_fixed(page: str, exercise: str, fixed: dict[str, str]) -> None:
    """The others are new: the question is about what the page shows."""

    def press(at: AppTest) -> None:
        at.button(key="exercise_new").click().run()

    hold(page, sorted(fixed), {**fixed, "exercise": exercise}, press)


def test_a_fixed_choice_is_said_in_another_language() -> None:
    """Its label goes to the browser anew, its value stays."""
    at = hold(
        "pooling", ["pool_input"], {"pool_input": "digit"}, lambda at: at.segmented_control(key="lang").set_value("zh")
    )
    assert "digit" == at.selectbox(key="pool_input").value


def test_what_is_no_longer_fixed_follows_again() -> None:
    """Once a student asks for everything."""
    at = at_page("channels", view="fixed.channels_in", channels_in="4").run()
    at.button(key="view_everything").click().run()
    widget(at.selectbox, "channels_preset").set_value("RGB picture").run()
    assert 3 == at.session_state["channels_in"]
