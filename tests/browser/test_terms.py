"""A term in a text: explained under the pointer, by a tap, by Enter; in the window whole, and gone when one is done."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.test_accessibility import findings
from tests.browser.test_touch import PHONE

ROOT = Path(__file__).parents[2]


def term(page: Page, said: str) -> tuple[Locator, Locator]:
    """The word in the text, and its meaning."""
    word = page.get_by_role("button", name=said, exact=True)
    word.scroll_into_view_if_needed()
    return word, page.locator(f"#{word.get_attribute('popovertarget')}")


def test_a_term_is_explained_where_it_stands(new_page: Callable, serve, console: list[str]) -> None:
    """By pointer and by keys on a wide page; by taps on a phone, in Chinese, where no side of it is cut off."""
    page = new_page(locale="en-US")
    page.goto(f"{serve(ROOT / 'app.py')}/train")
    expect(page.get_by_role("heading", name="The same without the app")).to_be_visible()  # then nothing moves any more
    word, meaning = term(page, "epoch")
    expect(meaning).to_be_hidden()
    word.hover()
    expect(meaning).to_have_text("One pass over all training images: 60,000 images in batches of 64 are 938 steps.")
    expect(meaning).to_be_visible()
    page.mouse.move(1, 1)
    expect(meaning).to_be_hidden()
    word.press("Enter")
    expect(meaning).to_be_visible()
    page.keyboard.press("Escape")
    expect(meaning).to_be_hidden()
    assert word.evaluate("word => word.getRootNode().activeElement === word")

    phone = new_page(**{**PHONE, "locale": "zh-CN", "color_scheme": "dark"})
    phone.goto(f"{serve(ROOT / 'app.py')}/train")
    for said in ("步", "轮", "全连接层"):
        word, meaning = term(phone, said)
        word.tap()
        expect(meaning).to_be_visible()
        expect(meaning).to_be_in_viewport(ratio=1)
    assert phone.locator(".term-meaning:popover-open").count() == 1
    assert findings(phone) == []
    phone.touchscreen.tap(5, 5)
    expect(meaning).to_be_hidden()
    assert console == []
