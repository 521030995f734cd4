"""The Convolution page in a real browser: hover, keys, typing over numbers, links, sizes."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.fresh import wait_for_the_last_answer

ROOT = Path(__file__).parents[2]
SUM_295 = "4·1 + 6·2 + 5·3 + 4·4 + 6·5 + 8·6 + 6·7 + 7·8 + 8·9 = 295"
SUM_91 = "0·1 + 0·2 + 0·3 + 0·4 + 3·5 + 4·6 + 0·7 + 2·8 + 4·9 = 91"


@pytest.fixture
def app(page: Page, serve) -> Page:
    page.goto(serve(ROOT / "app.py") + "/convolution")
    expect(grid(page, "Output")).to_be_visible()
    expect(page.get_by_role("heading", name="The same in PyTorch")).to_be_visible()  # the page's last words
    return page


def grid(page: Page, name: str):
    return page.get_by_role("grid", name=name, exact=True)


def cell(page: Page, name: str, row: int, column: int):
    """The cell of that row and column, counted from 1."""
    return grid(page, name).get_by_role("gridcell", name=re.compile(f"^row {row}, column {column},"))


def arithmetic(page: Page):
    return page.get_by_role("status")


def test_the_first_sight_shows_the_example_with_one_cell_open(app: Page, console: list[str]) -> None:
    """Grids with English names, cells that say row, column and value, and the open cell's whole sum."""
    expect(cell(app, "Output", 2, 3)).to_have_accessible_name("row 2, column 3, value 295")
    expect(cell(app, "Input", 1, 1)).to_have_accessible_name("row 1, column 1, value 3")
    expect(cell(app, "Kernel", 3, 3)).to_have_accessible_name("row 3, column 3, value 9")
    expect(arithmetic(app)).to_contain_text(SUM_295)
    expect(app.locator("figcaption").get_by_text("(1, 1, 5, 5)", exact=True)).to_have_count(2)  # input and output
    assert console == []


def test_a_click_pins_and_the_link_brings_the_pin_back(app: Page, new_page) -> None:
    """The pinned cell is part of the screen that a link restores."""
    cell(app, "Output", 1, 1).click()
    expect(app).to_have_url(re.compile("conv_cell=0_0"))
    other = new_page()
    other.goto(app.url)
    expect(arithmetic(other)).to_contain_text(SUM_91)


def test_arrow_keys_reach_every_cell(app: Page) -> None:
    """Tab enters a grid once; arrows, Home and End walk in it and stop at its edges."""
    cell(app, "Output", 2, 3).click()
    for key, row, column in [("ArrowUp", 1, 3), ("ArrowUp", 1, 3), ("End", 1, 5), ("ArrowDown", 2, 5), ("Home", 2, 1)]:
        app.keyboard.press(key)
        expect(cell(app, "Output", row, column)).to_be_focused()
        expect(arithmetic(app)).to_contain_text(f"Output row {row}, column {column}")


def test_a_slider_moves_the_output_and_nothing_else(app: Page) -> None:
    """Another stride changes shape and values; input, kernel and output stay where they are on screen."""
    places = [
        grid(app, name).locator("xpath=ancestor::figure").bounding_box() for name in ("Input", "Kernel", "Output")
    ]
    slider = app.get_by_role("slider", name="Stride")
    slider.focus()
    slider.press("ArrowRight")
    slider.press("ArrowRight")
    expect(app.get_by_text("(1, 1, 2, 2)", exact=True)).to_be_visible()
    expect(grid(app, "Output").get_by_role("gridcell")).to_have_text(["91", "215", "194", "169"])
    expect(app).to_have_url(re.compile("conv_stride=3"))
    assert places == [
        grid(app, name).locator("xpath=ancestor::figure").bounding_box() for name in ("Input", "Kernel", "Output")
    ]


