"""The lecture's exercise as a task: from the empty list of steps to the card, on made-up runs."""

import hashlib
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from explorer.core import limits
from explorer.core.network.layers import NetworkSpec, layer, numbered
from explorer.core.network.link import encode
from explorer.core.network.networks import EXERCISE, SIMPLE_CNN
from explorer.core.run.comparison import comparison_settings
from explorer.core.run.train_config import TrainConfig
from explorer.runs.run import Run
from tests.pages.app import at_page, link_of, new_app, sent, shown_text, widget
from tests.pages.made_runs import MadeRuns
from tests.trained_runs import trained_run

TOKEN, SOMEBODY = "token", "somebody else"
ME = hashlib.sha256(TOKEN.encode()).hexdigest()[:32]  # as a learner is known by a cookie's token
OWN = numbered([*EXERCISE[:-4], layer("dropout", "Dropout", p=0.25), *EXERCISE[-4:]])
STACK = encode(NetworkSpec(OWN))
SENTENCE = "More layers are not *always* better: <b>:red[2.7]</b> points."
PAGES = "explorer/pages/{}.py"


def open_task(**link: str) -> AppTest:
    return new_app(TOKEN, **link).switch_page(PAGES.format("task")).run()


def go(at: AppTest, page: str) -> AppTest:
    """By the link to that page, the first one on the screen."""
    at.run()  # a fragment's rerun leaves AppTest with this fragment alone
    link = next(link.proto for link in at.get("page_link") if link.proto.page.rpartition("/")[2] == page)
    at.switch_page(PAGES.format(page))
    at.query_params.clear()
    at.query_params.update(dict(parse_qsl(link.query_string)))
    at.run()
    assert not at.exception
    return at


def texts(at: AppTest) -> str:
    return shown_text(" ".join(element.value for element in (*at.markdown, *at.caption, *at.info)))


def done(at: AppTest) -> list[int]:
    """The numbers of the steps that are ticked."""
    return [int(one.value[2]) for one in at.markdown if one.value.startswith("**") and "check: done" in one.value]


def card(at: AppTest) -> dict[str, Any]:
    return sent(at)


def facts(at: AppTest) -> dict[str, str]:
    return {fact["label"]: fact["text"] for fact in card(at)["facts"]}


def pair(owner: str = ME, layers: tuple = OWN) -> list[Run]:
    settings = comparison_settings("exercise", layers)
    return [trained_run(f"r{n}", TrainConfig(**one), owner, 0.9 + n / 50) for n, one in enumerate(settings)]


def finish(made: MadeRuns) -> None:
    for run in made.all:
        ready = trained_run(run.id, run.config, run.owner, 0.95)
        for name in ("losses", "clock", "epochs", "latest", "started", "step"):
            setattr(run, name, getattr(ready, name))
        run.state = "finished"


def test_the_whole_way_from_the_first_step_to_the_card(made: MadeRuns) -> None:
    """Built, guessed, trained on Compare, compared there, a sentence: each step is ticked by what is there."""
    at = open_task()
    assert [] == done(at)
    assert "Conv2d 2 of 3, ReLU 2 of at least 3, MaxPool2d 2 of 3, Linear 1 of 3." in texts(at)
    assert at.button(key="task_train").disabled
    assert "Build the network first." in texts(at)
    go(at, "network")
    assert "The exercise: Conv2d 2 of 3" in texts(at)
    at.button(key="network_preset_exercise").click().run()
    go(at, "task")
    assert [1] == done(at)
    assert at.button(key="task_train").disabled
    at.button(key="task_guess_simple").click().run()
    at.button(key="task_train").click().run()
    go(at, "compare")
    assert [SIMPLE_CNN, EXERCISE] == [run.config.network for run in made.all]
    go(at, "task")
    assert [1, 2] == done(at)
    assert "The exercise: three of each: Waiting: place 2 of 2" in texts(at)
    finish(made)
    at.run()
    assert [1, 2, 3, 4] == done(at), "without another visit to Compare"
    assert "95.00% ± 0.44%" == card(at)["networks"][0]["accuracy"]
    assert "" == card(at)["file"]
    assert "Still to do: 5. Write one sentence." in texts(at)
    widget(at.text_area, "task_sentence").input(f"  {SENTENCE}\n").run()
    at.run()
    assert [1, 2, 3, 4, 5] == done(at)
    assert "exercise.png" == card(at)["file"]
    assert SENTENCE == facts(at)["In one sentence"]
    assert "The simple CNN" == facts(at)["Guessed beforehand"]
    assert "95.00% ± 0.44%" == card(at)["networks"][0]["accuracy"]
    assert "3 epochs, seed 0" == card(at)["networks"][1]["facts"][2]


def test_too_many_layers_are_counted_and_too_many_activations_are_none(made: MadeRuns) -> None:
    """A ReLU more, as the ledger's remark inserts it, ticks the step; two Linear layers more say how to go on."""
    relu, fc = layer("relu4", "ReLU"), layer("fc4", "Linear", in_features=10, out_features=10)
    assert [1] == done(open_task(network_stack=encode(NetworkSpec(numbered([*EXERCISE[:-1], relu, EXERCISE[-1]])))))
    at = open_task(network_stack=encode(NetworkSpec(numbered([*EXERCISE, fc, fc]))))
    assert [] == done(at)
    assert "Too many: 2 Linear. Take them out in the list of layers." in texts(at)
    assert "Too many: 2 Linear." in texts(go(at, "network"))


