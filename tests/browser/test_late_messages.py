"""A learner is faster than a busy server: what is done before the screen has followed never changes another layer."""

import re
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.fresh import fresh, wait_for_the_last_answer, wait_for_value
from tests.browser.slow_line import BusyLine, PollingLine, SlowLine
from tests.browser.train_page import choose_offline_digits, step_on_screen

ROOT = Path(__file__).parents[2]
THREE = "network?network_stack=1_1x28x28_f_l784-30_l30-20_l20-10&network_at=3_0_0"  # flatten, fc1, fc2, fc3


@pytest.fixture
def page(new_page: Callable) -> Page:
    """Whose line to the server can be made slow."""
    return new_page(once=True, color_scheme="light")


def test_a_field_of_the_layer_before_leaves_choice_and_layers_alone(page: Page, serve, console: list[str]) -> None:
    """fc1 is clicked, and something typed while the fields are still fc3's: fc1 stays chosen, and as it was."""
    line = SlowLine(page)
    page.goto(f"{serve(ROOT / 'app.py')}/{THREE}")
    inputs = fresh(page).get_by_role("textbox", name="Inputs")
    expect(inputs).to_have_value("20")
    expect(page.get_by_role("heading", name="The same in PyTorch")).to_be_visible()  # the page's last words

    line.hold()
    page.get_by_role("button", name="fc1", exact=True).click()
    inputs.fill("300")
    inputs.press("Enter")

    expect(fresh(page).get_by_role("combobox", name="Add behind fc1")).to_be_visible()
    wait_for_value(page, "Inputs", "784")
    expect(page.locator("tbody.chosen")).to_contain_text("Linear(784, 30)")
    expect(inputs).to_have_count(1)
    inputs.fill("785")  # the server has done with everything before
    inputs.press("Enter")
    expect(page.locator("tbody.chosen")).to_contain_text("Linear(785, 30)")
    expect(fresh(page).get_by_role("combobox", name="Layer")).to_have_value("fc1")
    wait_for_value(page, "Outputs", "30")
    assert console == []


def test_a_layer_is_chosen_in_the_ledger_again_after_another_by_the_list(page: Page, serve) -> None:
    """Twice the same click, with another choice in between, is two choices."""
    page.goto(f"{serve(ROOT / 'app.py')}/{THREE}")
    page.get_by_role("button", name="fc1", exact=True).click()
    chosen = fresh(page).get_by_role("combobox", name="Layer")
    expect(chosen).to_have_value("fc1")
    chosen.click()
    page.get_by_role("option", name="fc3", exact=True).click()
    wait_for_value(page, "Inputs", "20")
    page.get_by_role("button", name="fc1", exact=True).click()
    wait_for_value(page, "Inputs", "784")


def test_two_settings_typed_in_a_row_stay_though_the_recipe_was_another(page: Page, serve) -> None:
    """The second number is sent by a browser that still shows the recipe: that is no choice of it."""
    line = SlowLine(page)
    page.goto(f"{serve(ROOT / 'app.py')}/train")
    expect(page.get_by_role("heading", name="The same without the app")).to_be_visible()
    line.hold()
    for name, value in {"Epochs": "7", "Batch size": "48"}.items():
        fresh(page).get_by_role("textbox", name=name).fill(value)
        fresh(page).get_by_role("textbox", name=name).press("Enter")
    expect(fresh(page).get_by_role("combobox", name="Recipe")).to_have_value("Your own")
    expect(page).to_have_url(re.compile("train_batch_size=48"))  # the server has done with both
    expect(page).to_have_url(re.compile("train_epochs=7"))
    wait_for_value(page, "Epochs", "7")
    expect(fresh(page).get_by_role("combobox", name="Recipe")).to_have_value("Your own")


def test_two_settings_moved_in_a_row_stay_though_the_preset_was_another(page: Page, serve) -> None:
    """The same on the Channels page."""
    line = SlowLine(page)
    page.goto(f"{serve(ROOT / 'app.py')}/channels")
    expect(fresh(page).get_by_role("combobox", name="Preset")).to_have_value("Small numbers")
    expect(page.get_by_role("heading", name="The same in PyTorch")).to_be_visible()  # the page's last words
    line.hold()
    page.get_by_role("slider", name="Output channels").press("ArrowRight")
    page.get_by_text("Bias", exact=True).click()
    expect(page.get_by_test_id("stCode")).to_contain_text("Conv2d(3, 3, kernel_size=3, bias=False)")
    expect(fresh(page).get_by_role("combobox", name="Preset")).to_have_value("Your own settings")


