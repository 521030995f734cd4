"""Picture, sum and sliders on one screen, whatever the screen: laptops, zoomed ones, a phone upright and across."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

ROOT = Path(__file__).parents[2]
LAPTOPS = [(930, 600), (1024, 640), (1280, 720), (1366, 768), (1400, 900)]
PHONES = [(390, 844), (844, 390)]
PATHS = {"/convolution": "Output", "/channels": "Output", "/pooling": "Max output"}
FIRST_SLIDER = {"/convolution": "Padding", "/channels": "Input channels", "/pooling": "Kernel size"}

IN_VIEW = """(element) => {
  const box = element.getBoundingClientRect();
  return box.top >= -1 && box.bottom <= innerHeight + 1 && box.left >= -1 && box.right <= innerWidth + 1;
}"""
# Words that their own box cuts off: an ellipsis, or hidden overflow.
CUT = """() => [...document.querySelectorAll('[data-testid="stWidgetLabel"] p, [data-testid="stPageLink"] p')]
  .filter((words) => words.scrollWidth > words.clientWidth + 1).map((words) => words.textContent)"""

LECTURE = "channels_in=5&channels_out=10&channels_height=100&channels_width=100"
STACKS = [
    *("", LECTURE, f"{LECTURE}&channels_bias=0", "channels_in=8&channels_out=16", "channels_in=1&channels_out=1"),
    "channels_input=rgb&channels_out=4&channels_height=24&channels_width=24&channels_padding=1",
    "channels_input=digits&channels_in=4&channels_out=4&channels_groups=4&channels_height=14&channels_width=14",
    "channels_in=8&channels_out=6&channels_groups=2&channels_selected=6&channels_height=60&channels_width=60",
]
FANS = ["", "pool_kernel_size=3&pool_height=2&pool_width=2&pool_ceil_mode=true", "pool_height=28&pool_width=28"]
# What stands in the inspector's picture, {name: [left, top, right, bottom]}, without what is not shown.
BOXES = """(stage) => {
  const parts = '.cells > canvas:first-child, figcaption b, .total, .legend, .maps button, .refused p';
  const stands = (element) => element.checkVisibility({ visibilityProperty: true });
  const shown = [...stage.querySelectorAll(parts)].filter(stands);
  return shown.map((element, number) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    const box = (element.matches('b, .total, p') ? range : element).getBoundingClientRect();
    const name = `${number} ${element.tagName} ${element.className} ${element.textContent}`;
    return [name, [box.left, box.top, box.right, box.bottom]];
  }).filter(([, [left, , right]]) => right > left);
}"""
SCROLLED = """(stage) => [stage, ...stage.querySelectorAll('.channels, .sum, .refused')]
  .filter((part) => getComputedStyle(part).display !== 'contents')
  .filter((part) => part.scrollHeight > part.clientHeight + 1 || part.scrollWidth > part.clientWidth + 1)
  .map((part) => part.className)"""


@pytest.fixture
def opened(new_page: Callable, serve) -> Callable[[str, bool], Page]:
    """Opens a page, on a phone or not, and waits until all of it stands."""

    def open_at(path: str, phone: bool, locale: str = "en-US") -> Page:
        page = new_page(has_touch=phone, is_mobile=phone, locale=locale)
        page.goto(serve(ROOT / "app.py") + path)
        same = "The same in PyTorch" if locale == "en-US" else "对应的 PyTorch 代码"
        expect(page.get_by_role("heading", name=same)).to_be_attached()
        expect(page.get_by_role("gridcell").last).to_be_attached()
        expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
        return page

    return open_at


def resize(page: Page, width: int, height: int) -> None:
    """And waits until the picture has followed: it is drawn in the frame after the one that brings the size."""
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.evaluate("() => window.scrollTo(0, 0)")


def picture(page: Page, path: str) -> list[Locator]:
    """The output, the first of the grids that it comes from, and the sum."""
    names = (PATHS[path], "Input 1" if path == "/channels" else "Input")
    return [*(page.get_by_role("grid", name=name, exact=True) for name in names), page.get_by_role("status")]


def out_of_view(places: list[Locator]) -> list[str]:
    return [str(place) for place in places if not place.evaluate(IN_VIEW)]


def test_convolution_fits_every_laptops_screen(opened) -> None:
    """Window, sum and the sliders that are moved most stand on one screen, with whole labels, however it is zoomed."""
    page = opened("/convolution", False)
    sliders = [page.get_by_role("slider", name=name) for name in ("Padding", "Stride", "Dilation")]
    for width, height in LAPTOPS:
        resize(page, width, height)
        assert out_of_view([*picture(page, "/convolution"), *sliders]) == []
        assert page.evaluate(CUT) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", PATHS)
def test_after_a_tap_output_window_and_sum_are_on_the_screen(opened, path: str) -> None:
    """A tap on an output's first cell, then its last: nothing of what it opens has to be looked for."""
    page = opened(path, True)
    cells = page.get_by_role("grid", name=PATHS[path], exact=True).get_by_role("gridcell")
    for width, height in PHONES:
        resize(page, width, height)
        for cell in (cells.first, cells.last):
            cell.tap()
            expect(page.get_by_role("status")).to_contain_text(PATHS[path])
            assert out_of_view(picture(page, path)) == []
            unseen = page.get_by_role("status").evaluate("words => words.scrollHeight - words.clientHeight")
            assert unseen <= 1