def test_a_link_taken_before_the_end_says_what_is_missing(made: MadeRuns) -> None:
    """Trained, but without a sentence: another's card, not complete, and nothing that asks the reader to end it."""
    made.all = pair()
    link = link_of(open_task(network_stack=STACK, task_guess="simple"))
    assert "r1,r0" == link["task_runs"]
    theirs = at_page("task", **link).run()
    assert "This card is not complete. Missing: 5. Write one sentence." in texts(theirs)
    assert "Still to do" not in texts(theirs)
    assert "" == card(theirs)["file"]
    before = at_page("task", network_stack=STACK, task_guess="simple").run()
    assert [1, 2] == done(before)
    assert "Still to do: 3. Train both, 4. Compare them, 5. Write one sentence." in texts(before)


def test_a_network_of_ones_own_is_trained_against_the_simple_cnn(made: MadeRuns) -> None:
    """With the same recipe; Compare answers with it, and notes it."""
    at = open_task(network_stack=STACK, task_guess="neither")
    at.button(key="task_train").click().run()
    go(at, "compare")
    simple, mine = (run.config for run in made.all)
    assert OWN == mine.network
    assert simple == TrainConfig(**{**vars(mine), "network": SIMPLE_CNN})
    finish(made)
    at.run()
    assert "You guessed right." in texts(at)
    go(at, "task")
    assert "run-1,run-0" == link_of(at)["task_runs"]
    assert "A network of your own" == card(at)["networks"][0]["name"]


def test_another_network_has_to_be_trained_anew(made: MadeRuns) -> None:
    """What was compared was compared of the network before; undone, it is there again."""
    made.all = pair()
    at = open_task(network_stack=STACK, task_guess="simple", task_runs="r1,r0")
    assert [1, 2, 3, 4] == done(at)
    go(at, "network")
    at.button(key="network_preset_exercise").click().run()
    go(at, "task")
    assert [1, 2] == done(at)
    assert "–" == card(at)["networks"][0]["accuracy"]
    go(at, "network")
    at.button(key="network_undo").click().run()
    assert [1, 2, 3, 4] == done(go(at, "task"))


def test_the_cards_link_restores_it_and_says_whose_it_is(made: MadeRuns) -> None:
    """In another browser: the same card, said to be another's; one's own begins with nothing of it."""
    made.all = pair()
    link = {"network_stack": STACK, "task_guess": "simple", "task_runs": "r1,r0", "task_sentence": SENTENCE}
    mine = open_task(**link)
    given = {name: text[0] for name, text in parse_qs(urlsplit(mine.code[0].value).query).items()}
    assert link == given
    assert "not yours" not in texts(mine)
    theirs = at_page("task", **given).run()
    assert card(mine) == card(theirs)
    assert "Its runs are not yours" in texts(theirs)
    assert link == link_of(theirs)
    assert [] == [button.key for button in theirs.button if button.key == "task_train"]
    theirs.button(key="task_begin").click().run()
    assert [] == done(theirs)
    assert {} == {name: text for name, text in link_of(theirs).items() if name != "lang"}


@pytest.mark.parametrize("runs", ["gone,gone", "r0", "r0,r0", "r1,r0,r2", "stopped,r0"])
def test_a_link_with_other_runs_says_so(made: MadeRuns, runs: str) -> None:
    """Deleted ones, one alone, one that did not end: no card is made up of them. What stands behind two is left out."""
    made.all = [*pair(SOMEBODY), trained_run("stopped", TrainConfig(epochs=3, evaluate_every=469, network=OWN))]
    made.all[2].state = "stopped"
    at = at_page("task", network_stack=STACK, task_runs=runs).run()
    assert not at.exception
    assert (runs == "r1,r0,r2") != ("names no two runs" in texts(at))


def test_a_sentence_is_bounded(made: MadeRuns) -> None:
    """Too long a one in a link is refused with the numbers; signs that cannot be seen are dropped."""
    most = limits.MAX_SENTENCE
    at = open_task(task_sentence="x" * (most + 1))
    assert f"It has {most + 1} characters, more than {most}." in texts(at)
    assert "" == widget(at.text_area, "task_sentence").value
    assert "a b" == widget(open_task(task_sentence="a\u202e\n b").text_area, "task_sentence").value


def test_a_network_too_large_for_the_recipes_batch_says_so(made: MadeRuns, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a server that takes less in a step than 64 images of it: it is not sent."""
    monkeypatch.setattr(limits, "MAX_BATCH_MULT_ADDS", 40_000_000)
    at = open_task(network_stack=STACK, task_guess="simple")
    assert at.button(key="task_train").disabled
    assert "A batch of 64 images of this network takes more memory or time than a step may." in texts(at)


def test_it_is_in_chinese_too(made: MadeRuns) -> None:
    """The steps and the card."""
    made.all = pair()
    at = open_task(lang="zh", network_stack=STACK, task_guess="simple", task_runs="r1,r0", task_sentence="更准")
    assert "1. 每种搭三层" in texts(at)
    assert "讲义的练习" == card(at)["title"]
    assert "更准" == facts(at)["一句话总结"]