@pytest.mark.parametrize(
    ("path", "link", "slider"),
    [
        ("convolution", "conv_input=random&conv_kernel=sobel_x&conv_height=8", "Padding"),
        ("channels", "channels_input=digits&channels_in=4&channels_out=4&channels_groups=4", "Padding"),
        ("compare", "compare_x=seconds", ""),
    ],
    ids=["convolution", "channels", "compare"],
)
def test_what_a_list_says_in_the_language_before_is_no_choice(
    page: Page, serve, console: list[str], path: str, link: str, slider: str
) -> None:
    """A control is moved just after the language was changed: the page follows, and its lists stand as they stood."""
    line = SlowLine(page)
    page.goto(f"{serve(ROOT / 'app.py')}/{path}?{link}")
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    wait_for_the_last_answer(page)
    line.hold()
    page.get_by_text("中文", exact=True).click()
    line.wait_until_said()
    if slider:
        page.get_by_role("slider", name=slider).press("ArrowRight")
    else:
        page.get_by_text("Smooth loss").click()
    expect(page).to_have_url(re.compile("_padding=[12]|compare_smooth=false"))  # the server has done with both
    for setting in link.split("&"):
        expect(page).to_have_url(re.compile(setting))
    wait_for_the_last_answer(page)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    assert console == []


def test_a_link_leads_there_though_the_page_left_says_more(page: Page, serve, console: list[str]) -> None:
    """A slider is moved before and after the click, on a server with no time: both count, and the link is followed."""
    line = BusyLine(page)
    page.goto(f"{serve(ROOT / 'app.py')}/pooling")
    code = page.get_by_test_id("stCode")
    expect(code).to_contain_text("MaxPool2d(kernel_size=2, stride=2)")
    tour = page.locator(".st-key-tour")
    back = tour.get_by_role("link", name="Back: Channels")
    expect(back).to_be_visible()
    line.hold(3)
    page.get_by_role("slider", name="Padding").press("ArrowRight")
    back.click()
    page.get_by_role("slider", name="Stride").press("ArrowRight")
    expect(tour).to_contain_text("3 of 11")
    expect(page).to_have_url(re.compile("/channels"))
    tour.get_by_role("link", name="Next: Pooling").click()
    expect(tour).to_contain_text("4 of 11")
    expect(code).to_contain_text("MaxPool2d(kernel_size=2, stride=3, padding=1)")
    assert console == []


FOLLOWED = """status => {
  window.followed = [];
  new MutationObserver(() => window.followed.push(status.textContent))
    .observe(status, { childList: true, characterData: true, subtree: true });
}"""
TWO_DIGITS = (
    "inside",
    lambda page: page.get_by_role("status", name="Answer"),
    lambda page, name: page.get_by_role("button", name=name, exact=True).click(),
    (("3", "Read as 3"), ("5", "Read as 5")),
)
TWO_CELLS = (
    "convolution",
    lambda page: page.get_by_role("status"),
    lambda page, name: page.get_by_role("grid", name="Output").get_by_role("gridcell", name=name).click(),
    (("row 1, column 1,", "Output row 1, column 1"), ("row 3, column 2,", "Output row 3, column 2")),
)


@pytest.mark.parametrize("two", [TWO_DIGITS, TWO_CELLS], ids=["digits", "cells"])
def test_a_late_answer_takes_nothing_back(page: Page, serve, two: tuple) -> None:
    """What was opened first is answered when something else is open, or drawn, by then: that stays."""
    path, find_status, click, ((first, shown_first), (then, shown_then)) = two
    line, status = SlowLine(page), find_status(page)
    page.goto(f"{serve(ROOT / 'app.py')}/{path}")
    expect(status).not_to_be_empty()
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    wait_for_the_last_answer(page)
    status.evaluate(FOLLOWED)
    line.hold()
    click(page, first)
    expect(status).to_contain_text(shown_first)
    line.wait_until_said()
    before = page.url
    click(page, then)
    page.mouse.move(1, 1)  # what it is over would be shown, whatever is open
    expect(page).not_to_have_url(before)
    wait_for_the_last_answer(page)
    seen = [shown for text in page.evaluate("followed") for shown in (shown_first, shown_then) if shown in text]
    assert [shown_first, shown_then] == [shown for shown, _ in groupby(seen)]


@pytest.mark.parametrize("poll", [0, 1], ids=["of the run", "of the second look"])
def test_a_click_that_meets_a_poll_is_one_click(page: Page, serve, poll: int) -> None:
    """Start begins one run, One step trains one step, although a poll's message tells of the click as well."""
    line = PollingLine(page)
    page.goto(f"{serve(ROOT / 'app.py')}/train?train_recipe=lecture&train_epochs=50&train_batch_size=4")
    choose_offline_digits(page)
    runs = page.get_by_role("button", name=re.compile("^simple CNN, "))
    before = runs.count()
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.get_by_text(re.compile("^Training · "))).to_be_visible()
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_text(re.compile("^Paused · "))).to_be_visible()
    line.wait_for_polls()
    line.tells_twice = poll
    reached = step_on_screen(page)
    for _ in range(3):
        reached += 1
        page.get_by_role("button", name="One step").click()
        expect(page.get_by_text(re.compile(f"^Paused · .*step {reached:,} of"))).to_be_visible()
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.get_by_text(re.compile("^Stopped"))).to_be_visible()
    assert reached == step_on_screen(page)
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.get_by_text(re.compile("^Training · "))).to_be_visible()
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_enabled()  # or it keeps the next test's worker
    expect(runs).to_have_count(before + 2)
