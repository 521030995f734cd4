"""The Inside page: a network that ships, the learner's own run, and what the browser is told of either."""

import hashlib
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from explorer.core.network.networks import EXERCISE, SIMPLE_CNN
from explorer.exchange.folders import SHIPPED
from explorer.exchange.run_folder import PREDICTIONS, describe, write
from explorer.runs.run import Run
from explorer.ui.inside.follow import SECONDS
from tests.pages.app import at_page, link_of, open_page, sent, widget
from tests.pages.made_runs import STARTED, MadeRuns, config, trained


def test_the_first_sight_is_a_network_that_reads_a_digit() -> None:
    """No training, no file and no choice is needed; less than 150 kB are sent, weights apart."""
    at = open_page("inside")
    assert not at.exception
    told = sent(at)
    assert [layer["name"] for layer in told["layers"]] == [spec.name for spec in SIMPLE_CNN]
    assert [address for _, address in told["weights"]] == [
        *(f"weights/simple/epoch-000{epoch}" for epoch in range(6)),
        "weights/simple/step-0",
    ]
    assert len(told["drawings"]) == 10
    assert (told["mean"], told["deviation"]) == (0.1307, 0.3081)


def test_the_other_network_is_one_choice_away_and_in_the_link() -> None:
    """The exercise's."""
    at = open_page("inside")
    widget(at.selectbox, "inside_network_box").set_value("exercise").run()
    assert [layer["name"] for layer in sent(at)["layers"]] == [spec.name for spec in EXERCISE]
    assert at.query_params["inside_network"] == "exercise"
    again = open_page("inside", inside_network="exercise")
    assert sent(again) == sent(at)


def saved(made: MadeRuns, name: str = "", state: str = "stopped", **settings: object) -> Run:
    """A run of the learner "a", after 100 steps, with weights on disk."""
    run = made.add(trained(Run(f"run-{len(made.all)}", config(epochs=2, **settings), "", name=name)))
    made.end(run, state)
    run.owner = learner_of("a")
    return run


def learner_of(token: str) -> str:
    """Whose browser has this token."""
    return hashlib.sha256(token.encode()).hexdigest()[:32]


def options(at: AppTest) -> list[str]:
    return widget(at.selectbox, "inside_network_box").options


def test_every_run_with_weights_is_listed_by_its_name(made: MadeRuns) -> None:
    """The newest first; alike ones with when they began; one without weights is not."""
    saved(made, "first try")
    saved(made, "second try", state="running")
    made.add(Run("queued", config(), learner_of("a")))
    at = open_page("inside", "a")
    assert options(at) == [
        "The simple CNN, trained",
        "The exercise’s network, trained",
        "second try (under way)",
        "first try",
    ]
    widget(at.selectbox, "inside_network_box").set_value("run-0").run()
    assert sent(at)["weights"] == [[0.11, "weights/run-0/step-100"]]
    assert at.query_params["inside_network"] == "run-0"
    assert any("No epochs to go through" in caption.value for caption in at.caption)


def test_a_run_is_looked_into_by_whoever_has_its_link(made: MadeRuns) -> None:
    """Another learner's: the one followed is in the list, the one named is shown."""
    saved(made, "theirs")
    assert "theirs" in options(open_page("inside", "b", run="run-0"))
    named = open_page("inside", "b", inside_network="run-0")
    assert sent(named)["weights"] == [[0.11, "weights/run-0/step-100"]]
    assert options(open_page("inside", "b")) == ["The simple CNN, trained", "The exercise’s network, trained"]


