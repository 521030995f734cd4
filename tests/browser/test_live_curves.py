"""The live curves in a real Chromium: hover, zoom, keys, touch, themes, and what an update costs."""

import math
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

if os.environ.get("CI") != "true":
    pytest.importorskip("playwright")
from playwright.sync_api import Locator, Page, expect

from explorer.components.files import address
from explorer.components.live_curves import COLORS

APP = Path(__file__).parent / "apps" / "live_curves_app.py"

LEFT, RIGHT = 52, 10  # px between the canvas' edges and the plot, as in the JavaScript
TOTAL, EPOCH = 4690, 469


@pytest.fixture
def empty(page: Page, serve: Callable[[Path], str]) -> Page:
    """The app before the first step."""
    return visit(page, serve(APP))


@pytest.fixture
def trained(empty: Page) -> Page:
    """The app after 1,000 steps, two epochs."""
    return train(empty, 500, 1000)


def visit(page: Page, url: str) -> Page:
    page.goto(url)
    expect(page.get_by_role("img", name="Accuracy")).to_be_visible()
    return page


def train(page: Page, *steps: int) -> Page:
    for step in steps:
        page.get_by_role("button", name="Train").click()
        expect(page.get_by_text(f"at step {step}", exact=True)).to_be_visible()
        expect(page.get_by_role("img", name=f"Loss. Step {step:,}: ")).to_be_visible()
    return page


def chart(page: Page, title: str) -> Locator:
    return page.locator("section").filter(has=page.get_by_role("heading", name=title))


def canvas(page: Page, title: str) -> Locator:
    return page.get_by_role("img", name=title)


def reset(page: Page) -> Locator:
    return page.get_by_role("button", name="Reset zoom")


def pixel(page: Page, title: str, share: float) -> tuple[float, float]:
    """Where on the page the plot's x axis is ``share`` of the way along, halfway up."""
    box = canvas(page, title).bounding_box()
    return box["x"] + LEFT + share * (box["width"] - LEFT - RIGHT), box["y"] + 90


def hover(page: Page, title: str, share: float) -> None:
    page.mouse.move(*pixel(page, title, share))


def drag(page: Page, title: str, start: float, end: float) -> None:
    hover(page, title, start)
    page.mouse.down()
    hover(page, title, end)
    page.mouse.up()


def step_in(page: Page, title: str) -> int:
    """The step whose values the chart reads out."""
    return int(re.sub(r"\D", "", chart(page, title).locator("header span").first.inner_text()))


def smooth_loss(step: int) -> float:
    return 2.3 * math.exp(-step / 250) + 0.25 * math.exp(-step / 1500) + 0.04


def pixels(page: Page, title: str, width: int = 4000) -> str:
    """The drawn picture, or its left ``width`` px: the y axis alone."""
    return canvas(page, title).evaluate(
        "(c, width) => c.getContext('2d').getImageData(0, 0, Math.min(width, c.width), c.height).data.join()",
        width,
    )


def test_before_the_first_step_the_charts_say_what_will_come(empty: Page, console: list[str]) -> None:
    """A chart's own words win over the common ones."""
    expect(chart(empty, "Loss").get_by_text("The curve appears with the first step")).to_be_visible()
    expect(chart(empty, "Accuracy").get_by_text("at the end of the first epoch")).to_be_visible()
    assert [] == console


def test_without_a_cursor_the_latest_values_are_read_out(trained: Page) -> None:
    """The loss of step 1,000; the accuracies of the second epoch, not of a third one that has not ended."""
    expect(chart(trained, "Loss")).to_contain_text(f"Smoothed{smooth_loss(1000):.4f}")
    expect(chart(trained, "Accuracy")).to_contain_text("Train94.00%Test95.80%")
    assert (1000, 2 * EPOCH) == (step_in(trained, "Loss"), step_in(trained, "Accuracy"))


