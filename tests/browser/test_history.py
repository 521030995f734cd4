"""Back and Forward of the browser: the screen is what the address says, and every change is one press away."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.fresh import fresh

ROOT = Path(__file__).parents[2]


@pytest.fixture
def open_page(page: Page, serve) -> Callable[[str], Page]:
    """The page of that path, drawn to its end."""

    def opened(path: str) -> Page:
        page.goto(f"{serve(ROOT / 'app.py')}/{path}")
        expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
        expect(page.get_by_role("heading", level=4).first).to_be_visible()
        return page

    return opened


def moved(page: Page, name: str, key: str) -> None:
    page.get_by_role("slider", name=name).first.press(key)


def chosen(page: Page, name: str, option: str) -> None:
    fresh(page).get_by_role("combobox", name=name).first.click()
    page.get_by_role("option", name=option, exact=True).click()


def at_the_address(page: Page, address: str) -> None:
    page.wait_for_url(lambda url: url == address, timeout=20_000)


def visited(page: Page, changes: list[tuple[Callable[[], None], Callable[[], None]]]) -> list[str]:
    """Makes the changes, each followed by what the screen then shows; all addresses, the first one included."""
    addresses = [page.url]
    for change, shows in changes:
        change()
        shows()
        expect(page).not_to_have_url(addresses[-1])
        addresses.append(page.url)
    return addresses


def there_and_back(page: Page, changes: list[tuple[Callable[[], None], Callable[[], None]]], first) -> None:
    """One press of Back undoes one change, one of Forward brings it back: address and screen."""
    addresses = visited(page, changes)
    shown = [first, *(shows for _, shows in changes)]
    for step in reversed(range(len(changes))):
        page.go_back()
        at_the_address(page, addresses[step])
        shown[step]()
    for step in range(1, len(addresses)):
        page.go_forward()
        at_the_address(page, addresses[step])
        shown[step]()


def test_convolution(open_page, console: list[str]) -> None:
    """A slider, a choice that sets three numbers at once, an edited cell, a switch."""
    page = open_page("")
    padding = page.get_by_role("slider", name="Padding").first
    code = page.get_by_test_id("stCode")

    def shows(value: str, call: str) -> Callable[[], None]:
        return lambda: (expect(padding).to_have_value(value), expect(code).to_contain_text(call))

    there_and_back(
        page,
        [
            (lambda: moved(page, "Padding", "ArrowRight"), shows("2", "padding=2")),
            (lambda: moved(page, "Stride", "ArrowRight"), shows("2", "stride=2, padding=2")),
            (
                lambda: chosen(page, "Input", "A digit"),
                lambda: expect(page.get_by_text("28 + 2·2").first).to_be_visible(),
            ),
        ],
        shows("1", "padding=1"),
    )
    assert console == []
