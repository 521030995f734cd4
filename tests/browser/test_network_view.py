"""The network view in a real Chromium: hover, keys, choice, repair, themes, a phone, and what an update costs."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

if os.environ.get("CI") != "true":
    pytest.importorskip("playwright")
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.browser.apps.network_view_app import HOSTILE, MESSAGE, WORDS

APP = Path(__file__).parent / "apps" / "network_view_app.py"
CHOSEN = "conv2: the unit in row 5, column 5 sees 14×14 pixels of the image"


@pytest.fixture
def simple(page: Page, serve: Callable[[Path], str]) -> Page:
    """The simple CNN, with conv2's unit (4, 4) chosen."""
    return visit(page, serve(APP))


@pytest.fixture
def broken(simple: Page) -> Page:
    """The same with a Linear layer of 300 inputs."""
    return change(simple, "broken")


def visit(page: Page, url: str) -> Page:
    page.goto(url)
    expect(said(page)).to_have_text(CHOSEN)
    expect(page.get_by_text("chosen [3, 4, 4]", exact=True)).to_be_visible()
    return page


def change(page: Page, which: str) -> Page:
    page.get_by_role("button", name=which, exact=True).click()
    name = {"simple": "fc", "broken": "softmax", "tall": "conv30", "hostile": HOSTILE}[which]
    expect(layer(page, name)).to_be_visible()
    return page


def said(page: Page) -> Locator:
    return page.get_by_role("status").and_(page.locator(".said"))


def block(page: Page, name: str) -> Locator:
    """The box of the picture."""
    return page.get_by_role("button", name=f"{name}, ")


def layer(page: Page, name: str) -> Locator:
    """The button in the ledger."""
    return page.get_by_role("table").get_by_role("button", name=name, exact=True)


def line(page: Page, name: str) -> Locator:
    """The ledger's row, with what went wrong in it."""
    return page.locator("tbody").filter(has=page.get_by_role("button", name=name, exact=True))


def point(page: Page, name: str, units: tuple[int, int], row: int, column: int = 0) -> None:
    """Moves the mouse on a unit of a block that has so many rows and columns of them."""
    box = block(page, name).locator(".front").bounding_box()
    (rows, columns), (width, height) = units, (box["width"], box["height"])
    page.mouse.move(box["x"] + (column + 0.5) * width / columns, box["y"] + (row + 0.5) * height / rows)


def place(mark: Locator) -> list[float]:
    """x, y, width, height in units of its block; nothing where it is hidden."""
    if mark.get_attribute("visibility") == "hidden":
        return []
    return [float(mark.get_attribute(name)) for name in ("x", "y", "width", "height")]


def seen(page: Page) -> list[float]:
    """The frame on the image: x, y, width, height in pixels."""
    return place(page.locator(".strip > .block .sees"))


def unit(page: Page, name: str) -> list[float]:
    return place(block(page, name).locator(".unit"))


def focused(page: Page) -> str:
    """The name of what has the focus inside the component."""
    script = "(n) => { const e = n.getRootNode().activeElement; return e ? e.ariaLabel ?? e.textContent : '' }"
    return page.locator(".network").evaluate(script)


def test_the_chosen_unit_is_drawn_on_first_sight(simple: Page, console: list[str]) -> None:
    """Unit (4, 4) of conv2 sees 14×14 pixels from (8, 8) on; its row is marked."""
    assert [8, 8, 14, 14] == seen(simple)
    assert [4, 4, 1, 1] == unit(simple, "conv2")
    expect(layer(simple, "conv2")).to_have_attribute("aria-pressed", "true")
    expect(layer(simple, "relu2")).to_have_attribute("aria-pressed", "false")
    expect(block(simple, "conv2")).to_have_attribute("aria-pressed", "true")
    assert [] == console


