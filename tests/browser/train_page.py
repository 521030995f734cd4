"""What several tests do on the Train page."""

import re

from playwright.sync_api import Page, expect


def choose_offline_digits(page: Page) -> None:
    """Waits for the whole page, chooses the data that need no network, and waits until the page says so."""
    expect(page.get_by_role("heading", name="The same without the app")).to_be_visible()  # the page's last words
    data = page.get_by_role("combobox", name="Data")
    data.scroll_into_view_if_needed()  # a list that opens while the page scrolls is closed by the scrolling
    data.hover()
    data.press("ArrowDown")
    page.get_by_role("option", name="Offline digits").click()
    expect(page.get_by_role("heading", name="Accuracy on offline digits")).to_be_visible()  # it is no MNIST's


def step_on_screen(page: Page) -> int:
    """The step that the progress line says."""
    text = page.get_by_test_id("stProgress").get_by_text(re.compile(r"step [\d,]+ of")).inner_text()
    return int(re.search(r"step ([\d,]+) of", text)[1].replace(",", ""))
