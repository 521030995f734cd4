"""What a page shows now: a widget that another took the place of stays in the page for a frame, marked as stale."""

from playwright.sync_api import Locator, Page


def fresh(page: Page) -> Locator:
    """To look in for a widget that may be replaced, as those of explorer/ui/fresh_key.py are."""
    return page.locator('[data-stale="false"]')
