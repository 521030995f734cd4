"""Fingers: a swipe up or down scrolls wherever it begins, one along a slider moves it, and every target is met."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import LAST_HEADING

ROOT = Path(__file__).parents[2]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "locale": "en-US"}
SCROLLED = "() => document.querySelector('[data-testid=stMain]').scrollTop"
# Middle of what is shown of an element, where a finger that begins there would land.
MIDDLE = """(element) => {
  element.scrollIntoView({ block: "end" });
  const box = element.getBoundingClientRect();
  return [box.left + box.width / 2, box.top + box.height / 2];
}"""
# What a finger can press, with its size: of a choice the field around it, of an icon the area that it answers in.
TARGETS = """() => {
  const found = [];
  const pressed = 'a[href], button, select, [role=radio], [role=tab], input:not([type=range]), textarea, .track';
  const choice = '[data-testid="stSelectbox"] > div';
  const walk = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element.shadowRoot) walk(element.shadowRoot);
      if (!element.matches(pressed) || element.closest("[hidden], p, li")) continue;
      const field = element.closest(element.matches("input") ? `label, ${choice}` : `tr, ${choice}`) ?? element;
      const box = field.getBoundingClientRect();
      const seen = element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
      if (!seen || box.width <= 1 || box.height <= 1) continue;
      found.push([element.getAttribute("aria-label") ?? element.textContent ?? "", box.width, box.height]);
    }
  };
  walk(document);
  return found;
}"""
LEAST, USUAL = 24, 40


@pytest.fixture
def phone(new_page: Callable, serve) -> Callable[[str], Page]:
    """Opens a page on a phone and waits until all of it stands."""

    def open_at(name: str) -> Page:
        page = new_page(**PHONE)
        page.goto(f"{serve(ROOT / 'app.py')}/{name}")
        expect(page.get_by_role("heading", name=LAST_HEADING[name])).to_be_attached()
        expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
        return page

    return open_at


def swipe(page: Page, place: list[float], right: float, down: float) -> None:
    """A finger lands, moves in eight steps and leaves; returns when the page has come to rest."""
    session = page.context.new_cdp_session(page)
    points = [{"x": place[0] + right * step / 8, "y": place[1] + down * step / 8} for step in range(9)]
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": points[:1]})
    for point in points[1:]:
        session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    session.detach()
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def values(page: Page) -> list[str]:
    """Of the place slider and the first two of the others."""
    others = page.get_by_test_id("stSlider").locator("input")
    return [slider.input_value() for slider in (page.locator(".track input"), others.nth(0), others.nth(1))]


@pytest.mark.parametrize("name", ["convolution", "channels", "pooling"])
def test_a_swipe_up_scrolls_wherever_it_begins(phone, name: str) -> None:
    """On a slider's thumb, on its line, on the place slider, on a grid: the page moves, and nothing else does."""
    page = phone(name)
    begun = values(page)
    thumb = page.get_by_test_id("stSliderThumbValue").nth(1).locator("..")
    line = page.get_by_test_id("stSlider").nth(1).locator("[data-orientation] [data-orientation]")
    for place in (thumb, line, page.locator(".track"), page.get_by_role("grid").first):
        middle = place.evaluate(MIDDLE)
        before = page.evaluate(SCROLLED)
        swipe(page, middle, 0, -160)
        page.wait_for_function(f"before => ({SCROLLED})() > before + 60", arg=before)
        assert values(page) == begun


def test_a_swipe_along_a_slider_moves_it(phone) -> None:
    """Streamlit's by its thumb; the window's by its line, where a tap is enough."""
    page = phone("convolution")
    status, track = page.get_by_role("status"), page.locator(".track")
    box = track.bounding_box()
    # Before any swipe: a tap right after one ends the swipe's glide and presses nothing.
    page.touchscreen.tap(box["x"] + 4, box["y"] + box["height"] / 2)
    expect(status).to_contain_text("row 1, column 1")
    swipe(page, track.evaluate(MIDDLE), 40, 2)
    expect(status).not_to_contain_text("row 1, column 1")
    swipe(page, page.get_by_test_id("stSliderThumbValue").first.locator("..").evaluate(MIDDLE), 120, 4)
    expect(page.get_by_role("slider", name="Padding")).not_to_have_value("1")


@pytest.mark.parametrize("name", LAST_HEADING)
def test_a_thumb_meets_every_target(phone, name: str) -> None:
    """Nothing to press is smaller than 24 px on any page, nine of ten are 40 px high; sliders answer in 44 px."""
    page = phone(name)
    targets = page.evaluate(TARGETS)
    assert len(targets) > 8
    assert [target for target in targets if min(target[1:]) < LEAST] == []
    low = [target for target in targets if target[2] < USUAL]
    assert len(low) <= len(targets) / 10, low
    thumbs = page.get_by_test_id("stSliderThumbValue").all()
    reach = "thumb => { const s = getComputedStyle(thumb.parentElement, '::after'); return [s.width, s.height]; }"
    assert all(float(side.removesuffix("px")) >= USUAL for thumb in thumbs for side in thumb.evaluate(reach))


@pytest.mark.parametrize(
    ("name", "words"), [("convolution", "Tap any cell"), ("", "Tap any number"), ("network", "Tap a map")]
)
def test_words_are_for_fingers_where_fingers_are(phone, name: str, words: str) -> None:
    """No mouse to point with, no Escape."""
    page = phone(name)
    expect(page.get_by_text(words).first).to_be_visible()
    assert page.get_by_text("Point at").count() == 0
    assert page.get_by_text("Escape").count() == 0