@pytest.mark.parametrize("path", PATHS)
def test_the_picture_is_in_view_while_any_slider_is_moved(opened, path: str) -> None:
    """Whichever slider the learner scrolls to, the picture that it drives and the sum stand above or beside it."""
    page = opened(path, True)
    sliders = page.get_by_test_id("stSlider").all()
    assert len(sliders) >= 4
    for width, height in PHONES:
        resize(page, width, height)
        for slider in sliders:
            slider.evaluate("slider => slider.scrollIntoView({ block: 'end' })")
            assert out_of_view([slider, *picture(page, path)]) == []


BENEATH = """(input) => {
  input.scrollIntoView({ block: "center" });
  const picture = document.querySelector('[class*="st-key-picture_"]');
  return input.getBoundingClientRect().top - picture.getBoundingClientRect().bottom;
}"""


@pytest.mark.parametrize("path", PATHS)
def test_a_control_that_comes_into_view_is_beneath_the_picture(opened, path: str) -> None:
    """Held upright, a phone has the picture at its top: what a key or a link scrolls to is not hidden by it."""
    page = opened(path, True)
    resize(page, *PHONES[0])
    sliders = page.get_by_test_id("stSlider").locator("input")
    assert [] == [gap for gap in (slider.evaluate(BENEATH) for slider in sliders.all()) if gap < 0]


@pytest.mark.parametrize("phone", [False, True])
@pytest.mark.parametrize(("path", "slider"), FIRST_SLIDER.items())
def test_nothing_moves_while_a_slider_is_moved(opened, path: str, slider: str, phone: bool) -> None:
    """From one end to the other the picture keeps its height and the sliders keep their places."""
    page = opened(path, phone)
    resize(page, *(PHONES[0] if phone else LAPTOPS[-1]))
    watched = [page.locator("[class*=st-key-picture_]"), *page.get_by_test_id("stSlider").all()]
    thumb = page.get_by_role("slider", name=slider)
    thumb.focus()
    places = [place.bounding_box() for place in watched]
    for key in ("End", "Home"):
        before = page.url
        thumb.press(key)
        expect(page).not_to_have_url(before)
        expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
        assert places == [place.bounding_box() for place in watched]


@pytest.mark.parametrize("path", PATHS)
def test_the_pictures_place_is_as_high_as_the_picture(opened, path: str) -> None:
    """What the page keeps free before the picture is drawn is what the picture then takes, to two pixels."""
    for phone, sizes in ((False, LAPTOPS), (True, PHONES)):
        page = opened(path, phone)
        for size in sizes:
            resize(page, *size)
            place = page.locator("[class*=st-key-picture_]")
            reserved = place.evaluate("place => parseFloat(getComputedStyle(place).minHeight)")
            assert abs(reserved - place.locator(":scope > *").bounding_box()["height"]) <= 2, size


def faults(page: Page) -> list[str]:
    """What overlaps or is cut in the inspector's picture, at the page's size."""
    stage = page.locator(".stage")
    boxes = stage.evaluate(BOXES)
    place = page.locator("[class*=st-key-picture_]").bounding_box()
    left, right = place["x"] - 3, place["x"] + place["width"] + 3
    found = [f"{name} is out of the picture" for name, box in boxes if box[0] < left or box[2] > right]
    for number, (name, one) in enumerate(boxes):
        for other, two in boxes[:number]:
            across = min(one[2], two[2]) - max(one[0], two[0])
            down = min(one[3], two[3]) - max(one[1], two[1])
            apart = -2 if "CANVAS" in name and "CANVAS" in other else 2  # lines of text have some air, maps none
            if across > 1 and down > apart:
                found.append(f"{name} / {other}: {across:.0f} × {down:.0f} px")
    return [*found, *(f"{part} scrolls" for part in stage.evaluate(SCROLLED))]


PICTURES = [*(f"/channels?{link}" for link in STACKS), *(f"/pooling?{link}" for link in FANS)]
CHINESE = [f"/channels?{LECTURE}", "/channels?channels_in=8&channels_out=16", "/pooling?"]  # its words are shorter


@pytest.mark.parametrize(
    ("link", "locale"), [*((link, "en-US") for link in PICTURES), *((link, "zh-CN") for link in CHINESE)]
)
def test_no_grid_covers_another_or_a_word(opened, link: str, locale: str) -> None:
    """Whatever the channels, every map, title, running total and small map stands whole in a place of its own."""
    page = opened(link, False, locale)
    wrong = {}
    for size in [*PHONES, *LAPTOPS]:
        resize(page, *size)
        wrong[size] = faults(page)
    assert not {size: some for size, some in wrong.items() if some}
