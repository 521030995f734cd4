"""A name that a learner gave to a run reads as it was typed, whatever its signs mean elsewhere."""

from pathlib import Path

from playwright.sync_api import Page, expect

from explorer.core.run.given_name import tidy_name
from tests.browser.names import NAMES

APP = Path(__file__).with_name("apps") / "names_app.py"


def test_names_read_as_they_were_typed(page: Page, serve, console: list[str]) -> None:
    """On buttons, beside boxes and in bold: no emoji, link, formula, heading, colour or picture is made of them."""
    page.goto(serve(APP))
    wanted = [tidy_name(name) for name in NAMES]
    expect(page.get_by_role("checkbox")).to_have_count(len(wanted))
    for kind, inside in (("button", "button p"), ("checkbox", "label p"), ("bold", "p strong")):
        expect(page.locator(f"[class*=st-key-{kind}-] {inside}")).to_have_count(len(wanted))
        read = page.evaluate(
            """([kind, inside, count]) => Array.from({ length: count }, (_, n) =>
                document.querySelector(`.st-key-${kind}-${n}`).querySelector(inside)?.textContent)""",
            [kind, inside, len(wanted)],
        )
        shown = [text and text.replace("\u2060", "") for text in read]
        assert wanted == shown, [pair for pair in zip(wanted, shown, strict=True) if pair[0] != pair[1]]
    assert page.locator("[class*=st-key-] :is(a, img, code, .katex)").count() == 0
    assert console == []
