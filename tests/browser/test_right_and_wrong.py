"""A run is trained, looked into at its first epoch, and a mistake of it opened."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.train_page import choose_offline_digits

ROOT = Path(__file__).parents[2]
COUNTS = """table => [...table.rows].slice(1)
  .map((row) => [...row.cells].slice(1, 11).map((cell) => Number(cell.textContent)))"""
TOO_WIDE = """table => [...table.querySelectorAll("td")]
  .filter((cell) => cell.scrollWidth > cell.clientWidth).map((cell) => cell.title)"""


def test_a_mistake_of_the_first_epoch_is_opened(page, serve, console: list[str]) -> None:
    """The matrix on the Train page and on Inside; the slider; a picture that the network reads wrong above too."""
    page.goto(f"{serve(ROOT / 'app.py')}/train")
    choose_offline_digits(page)
    for name, value in (("Epochs", "2"), ("Learning rate", "0.003")):
        page.get_by_role("textbox", name=name).fill(value)
        page.get_by_role("textbox", name=name).press("Enter")
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.get_by_text(re.compile(r"^After epoch 2, "))).to_be_visible()
    matrix = page.get_by_role("grid", name="Confusion matrix")
    last = matrix.evaluate(COUNTS)
    assert sum(map(sum, last)) == 200  # drawn to test the 2,000 that it learns from

    page.get_by_role("link", name="Look inside its network").click()
    page.get_by_role("tab", name="Right and wrong").click()
    expect(page.get_by_text(re.compile(r"^After epoch 2, "))).to_be_visible()
    assert last == matrix.evaluate(COUNTS)
    slider = page.get_by_role("slider", name=re.compile("^Epoch|^Untrained"))
    slider.press("ArrowLeft")
    expect(page.get_by_text(re.compile(r"^After epoch 1, .* of the 200 test images"))).to_be_visible()
    first = matrix.evaluate(COUNTS)
    assert last != first

    label, answer = next((a, b) for a in range(10) for b in range(10) if a != b and first[a][b])
    matrix.get_by_role("gridcell", name=f"{label} read as {answer}: {first[label][answer]}", exact=True).click()
    pictures = page.get_by_role("button", name=re.compile(rf"^Test image \d+: {label}, read as {answer}, "))
    expect(pictures).to_have_count(min(60, first[label][answer]))
    kept = int(re.search(r"(\d+)%$", pictures.first.get_attribute("aria-label"))[1])
    pictures.first.click()
    near = "|".join(f"{percent}%" for percent in (kept - 1, kept, kept + 1))  # kept in 255ths
    expect(page.get_by_role("status", name="Answer")).to_have_text(re.compile(rf"^Read as {answer}, ({near})"))
    page.get_by_role("button", name="All mistakes").click()
    mistakes = sum(sum(row) for row in first) - sum(first[digit][digit] for digit in range(10))
    expect(page.get_by_role("heading", name=f"{mistakes} mistake")).to_be_visible()

    page.get_by_role("tab", name="What breaks it").click()
    curve = page.get_by_role("img", name=re.compile("^Read right of all test images: "))
    expect(page.get_by_role("button", name=re.compile("^Measure"))).to_be_enabled()
    assert curve.count() == 0
    page.get_by_role("button", name=re.compile("^Measure")).click()
    expect(curve).to_be_visible()
    right = sum(last[digit][digit] for digit in range(10))  # it is the whole training's
    expect(page.get_by_text(f"At 0, {right / 2:g}% of them are read right.")).to_be_visible()
    expect(page.get_by_text("Measured after the whole training, not after the epoch in view.")).to_be_visible()
    slider.press("ArrowRight")
    expect(page.get_by_text("Measured after")).to_be_hidden()
    assert console == []


def test_the_matrix_is_walked_by_keys(page, serve, console: list[str]) -> None:
    """Two arrows, and Enter: the pictures of that cell."""
    page.goto(f"{serve(ROOT / 'app.py')}/inside?inside_tab=right_and_wrong")
    matrix = page.get_by_role("grid", name="Confusion matrix")
    cell = matrix.get_by_role("gridcell", name="0 read as 0: 978", exact=True)
    cell.press("ArrowDown")
    below = matrix.get_by_role("gridcell", name="1 read as 0: 0", exact=True)
    expect(below).to_be_focused()
    below.press("ArrowRight")
    matrix.get_by_role("gridcell", name="1 read as 1: 1132", exact=True).press("Enter")
    expect(page.get_by_role("heading", name="1 read as 1: 1132")).to_be_visible()
    assert console == []


def test_the_whole_matrix_fits_a_phone(new_page, serve) -> None:
    """Its last column, the share that is right, included."""
    page = new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    for place in ("inside?inside_tab=right_and_wrong", "train"):
        page.goto(f"{serve(ROOT / 'app.py')}/{place}")
        matrix = page.get_by_role("grid", name="Confusion matrix")
        expect(matrix.get_by_role("gridcell").first).to_be_visible()
        if place != "train":
            expect(matrix.get_by_role("gridcell", name="1 read as 1: 1132", exact=True)).to_be_visible()
        box = matrix.bounding_box()
        assert box["x"] + box["width"] <= 390, place
        assert [] == matrix.evaluate(TOO_WIDE), place
