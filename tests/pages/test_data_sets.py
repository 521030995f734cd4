"""Fashion-MNIST and KMNIST on the Train and Compare pages: called by their names everywhere, compared with nobody."""

import hashlib
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from explorer.core.data.data_sets import SOURCES
from explorer.core.run.train_config import TrainConfig
from explorer.ui.data_names import TITLES
from tests.chinese import chinese
from tests.pages.app import link_of, open_page, sent, widget
from tests.pages.made_runs import MadeRuns, probe, trained
from tests.trained_runs import trained_run

TOKEN = "token"
ME = hashlib.sha256(TOKEN.encode()).hexdigest()[:32]  # as a learner is known by a cookie's token


def opened(page: str, **link: str) -> AppTest:
    return open_page(page, TOKEN, **link)


def texts(at: AppTest) -> str:
    return "\n".join(element.value for element in [*at.markdown, *at.caption])


@pytest.mark.parametrize(
    ("data", "lang", "accuracy"),
    [
        ("mnist", "en", "Accuracy"),
        ("offline", "en", "Accuracy on offline digits"),
        ("fashion", "en", "Accuracy on Fashion-MNIST"),
        ("kmnist", "zh", "KMNIST 准确率（accuracy）"),
        ("fashion", "zh", "Fashion-MNIST 准确率（accuracy）"),
    ],
)
def test_a_run_is_called_by_its_data_set(made: MadeRuns, data: str, lang: str, accuracy: str) -> None:
    """In the link, the curves' heading, the card, the command; its classes by their own names under the images."""
    at = opened("train", train_data=data, lang=lang)
    at.button(key="train_start").click().run()
    (run,) = made.all
    trained(run).probe = probe(50, [9, *range(1, 10)])
    at.run()
    assert data == run.config.data
    assert link_of(at).get("train_data", "mnist") == data
    say = chinese().get if lang == "zh" else (lambda word, _=None: word)
    title = say(TITLES[data], TITLES[data])
    assert f"| {title} |" in texts(at)
    assert f"--data {data}" in run.config.command()
    assert accuracy == sent(at)["charts"][1]["title"]
    names = sent(at, 1)["names"]
    assert names == [say(word, word) for word in SOURCES[data].classes]
    word = sent(at, 1)["words"]["title"]
    assert word == say("Ten test digits, read as it learns" if "0" in names else "Ten test images, read as it learns")
    assert not at.exception


def test_the_learners_folder_of_one_set_is_not_anothers(
    made: MadeRuns, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Each set has a field of its own, and the command that repeats the run says which it was."""
    monkeypatch.setattr("explorer.ui.train_settings.is_local", lambda: True)
    at = opened("train")
    at.text_input(key="train_mnist_folder").set_value("/own/mnist").run()
    at.selectbox(key="train_data").select("fashion").run()
    assert "" == at.text_input(key="train_fashion_folder").value
    at.text_input(key="train_fashion_folder").set_value("/own/fashion").run()
    at.button(key="train_start").click().run()
    assert ("fashion", "/own/fashion") == (made.all[0].config.data, made.all[0].config.data_folder)
    assert "--data fashion=/own/fashion" in made.all[0].config.command()
    drawn = opened("train", train_data="offline")
    assert not [field for field in drawn.text_input if field.label.startswith("Folder")]


def test_runs_on_different_data_sets_are_not_ranked(made: MadeRuns) -> None:
    """The sentence says why; nobody is ahead, and no picture sets their accuracies against what they cost."""
    made.all = [
        trained_run("digits", TrainConfig(epochs=1), ME, 0.98),
        trained_run("clothes", TrainConfig(data="fashion", epochs=1), ME, 0.88),
    ]
    at = opened("compare", compare_runs="digits,clothes")
    assert ["MNIST", "Fashion-MNIST"] == [curve["label"] for curve in sent(at)["charts"][0]["curves"]]
    assert "These runs are of different data sets (MNIST, Fashion-MNIST)" in texts(at)
    assert "Ahead" not in texts(at)
    assert "Was it worth it?" not in texts(at)
    assert "Test accuracy" == sent(at)["charts"][1]["title"]
    widget(at.checkbox, "compare_show_digits").uncheck().run()
    assert "different data sets" not in texts(at)
    assert "Accuracy on Fashion-MNIST" == sent(at)["charts"][1]["title"]
    assert not at.exception


def test_a_comparison_is_trained_on_the_chosen_set(made: MadeRuns) -> None:
    """One click on KMNIST: both runs are KMNIST's, and their accuracy is called that."""
    at = opened("compare", train_data="kmnist")
    at.button(key="compare_start_exercise").click().run()
    assert {"kmnist"} == {run.config.data for run in made.all}
    assert "Accuracy on KMNIST" == sent(at)["charts"][1]["title"]
