"""Numbers that are too small to be read: the inspector's zoom, and the products of many, which unfold."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

ROOT = Path(__file__).parents[2]
DIGIT = "/convolution?conv_input=digit&conv_height=28&conv_width=28"
# The part of a grid that is seen: its first and last row and column, from 1, by where its cells lie in its picture.
SEEN = """(grid) => {
  const picture = grid.closest(".cells").getBoundingClientRect();
  const whole = ({ left, right, top, bottom }) =>
    left >= picture.left - 1 && right <= picture.right + 1 && top >= picture.top - 1 && bottom <= picture.bottom + 1;
  const seen = (line) => [...line.children].flatMap((cell, x) => (whole(cell.getBoundingClientRect()) ? [x + 1] : []));
  const rows = [...grid.children].flatMap((line, y) => (seen(line).length ? [y + 1] : []));
  const columns = seen(grid.children[rows[0] - 1]);
  const { width } = grid.querySelector('[role="gridcell"]').getBoundingClientRect();
  return { rows: [rows[0], rows.at(-1)], columns: [columns[0], columns.at(-1)], width };
}"""


@pytest.fixture
def opened(page: Page, serve) -> Callable[[str], Page]:
    """Opens the app at a link and waits until the picture stands."""

    def open_at(link: str) -> Page:
        page.goto(serve(ROOT / "app.py") + link)
        expect(page.get_by_role("gridcell").last).to_be_attached()
        return page

    return open_at


def grid(page: Page, name: str) -> Locator:
    return page.get_by_role("grid", name=name, exact=True)


def test_a_large_grids_numbers_are_read_by_zooming_in(opened) -> None:
    """The button shows cells of 22 px and more around the window; steps and arrow keys take the picture along."""
    page = opened(f"{DIGIT}&conv_cell=14_14")
    assert grid(page, "Input").evaluate(SEEN)["width"] < 12
    zoom = page.get_by_role("button", name="Zoom in")
    zoom.focus()
    page.keyboard.press("Enter")
    expect(zoom).to_have_attribute("aria-pressed", "true")
    for name in ("Input", "Output"):
        seen = grid(page, name).evaluate(SEEN)
        assert seen["width"] >= 22
        assert all(first <= 14 and last >= 15 for first, last in (seen["rows"], seen["columns"]))
    output = grid(page, "Output")
    output.get_by_role("gridcell", name=re.compile("^row 15, column 15,")).focus()
    page.keyboard.press("Control+End")
    expect(page.get_by_role("status")).to_contain_text("row 28, column 28")
    for name in ("Input", "Output"):
        seen = grid(page, name).evaluate(SEEN)
        assert [seen["rows"][1], seen["columns"][1]] == [28, 28]
    zoom.click()
    assert grid(page, "Input").evaluate(SEEN)["width"] < 12


def test_what_is_pointed_at_in_a_zoomed_grid_is_what_is_seen_there(opened) -> None:
    """The pointer meets the cell that is drawn under it, and the grid under it holds still."""
    page = opened(f"{DIGIT}&conv_cell=14_14")
    page.get_by_role("button", name="Zoom in").click()
    seen = grid(page, "Output").evaluate(SEEN)
    for row in seen["rows"]:
        for column in seen["columns"]:
            grid(page, "Output").get_by_role("gridcell", name=re.compile(f"^row {row}, column {column},")).hover()
            expect(page.get_by_role("status")).to_contain_text(f"Output row {row}, column {column}")
            assert grid(page, "Output").evaluate(SEEN) == seen


def test_zoom_says_when_it_is_not_needed(opened) -> None:
    """On the worked example every number can be read."""
    expect(opened("/convolution").get_by_role("button", name="not needed")).to_be_disabled()


def test_many_products_unfold(opened) -> None:
    """Three channels of a 5×5 kernel: 25 products each, folded; unfolded they add up to what is drawn."""
    page = opened("/channels?channels_kernel_size=5&channels_height=12&channels_width=12&channels_cell=1_1")
    words = page.get_by_role("status")
    expect(words).to_contain_text("Channel 1: 25 products = ")
    unfold = page.get_by_role("button", name="All products")
    unfold.click()
    expect(page.get_by_role("button", name="Fewer")).to_have_attribute("aria-expanded", "true")
    for line in words.locator("div").all_inner_texts()[2:5]:
        terms, total = line.replace("−", "-").split(": ")[1].split(" = ")
        products = [term.replace("(", "").replace(")", "").split("·") for term in terms.split(" + ")]
        assert len(products) == 25
        assert sum(int(value) * int(weight) for value, weight in products) == int(total)
    page.get_by_role("button", name="Fewer").click()
    expect(words).to_contain_text("25 products")


@pytest.mark.parametrize("path", ["/convolution", "/channels", "/pooling"])
def test_the_legend_says_what_a_windows_colours_are(opened, path: str) -> None:
    """They are the weights', where an output is open that has weights, and the cells' own where a maximum is."""
    key = opened(path).get_by_text("window: weight’s colour")
    expect(key).to_be_hidden() if path == "/pooling" else expect(key).to_be_visible()
