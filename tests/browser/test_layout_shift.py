"""While a page loads nothing that a learner already reads moves away."""

from pathlib import Path

import pytest

from tests.browser.layout_shift import GOOD, PAGES, SIZES, layout_shift
from tests.hypothesis_profiles import share_of

ROOT = Path(__file__).parents[2]
# A page in one size, the next in the other; each in both with --hypothesis-profile=search.
VISITS = [(name, size) for page, name in enumerate(PAGES) for size in [*SIZES][page % share_of(2) :: share_of(2)]]


@pytest.mark.parametrize(("name", "size"), VISITS)
def test_nothing_moves_away_while_a_page_loads(new_page, serve, name: str, size: str) -> None:
    """On a laptop and on a phone the shifts of the first visit add up to what the web calls good."""
    phone = SIZES[size]["width"] < 500
    page = new_page(once=True, viewport=SIZES[size], has_touch=phone, is_mobile=phone)
    assert layout_shift(page, f"{serve(ROOT / 'app.py')}/{name}") <= GOOD


def test_pages_say_their_style_before_their_first_element(serve, page) -> None:
    """The style sheet is in the page's head, whatever the browser remembers of an earlier visit."""
    for _ in range(2):
        answer = page.goto(serve(ROOT / "app.py") + "/channels")
        assert answer.status == 200
        head = answer.text().partition("</head>")[0]
        assert ".st-key-workbench" in head
        assert ".st-key-picture_stack" in head