def test_hovering_one_chart_reads_the_same_step_in_both(trained: Page) -> None:
    """Between two epochs the accuracy is the last measured one, not the next, and it is said when that was."""
    hover(trained, "Loss", 900 / TOTAL)
    step = step_in(trained, "Loss")
    assert abs(step - 900) <= 8
    assert step == step_in(trained, "Accuracy")
    expect(chart(trained, "Loss")).to_contain_text(f"Smoothed{smooth_loss(step):.4f}")
    expect(chart(trained, "Accuracy")).to_contain_text(f"Train · Step {EPOCH}88.00%Test · Step {EPOCH}92.80%")


def test_before_the_first_epoch_there_is_no_accuracy_to_read(trained: Page) -> None:
    """A dash, not the first epoch's value."""
    hover(trained, "Loss", 300 / TOTAL)
    expect(chart(trained, "Accuracy")).to_contain_text("Train–Test–")


def test_a_gap_reads_as_a_dash(trained: Page) -> None:
    """The fixture's raw loss is nan from step 700 to 739; its mean is not."""
    hover(trained, "Loss", 720 / TOTAL)
    mean = smooth_loss(step_in(trained, "Loss"))
    expect(chart(trained, "Loss")).to_contain_text(f"Each step–Smoothed{mean:.4f}")


def test_leaving_the_chart_removes_the_cursor(trained: Page) -> None:
    """The readout returns to the latest step."""
    hover(trained, "Accuracy", 0.1)
    assert EPOCH == step_in(trained, "Loss")
    trained.mouse.move(1, 1)
    assert 1000 == step_in(trained, "Loss")


def test_a_drag_zooms_both_charts_and_new_points_leave_the_zoom(trained: Page) -> None:
    """After the zoom on 400 … 900 the middle of the axis is step 650; whole, it was 2,345."""
    drag(trained, "Loss", 400 / TOTAL, 900 / TOTAL)
    expect(reset(trained)).to_be_enabled()
    train(trained, 1500)
    hover(trained, "Loss", 0.5)
    assert abs(step_in(trained, "Loss") - 650) <= 12
    reset(trained).click()
    hover(trained, "Loss", 650 / TOTAL)
    assert abs(step_in(trained, "Loss") - 650) <= 12


def test_a_drag_may_go_leftwards_and_a_double_click_resets(trained: Page) -> None:
    """A click alone zooms nothing."""
    drag(trained, "Accuracy", 0.2, 0.05)
    expect(reset(trained)).to_be_enabled()
    canvas(trained, "Accuracy").dblclick()
    expect(reset(trained)).to_be_disabled()
    canvas(trained, "Accuracy").click()
    expect(reset(trained)).to_be_disabled()


def test_the_disabled_reset_says_why(trained: Page) -> None:
    """And stops saying so once there is something to reset."""
    expect(reset(trained)).to_have_attribute("title", "Nothing is zoomed yet: drag across a chart")
    drag(trained, "Loss", 0.1, 0.2)
    expect(reset(trained)).to_have_attribute("title", "")


def test_keys_move_the_cursor_zoom_and_reset(trained: Page) -> None:
    """In the accuracy chart one press is one epoch; what it reads is announced."""
    canvas(trained, "Accuracy").focus()
    trained.keyboard.press("ArrowLeft")
    assert 2 * EPOCH == step_in(trained, "Loss")
    trained.keyboard.press("ArrowLeft")
    assert EPOCH == step_in(trained, "Loss")
    expect(trained.locator(".spoken")).to_have_text("Step 469: Train 88.00%, Test 92.80%")
    trained.keyboard.press("+")
    expect(reset(trained)).to_be_enabled()
    trained.keyboard.press("0")
    expect(reset(trained)).to_be_disabled()
    trained.keyboard.press("Escape")
    assert 1000 == step_in(trained, "Loss")