def test_a_number_is_typed_over_in_place(app: Page, new_page) -> None:
    """The output follows, the link holds the edit, and a text that is no number is explained."""
    cell(app, "Input", 1, 1).click()
    expect(app).to_have_url(re.compile("conv_cell=Input_0_0"))
    wait_for_the_last_answer(app)  # which would take away what is said below
    app.keyboard.type("x")  # not the beginning of a number: ignored
    app.keyboard.press("Enter")
    field = app.get_by_role("textbox", name="New number for row 1, column 1")
    field.fill("many")
    field.press("Enter")
    expect(app.get_by_text("“many” is not a number between −9999 and 9999.")).to_be_visible()
    field.fill("13")
    field.press("Enter")
    expect(cell(app, "Output", 1, 1)).to_have_text("141")  # 91 + 10·5
    expect(arithmetic(app)).to_contain_text("Input row 1, column 1: 13")
    expect(app).to_have_url(re.compile("conv_input_edits=0_0_13"))
    cell(app, "Kernel", 1, 1).click()
    app.keyboard.type("-2.5")
    app.keyboard.press("Enter")
    expect(cell(app, "Output", 2, 2)).to_have_text("175.5")  # 211, + 10·1 for the 13, − 3.5·13 for the weight
    other = new_page()
    other.goto(app.url)
    expect(cell(other, "Output", 2, 2)).to_have_text("175.5")


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (390, "dark"), (1400, "dark")])
def test_every_width_and_theme_shows_the_picture(new_page, serve, console: list[str], width: int, scheme: str) -> None:
    """On a phone the picture comes first and nothing needs sideways scrolling."""
    page = new_page(viewport={"width": width, "height": 844}, color_scheme=scheme, has_touch=width < 500)
    page.goto(serve(ROOT / "app.py") + "/convolution")
    expect(arithmetic(page)).to_contain_text(SUM_295)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if width < 500:
        slider = page.get_by_role("slider", name="Padding").bounding_box()
        assert grid(page, "Output").bounding_box()["y"] < slider["y"]
        cell(page, "Output", 1, 1).tap()
        expect(arithmetic(page)).to_contain_text(SUM_91)
    assert console == []


def test_the_browsers_language_is_the_default(new_page, serve) -> None:
    """A browser that asks for Chinese gets Chinese; the switch changes it and the link keeps the choice."""
    page = new_page(locale="zh-CN")
    page.goto(serve(ROOT / "app.py") + "/convolution")
    expect(page.get_by_role("slider", name="填充（padding）")).to_be_visible()
    expect(grid(page, "Output")).to_be_visible()  # ARIA names stay English
    page.get_by_role("button", name="English").or_(page.get_by_role("radio", name="English")).first.click()
    expect(page.get_by_role("slider", name="Padding")).to_be_visible()
    expect(page).to_have_url(re.compile("lang=en"))


@pytest.mark.parametrize("path", ["/convolution", "/channels", "/pooling"])
def test_the_language_can_be_changed_to_and_fro(page: Page, serve, console: list[str], path: str) -> None:
    """English, Chinese, English: lists of choices speak each, and what was chosen stays chosen."""
    page.goto(serve(ROOT / "app.py") + path)
    names = (
        {"English": "Worked example", "中文": "讲义例题"}
        if path != "/channels"
        else {"English": "Small numbers", "中文": "小整数"}
    )
    for language in ("中文", "English", "中文"):
        page.get_by_role("radio", name=language).or_(page.get_by_role("button", name=language)).first.click()
        expect(
            page.get_by_role("heading", name={"English": "Try", "中文": "试一试"}[language], exact=True)
        ).to_be_visible()
        expect(page.get_by_role("combobox", name=re.compile("^(Input|输入)")).first).to_have_value(names[language])
    expect(grid(page, "Input 1" if path == "/channels" else "Input")).to_be_visible()
    assert not re.search("example|Small|Own", page.url)
    assert [line for line in console if "KeyError" in line] == []
