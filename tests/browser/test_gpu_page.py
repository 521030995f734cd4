"""A switch for each move to the GPU, and the machine measured while one looks."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("width", [390, 1280])
def test_leaving_a_move_out_shows_what_fails(page: Page, serve, width: int, console: list[str]) -> None:
    """By the keyboard: the message, the marked line, the address; switched on again it runs."""
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(f"{serve(ROOT / 'app.py')}/gpu?lang=en")
    switch = page.get_by_role("switch", name=re.compile("the network, once"))
    expect(page.get_by_text("It runs: network, images, labels and row numbers")).to_be_visible()
    switch.focus()
    switch.press("Space")
    expect(page.get_by_text("Input type (torch.cuda.FloatTensor) and weight type")).to_be_visible()
    expect(page.get_by_test_id("stCode").filter(has_text="# ✗").first).to_be_visible()
    expect(page).to_have_url(re.compile("gpu_network_moved=false"))
    switch.press("Space")
    expect(page.get_by_text("It runs: network, images, labels and row numbers")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert console == []


def test_a_measurement_can_be_stopped(page: Page, serve) -> None:
    """The curve that came with the app stays, and the button is there again."""
    page.goto(f"{serve(ROOT / 'app.py')}/gpu?lang=en")
    expect(page.get_by_text("Measured on another machine")).to_be_visible()
    measure, stop = (page.get_by_role("button", name=name, exact=True) for name in ("Measure this machine", "Stop"))
    measure.click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    stop.click()
    expect(measure).to_be_enabled()
    expect(page.get_by_role("progressbar")).to_have_count(0)
    expect(page.get_by_text("Measured on another machine")).to_be_visible()


def test_this_machine_is_measured(page: Page, serve) -> None:
    """Point by point, and then its own curve says what it was measured of."""
    page.goto(f"{serve(ROOT / 'app.py')}/gpu?lang=en")
    page.get_by_role("button", name="Measure this machine").click()
    expect(page.get_by_text(re.compile(r"Measured here: The simple CNN"))).to_be_visible()
    expect(page.get_by_role("button", name="Measure this machine")).to_be_enabled()
