"""Home: its numbers are computed, and each of its links shows what it says."""

from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest
from torch import nn

from explorer.core.run.comparison import COMPARISONS
from tests.pages.app import at_page, link_of, open_page, sent
from tests.pages.made_runs import MadeRuns


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MadeRuns:
    """Runs that nobody trains."""
    return MadeRuns(tmp_path).install(monkeypatch)


def home() -> AppTest:
    at = at_page("home").run()
    assert not at.exception
    return at


def links(at: AppTest) -> list[tuple[str, dict[str, str]]]:
    """(page, parameters) of every link on the page that has some."""
    found = [link.proto for link in at.get("page_link")]
    return [(one.page.rpartition("/")[2], dict(parse_qsl(one.query_string))) for one in found if one.query_string]


def test_both_formulas_have_pytorchs_numbers() -> None:
    """A dense layer for what Conv2d(1, 10, 5) makes of an image, and that itself."""
    count = lambda layer: sum(parameter.numel() for parameter in layer.parameters())  # noqa: E731
    dense, conv = count(nn.Linear(784, 5760)), count(nn.Conv2d(1, 10, 5))
    first, second = (formula.value.replace("{,}", ",") for formula in home().latex)
    assert f"= {784 * 5760:,} + {5760:,} = {dense:,}" in first
    assert f"= {conv}" in second
    assert any(f"**{dense:,} " in text.value and f"against {conv}**" in text.value for text in home().markdown)


def test_shuffled_pixels_cost_the_cnn_and_not_the_dense_net() -> None:
    """As the stored runs of that very comparison say: their curves' ends are the numbers in the text."""
    at = home()
    curves = sent(at, 1)["charts"][0]["curves"]
    assert ["CNN", "CNN, shuffled pixels", "Dense net", "Dense net, shuffled pixels"] == [c["label"] for c in curves]
    ends = [curve["y"][-1] for curve in curves]
    assert ends[0] - ends[1] > 0.04
    assert abs(ends[2] - ends[3]) < 0.01
    (text,) = [one.value for one in at.markdown if "shuffled" in one.value and "reads" in one.value]
    assert all(f"{end:.1%}" in text for end in ends)


def test_one_click_trains_the_comparison_on_the_compare_page(made: MadeRuns) -> None:
    """What Compare's own button starts, once: going there again starts nothing."""
    at = open_page("home", "token")
    at.button(key="home_shuffled").click().run()
    at.switch_page("explorer/pages/compare.py").run()
    wanted = [(one["network"], one["shuffled_pixels"]) for one in COMPARISONS["shuffled"]]
    assert wanted[:3] == [(run.config.network, run.config.shuffled_pixels) for run in made.all]
    at.switch_page("explorer/pages/home.py").run()
    at.switch_page("explorer/pages/compare.py").run()
    assert 3 == len(made.all)


def test_every_link_shows_what_it_says() -> None:
    """Each of its parameters is on screen: opened by itself, the address stays, and nothing is complained of."""
    front = home()
    found = links(front)
    assert len(found) > 12
    assert any("Then the lecture’s exercise" in link.proto.label for link in front.get("page_link"))
    for page, link in found:
        at = at_page(page, **link).run()
        assert not at.exception
        assert link == link_of(at)
        assert not any("not on screen" in caption.value for caption in at.caption)


@pytest.mark.parametrize(
    "told",
    [None, "x", {}, {"at": "3_0_0_0"}, {"at": "a", "drawing": "", "steps": ""}, {"at": 3, "drawing": 4, "steps": 5}],
)
def test_nonsense_from_the_browser_opens_nothing(told: object) -> None:
    """A click that did not come from the page's own script."""
    at = home()
    before = len(at.get("page_link"))
    at.session_state["home_view"] = {"open": told}
    assert not at.run().exception
    assert before == len(at.get("page_link"))
