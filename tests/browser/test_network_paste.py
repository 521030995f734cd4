"""Pasting one's own network: typed, refused with its line, mended, read, taken back; and its fields on a phone."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

ROOT = Path(__file__).parents[2]
REFUSED = "net = nn.Sequential(\n    nn.Flatten(),\n    nn.GELU(),\n    nn.Linear(784, 10),\n)"


def open_dialog(page: Page) -> None:
    expect(page.get_by_role("table")).to_be_visible()  # a list that opens before it does stands where its button was
    page.get_by_role("button", name="Start from").click()
    page.get_by_role("button", name="Your own code").click()
    expect(page.get_by_role("dialog").get_by_role("textbox", name="Your code")).to_be_visible()


def test_ones_own_code_is_read_into_the_lab(page: Page, serve, console: list[str]) -> None:
    """The click that follows the last key at once reads all of it; a refusal keeps the text; Undo takes it back."""
    page.goto(f"{serve(ROOT / 'app.py')}/network?lang=en")
    open_dialog(page)
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill(REFUSED)
    dialog.get_by_role("button", name="Read it").click()
    expect(dialog.get_by_text("Line 3: GELU is no layer of this page")).to_be_visible()
    expect(dialog.get_by_role("textbox")).to_have_value(REFUSED)
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_have_count(0)
    open_dialog(page)
    expect(dialog.get_by_role("textbox")).to_have_value(REFUSED)
    dialog.get_by_role("textbox").fill(REFUSED.replace("GELU", "ReLU"))
    dialog.get_by_role("button", name="Read it").click()
    expect(dialog).to_have_count(0)
    headers = page.get_by_role("table").get_by_role("rowheader")
    expect(headers).to_contain_text(["flatten", "relu", "fc", "loss", "Total"])
    page.get_by_role("button", name="Undo").click()
    expect(headers.first).to_contain_text("conv1")
    assert console == []


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 720)])
def test_nothing_stands_over_the_dialog(page: Page, serve, width: int, height: int) -> None:
    """The list from which it was opened has closed: on a phone it would hide the button that reads the code."""
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{serve(ROOT / 'app.py')}/network?lang=en")
    open_dialog(page)
    expect(page.get_by_role("button", name="No layer at all")).to_have_count(0)
    page.get_by_role("dialog").get_by_role("button", name="Read it").click(trial=True)
