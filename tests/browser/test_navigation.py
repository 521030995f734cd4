"""The bar along the top, whole on every screen; with two more pages to come too."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

ROOT = Path(__file__).parents[2]
WIDTHS = (360, 390, 480, 600, 640, 641, 700, 768, 830, 831, 844, 900, 930, 1000, 1001, 1024, 1100, 1280, 1400)
# The pages' names that the bar's edge, the window's or the language switch cuts.
CUT = """() => {
  const bar = document.querySelector('.st-key-pages').getBoundingClientRect();
  const language = document.querySelector('.st-key-lang').getBoundingClientRect();
  const cut = ({ left, right, top, bottom }) => left < 0 || right > Math.min(innerWidth, bar.right + 1)
    || (right > language.left && bottom > language.top + 1 && top < language.bottom - 1);
  return [...document.querySelectorAll('.st-key-pages [data-testid="stPageLink"] p')]
    .filter((name) => cut(name.getBoundingClientRect()) || name.scrollWidth > name.clientWidth + 1)
    .map((name) => name.textContent);
}"""


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_all_pages_are_named_in_full_at_every_width(new_page: Callable, serve, lang: str) -> None:
    """From the narrowest phone to a desk: no name is cut, or under the language switch or the page."""
    page = new_page()
    page.goto(f"{serve(ROOT / 'app.py')}/pooling?lang={lang}")
    expect(page.get_by_role("gridcell").last).to_be_attached()
    expect(page.locator(".st-key-pages").get_by_test_id("stPageLink")).to_have_count(10)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(CUT) == [], width
        bar = page.locator(".st-key-pages").bounding_box()
        assert bar["y"] + bar["height"] <= page.locator("[class*=st-key-picture_]").bounding_box()["y"], width
