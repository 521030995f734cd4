"""A question in class in two browsers, and pages as a lecturer's link shows them, in a course's frame too."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Locator, Page, expect

from explorer.core.exercises.slips import SLIPS
from tests.chinese import chinese

ROOT = Path(__file__).parents[2]
LOCALES = {"en": "en-US", "zh": "zh-CN"}
PAGES = ("", "convolution", "channels", "pooling", "network", "train", "inside", "compare", "task", "gpu", "help")
LARGER = "larger.150~without.text~hidden.conv_kernel"
BROWSERS_PART = "hidden.inside_tab.inside_steps_off.pool_player"
FRAME = (
    '<!doctype html><title>A course</title><link rel="icon" href="data:,">'
    '<iframe src="{url}" width="600" height="700" style="border: 0"></iframe>'
)
# By how much the page, or what in it scrolls up and down, is wider than its place.
TOO_WIDE = """() => [document.documentElement, document.querySelector('[data-testid="stMain"]')]
  .map((place) => place.scrollWidth - place.clientWidth)"""

# By how much the bar's last name ends behind the bar, and the language switch above and beneath what shows it.
OUT_OF_THE_BAR = """() => {
  const box = (selector) => [...document.querySelectorAll(selector)].at(-1).getBoundingClientRect();
  const [bar, name, lang, around] = ['.st-key-pages', '.st-key-pages a', '.st-key-lang button',
    '[class*="st-key-navigation_"]'].map(box);
  return [name.right - bar.right, around.top - lang.top, lang.bottom - around.bottom].map((px) => Math.max(0, px));
}"""


@pytest.mark.parametrize(("front_lang", "student_lang"), [("en", "zh"), ("zh", "en")])
def test_a_class_answers_and_sees_how_it_answered(
    new_page: Callable, serve, console: list[str], front_lang: str, student_lang: str
) -> None:
    """A lecturer and a student in two languages: asked, answered on a phone, revealed, and the next question."""

    def said(sentence: str, language: str) -> str:
        return chinese()[sentence] if language == "zh" else sentence

    front, student = new_page(locale=LOCALES[front_lang]), _phone(new_page, student_lang)
    front.goto(f"{serve(ROOT / 'app.py')}/lecturer")
    front.get_by_role("button", name=said("Open a class", front_lang)).click()
    link = front.get_by_test_id("stCode").filter(has_text="class?code=")
    expect(link).to_have_count(1)
    student.goto(link.inner_text())
    student.get_by_label(said("Your answer", student_lang)).fill("93")
    expect(student.get_by_test_id("InputInstructions").filter(visible=True)).to_have_count(0)  # English only
    student.get_by_label(said("Your answer", student_lang)).press("Enter")
    expect(student.get_by_test_id("stAlert")).to_contain_text("93")
    expect(front.get_by_text({"en": "1 of 1 student", "zh": "1 名学生中已有 1 人"}[front_lang])).to_be_visible()
    expect(front.get_by_role("progressbar")).to_have_count(0)
    front.get_by_role("button", name=said("Reveal", front_lang)).click()
    for page, language in ((front, front_lang), (student, student_lang)):
        expect(page.get_by_test_id("stProgress").last).to_contain_text(said(SLIPS["counted_from_one"], language))
    expect(front.get_by_test_id("stProgress").locator("p").last).to_have_css("font-size", "20px")  # for a projector
    front.get_by_role("combobox", name=said("Question", front_lang)).fill(said("Where 320 comes from", front_lang))
    front.get_by_role("option", name=said("Where 320 comes from", front_lang)).click()
    expect(front.get_by_test_id("stCode").filter(has_text="Linear(?, ")).to_be_visible()  # what will be asked
    front.get_by_role("button", name=said("Ask this question", front_lang)).click()
    expect(student.get_by_test_id("stCode").filter(has_text="Linear(?, ")).to_be_visible()
    expect(student.get_by_label(said("Your answer", student_lang))).to_have_value("")
    front.get_by_role("button", name=said("End the class", front_lang)).click()
    expect(student.get_by_text(said("This class has ended.", student_lang))).to_be_visible()
    assert console == []


@pytest.mark.parametrize(("width", "size"), [(1400, "24px"), (1200, "24px"), (390, "16px")])
def test_larger_type_covers_nothing(new_page: Callable, serve, width: int, size: str) -> None:
    """Half as large again on every page: none is wider than the screen, and the picture ends where text begins.

    The bar has all its names and the whole language switch. On a phone, which has no room for it, type is as it was.
    """
    page = new_page(viewport={"width": width, "height": 900})
    for name in PAGES:
        page.goto(f"{serve(ROOT / 'app.py')}/{name}?view={LARGER}")
        expect(page.locator(".st-key-view_everything")).to_be_visible()
        page.wait_for_function("size => getComputedStyle(document.documentElement).fontSize === size", arg=size)
        assert [0, 0] == page.evaluate(TOO_WIDE), name
    page.goto(f"{serve(ROOT / 'app.py')}/convolution?view={LARGER}")
    hint, formula = page.get_by_text("Point at any cell"), page.locator(".katex-display").first
    expect(formula).to_be_visible()
    expect(page.locator(".st-key-lang button")).to_have_count(2)
    assert [0, 0, 0] == page.evaluate(OUT_OF_THE_BAR)
    if width > 640:  # on a phone the controls stand between them
        assert _bottom(hint) <= formula.bounding_box()["y"]


@pytest.mark.parametrize("page", ["convolution", "channels", "pooling"])
def test_larger_type_leaves_a_picture_in_the_window(new_page: Callable, serve, page: str) -> None:
    """Half as large again on a laptop, all of it, every number legible and the sum whole; a projector has larger cells
    than it would have without."""
    opened, cells = new_page(), {}
    first = opened.locator("[class*=st-key-picture_] .cells > canvas").first
    zoom = opened.get_by_role("button", name="Zoom in: not needed, all numbers can be read.")
    for size, (width, height) in ((100, (1920, 1080)), (150, (1920, 1080)), (150, (1400, 900))):
        opened.set_viewport_size({"width": width, "height": height})
        opened.goto(f"{serve(ROOT / 'app.py')}/{page}?view=larger.{size}")
        expect(zoom).to_be_visible()
        opened.wait_for_function(
            "size => getComputedStyle(document.documentElement).fontSize === size", arg=f"{size * 0.16:g}px"
        )
        expect(opened.get_by_test_id("stSkeleton")).to_have_count(0)
        assert _bottom(opened.locator("[class*=st-key-picture_]")) <= height
        assert _bottom(opened.get_by_text("Point at any cell")) <= height
        strip = opened.locator("[class*=st-key-picture_]").get_by_role("status")
        assert strip.evaluate("it => it.scrollHeight <= it.clientHeight + 1")
        cells[size, width] = first.bounding_box()["width"]
    assert cells[150, 1920] > cells[100, 1920]


def test_a_cell_is_met_where_it_is_seen_in_larger_type(new_page: Callable, serve) -> None:
    """The pointer opens the cell that it is on, and the picture has a dot for each of the screen's."""
    page = new_page(viewport={"width": 1400, "height": 900})
    page.goto(f"{serve(ROOT / 'app.py')}/convolution?view=larger.125")
    page.get_by_label("Output", exact=True).get_by_role("gridcell").nth(9).hover()
    expect(page.get_by_text("Output row 2, column 5")).to_be_visible()
    page.get_by_label("Output", exact=True).get_by_role("gridcell").nth(12).hover()
    expect(page.get_by_text("Output row 3, column 3")).to_be_visible()
    canvas = page.locator("canvas").first
    assert canvas.evaluate("it => Math.abs(it.width - it.getBoundingClientRect().width) <= 1")
    hint = page.get_by_text("Point at any cell")
    assert hint.evaluate("it => it.scrollHeight <= it.clientHeight")


