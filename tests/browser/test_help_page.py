"""A learner's message, pasted: explained, its network opened, and back again; a question found by a word."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.fresh import wait_for_the_last_answer

ROOT = Path(__file__).parents[2]
TRACEBACK = """Traceback (most recent call last):
  File "train.py", line 31, in forward
    x = self.fc(x)
RuntimeError: mat1 and mat2 shapes cannot be multiplied (128x320 and 500x10)"""


def test_a_pasted_message_leads_to_its_network_and_back(page: Page, serve, console: list[str]) -> None:
    """Its own numbers; the Network page says the same words; Back finds the message as it was pasted."""
    page.goto(f"{serve(ROOT / 'app.py')}/help?lang=en")
    field = page.get_by_role("textbox", name="Paste PyTorch’s message")
    expect(field).to_have_value(re.compile("64x320 and 300x10"))
    field.fill(TRACEBACK)
    field.press("Control+Enter")
    expect(page.get_by_text("320 = 20·4·4, and 500 = 20·5·5")).to_be_visible()
    page.get_by_role("link", name="Open a network that gives this message").click()
    expect(page.get_by_text("mat1 and mat2 shapes cannot be multiplied (64x320 and 500x10)").first).to_be_visible()
    page.get_by_role("link", name="Help", exact=True).click()
    expect(field).to_have_value(TRACEBACK)
    assert console == []


@pytest.mark.parametrize("width", [390, 1280])
def test_a_question_is_found_and_its_address_restores_it(page: Page, serve, width: int) -> None:
    """By a word of its answer; the answer is in view, nothing is wider than the window, and the link opens it again."""
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(f"{serve(ROOT / 'app.py')}/help?lang=en")
    search = page.get_by_role("textbox", name="Search the questions")
    search.fill("deviation pixels")
    search.press("Enter")
    expect(page.get_by_text("1 question", exact=True)).to_be_visible()
    wait_for_the_last_answer(page)
    page.get_by_text("Where do 0.1307 and 0.3081 come from?").click()
    expect(page.get_by_role("heading", name="Where do 0.1307 and 0.3081 come from?")).to_be_visible()
    expect(page).to_have_url(re.compile("help_topic=normalisation"))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.reload()
    expect(page.get_by_role("heading", name="Where do 0.1307 and 0.3081 come from?")).to_be_visible()
    page.get_by_role("link", name="Draw a digit").click()
    expect(page).to_have_url(re.compile("/inside.*inside_steps_off=normalise"))
