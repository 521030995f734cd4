"""My runs on the Train page: named, found among many, deleted; other tabs' changes arrive."""

import pytest
from streamlit.testing.v1 import AppTest

from explorer.core.errors import SettingError
from explorer.core.network.networks import EXERCISE
from explorer.core.run.train_config import TrainConfig
from explorer.runs.run import Run
from explorer.runs.runs import Runs
from explorer.ui.train.my_runs import SHOWN
from tests.pages.app import link_of, open_page, open_train, shown_text, widget
from tests.pages.made_runs import MadeRuns, config, trained
from tests.pages.test_whose_picture import again, shows_figures, start

SIGNS = ":smile: [x](http://a.b) $x^2$ `c` :red[h] **b** <b>i</b> # 学习 🎉"


def ended(made: MadeRuns) -> tuple[AppTest, Run]:
    """A page with its run, which has ended."""
    at, run = start(made)
    made.end(trained(run), "finished")
    return at.run(), run


def names(at: AppTest) -> list[str]:
    """The list, as it is read."""
    return [shown_text(button.label) for button in at.button if button.key.startswith("train_open_")]


def name_it(at: AppTest, name: str) -> AppTest:
    return widget(at.text_input, "train_name").set_value(name).run()


def many(made: MadeRuns, at: AppTest, count: int) -> None:
    """So many ended runs more."""
    owner = made.all[0].owner
    for number in range(count):
        run = made.add(Run(f"old-{number}", TrainConfig(seed=number, lr=0.001 * (number + 1)), owner))
        trained(run).state = "finished"


def test_a_run_is_called_as_its_learner_says(made: MadeRuns) -> None:
    """In the list, above the picture and on Compare; emptied, by its settings again. No sign of it is a command."""
    at, run = ended(made)
    for name in ("my best", SIGNS[:60]):
        name_it(at, name)
        assert [name] == names(at)
        assert any(name in shown_text(caption.value) for caption in at.caption)
    made.add(trained(Run("other", TrainConfig(seed=3), run.owner))).state = "finished"
    compared = again(at).switch_page("explorer/pages/compare.py").run()
    assert any(SIGNS[:60] in shown_text(box.label) for box in compared.checkbox)
    assert any(SIGNS[:60] in shown_text(text.value) or "seed" in text.value for text in compared.markdown)
    name_it(at, " ")
    assert "simple CNN, Fast: 98% within seconds" in names(at)


def test_only_its_learner_names_and_deletes_a_run(made: MadeRuns) -> None:
    """A stranger sees its name, card and files."""
    trained(made.add(Run("others", config(), "somebody", name="theirs"))).state = "finished"
    at = open_train(run="others")
    assert not [one for one in at.text_input if one.key.startswith("train_name")]
    assert "train_delete" not in [button.key for button in at.button]
    assert any("theirs" in caption.value for caption in at.caption)


def test_a_deleted_run_is_gone_from_the_page(made: MadeRuns) -> None:
    """Asked once; then nothing of it is shown, in this tab and, at its next click, in another."""
    at, run = ended(made)
    other = again(at, run=run.id)
    assert shows_figures(other)
    at.button(key="train_delete").click().run()
    assert [] == made.all
    assert not shows_figures(at)
    assert "run" not in link_of(at)
    assert [] == names(at)
    assert not any("not known here" in info.value for info in at.info)  # it is known why
    other.run()
    assert not shows_figures(other)
    assert [] == names(other)
    assert any("not known here" in info.value for info in other.info)


@pytest.mark.parametrize("refused", ["delete", "rename"])
def test_what_the_runs_server_refuses_is_said(made: MadeRuns, monkeypatch: pytest.MonkeyPatch, refused: str) -> None:
    """Another server has the run, and does not answer just now: a sentence, and the run is as it was."""
    at, run = ended(made)

    def refuse(*asked: object) -> None:
        raise SettingError("The server that trains this run does not answer just now. Try again in a moment.")

    monkeypatch.setattr(Runs, refused, refuse)
    if refused == "delete":
        at.button(key="train_delete").click().run()
    else:
        name_it(at, "mine")
    assert [] == list(at.exception)
    assert "does not answer just now" in at.error[0].value
    assert [run] == made.all
    assert shows_figures(at)


def test_another_tabs_runs_and_names_arrive(made: MadeRuns) -> None:
    """With whatever is done next."""
    at, run = ended(made)
    other = again(at, run=run.id)
    name_it(at, "renamed elsewhere")
    assert ["renamed elsewhere"] == names(other.run())
    assert "renamed elsewhere" == widget(other.text_input, "train_name").value
    other.button(key="train_start").click().run()
    assert 2 == len(names(at.run()))


def test_one_among_two_hundred_is_found(made: MadeRuns) -> None:
    """By its name or what was set; the list is short, and goes on where it is asked to."""
    at, _ = ended(made)
    many(made, at, 199)
    made.all[100].name = "Der Größte"
    at.run()
    assert SHOWN == len(names(at))
    at.button(key="train_show_more").click().run()
    assert 2 * SHOWN == len(names(at))
    for text, found in (
        ("GRÖSSTE der", ["Der Größte"]),
        ("learning rate 0.05, seed 49", ["simple CNN, learning rate 0.05, seed 49"]),
        ("nothing like it", []),
    ):
        at.text_input(key="train_find").set_value(text).run()
        assert found == names(at)
    assert any("None of your 200 runs" in caption.value for caption in at.caption)
    at.text_input(key="train_find").set_value("").run()
    assert 2 * SHOWN == len(names(at))


def test_a_long_name_of_settings_can_be_read(made: MadeRuns) -> None:
    """The list cuts it after two lines; pointing at it, or its card, says all of it."""
    at, run = ended(made)
    made.add(
        trained(Run("long", TrainConfig(network=EXERCISE, seed=3, lr=0.123, momentum=0.4), run.owner))
    ).state = "stopped"
    at.run()
    button = at.button(key="train_open_long")
    assert button.label == button.help


def test_who_is_not_known_again_is_told_so(made: MadeRuns) -> None:
    """AppTest's browser keeps no cookie: why a reload makes a stranger of it, and what helps."""
    at, run = ended(made)
    said = " ".join(caption.value for caption in at.caption)
    assert "keeps no cookie" in said
    assert "allow cookies" in said
    run.owner = "who I was before the reload"
    (info,) = at.run().info
    for words in ("keeps no cookie", "allow cookies", "take its settings and its files"):
        assert words in info.value


def test_another_browser_is_told_which_one_steers(made: MadeRuns, monkeypatch: pytest.MonkeyPatch) -> None:
    """With cookies the reason is another one."""
    monkeypatch.setattr("explorer.ui.train.run_messages.has_cookie", lambda: True)
    monkeypatch.setattr("explorer.ui.cookie_text.has_cookie", lambda: True)
    trained(made.add(Run("others", config(), "my other browser")))
    at = open_train(run="others")
    (info,) = at.info
    assert "Another browser started this run" in info.value
    assert not any("keeps no cookie" in caption.value for caption in at.caption)
    assert any("A cookie keeps your runs yours" in caption.value for caption in at.caption)


def test_who_keeps_no_cookie_is_told_before_a_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit answers such an upload with 403 and a red sign; who has the cookie reads nothing of it."""
    said = "without it no file is taken"
    assert any(said in one.value for one in open_page("convolution", conv_input="upload").caption)
    assert any(said in one.value for one in open_page("inside").caption)
    monkeypatch.setattr("explorer.ui.cookie_text.has_cookie", lambda: True)
    assert not any(said in one.value for one in open_page("convolution", conv_input="upload").caption)