def test_a_mark_stands_at_its_step_and_follows_the_zoom(trained: Page) -> None:
    """Drawn where something was changed, in both charts; zoomed away it is gone, and the values stay."""
    before = pixels(trained, "Loss"), pixels(trained, "Accuracy")
    trained.get_by_text("Marks", exact=True).click()
    for title, old in zip(("Loss", "Accuracy"), before, strict=True):
        redrawn = "([c, old]) => c.getContext('2d').getImageData(0, 0, c.width, c.height).data.join() !== old"
        trained.wait_for_function(redrawn, arg=[canvas(trained, title).element_handle(), old])
    expect(chart(trained, "Loss")).to_contain_text(f"Smoothed{smooth_loss(1000):.4f}")
    drag(trained, "Loss", 600 / TOTAL, 900 / TOTAL)
    trained.mouse.move(1, 1)
    marked = pixels(trained, "Loss")
    trained.get_by_text("Marks", exact=True).click()
    expect(trained.get_by_text("without marks")).to_be_visible()
    assert marked == pixels(trained, "Loss")


def test_the_y_axis_stays_while_points_arrive(trained: Page) -> None:
    """Its labels are the same pixels after 500 more steps; the plot is not."""
    axis, plot = pixels(trained, "Loss", LEFT - 4), pixels(trained, "Loss")
    train(trained, 1500)
    assert axis == pixels(trained, "Loss", LEFT - 4)
    assert plot != pixels(trained, "Loss")


def test_the_log_switch_changes_the_axis_and_changes_it_back(trained: Page) -> None:
    """Switched twice the picture is the first one again, and so is the second: redrawing widens nothing."""
    switch, linear = trained.get_by_role("checkbox", name="Log scale"), pixels(trained, "Loss")
    switch.check()
    logarithmic = pixels(trained, "Loss")
    assert linear != logarithmic
    switch.uncheck()
    assert linear == pixels(trained, "Loss")
    switch.check()
    drag(trained, "Loss", 0.1, 0.2)
    reset(trained).click()
    trained.mouse.move(1, 1)
    assert logarithmic == pixels(trained, "Loss")


def test_a_new_run_starts_empty_again(trained: Page) -> None:
    """Fewer steps than before: the curves are gone, the words are back."""
    trained.get_by_role("button", name="Again").click()
    expect(chart(trained, "Loss").get_by_text("The curve appears with the first step")).to_be_visible()


def test_words_follow_the_language_and_the_zoom_stays(trained: Page) -> None:
    """No English word is left in the component."""
    drag(trained, "Loss", 0.05, 0.15)
    trained.get_by_text("中文").click()
    expect(trained.get_by_role("button", name="复位缩放")).to_be_enabled()
    assert "" == re.sub(r"[^A-Za-z]", "", trained.locator(".live-curves").inner_text())


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_contrast_in_both_themes(scheme: str, new_page, serve, console: list[str]) -> None:
    """At least 4.5 : 1 for words, 3 : 1 for the curves' colours."""
    page = visit(new_page(color_scheme=scheme), serve(APP))
    contrast = """(node) => {
        const ctx = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true })
        const light = (color) => {
            ctx.fillStyle = color
            ctx.fillRect(0, 0, 1, 1)
            const part = (v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4
            const [r, g, b] = ctx.getImageData(0, 0, 1, 1).data
            return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b)
        }
        const style = getComputedStyle(node)
        const pair = [light(style.color), light(style.getPropertyValue("--st-background-color"))]
        return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05)
    }"""
    for words in ("h3", "header > span", "small", ".readout span span", ".plot p"):
        assert page.locator(".live-curves").locator(words).first.evaluate(contrast) >= 4.5, words
    swatch = page.locator("i.blue").first.element_handle()
    for colour in COLORS:
        swatch.evaluate("(node, colour) => (node.className = colour)", colour)
        assert swatch.evaluate(contrast) >= 3, colour
    assert [] == console


def test_the_picture_follows_a_switch_of_theme(trained: Page) -> None:
    """The canvas is drawn anew although no number changed."""
    light, picture = pixels(trained, "Loss"), canvas(trained, "Loss").element_handle()
    trained.emulate_media(color_scheme="dark")
    redrawn = "([c, old]) => c.getContext('2d').getImageData(0, 0, c.width, c.height).data.join() !== old"
    trained.wait_for_function(redrawn, arg=[picture, light])


