"""A 7 is drawn, read, and opened down to its pixels, without a word to the server."""

import io
import re
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.fresh import wait_for_the_last_answer

ROOT = Path(__file__).parents[2]
SEVEN = [(0.25, 0.2), (0.5, 0.18), (0.78, 0.2), (0.65, 0.45), (0.5, 0.8)]
ONE = [(0.5, 0.15), (0.5, 0.5), (0.5, 0.85)]


def draw(page: Page, points: list[tuple[float, float]]) -> None:
    """One stroke of the mouse across the pad."""
    box = page.get_by_role("img", name="Drawing pad").bounding_box()
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in points]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=5)
    page.mouse.up()


@pytest.fixture
def said(page: Page) -> list[object]:
    """What the browser tells the server."""
    said: list[object] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: said.append(frame)))
    return said


@pytest.fixture
def inside(page: Page, said: list[object], serve) -> Page:
    """The page, which has read its first digit and has no more to tell the server."""
    page.goto(f"{serve(ROOT / 'app.py')}/inside")
    expect(page.get_by_role("status", name="Answer")).to_have_text(re.compile(r"^Read as 7, 9\d%"))
    expect(page.get_by_role("heading", name="What you see")).to_be_visible()
    assert said  # it has to tell something to be drawn
    said.clear()
    return page


def test_before_the_weights_are_there_no_button_is_empty(new_page, serve) -> None:
    """A slow line: the page says what it waits for, and offers nothing that has no name yet."""
    page = new_page(once=True)  # no other test has its route
    page.route("**/weights/**", lambda route: None)  # never answered
    page.goto(f"{serve(ROOT / 'app.py')}/inside")
    expect(page.get_by_role("status", name="Answer")).to_have_text("The weights are on their way.")
    expect(page.get_by_role("heading", name="What you see")).to_be_visible()
    nameless = page.get_by_role("button", name=re.compile("^$"))
    assert nameless.count() == 0


def test_what_is_drawn_is_read_and_undone(inside: Page, console: list[str]) -> None:
    """Clear, a 1, and Undo twice: the 7 that stood there at first."""
    answer = inside.get_by_role("status", name="Answer")
    inside.get_by_role("button", name="Clear", exact=True).click()
    expect(answer).to_have_text("Draw a digit: nothing is on the pad.")
    draw(inside, ONE)
    expect(answer).to_have_text(re.compile("^Read as 1"))
    inside.get_by_role("button", name="Undo", exact=True).click()
    inside.get_by_role("button", name="Undo", exact=True).click()
    expect(answer).to_have_text(re.compile("^Read as 7"))
    inside.get_by_role("button", name="Redo", exact=True).click()
    expect(answer).to_have_text("Draw a digit: nothing is on the pad.")
    assert console == []


def test_the_answer_follows_the_pen_without_a_word_to_the_server(inside: Page, said: list[object]) -> None:
    """While it is down; when it rests the link has the drawing, and a reload brings it back."""
    answer = inside.get_by_role("status", name="Answer")
    inside.get_by_role("button", name="Clear", exact=True).click()
    expect(inside).to_have_url(re.compile("inside_drawing=none"))
    said.clear()
    box = inside.get_by_role("img", name="Drawing pad").bounding_box()
    inside.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.15 * box["height"])
    inside.mouse.down()
    for step in range(1, 20):
        inside.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + (0.15 + 0.035 * step) * box["height"])
    expect(answer).to_have_text(re.compile("^Read as 1"))
    assert said == []
    inside.mouse.up()
    expect(inside).to_have_url(re.compile("inside_drawing=(?!none)"))
    inside.reload()
    expect(answer).to_have_text(re.compile("^Read as 1"))


def test_a_step_left_out_costs_the_answer(inside: Page) -> None:
    """A small 7 in a corner is read; neither scaled nor centred it is not, as the network never saw one there."""
    answer = inside.get_by_role("status", name="Answer")
    inside.get_by_role("button", name="Clear", exact=True).click()
    draw(inside, [(0.05 + 0.25 * x, 0.05 + 0.25 * y) for x, y in SEVEN])
    expect(answer).to_have_text(re.compile("^Read as 7"))
    for step in ("Scale", "Centre"):
        inside.get_by_role("button", name=step, exact=True).click()
        expect(inside.get_by_role("button", name=step, exact=True)).to_have_attribute("aria-pressed", "false")
    expect(answer).not_to_have_text(re.compile("^Read as 7"))


