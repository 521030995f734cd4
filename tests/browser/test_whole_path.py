"""The whole path of a new learner: worked example -> slider -> Train -> a network that learned, on disk."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from explorer.exchange.folders import checkpoints_folder
from explorer.exchange.run_folder import read_run
from tests.browser.train_page import choose_offline_digits, step_on_screen

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("width", [1400, 390])
def test_a_new_learner_goes_from_295_to_a_trained_network(new_page, serve, console: list[str], width: int) -> None:
    """Hover, Train, start, pause, reload, a step, an epoch, another rate, stop, resume, weights; a silent console."""
    page = new_page(viewport={"width": width, "height": 900})
    page.goto(serve(ROOT / "app.py") + "/convolution")
    output = page.get_by_role("grid", name="Output", exact=True)
    output.get_by_role("gridcell").first.hover()
    expect(page.get_by_role("status").filter(has_text="= 91")).to_be_visible()
    slider = page.get_by_role("slider", name="Padding")
    slider.focus()
    slider.press("ArrowLeft")
    expect(output.get_by_role("gridcell")).to_have_count(9)

    page.get_by_role("link", name="Train").click()
    choose_offline_digits(page)
    page.get_by_role("textbox", name="Epochs").fill("50")
    page.get_by_role("textbox", name="Epochs").press("Enter")
    page.get_by_role("textbox", name="Batch size").fill("4")  # many steps: the run lasts while it is steered
    page.get_by_role("textbox", name="Batch size").press("Enter")
    page.get_by_role("button", name="Start", exact=True).click()

    expect(page.get_by_text(re.compile(r"Training · epoch \d+ of 50"))).to_be_visible()
    reached = step_on_screen(page)
    expect(page.get_by_text(f"step {reached:,} of")).to_be_hidden()  # the line moves on
    gliding = page.get_by_test_id("stProgress").evaluate("bar => bar.getAnimations({ subtree: true }).length")
    assert gliding == 0  # else the browser draws 60 frames a second for as long as it trains
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_text(re.compile("^Paused · "))).to_be_visible()
    paused_at = step_on_screen(page)
    page.reload()
    expect(page.get_by_text(re.compile(rf"Paused · .*step {paused_at:,} of"))).to_be_visible()
    page.get_by_role("button", name="One step").click()
    expect(page.get_by_text(re.compile(rf"Paused · .*step {paused_at + 1:,} of"))).to_be_visible()
    page.get_by_role("button", name="One epoch").click()
    whole = 500 * -(-(paused_at + 2) // 500)  # 2,000 digits in batches of 4
    expect(page.get_by_text(re.compile(rf"Paused · .*step {whole:,} of"))).to_be_visible()
    digits = page.get_by_role("radiogroup", name="Ten test digits").get_by_role("radio")
    expect(digits.filter(has_text=re.compile("[✓✗]"))).to_have_count(10)
    digits.nth(3).click()
    expect(page.get_by_role("heading", name="Probabilities for this 3")).to_be_visible()
    rate = page.get_by_role("textbox", name="Learning rate")
    rate.fill("0.01")
    rate.press("Enter")
    page.get_by_role("button", name="Card").click()
    expect(page.get_by_text(f"after step {whole:,} lr 0.01")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Resume").click()
    expect(page.get_by_text(f"step {whole:,} of")).to_be_hidden()
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.get_by_text(re.compile("^Stopped; the weights are kept"))).to_be_visible()
    stopped_at = step_on_screen(page)
    page.get_by_role("button", name="Resume").click()
    expect(page.get_by_text(re.compile("^Training · "))).to_be_visible()
    expect(page.get_by_test_id("stProgress").get_by_text(f"step {stopped_at:,} of")).to_be_hidden()
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.get_by_text(re.compile("^Stopped; the weights are kept"))).to_be_visible()

    page.get_by_role("button", name="Card").click()
    kept = page.get_by_text(re.compile(r"Kept in "))
    expect(kept).to_be_visible()
    folder = checkpoints_folder() / kept.inner_text().rsplit("/", 1)[1]
    assert read_run(folder)["step"] >= stopped_at
    assert (folder / "weights.safetensors").stat().st_size > 4 * 8490
    assert console == []