def test_a_run_under_way_is_followed_until_it_ends(made: MadeRuns, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page is drawn anew every few seconds meanwhile: a later step has another address."""
    every: list[float | None] = []

    def fragment(part: Callable[..., None], run_every: float | None = None) -> Callable[..., None]:
        every.append(run_every)
        return part

    monkeypatch.setattr("streamlit.fragment", fragment)
    run = saved(made, state="running")
    at = open_page("inside", "a", inside_network="run-0")
    assert every[-1] == SECONDS
    run.step = 120
    assert sent(at.run())["weights"][-1][1] == "weights/run-0/step-100"  # what is saved is what the browser gets
    write(run.folder, describe(run.config, STARTED, run.epochs, run.step, "running"), {})
    at.run()
    assert sent(at)["weights"][-1][1] == "weights/run-0/step-120"
    assert sent(at)["predictions"] == [[0.13, ""]]
    (run.folder / PREDICTIONS).write_bytes(
        (SHIPPED["simple"] / PREDICTIONS).read_bytes()
    )  # of step 3750, of 938 a pass
    assert sent(at.run())["predictions"] == [[4.0, "predictions/run-0/step-3750"]]
    run.state = "finished"
    at.run()
    assert every[-1] is None


def test_a_deleted_run_gives_way_to_what_ships(made: MadeRuns) -> None:
    """While its page is open."""
    saved(made)
    at = open_page("inside", "a", inside_network="run-0")
    made.all.clear()
    at.run()
    assert not at.exception
    assert "This run is not known here" in at.info[0].value
    assert sent(at) == sent(open_page("inside"))
    widget(at.selectbox, "inside_network_box").set_value("exercise").run()
    assert not at.info


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("upload", "No uploaded weights are here"),
        ("nobody", "This run is not known here"),
        ("run-0", "This run has no weights yet"),
    ],
)
def test_a_link_to_what_is_not_here_says_so(made: MadeRuns, name: str, reason: str) -> None:
    """And what is shown instead."""
    made.add(Run("run-0", config()))
    at = at_page("inside", inside_network=name).run()
    assert reason in at.caption[0].value
    assert "Shown instead: simple." in at.caption[0].value
    assert sent(at) == sent(open_page("inside"))


def test_each_epochs_predictions_stand_beside_its_weights() -> None:
    """And what the test images are called; the simple CNN's are MNIST's."""
    told = sent(open_page("inside"))
    assert [passes for passes, _ in told["predictions"]] == [passes for passes, _ in told["weights"]] == [*range(7)]
    assert [address for _, address in told["predictions"]] == [
        "",  # before the first step nothing was evaluated
        *(f"predictions/simple/epoch-000{epoch}" for epoch in range(1, 6)),
        "predictions/simple/step-3750",
    ]
    assert (told["names"], told["test_images"]) == (list("0123456789"), 10_000)


@pytest.mark.parametrize("shuffled", [False, True])
def test_images_are_offered_where_the_server_has_what_the_network_learned(
    made: MadeRuns, monkeypatch: pytest.MonkeyPatch, shuffled: bool
) -> None:
    """Not those of the files where it learned them with shuffled pixels; then the page says why there are none."""
    monkeypatch.setattr("explorer.ui.inside.networks.digits_address", lambda data: f"digits/{data}")
    saved(made, shuffled_pixels=shuffled)
    told = sent(open_page("inside", inside_network="run-0"))
    assert told["digits"] == ("" if shuffled else "digits/offline")
    assert ("shuffled pixels" in told["words"]["no_images"]) == shuffled


def test_drawing_and_opened_unit_are_in_the_link() -> None:
    """The browser is told again what it once told; an emptied pad is no first drawing."""
    again = open_page("inside", inside_drawing="A0Bz.C-D_", inside_at="3_8_6_1")
    assert (sent(again)["link"]["drawing"], sent(again)["link"]["at"]) == ("A0Bz.C-D_", "3_8_6_1")
    assert again.query_params["inside_drawing"] == "A0Bz.C-D_"
    empty = open_page("inside", inside_drawing="none")
    assert sent(empty)["link"]["drawing"] == ""


SEEN = {"map": "6_19", "cell": "7_2", "beside": "kernels.untrained", "curve": "noise"}


def test_what_is_chosen_below_and_beside_the_layers_is_in_the_link() -> None:
    """A map, a cell of the matrix, the kernels and the untrained network, a curve: as the browser tells it."""
    at = open_page("inside", **{f"inside_{name}": text for name, text in SEEN.items()})
    assert sent(at)["link"].items() >= SEEN.items()
    assert link_of(at).items() >= {f"inside_{name}": text for name, text in SEEN.items()}.items()
    assert sent(open_page("inside"))["link"].items() >= dict.fromkeys(SEEN, "").items()


@pytest.mark.parametrize(
    ("name", "text"),
    [("map", "6"), ("map", "6_99999999"), ("cell", "7_10"), ("cell", "72"), ("beside", "kernels."), ("curve", "turn")],
)
def test_a_choice_that_is_none_is_said(name: str, text: str) -> None:
    """And what stands there without it is shown."""
    at = at_page("inside", **{f"inside_{name}": text}).run()
    assert not at.exception
    assert f"inside_{name}={text}: This part of the link is cut off" in at.caption[0].value.replace("**", "")
    assert sent(at)["link"][name] == ""


@pytest.mark.parametrize("text", ["x" * 1201, "<b>", "A B", "第"])
def test_a_drawing_that_is_none_is_said(text: str) -> None:
    """And the first one stands there."""
    at = open_page("inside", inside_drawing=text)
    assert not at.exception
    assert sent(at)["link"]["drawing"] == "first"