def test_the_epochs_can_be_gone_through(inside: Page) -> None:
    """The slider's first place has the weights after one pass: the opened sum is another."""
    opened = inside.get_by_role("heading", name=re.compile("="))
    last = opened.inner_text()
    slider = inside.get_by_role("slider", name=re.compile("^Epoch|^Untrained"))
    slider.press("Home")
    slider.press("ArrowRight")
    expect(inside.get_by_text("Epoch 1", exact=True)).to_be_visible()
    expect(opened).not_to_have_text(last)
    expect(inside).to_have_url(re.compile(r"inside_epoch=1\b"))
    inside.reload()
    expect(inside.get_by_text("Epoch 1", exact=True)).to_be_visible()
    slider.press("End")
    expect(opened).to_have_text(last)


def test_from_the_answer_down_to_a_pixel_and_back(inside: Page, console: list[str]) -> None:
    """The logit's largest term, the unit of relu2 behind it, its pooling, its convolution, … and the breadcrumb."""
    inside.get_by_role("button", name="Clear", exact=True).click()
    draw(inside, SEVEN)
    expect(inside.get_by_role("status", name="Answer")).to_have_text(re.compile("^Read as 7"))
    opened = inside.get_by_role("heading", name=re.compile("="))
    expect(opened).to_have_text(re.compile(r"^fc\[7\] = "))
    first = inside.get_by_role("list").get_by_role("button").first
    first.click()
    expect(opened).to_have_text(re.compile(r"^flatten\[\d+\]: map \d+, row \d, column \d = "))
    value = opened.inner_text().split("= ")[1]
    laid = inside.get_by_text(re.compile(r"^relu2\[\d+, \d, \d\] = flatten\[\d+·4·4 \+ \d·4 \+ \d\] = flatten\["))
    expect(laid).to_be_visible()
    for layer in ("relu2", "pool2"):
        first.click()
        expect(opened).to_have_text(re.compile(rf"^{layer}, map \d+, row \d+, column \d+ = {re.escape(value)}"))
    winner = inside.get_by_text(re.compile(r"^The winner is row"))
    expect(winner).to_be_visible()
    row, column = re.findall(r"\d+", winner.inner_text())
    press_input(inside, int(row), int(column))
    expect(opened).to_have_text(re.compile(rf"^conv2, map \d+, row {row}, column {column} = {re.escape(value)}"))
    expect(inside.locator(".strip b:visible").first).to_have_text(value)  # the sum of all channels' products
    press_input(inside, 5, 5)
    expect(opened).to_have_text(re.compile(r"^relu1, map 1, row 5, column 5 = "))
    first.click()
    expect(opened).to_have_text(re.compile(r"^pool1, map 1, row 5, column 5 = "))
    press_input(inside, 9, 9)
    expect(opened).to_have_text(re.compile(r"^conv1, map 1, row 9, column 9 = "))
    press_input(inside, 10, 10)
    expect(opened).to_have_text(re.compile(r"^x, map 1, row 10, column 10 = "))
    expect(
        inside.get_by_text(re.compile(r"^The pixel’s ink is \d+ of 255: \(\d+ / 255 − 0\.1307\) / 0\.3081 = "))
    ).to_be_visible()

    crumbs = inside.get_by_role("navigation").last.get_by_role("button")
    expect(crumbs).to_have_count(9)
    crumbs.filter(has_text="conv2").click()
    expect(opened).to_have_text(re.compile(rf"^conv2, map \d+, row {row}, column {column} = {re.escape(value)}"))
    crumbs.filter(has_text="fc[7]").press("Enter")
    expect(opened).to_have_text(re.compile(r"^fc\[7\] = "))
    expect(opened).to_be_focused()  # not the page's beginning: the crumbs are gone
    expect(inside.get_by_text(re.compile(r"Softmax makes \d+% of it: e\^\d"))).to_be_visible()
    first.click()
    expect(inside).to_have_url(re.compile(r"inside_at=7_7_0_0\.6_\d+_0_0(&|$)"))
    open_before = opened.inner_text()
    inside.reload()
    expect(opened).to_have_text(open_before)
    expect(crumbs).to_have_text([re.compile(r"^fc\[7\] ›"), re.compile("^flatten")])
    assert console == []


