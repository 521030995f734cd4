"""Every field of every page: a refused text never becomes a number that nobody typed."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.app import at_page, field
from tests.pages.made_runs import MadeRuns

REFUSED = ("", "abc", "0.1.2", "1e999", "nan", "1,000", "-99999", "9" * 60)
PAGES = {
    "convolution": {"conv_input": "random"},
    "channels": {},
    "pooling": {"pool_input": "random"},
    "network": {},
    "train": {},
}


def opened(page: str, **link: str) -> AppTest:
    return at_page(page, **link).run()


def fields(at: AppTest) -> list[str]:
    """The names of the fields that take numbers."""
    return [re.sub(r"_\d+$", "", one.key) for one in at.text_input if re.search(r"_\d+$", one.key or "")]


def reasons(at: AppTest) -> list[str]:
    return [one.value for one in at.markdown if one.value.startswith(":red[")]


def settings(at: AppTest) -> dict[str, object]:
    """What the learner has set: the session's numbers."""
    return {name: at.session_state[name] for name in at.session_state.filtered_state if name in fields(at)}


@pytest.mark.parametrize("page", PAGES)
def test_each_field_says_why_it_refuses_a_text(page: str, made: MadeRuns) -> None:
    """The text stays to be mended, the number before it stands, the reason is beside it; a good one is taken."""
    at = opened(page, **PAGES[page])
    names = fields(at)
    assert names
    for name in names:
        good = field(at, name).value
        for text in REFUSED:
            field(at, name).set_value(text).run().run()
            assert text == field(at, name).value
            assert 1 <= len(reasons(at)) <= 2  # beside the field, and beside Start
            assert not at.exception
        field(at, name).set_value(f" {good} ").run().run()
        assert [] == reasons(at)
    assert set(names) == set(fields(at))


def test_nothing_is_trained_while_a_field_is_wrong(made: MadeRuns) -> None:
    """Start and what else would begin a run are off and say why, also where the click comes with the typing."""
    at = opened("train")
    for name in fields(at):
        good = field(at, name).value
        field(at, name).set_value("")
        at.button(key="train_start").click().run()
        assert [] == made.all
        assert at.error
        at.run()
        for button in ("start", "step", "epoch"):
            assert at.button(key=f"train_{button}").disabled
        assert "first" in at.button(key="train_start").help
        field(at, name).set_value(good).run()
        assert not at.button(key="train_start").disabled
    at.button(key="train_start").click().run()
    assert 1 == len(made.all)


def test_what_was_typed_is_what_trains(made: MadeRuns) -> None:
    """A decimal comma, an exponent; the field keeps the learner's own way to write it."""
    at = opened("train")
    field(at, "train_epochs").set_value("2,5").run()
    field(at, "train_lr").set_value("1e-3")
    at.button(key="train_start").click().run()
    assert (2.5, 0.001) == (made.all[0].config.epochs, made.all[0].config.lr)
    assert ("2,5", "1e-3") == (field(at, "train_epochs").value, field(at, "train_lr").value)


def test_a_refused_text_outlasts_a_language_and_a_page(made: MadeRuns) -> None:
    """It is the learner's; its reason is said in the page's language. A recipe sets the number anew."""
    at = opened("train")
    field(at, "train_lr").set_value("0.1.2").run()
    at.session_state["lang"] = "zh"
    at.run()
    assert "0.1.2" == field(at, "train_lr").value
    assert any("不是数" in reason for reason in reasons(at))
    at.switch_page("explorer/pages/pooling.py").run().switch_page("explorer/pages/train.py").run()
    assert "0.1.2" == field(at, "train_lr").value
    at.selectbox[0].set_value("lecture").run()
    assert ("0.01", []) == (field(at, "train_lr").value, reasons(at))


def test_a_wrong_field_keeps_the_network_from_being_sent(made: MadeRuns) -> None:
    """The network of before the text would be trained."""
    at = opened("network")
    name = fields(at)[0]
    field(at, name).set_value("two").run().run()
    assert at.button(key="network_train").disabled
    field(at, name).set_value("2").run().run()
    assert not at.button(key="network_train").disabled
