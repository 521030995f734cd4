"""A whole exercise by the keyboard alone: found, answered wrongly, understood, answered rightly, renewed, left."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from explorer.core.exercises.slips import SLIPS

ROOT = Path(__file__).parents[2]
MOST_TABS = 120  # to anything on a page
HAS_KEYBOARD = "element => element.matches(':focus')"


@pytest.fixture
def field(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Your answer")


def go(page: Page, to: Locator, key: str = "Tab") -> None:
    """Presses Tab until the element has the keyboard, which it shows."""
    expect(to).to_be_visible()
    for _ in range(MOST_TABS):
        page.keyboard.press(key)
        if to.count() and to.evaluate(HAS_KEYBOARD):
            expect(to).to_be_in_viewport()
            return
    raise AssertionError(f"{MOST_TABS} times {key} do not lead to {to}")


def answer(page: Page, text: str) -> None:
    """In the field that has the keyboard, in the place of what stands there."""
    page.keyboard.press("Control+a")
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def verdict(page: Page) -> Locator:
    return page.locator(".st-key-exercise_panel").get_by_role("status")


def test_a_typed_answer(page: Page, serve, field: Locator, console: list[str]) -> None:
    """On the Convolution page, from its beginning; Next leads to the Channels page with the keyboard in its field."""
    page.goto(f"{serve(ROOT / 'app.py')}/convolution?conv_stride=2&exercise=conv_transposed_size")
    go(page, field)
    answer(page, "10x10")
    expect(verdict(page)).to_contain_text(SLIPS["padding_once"])
    panel = page.locator(".st-key-exercise_panel")
    expect(panel.get_by_role("region", name="The right one").get_by_role("listitem").first).to_be_visible()
    expect(panel.get_by_text("here it goes wrong").first).to_be_in_viewport()
    expect(field).to_be_focused()
    answer(page, "9x9")
    expect(verdict(page)).to_have_text("✓ 9×9 is right.")
    go(page, page.get_by_role("button", name="New numbers"))
    page.keyboard.press("Enter")
    expect(verdict(page)).to_be_empty()
    expect(field).to_be_empty()
    expect(field).to_be_focused()
    answer(page, "1x1")
    expect(verdict(page)).to_contain_text("✗ 1×1")
    go(page, panel.get_by_role("link", name="Next: Channels →"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/channels\?exercise=channels_cell"))
    expect(field).to_be_in_viewport()
    expect(field).to_be_focused()
    assert console == []


def test_a_place_in_the_picture(page: Page, serve, field: Locator, console: list[str]) -> None:
    """On the Pooling page: opened by its button, a cell reached by arrows and taken by Enter, then checked."""
    page.goto(f"{serve(ROOT / 'app.py')}/pooling")
    panel = page.locator(".st-key-exercise_panel")
    go(page, page.get_by_role("button", name="Exercise", exact=True))
    page.keyboard.press("Enter")
    for number in (1, 2):
        expect(panel.get_by_text(f"Exercise {number}: ")).to_be_visible()
        expect(field).to_be_focused()
        go(page, panel.get_by_role("button", name="Next"))
        page.keyboard.press("Enter")
    expect(panel.get_by_text("Exercise 3: ")).to_be_visible()
    expect(field).to_be_focused()

    cells = page.get_by_role("grid", name="Input", exact=True).get_by_role("gridcell")
    into_grid = page.get_by_role("grid", name="Input", exact=True).locator("[tabindex='0']")
    take(page, cells, into_grid, row=1, column=2)
    expect(field).to_have_value("row 1, column 2")
    go(page, field)
    page.keyboard.press("Enter")
    expect(verdict(page)).to_contain_text(SLIPS["place_in_window"])
    expect(panel.get_by_role("region", name="The right one").get_by_role("listitem").first).to_be_visible()

    take(page, cells, into_grid, row=3, column=4)
    expect(field).to_have_value("row 3, column 4")
    go(page, field)
    page.keyboard.press("Enter")
    expect(verdict(page)).to_have_text("✓ row 3, column 4 is right.")
    go(page, page.get_by_role("button", name="New numbers"))
    page.keyboard.press("Enter")
    expect(field).to_be_empty()
    expect(field).to_be_focused()
    assert console == []


def take(page: Page, cells: Locator, into_grid: Locator, row: int, column: int) -> None:
    """Back from the field into the input, from its first cell to that one, counted from 1, which Enter takes."""
    go(page, into_grid, "Shift+Tab")
    page.keyboard.press("Control+Home")
    for key in ["ArrowDown"] * (row - 1) + ["ArrowRight"] * (column - 1):
        page.keyboard.press(key)
    expect(cells.nth(5 * (row - 1) + column - 1)).to_be_focused()
    page.keyboard.press("Enter")
