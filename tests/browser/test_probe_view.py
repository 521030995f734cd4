"""The ten digits in a real Chromium: choosing by click and by key, right and wrong in signs, both themes, a phone."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

if os.environ.get("CI") != "true":
    pytest.importorskip("playwright")
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from explorer.core.data.data_sets import SOURCES

APP = Path(__file__).parent / "apps" / "probe_view_app.py"


def visit(page: Page, serve: Callable[[Path], str]) -> Page:
    page.goto(serve(APP))
    expect(digit(page, 0)).to_be_visible()
    return page


@pytest.fixture
def unread(page: Page, serve: Callable[[Path], str]) -> Page:
    """The ten digits before a network has looked."""
    return visit(page, serve)


@pytest.fixture
def read(unread: Page) -> Page:
    """The ten digits read once: all right, but for the 3."""
    return press(unread, 1)


def press(page: Page, times: int) -> Page:
    page.get_by_role("button", name="Train").click()
    expect(page.get_by_text(f"pressed {times} times")).to_be_visible()
    return page


def digit(page: Page, label: int) -> Locator:
    return page.get_by_role("radio", name=re.compile(rf"^Digit {label}\b"))


def drawn(picture: Locator) -> str:
    return picture.evaluate("(c) => c.getContext('2d').getImageData(0, 0, c.width, c.height).data.join()")


def pictures(page: Page, name: str) -> Locator:
    return page.get_by_role("img", name=name).locator("canvas")


def test_before_a_network_looked_the_digits_invite(unread: Page, console: list[str]) -> None:
    """No answer, no percentage, and a sentence about what comes."""
    expect(digit(unread, 3)).to_have_accessible_name("Digit 3: not read yet.")
    expect(digit(unread, 3)).to_contain_text("?")
    expect(unread.get_by_text("Press Train: these ten")).to_be_visible()
    expect(unread.get_by_role("img", name="Kernels")).to_be_hidden()
    assert [] == console


def test_right_and_wrong_are_told_apart_by_signs(read: Page, console: list[str]) -> None:
    """A tick and a cross to see, a word to hear, and how many in all."""
    expect(digit(read, 7)).to_contain_text("✓7")
    expect(digit(read, 3)).to_contain_text("✗8")
    expect(digit(read, 3)).to_have_accessible_name(re.compile(r"Digit 3: read as 8, \d+%, wrong\."))
    expect(read.get_by_text("9 of 10 right")).to_be_visible()
    assert [] == console


def test_a_change_of_mind_stays_to_be_seen(read: Page) -> None:
    """Where the 8 became a 3, both stand there."""
    press(read, 2)
    expect(digit(read, 3)).to_contain_text("✓3")
    expect(digit(read, 3)).to_contain_text("was 8")
    expect(digit(read, 3)).to_have_accessible_name(re.compile(r"right\. Before: 8\."))


def test_a_click_opens_a_digit_without_the_server(read: Page) -> None:
    """Its probabilities and its maps take the place of the first one's."""
    expect(digit(read, 0)).to_have_attribute("aria-checked", "true")
    first = drawn(pictures(read, "Feature maps of this 0").first)
    messages: list[object] = []
    read.on("websocket", lambda socket: messages.append(socket))
    digit(read, 3).click()
    expect(read.get_by_role("heading", name="Probabilities for this 3")).to_be_visible()
    assert first != drawn(pictures(read, "Feature maps of this 3").first)
    expect(read.get_by_role("listitem")).to_have_count(10)
    expect(read.get_by_role("listitem").filter(has_text=re.compile(r"%\s*8"))).to_have_class("wrong")
    assert [] == messages


def test_keys_choose_and_training_leaves_the_choice(read: Page) -> None:
    """Arrows go round, Home and End to the ends; Tab reaches the row once."""
    digit(read, 0).focus()
    read.keyboard.press("ArrowLeft")
    expect(digit(read, 9)).to_be_focused()
    read.keyboard.press("Home")
    read.keyboard.press("ArrowRight")
    read.keyboard.press("ArrowRight")
    expect(digit(read, 2)).to_have_attribute("aria-checked", "true")
    press(read, 2)
    expect(read.get_by_role("heading", name="Probabilities for this 2")).to_be_visible()
    assert 1 == read.locator('[role=radio][tabindex="0"]').count()


