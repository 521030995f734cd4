"""What a page shows now: a widget that another took the place of stays in the page for a frame or two."""

from playwright.sync_api import Locator, Page, expect

ONE_WITH_VALUE = """([name, value]) => {
    const fields = [...document.querySelectorAll("input")].filter((field) => field.ariaLabel === name)
    return fields.length === 1 && fields[0].value === value
}"""


def fresh(page: Page) -> Locator:
    """To look in for a widget that may be replaced, as those of explorer/ui/fresh_key.py are."""
    return page.locator('[data-stale="false"]')


def wait_for_value(page: Page, name: str, value: str) -> None:
    """Returns when there is one field of that name, and it shows the value.

    Playwright's own ``expect`` gives up at once where it finds two: the old one is still there when Streamlit has
    marked it as stale no more and has not yet taken it away.
    """
    page.wait_for_function(ONE_WITH_VALUE, arg=[name, value])


def wait_for_the_last_answer(page: Page) -> None:
    """To be called when a part of an answer is there, its address for one: the rest of it is there as well then."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
