"""Home: a digit is drawn, read, opened and flattened; the way through the lecture; links from before it was there."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.chinese import chinese

ROOT = Path(__file__).parents[2]
PAGES = ("", "convolution", "channels", "pooling", "network", "train", "inside", "compare", "task", "gpu", "help")


@pytest.fixture
def home(page: Page, serve) -> Page:
    """Once the digit that stands there is read."""
    page.goto(serve(ROOT / "app.py"))
    expect(page.get_by_text("Read as 7")).to_be_visible()
    return page


def section(page: Page, name: str) -> None:
    page.locator(".st-key-lecture_index, .st-key-road_map").get_by_role("link", name=name).click()


def test_one_click_opens_a_number_of_the_drawing_on_inside(home: Page, console: list[str]) -> None:
    """The drawing goes along; Back is at the drawing on Home."""
    pad = home.get_by_label("Drawing pad", exact=True)
    home.get_by_role("button", name="Clear").click()
    box = pad.bounding_box()
    home.mouse.move(box["x"] + box["width"] / 2, box["y"] + 30)
    home.mouse.down()
    home.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] - 30, steps=8)
    home.mouse.up()
    expect(home.get_by_text("Read as 1")).to_be_visible()
    expect(home).to_have_url(re.compile("home_drawing=(?!none)"))
    drawn = re.search(r"home_drawing=([^&]+)", home.url)[1]
    home.get_by_role("grid", name="conv2").click(position={"x": 20, "y": 20})
    expect(home.get_by_role("heading", name=re.compile("^conv2, map 1, row"))).to_be_visible()
    assert "/inside?" in home.url
    assert f"inside_drawing={drawn}" in home.url
    expect(home.get_by_text("Read as 1")).to_be_visible()
    home.go_back()
    expect(home.get_by_role("group", name="What is followed into the vector")).to_be_visible()
    expect(home.get_by_text("Read as 1")).to_be_visible()
    assert console == []


def test_an_answer_opens_too_and_another_number_after_it(home: Page, console: list[str]) -> None:
    """Inside shows the number that was clicked last, whatever was open there before."""
    home.get_by_role("button", name=re.compile("^3")).last.click()
    expect(home.get_by_role("heading", name=re.compile(r"^fc\[3\]"))).to_be_visible()
    home.get_by_role("link", name="CNN explorer").click()
    expect(home.get_by_role("group", name="What is followed into the vector")).to_be_visible()  # Inside is gone
    home.get_by_role("grid", name="pool1").click(position={"x": 20, "y": 20})
    expect(home.get_by_role("heading", name=re.compile("^pool1, map 1"))).to_be_visible()
    assert console == []


def test_a_pixels_neighbours_and_a_window_are_found_in_the_vector(home: Page, console: list[str]) -> None:
    """By pointer and by keys; a window's pieces; at an edge what is missing is said."""
    image = home.get_by_role("grid", name="The digit’s pixels")
    said = home.get_by_role("status").filter(has_text="x[")
    box = image.bounding_box()
    home.mouse.move(box["x"] + 10.5 * box["width"] / 28, box["y"] + 3.5 * box["height"] / 28)
    expect(said).to_contain_text("x[3 · 28 + 10] = x[94]")
    expect(said).to_contain_text("x[93] and x[95]")
    expect(said).to_contain_text("x[66] and x[122]")
    image.press("ArrowDown")
    expect(said).to_contain_text("= x[122]")
    home.mouse.move(0, 0)
    for _ in range(5):
        image.press("ArrowUp")
    expect(said).to_contain_text("at the edge")
    home.get_by_role("button", name="A 5×5 window").click()
    pieces = home.get_by_role("status").filter(has_text="5 pieces of 5")
    expect(pieces).to_contain_text("Rows 0 … 4, columns 8 … 12")
    expect(pieces).to_contain_text("23 others between")
    expect(pieces).to_contain_text("117 places")
    assert console == []