def test_another_cell_of_the_map_in_view_moves_no_page(inside: Page) -> None:
    """What a click on a layer opens comes into view; who looks at its map then stays where they are."""
    page_top = "() => document.querySelector('[data-testid=stMain]').scrollTop"
    inside.set_viewport_size({"width": 1400, "height": 500})
    assert inside.evaluate(page_top) == 0
    inside.get_by_role("grid", name="conv1", exact=True).click(position={"x": 20, "y": 20})
    opened = inside.get_by_role("heading", name=re.compile("^conv1, map 1, "))
    expect(opened).to_be_in_viewport()
    output = inside.get_by_role("grid", name="Output", exact=True)
    output.evaluate("it => it.scrollIntoView({ block: 'start' })")
    expect(opened).not_to_be_in_viewport()
    before, stood = opened.inner_text(), inside.evaluate(page_top)
    output.click(position={"x": 100, "y": 100})
    expect(opened).not_to_have_text(before)
    assert 0 < stood == inside.evaluate(page_top)


def test_the_code_prints_the_opened_number(inside: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As torch computes it, with the file that the page offers beside it; so after the digit was changed."""
    inside.get_by_role("grid", name="conv2", exact=True).click(position={"x": 30, "y": 30})
    inside.get_by_role("button", name="3", exact=True).click()
    expect(inside.get_by_role("status", name="Answer")).to_have_text(re.compile("^Read as 3"))
    expect(inside).to_have_url(re.compile("inside_drawing="))
    wait_for_the_last_answer(inside)
    opened = inside.get_by_role("heading", name=re.compile("^conv2, .*="))
    number = float(opened.inner_text().split("= ")[1].replace("−", "-"))
    place = ", ".join(str(int(one) - 1) for one in re.findall(r"\d+", opened.inner_text().split("=")[0])[1:])
    code = inside.get_by_test_id("stCode")
    expect(code).to_contain_text(f'print(outputs["conv2"][0, {place}].item())')
    with inside.expect_download() as download:
        inside.get_by_role("link", name="weights.safetensors").click()
    download.value.save_as(tmp_path / download.value.suggested_filename)
    monkeypatch.chdir(tmp_path)
    with redirect_stdout(io.StringIO()) as printed:
        exec(code.locator("code").inner_text(), {})
    assert float(printed.getvalue()) == pytest.approx(number, rel=1e-3)

    inside.get_by_role("button", name=re.compile("^3 "), exact=False).last.click()  # its bar
    inside.get_by_role("combobox", name="Why this answer, and not").select_option("8")
    lead = inside.get_by_role("heading", name=re.compile(r"^fc\[3\] − fc\[8\] = "))
    expect(code).to_contain_text('print((outputs["fc"][0, 3] - outputs["fc"][0, 8]).item())')
    with redirect_stdout(io.StringIO()) as printed:
        exec(code.locator("code").inner_text(), {})
    assert float(printed.getvalue()) == pytest.approx(float(lead.inner_text().split("= ")[1]), rel=1e-3)


def test_an_answer_leaves_a_pinned_weight_open(inside: Page) -> None:
    """What was opened a second before is told meanwhile; and while a run trains an answer comes every few seconds."""
    inside.get_by_role("grid", name="conv1", exact=True).click(position={"x": 30, "y": 30})
    weight = inside.get_by_role("grid", name=re.compile("^Kernel")).get_by_role("gridcell").nth(3)
    weight.click()
    inside.mouse.move(1, 1)
    opened = inside.get_by_role("status").filter(has_text=re.compile("^Kernel.*used"))
    expect(opened).to_be_visible()
    expect(inside).to_have_url(re.compile("inside_at="))
    wait_for_the_last_answer(inside)
    expect(opened).to_be_visible()


def test_digits_kept_in_two_tabs_are_all_kept(inside: Page) -> None:
    """What one tab keeps, the other shows, and does not write over."""
    other = inside.context.new_page()
    other.goto(inside.url)
    expect(other.get_by_role("status", name="Answer")).to_have_text(re.compile("^Read as 7"))
    for page, digit in ((inside, "3"), (other, "5")):
        page.get_by_role("button", name=digit, exact=True).first.click()
        expect(page.get_by_role("status", name="Answer")).to_have_text(re.compile(f"^Read as {digit}"))
        page.get_by_role("button", name="Keep", exact=True).click()
    for page in (inside, other):
        kept = page.get_by_role("list", name="Kept digits").get_by_role("button", name=re.compile("^Open"))
        expect(kept).to_have_text(["5", "3"])
    other.close()


def press_input(page: Page, row: int, column: int) -> None:
    """A number of the first input that the opened unit reads from."""
    cells = page.get_by_role("grid", name=re.compile(r"^Input \d+")).first
    cells.get_by_role("row").nth(row - 1).get_by_role("gridcell").nth(column - 1).click()