def test_on_a_phone_charts_stack_and_fingers_work(new_page, serve, console: list[str]) -> None:
    """390 px: nothing to scroll sideways; a tap leaves the cursor standing, a sideways drag zooms."""
    page = new_page(viewport={"width": 390, "height": 1000}, has_touch=True, is_mobile=True)
    train(visit(page, serve(APP)), 500, 1000)
    assert 390 == page.evaluate("document.documentElement.scrollWidth")
    loss, accuracy = (chart(page, title).bounding_box() for title in ("Loss", "Accuracy"))
    assert accuracy["y"] >= loss["y"] + loss["height"]
    assert loss["x"] == accuracy["x"]
    page.touchscreen.tap(*pixel(page, "Accuracy", 0.1))
    assert EPOCH == step_in(page, "Loss")
    finger = page.context.new_cdp_session(page)
    for kind, share in (("touchStart", 0.05), ("touchMove", 0.1), ("touchMove", 0.2), ("touchEnd", None)):
        points = [] if share is None else [dict(zip("xy", pixel(page, "Loss", share), strict=True))]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    expect(reset(page)).to_be_enabled()
    assert [] == console


def test_nothing_moves_while_points_arrive_or_the_cursor_reads(empty: Page) -> None:
    """The component and its parts keep their places from the empty chart to the last hover."""
    parts = empty.locator(".live-curves").locator("section, canvas, footer, .readout > span")
    place = "(parts) => parts.map((part) => JSON.stringify(part.getBoundingClientRect()))"
    before = parts.evaluate_all(place)
    train(empty, 500, 1000)
    hover(empty, "Loss", 0.1)
    assert len(before) == 2 + 4 + 1 + 4
    assert before == parts.evaluate_all(place)


def test_an_update_costs_less_than_ten_milliseconds(page: Page, serve: Callable[[Path], str]) -> None:
    """JavaScript alone, two charts of two curves of 1,200 points; the quickest tenth, for the machine is shared."""
    url = f"{serve(APP)}/{address()}"
    page.goto(url)  # of the same origin, and no page of Streamlit's
    times = page.evaluate(
        """async (url) => {
        document.body.innerHTML = "<div id=here style='width:1200px'></div>"
        const here = document.getElementById("here")
        const draw = (await import(url)).default["live_curves/live_curves.js"].default
        const x = Array.from({ length: 1200 }, (_, k) => 4 * k)
        const y = (seed) => x.map((v) => 2 + Math.sin(v * seed))
        const curve = (style, seed) => ({ label: style, style, color: "blue", dash: 0, x, y: y(seed) })
        const curves = (seed) => [curve("raw", seed), curve("smooth", seed + 1)]
        const chart = (seed) => ({ title: "Loss", y_format: "loss", curves: curves(seed) })
        const times = []
        for (let n = 0; n < 60; n++) {
            const axis = { x_max: 4800, x_label: "Step", x_marks: [1000, 2000], marks: [] }
            const data = { charts: [chart(n), chart(n + 2)], words: {}, ...axis }
            const start = performance.now()
            draw({ data: [data], parentElement: here })
            times.push(performance.now() - start)
            await new Promise(requestAnimationFrame)
        }
        return times
    }""",
        url,
    )
    times = sorted(times[5:])
    print(f"update: p50 {times[len(times) // 2]:.1f} ms, p95 {times[int(len(times) * 0.95)]:.1f} ms")
    assert times[len(times) // 10] <= 10


def test_the_server_has_nothing_to_complain_about(trained: Page, serve, console: list[str]) -> None:
    """No warning, no traceback in its log; none in the browser's console."""
    assert [] == re.findall(r".*(?:warn|error|exception|traceback).*", serve.log(APP), re.IGNORECASE)
    assert [] == console