def test_one_click_trains_four_runs(page: Page, serve, console: list[str]) -> None:
    """On the data that are chosen; Stop ends them."""
    page.goto(f"{serve(ROOT / 'app.py')}/compare?train_data=offline")
    page.get_by_role("heading", name="What is compared").wait_for()
    page.get_by_role("link", name="CNN explorer").click()
    page.get_by_role("button", name="Train all four, live").click()
    stop = page.get_by_role("button", name="Stop", exact=True)
    stop.click()
    expect(stop).to_be_disabled()
    expect(page.get_by_text(re.compile("Dense net, shuffled|shuffled pixels")).first).to_be_visible()
    assert console == []


def test_a_link_sets_its_page_whatever_was_set_there(home: Page, console: list[str]) -> None:
    """Home's links into the lecture show what they say; the bar's links show a page as it was left."""
    section(home, "2.3 Stride 2")
    code = home.get_by_test_id("stCode").first
    expect(code).to_contain_text("kernel_size=3, stride=2")
    home.get_by_role("slider", name="Stride").press("ArrowRight")
    expect(code).to_contain_text("stride=3")
    bar = home.locator(".st-key-pages")
    bar.get_by_role("link", name="CNN explorer").click()
    section(home, "2.1 A patch at a time")
    expect(home.get_by_test_id("stCode").first).to_contain_text("kernel_size=3, bias=False")
    home.get_by_role("slider", name="Stride").press("ArrowRight")
    expect(home.get_by_test_id("stCode").first).to_contain_text("stride=2")
    bar.get_by_role("link", name="Pooling").click()
    expect(bar.locator("a[disabled]")).to_have_text("Pooling")
    bar.get_by_role("link", name="Convolution").click()
    expect(home.get_by_test_id("stCode").first).to_contain_text("kernel_size=3, stride=2")
    assert console == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_tour_leads_through_every_page_and_back(new_page: Callable, serve, language: str, console) -> None:
    """Next from Home to Compare in the lecture's order, in the language it began in; Back from there to Home."""
    words = {"Next": "Next", "Back": "Back", "place": "{place} of {count}"}
    if language == "zh":
        known = chinese()
        words = {"Next": "下一页", "Back": "上一页", "place": known["{place} of {count}"]}
    page = new_page(locale="en-US")
    page.goto(f"{serve(ROOT / 'app.py')}/?lang={language}")
    tour = page.locator(".st-key-tour")
    for step, way in [*((place, "Next") for place in range(1, 12)), *((place, "Back") for place in range(11, 0, -1))]:
        expect(tour).to_contain_text(words["place"].format(place=step, count=11))
        assert f"/{PAGES[step - 1]}" == page.evaluate("location.pathname")
        assert f"lang={language}" in page.url or language == "en"
        end = step == (11 if way == "Next" else 1)
        expect(tour.get_by_role("link", name=words[way])).to_have_count(0 if end else 1)
        if not end:
            tour.get_by_role("link", name=words[way]).click()
    assert console == []


def test_a_link_that_was_kept_opens_the_convolution_page(new_page: Callable, serve, console: list[str]) -> None:
    """From when the page stood at the app's own address: it opens, a reload keeps it, Back leaves it in one press."""
    page, url = new_page(once=True, locale="en-US"), serve(ROOT / "app.py")
    page.goto(f"{url}/pooling")
    expect(page.get_by_role("heading", name="The same in PyTorch")).to_be_visible()
    page.goto(f"{url}/?lang=zh&conv_padding=2&conv_cell=1_1")
    code = page.get_by_test_id("stCode").first
    expect(code).to_contain_text("padding=2")
    assert page.url == f"{url}/convolution?lang=zh&conv_padding=2&conv_cell=1_1"
    page.reload()
    expect(code).to_contain_text("padding=2")
    expect(page.get_by_role("heading", name="对应的 PyTorch 代码")).to_be_visible()
    page.go_back()
    expect(code).to_contain_text("MaxPool2d")
    assert page.url == f"{url}/pooling"
    page.go_forward()
    expect(code).to_contain_text("padding=2")
    page.goto(f"{url}/?lang=zh")
    expect(page).to_have_title("CNN explorer")
    assert console == []