def test_hovering_a_map_marks_the_unit_and_what_it_sees_without_a_word_to_the_server(page: Page, serve) -> None:
    """Row 3, column 11 of pool1, counted from 0, sees 6×6 pixels from (6, 22) on. Leaving returns to the chosen."""
    sent = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda _: sent.append(1)))
    visit(page, serve(APP))
    before = len(sent)
    assert before
    point(page, "pool1", (12, 12), 3, 11)
    expect(said(page)).to_have_text("pool1: the unit in row 4, column 12 sees 6×6 pixels of the image")
    assert ([22, 6, 6, 6], [11, 3, 1, 1], []) == (seen(page), unit(page, "pool1"), unit(page, "conv2"))
    point(page, "input", (28, 28), 27, 1)
    expect(said(page)).to_have_text("input: the pixel in row 28, column 2")
    assert [1, 27, 1, 1] == seen(page)
    page.mouse.move(1300, 5)
    expect(said(page)).to_have_text(CHOSEN)
    assert [8, 8, 14, 14] == seen(page)
    assert before == len(sent)


def test_a_feature_sees_what_its_unit_saw_before_it_was_flattened(simple: Page) -> None:
    """Feature 38 is channel 2, row 1, column 2; behind a linear layer every feature sees everything."""
    block(simple, "flatten").focus()
    for key in ["Home", *["ArrowDown"] * 37, "ArrowRight", "ArrowUp"]:
        simple.keyboard.press(key)
    words = "flatten: feature 38 was row 2, column 2 of channel 3 and sees 16×16 pixels of the image"
    expect(said(simple)).to_have_text(words)
    assert [4, 4, 16, 16] == seen(simple)
    block(simple, "fc").hover()
    expect(said(simple)).to_contain_text(re.compile(r"fc: feature \d+ sees 28×28 pixels"))
    assert [0, 0, 28, 28] == seen(simple)


def test_a_mark_is_large_enough_to_be_seen(simple: Page) -> None:
    """A feature of 320 is less than half a pixel high; its mark is 3."""
    point(simple, "flatten", (320, 1), 160)
    expect(said(simple)).to_contain_text("flatten: feature 161")
    assert block(simple, "flatten").locator(".unit").bounding_box()["height"] >= 3


def test_a_click_chooses_the_layer_and_the_unit(simple: Page) -> None:
    """[row, unit row, unit column]; the mark stays when the mouse has gone."""
    point(simple, "conv1", (24, 24), 2, 20)
    simple.mouse.down()
    simple.mouse.up()
    expect(simple.get_by_text("chosen [0, 2, 20]", exact=True)).to_be_visible()
    simple.mouse.move(1300, 5)
    expect(said(simple)).to_have_text("conv1: the unit in row 3, column 21 sees 5×5 pixels of the image")
    expect(layer(simple, "conv1")).to_have_attribute("aria-pressed", "true")


def test_the_keyboard_moves_the_unit_and_enter_chooses_it(simple: Page) -> None:
    """Arrows stop at the edge; nothing is chosen before Enter."""
    block(simple, "conv2").focus()
    for key in ("ArrowDown", *["ArrowRight"] * 5):
        simple.keyboard.press(key)
    expect(said(simple)).to_have_text("conv2: the unit in row 6, column 8 sees 14×14 pixels of the image")
    expect(simple.get_by_text("chosen [3, 4, 4]", exact=True)).to_be_visible()
    simple.keyboard.press("Enter")
    expect(simple.get_by_text("chosen [3, 5, 7]", exact=True)).to_be_visible()
    assert focused(simple).startswith("conv2, 20×8×8")


def test_a_row_that_keeps_the_shape_is_chosen_with_its_blocks_unit_and_keeps_the_focus(simple: Page) -> None:
    """relu2 stands in conv2's block: the same unit, its own name."""
    layer(simple, "relu2").focus()
    simple.keyboard.press("Enter")
    expect(simple.get_by_text("chosen [4, 4, 4]", exact=True)).to_be_visible()
    expect(said(simple)).to_have_text("relu2: the unit in row 5, column 5 sees 14×14 pixels of the image")
    expect(layer(simple, "relu2")).to_have_attribute("aria-pressed", "true")
    assert "relu2" == focused(simple)


