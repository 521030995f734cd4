"""Exercises in a real browser: what is asked for is not shown, slips are called by their names, progress stays."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from explorer.core.exercises.slips import SLIPS
from tests.chinese import chinese

ROOT = Path(__file__).parents[2]
LOCALES = {"en": "en-US", "zh": "zh-CN"}
# The screens as they are opened: the worked example; 3 channels into 2 with kernels of 3; the simple CNN; a message of
# 320 against 300. Each page's exercise, the answer of a slip, its name, and the right answer's title.
SLIPPED = [
    ("convolution", "conv_textbook", "295", "kernel_not_flipped", "The right one"),
    ("channels", "channels_parameters", "20", "input_channels_forgotten", "The right one"),
    ("network", "network_in_features", "500", "kernel_for_map", "The right one"),
    ("help", "help_in_features", "300", "layer_for_message", "The right one"),
]


@pytest.fixture
def visit(new_page, serve) -> Callable[..., Page]:
    """Opens a page's exercise in a language."""

    def open_exercise(page: str, exercise: str, language: str = "en", **options: object) -> Page:
        opened = new_page(locale=LOCALES[language], **options)
        opened.goto(f"{serve(ROOT / 'app.py')}/{page}?exercise={exercise}")
        expect(opened.get_by_role("textbox", name="Your answer")).to_be_visible()
        return opened

    return open_exercise


def said(sentence: str, language: str) -> str:
    return chinese()[sentence] if language == "zh" else sentence


def panel(page: Page) -> Locator:
    return page.locator(".st-key-exercise_panel")


def answer(page: Page, text: str) -> None:
    """By the keyboard alone: the field, the answer, Enter."""
    field = page.get_by_role("textbox", name="Your answer")
    field.focus()
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def verdict(page: Page) -> Locator:
    return panel(page).get_by_role("status")


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize(("page", "exercise", "typed", "slip", "title"), SLIPPED)
def test_a_slip_is_called_by_its_name(
    visit, console: list[str], page: str, exercise: str, typed: str, slip: str, title: str, language: str
) -> None:
    """In the page's language, with both chains and the line at which they part."""
    opened = visit(page, exercise, language)
    answer(opened, typed)
    expect(verdict(opened)).to_contain_text(said(SLIPS[slip], language))
    right = panel(opened).get_by_role("region", name=said(title, language))
    expect(right.get_by_role("listitem").first).to_be_visible()
    marked = panel(opened).get_by_text(said("here it goes wrong", language))
    expect(marked.first).to_be_visible()
    assert console == []


def test_the_picture_keeps_back_what_is_asked_for(visit) -> None:
    """The cell has a ? for a name, its sum is not in the strip; with the answer both are there."""
    page = visit("convolution", "conv_cell")
    asked = page.get_by_role("grid", name="Output", exact=True).get_by_role(
        "gridcell", name=re.compile("^row 2, column 3,")
    )
    strip = page.locator(".st-key-conv_inspector").get_by_role("status")
    expect(asked).to_have_accessible_name("row 2, column 3, value ?")
    expect(strip).not_to_contain_text("295")
    answer(page, "295")
    expect(verdict(page)).to_have_text("✓ 295 is right.")
    expect(asked).to_have_accessible_name("row 2, column 3, value 295")
    expect(strip).to_contain_text("= 295")


def test_a_place_is_answered_in_the_picture(visit, console: list[str]) -> None:
    """By a click or Enter on a cell, after a wrong answer too; new numbers are in view, the keyboard in their field.

    Then the way leads over the list, and Next, to other pages' exercises.
    """
    page = visit("pooling", "pool_winner")
    cells = page.get_by_role("grid", name="Input", exact=True).get_by_role("gridcell")
    field = page.get_by_role("textbox", name="Your answer")
    cells.nth(2 * 5 + 3).click()  # 8, the largest of row 3 and 4, column 3 and 4
    expect(field).to_have_value("row 3, column 4")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    expect(field).to_have_value("row 3, column 3")
    field.press("Enter")
    expect(verdict(page)).to_contain_text("✗ row 3, column 3")
    cells.nth(2 * 5 + 3).click()
    expect(field).to_have_value("row 3, column 4")
    field.press("Enter")
    expect(verdict(page)).to_have_text("✓ row 3, column 4 is right.")
    page.get_by_role("button", name="New numbers").press("Enter")
    expect(field).to_be_empty()
    expect(field).to_be_focused()
    expect(panel(page).get_by_role("button", name="Close")).to_be_in_viewport(ratio=1)
    panel(page).get_by_role("button", name="0 / ").click()
    page.get_by_role("link", name=re.compile("A transposed convolution's size$")).click()
    expect(page).to_have_url(re.compile(r"/convolution\?exercise=conv_transposed_size$"))
    expect(panel(page).get_by_text("Exercise 15: ")).to_be_visible()
    panel(page).get_by_role("link", name="Next: Channels →").click()
    expect(page).to_have_url(re.compile(r"/channels\?exercise=channels_cell$"))
    expect(field).to_be_in_viewport()
    expect(panel(page).get_by_role("button", name="0 / ")).to_be_visible()
    assert console == []


def test_an_output_is_kept_back_with_its_size(visit) -> None:
    """No grid, no formula, no player that would count the places, until the learner gives up."""
    page = visit("convolution", "conv_output_size")
    expect(page.get_by_role("grid", name="Input", exact=True)).to_be_visible()
    expect(page.get_by_role("grid", name="Output", exact=True)).to_have_count(0)
    expect(page.get_by_text("Left out until you have answered the exercise.")).to_be_visible()
    page.get_by_role("button", name="Show me").click()
    expect(verdict(page)).to_have_text("The answer is 5×5.")
    expect(page.get_by_role("grid", name="Output", exact=True)).to_be_visible()


def test_new_numbers_are_on_the_screen_and_in_the_link(visit, new_page) -> None:
    """The picture shows them; a colleague who gets the link is asked the same."""
    page = visit("convolution", "conv_stride_size&conv_stride=2")
    page.get_by_role("button", name="New numbers").click()
    expect(page).to_have_url(re.compile(r"exercise=conv_stride_size.*conv_seed=\d"))
    label = page.locator(".st-key-conv_inspector figcaption code").first
    expect(label).not_to_have_text("(1, 1, 5, 5)")
    other = new_page()
    other.goto(page.url)
    expect(other.locator(".st-key-conv_inspector figcaption code").first).to_have_text(label.inner_text())


def test_progress_stays_in_the_browser(visit) -> None:
    """What was answered counts after a reload, whose session knows nothing of it."""
    page = visit("train", "train_steps&train_recipe=lecture")
    expect(panel(page).get_by_role("button", name="0 / ")).to_be_visible()
    answer(page, "938")
    expect(verdict(page)).to_contain_text("938 is right")
    expect(panel(page).get_by_role("button", name="1 / ")).to_be_visible()
    page.reload()
    expect(panel(page).get_by_role("button", name="1 / ")).to_be_visible()
