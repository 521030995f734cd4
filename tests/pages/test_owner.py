"""The owner's page: everybody's runs behind a password of the owner's own."""

import pytest
from streamlit.testing.v1 import AppTest

from explorer.core import limits
from explorer.runs.run import Run
from explorer.ui.owner import sign_in
from explorer.ui.owner.password_gate import PasswordGate
from tests.pages.app import new_app
from tests.pages.made_runs import MadeRuns, config, trained

PASSWORD = "a password of its own"


@pytest.fixture(autouse=True)
def gate(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that has a password, of which nobody has tried any yet."""
    monkeypatch.setenv("CNN_EXPLORER_OWNER_PASSWORD", PASSWORD)
    gate = PasswordGate()
    monkeypatch.setattr(sign_in, "_gate", lambda: gate)


def opened() -> AppTest:
    return new_app().run().switch_page("explorer/pages/owner.py").run()


def typed(at: AppTest, password: str) -> AppTest:
    """The page after that password."""
    at.text_input(key="owner_typed").set_value(password)
    return next(button for button in at.button if button.label == "Sign in").click().run()


def rows(at: AppTest) -> list[str]:
    """The ids of the runs that can be ended."""
    ends = [button.key.removeprefix("owner_end_") for button in at.button if button.key.startswith("owner_end_")]
    return [key for key in ends if key != "all"]


def two_runs(made: MadeRuns) -> tuple[Run, Run]:
    """One under way, one that waits, of two learners."""
    trained(made.add(Run("first", config(), "anna"))).state = "running"
    return made.all[0], made.add(Run("second", config(), "ben"))


def test_without_a_password_there_is_no_such_page(made: MadeRuns, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody can ask for a page that the server was not set up for."""
    monkeypatch.delenv("CNN_EXPLORER_OWNER_PASSWORD")
    with pytest.raises(ValueError, match="Could not find a navigation page"):
        opened()


def test_nothing_is_shown_without_the_password(made: MadeRuns) -> None:
    """Neither at first nor after a wrong one, which is said, and is in the field no more."""
    two_runs(made)
    at = opened()
    assert rows(at) == []
    typed(at, "a guess, quite long")
    assert [warning.value for warning in at.warning] == ["This is not the password."]
    assert (rows(at), at.text_input(key="owner_typed").value) == ([], "")


def test_a_guesser_has_to_wait(made: MadeRuns) -> None:
    """In whatever session: the tries of all count together."""
    for _ in range(limits.MAX_PASSWORD_TRIES):
        typed(opened(), "a guess, quite long")
    at = typed(opened(), PASSWORD)
    assert "Too many wrong passwords" in at.warning[0].value
    assert rows(at) == []


def test_the_owner_sees_everybodys_runs_and_ends_one(made: MadeRuns) -> None:
    """With whose they are, by the beginning of a mark that tells nobody's name, and how far they are."""
    first, second = two_runs(made)
    trained(made.add(Run("over", config(), "anna"))).state = "finished"
    at = typed(opened(), PASSWORD)
    assert rows(at) == ["first", "second"]
    said = " ".join(caption.value for caption in at.caption)
    assert "`anna`" in said
    assert "Waiting: place 1 of 1" in said
    counted = "2 runs wait or are under way. 1 is in the queue. From 2 learners."
    assert counted in [one.value for one in at.markdown]
    at.button(key="owner_end_first").click().run()
    assert (first.state, second.state) == ("stopped", "queued")
    assert rows(at) == ["second"]


def test_the_owner_ends_all_and_signs_out(made: MadeRuns) -> None:
    """All at one click; then the session is nobody's again."""
    runs = two_runs(made)
    at = typed(opened(), PASSWORD)
    at.button(key="owner_end_all").click().run()
    assert [run.state for run in runs] == ["stopped", "stopped"]
    assert any("No run is under way." in one.value for one in at.markdown)
    at.button(key="owner_sign_out").click().run()
    assert at.text_input(key="owner_typed")
    assert rows(at) == []