def test_rows_and_blocks_light_each_other(simple: Page) -> None:
    """A row lights the block in which its shape stands, a block its own row."""
    line(simple, "relu1").hover()
    expect(simple.locator(".block.lit")).to_have_count(1)
    expect(simple.locator(".block.lit")).to_contain_text("conv1")
    point(simple, "pool2", (4, 4), 1, 1)
    expect(simple.locator("tbody.lit")).to_contain_text("pool2")


def test_the_failing_row_shows_message_advice_and_a_repair(broken: Page, console: list[str]) -> None:
    """PyTorch's words, then ours; the row before is named as the cause, the row behind was not reached."""
    fails = line(broken, "fc")
    expect(fails.get_by_role("img", name=WORDS["fails"])).to_have_text("✕")
    expect(fails.get_by_text("PyTorch says")).to_be_visible()
    expect(fails.get_by_text(MESSAGE, exact=True)).to_be_visible()
    expect(fails.get_by_text("Layer 7, flatten, gives 320 features; this layer expects 300.")).to_be_visible()
    expect(line(broken, "flatten").get_by_role("img", name=WORDS["blamed"])).to_be_visible()
    expect(line(broken, "flatten").get_by_role("img", name=WORDS["remark"])).to_be_visible()
    expect(line(broken, "flatten").get_by_text("PyTorch says")).to_be_hidden()
    expect(line(broken, "conv1").get_by_role("img")).to_have_count(0)
    expect(line(broken, "softmax").get_by_role("img", name=WORDS["waits"])).to_be_visible()
    fails.get_by_role("button", name="Use 320").click()
    expect(broken.get_by_text("repair 7", exact=True)).to_be_visible()
    assert "Use 320" == focused(broken)
    assert [] == console


def test_the_failing_row_has_no_block_to_mark(broken: Page) -> None:
    """It can be chosen all the same, and nothing is framed."""
    layer(broken, "fc").click()
    expect(broken.get_by_text("chosen [7, 0, 0]", exact=True)).to_be_visible()
    broken.mouse.move(1300, 5)
    expect(said(broken)).to_have_text("")
    assert [] == seen(broken)


def test_when_the_repair_is_gone_its_row_has_the_focus(broken: Page) -> None:
    """The button vanishes with the failure; the keyboard goes on from where it was."""
    line(broken, "fc").get_by_role("button", name="Use 320").focus()
    broken.get_by_role("button", name="simple", exact=True).dispatch_event("click")
    expect(layer(broken, "softmax")).to_have_count(0)
    assert "fc" == focused(broken)


def test_a_hostile_name_is_shown_as_text(simple: Page) -> None:
    """Nothing of it becomes an element."""
    change(simple, "hostile")
    expect(block(simple, HOSTILE)).to_be_visible()
    expect(simple.locator(".network img")).to_have_count(0)
    assert "1" != simple.title()


def test_a_long_stack_scrolls_in_its_own_strip(simple: Page, console: list[str]) -> None:
    """30 layers: the page has nothing to scroll sideways; a layer chosen below is brought into view above."""
    change(simple, "tall")
    assert 1400 == simple.evaluate("document.documentElement.scrollWidth")
    scroller = simple.get_by_role("group", name="Shapes, layer by layer")
    expect(scroller).to_have_attribute("tabindex", "0")
    expect(said(simple)).to_have_text("conv1: its units cannot be traced back to pixels")
    simple.set_viewport_size({"width": 1400, "height": 2400})
    layer(simple, "conv25").click()
    expect(block(simple, "conv25")).to_be_in_viewport(ratio=1)
    expect(simple.get_by_text("chosen [24, 14, 14]", exact=True)).to_be_visible()
    assert [] == console