def test_everything_is_one_click_away(new_page: Callable, serve) -> None:
    """A student takes off what the lecturer's link said, and a reload does not bring it back."""
    page = new_page()
    page.goto(f"{serve(ROOT / 'app.py')}/convolution?view={LARGER}")
    page.get_by_role("button", name="Show everything").click()
    expect(page.get_by_role("combobox", name="Kernel")).to_be_visible()
    expect(page.get_by_role("heading", name="Two words that are easily mixed up")).to_be_visible()
    page.wait_for_function("() => !location.search.includes('view')")
    assert "16px" == page.evaluate("getComputedStyle(document.documentElement).fontSize")
    page.reload()
    expect(page.get_by_role("combobox", name="Kernel")).to_be_visible()


@pytest.fixture
def course(serve, tmp_path: Path) -> Iterator[str]:
    """The address of a course's page with the app in a frame; another site than the app's, which is at 127.0.0.1."""
    page = FRAME.format(url=f"{serve(ROOT / 'app.py')}/convolution?embed=true&view={BROWSERS_PART}")
    (tmp_path / "index.html").write_text(page)
    handler = partial(QuietHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}/"
        server.shutdown()


class QuietHandler(SimpleHTTPRequestHandler):
    """Files, without a line for each."""

    def log_message(self, *_: object) -> None:
        """Says nothing."""


def test_a_course_page_frames_the_app(new_page: Callable, course: str, console: list[str]) -> None:
    """With ``embed=true``, 600 px wide: no page scrolls sideways, and the way through them and their links stay.

    The course is another site, whose frames' cookies browsers block: runs are one's own for the visit, which is said.
    What a lecturer's link hides of what the browser draws is not there.
    """
    outer = new_page()
    outer.goto(course)
    app = outer.frame_locator("iframe")
    expect(app.get_by_role("gridcell").last).to_be_attached()
    frame = outer.frames[1]
    bar = app.locator(".st-key-pages")
    for name in ("Channels", "Network", "Train", "Inside", "Compare", "Pooling"):
        bar.get_by_role("link", name=name, exact=True).click()
        frame.wait_for_function("name => location.pathname === `/${name.toLowerCase()}`", arg=name)
        expect(app.get_by_role("link", name="For lecturers")).to_be_visible()
        assert [0, 0] == frame.evaluate(TOO_WIDE), name
        if name == "Train":
            expect(app.get_by_text("Your browser keeps no cookie of this page")).to_be_visible()
        if name == "Inside":  # without what the link hides
            expect(app.get_by_role("img", name="What the network gets")).to_be_visible()
            expect(app.locator(".tabs, .steps").filter(visible=True)).to_have_count(0)
    expect(app.locator(".zoom")).to_be_visible()
    expect(app.get_by_role("button", name="Play")).to_have_count(0)
    app.get_by_role("slider", name="Stride").press("ArrowLeft")
    frame.wait_for_function("() => location.search.includes('pool_stride=1')")
    assert "embed=true" in frame.evaluate("location.search")
    app.get_by_role("link", name="For lecturers").click()
    link = app.get_by_test_id("stCode").first  # to give away: the app's own address, as it is outside of a frame
    expect(link).to_contain_text(re.compile(r"^http://127\.0\.0\.1:\d+/pooling\?.*pool_stride=1"))
    assert "embed" not in link.inner_text()
    assert console == []


def _phone(new_page: Callable, language: str) -> Page:
    return new_page(viewport={"width": 390, "height": 844}, locale=LOCALES[language], color_scheme="dark")


def _bottom(place: Locator) -> float:
    box = place.bounding_box()
    return box["y"] + box["height"]