def test_the_kernels_change_can_be_seen_alone(read: Page) -> None:
    """Training moved every weight by the same: another picture, another scale."""
    now = drawn(pictures(read, "Kernels of conv1").nth(4))
    read.get_by_role("button", name="Change").click()
    expect(read.get_by_text("blue +0.05, orange −0.05")).to_be_visible()
    expect(read.get_by_role("button", name="Change")).to_have_attribute("aria-pressed", "true")
    assert now != drawn(pictures(read, "Kernels of conv1").nth(4))
    read.get_by_role("button", name="Now").click()
    assert now == drawn(pictures(read, "Kernels of conv1").nth(4))


@pytest.mark.parametrize(("width", "scheme"), [(1400, "light"), (390, "dark"), (1400, "dark"), (390, "light")])
def test_everyone_can_use_it(new_page, serve, console: list[str], width: int, scheme: str) -> None:
    """Names, contrast, nothing to scroll sideways, nothing in the console or the server's log."""
    page = press(visit(new_page(viewport={"width": width, "height": 1400}, color_scheme=scheme), serve), 1)
    digit(page, 3).click()
    expect(page.locator('[data-stale="true"]')).to_have_count(0)  # what is drawn anew is faded meanwhile
    bad = [rule for rule in Axe().run(page).response["violations"] if rule["impact"] in ("serious", "critical")]
    assert [] == [(rule["id"], rule["nodes"][0]["target"]) for rule in bad]
    assert width == page.evaluate("document.documentElement.scrollWidth")
    assert [] == console
    assert [] == re.findall(r".*(?:warn|error|exception|traceback).*", serve.log(APP), re.IGNORECASE)


def test_the_pictures_follow_a_switch_of_theme(read: Page) -> None:
    """Canvases are drawn anew although no number changed."""
    picture = pictures(read, "Kernels of conv1").first
    light, handle = drawn(picture), picture.element_handle()
    read.emulate_media(color_scheme="dark")
    redrawn = "([c, old]) => c.getContext('2d').getImageData(0, 0, c.width, c.height).data.join() !== old"
    read.wait_for_function(redrawn, arg=[handle, light])


@pytest.mark.parametrize("width", [1400, 390])
@pytest.mark.parametrize("data", ["fashion", "kmnist"])
def test_classes_that_are_words_have_room(new_page, serve, width: int, data: str) -> None:
    """No word is cut off or lies on another, in the row and under the bars; the answer is named, not numbered."""
    page = new_page(viewport={"width": width, "height": 1400})
    page.goto(f"{serve(APP)}?data={data}")
    press(page, 1)
    name = SOURCES[data].classes[8]
    expect(page.get_by_role("radio").nth(3)).to_contain_text(name)
    page.get_by_role("radio").nth(3).click()
    expect(page.get_by_role("listitem").filter(has_text=name)).to_have_class("wrong")
    lines = page.get_by_role("radio").evaluate_all(
        """radios => radios.flatMap(radio => {
            const [, answer, before] = radio.querySelectorAll("span.sure, span.answer, span.before")
            const word = answer.querySelector("b:not(.sign)")
            const overlap = word.getBoundingClientRect().bottom - before.getBoundingClientRect().top
            return word.scrollWidth > radio.clientWidth || overlap > 1 ? [radio.innerText] : []
        })"""
    )
    assert [] == lines
    assert width == page.evaluate("document.documentElement.scrollWidth")


def test_nothing_moves_when_the_answers_come(unread: Page) -> None:
    """The row keeps its place from the invitation to the second look."""
    place = "(parts) => parts.map((part) => JSON.stringify(part.getBoundingClientRect()))"
    before = unread.get_by_role("radio").evaluate_all(place)
    press(press(unread, 1), 2)
    expect(digit(unread, 3)).to_contain_text("was 8")
    assert before == unread.get_by_role("radio").evaluate_all(place)


def test_a_huge_number_is_short(read: Page) -> None:
    """A diverging network's maps reach tens of millions."""
    expect(read.get_by_text("black is 2.5", exact=True)).to_be_visible()
    press(read, 2)
    press(read, 3)
    expect(read.get_by_text("black is 2.7e7", exact=True)).to_be_visible()
