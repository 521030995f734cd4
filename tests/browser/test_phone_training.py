"""Train and Compare in the hand: what belongs together shares a screen, and a finger hits it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

APP = Path(__file__).parents[2] / "app.py"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
OURS = ".st-key-train_screen, .st-key-task_guesses, [data-testid=stBidiComponentRegular]"
SMALL = """selector => {
  const found = [], seen = new Set()
  const visit = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element.shadowRoot) visit(element.shadowRoot)
      if (!element.matches("button, a[href], [role=radio], label:has(input)") || seen.has(element)) continue
      seen.add(element)
      const { width, height } = element.getBoundingClientRect(), name = element.innerText || element.ariaLabel || ""
      const theirs = element.matches("[aria-label^='Help'], [data-testid=stHeaderActionElements] *") // Streamlit's own
      if (width && height && !theirs && (width < 24 || height < 24)) found.push(`${name}: ${width} × ${height}`)
    }
  }
  document.querySelectorAll(selector).forEach((part) => visit(part.shadowRoot ?? part))
  return found
}"""


@pytest.fixture
def phone(new_page, serve):
    """Opens a page of the app in the hand."""

    def visit(path: str) -> Page:
        page = new_page(**PHONE)
        page.goto(f"{serve(APP)}/{path}")
        return page

    return visit


def test_start_and_the_settings_share_a_screen(phone, console: list[str]) -> None:
    """Above the picture, two fields on a line; the words are a finger's, and so are the sizes."""
    page = phone("train")
    expect(page.get_by_text("draw a finger across it")).to_have_count(2)
    names = ("Epochs", "Batch size", "Momentum")
    epochs, batch, momentum = (page.get_by_role("textbox", name=name).bounding_box() for name in names)
    start, device = (page.get_by_role("button", name=name).bounding_box() for name in ("Start", "Device"))
    assert start["y"] < epochs["y"] == batch["y"] < momentum["y"] < device["y"]
    assert device["y"] + device["height"] <= 844
    assert page.get_by_role("heading", name="Loss").bounding_box()["y"] > device["y"]
    assert [] == page.evaluate(SMALL, OURS)
    assert console == []


def test_a_table_that_goes_on_says_so(phone, console: list[str]) -> None:
    """Until it was swiped to its end."""
    page = phone("compare")
    more = page.get_by_text(re.compile("^More columns"))
    expect(more).to_be_visible()
    page.locator(".run-table").evaluate("table => table.scrollTo(10_000, 0)")
    expect(more).to_be_hidden()
    assert [] == page.evaluate(SMALL, OURS)
    assert console == []