@pytest.mark.parametrize("which", ["simple", "broken", "tall", "hostile"])
def test_a_phone_has_nothing_to_scroll_sideways(which: str, new_page, serve, console: list[str]) -> None:
    """390 px: cards instead of columns, and a tap chooses a unit."""
    page = new_page(viewport={"width": 390, "height": 900}, has_touch=True, is_mobile=True)
    change(visit(page, serve(APP)), which)
    assert 390 == page.evaluate("document.documentElement.scrollWidth")
    assert page.get_by_role("table").evaluate("(t) => t.scrollWidth <= t.clientWidth")
    block(page, HOSTILE if which == "hostile" else "conv1").locator(".hit").tap()
    expect(page.get_by_text(re.compile(r"^chosen \[0, 1\d, 1\d\]$"))).to_be_visible()
    assert [] == console


def test_cards_name_their_numbers(new_page, serve) -> None:
    """The table's heads are out of sight on a phone, but still read aloud."""
    page = visit(new_page(viewport={"width": 390, "height": 900}), serve(APP))
    label = "(cell) => getComputedStyle(cell, '::before').content"
    assert '"Parameters "' == line(page, "conv1").locator("td.params").evaluate(label)
    expect(page.get_by_role("columnheader", name="Parameters")).to_be_attached()


def test_eight_rows_stand_in_four_hundred_pixels(simple: Page) -> None:
    """930 px wide: no ordinary row is higher than 38 px, and the picture is no higher than 230."""
    heights = [row.bounding_box()["height"] for row in simple.locator("tbody .line").all()]
    assert 8 == len(heights)
    assert max(heights) <= 38
    assert simple.get_by_role("table").bounding_box()["height"] <= 400
    assert simple.locator(".strip").bounding_box()["height"] <= 230


def test_nothing_moves_while_the_mouse_does(simple: Page) -> None:
    """Every part keeps its place from the first unit to the last."""
    parts = simple.locator(".network").locator(".block, .caption, tr, td")
    places = "(parts) => parts.map((part) => JSON.stringify(part.getBoundingClientRect()))"
    before = parts.evaluate_all(places)
    block(simple, "flatten").hover()
    expect(said(simple)).to_contain_text("flatten")
    assert before == parts.evaluate_all(places)


@pytest.mark.parametrize("which", ["simple", "broken", "tall"])
@pytest.mark.parametrize(("width", "scheme"), [(1400, "dark"), (1400, "light"), (390, "light"), (390, "dark")])
def test_it_keeps_no_learner_out(which: str, width: int, scheme: str, new_page, serve) -> None:
    """Contrast, names and roles by axe-core, greyed rows too."""
    page = change(visit(new_page(viewport={"width": width, "height": 4000}, color_scheme=scheme), serve(APP)), which)
    expect(page.locator('[data-stale="true"]')).to_have_count(0)  # what is being redrawn is pale for a moment
    violations = Axe().run(page).response["violations"]
    inside = [
        (rule["id"], node) for rule in violations for node in rule["nodes"] if isinstance(node["target"][0], list)
    ]
    found = [(rule, node["target"], node["failureSummary"]) for rule, node in inside]
    assert [] == found


def test_the_picture_follows_a_switch_of_theme(simple: Page) -> None:
    """Its colours are the style sheet's: no number changes, nothing is drawn anew."""
    fill = "(path) => getComputedStyle(path).fill"
    ink = simple.locator(".ink path").last
    light = ink.evaluate(fill)
    simple.emulate_media(color_scheme="dark")
    simple.wait_for_function(f"([path, light]) => ({fill})(path) !== light", arg=[ink.element_handle(), light])


def test_the_server_has_nothing_to_complain_about(simple: Page, serve, console: list[str]) -> None:
    """No warning, no traceback in its log; none in the browser's console."""
    assert [] == re.findall(r".*(?:warn|error|exception|traceback).*", serve.log(APP), re.IGNORECASE)
    assert [] == console
