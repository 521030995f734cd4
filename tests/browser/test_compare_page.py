"""The Compare page in a real Chromium: every run's value under the pointer, the table's order, a link, a live set."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from explorer.ui.example_runs import example_runs

ROOT = Path(__file__).parents[2]
EXERCISE, SIMPLE = "exercise's network", "simple CNN"
LEFT, RIGHT = 52, 10  # px between the canvas' edges and the plot, as in the JavaScript


@pytest.fixture
def compare(new_page, serve):
    """Opens the page by a link."""

    def visit(link: str = "", **options: object) -> Page:
        page = new_page(**options)
        page.goto(f"{serve(ROOT / 'app.py')}/compare{link}")
        expect(page.get_by_role("heading", name=re.compile("What is compared|比较的是什么"))).to_be_visible()
        expect(page.get_by_role("img", name=re.compile("Test accuracy|测试准确率"))).to_be_visible()
        page.get_by_role("button", name=re.compile("Show it without a guess|不猜，直接看")).click()
        expect(page.get_by_text(re.compile("^Trained beforehand|^这些是事先训练好的"))).to_be_visible()
        return page

    return visit


def chart(page: Page, title: str) -> Locator:
    return page.locator("section").filter(has=page.get_by_role("heading", name=title, exact=True))


def hover(page: Page, title: str, share: float) -> None:
    """The pointer over the chart's plot, so far along its x axis."""
    box = chart(page, title).locator("canvas").first.bounding_box()
    page.mouse.move(box["x"] + LEFT + share * (box["width"] - LEFT - RIGHT), box["y"] + 90)


def read(page: Page, title: str) -> tuple[float, list[str]]:
    """Where the cursor is, and the values beside the legend's lines."""
    box = chart(page, title)
    return (
        float(re.search(r"[\d,.]+$", box.locator("header span").first.inner_text())[0].replace(",", "")),
        box.locator("b").all_inner_texts(),
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pointer_reads_every_run_in_both_charts(compare, console: list[str], scheme: str) -> None:
    """At one step each run's smoothed loss and its last test: as the records say, not the neighbour's."""
    page = compare(color_scheme=scheme)
    hover(page, "Loss", 0.52)
    step, losses = read(page, "Loss")
    again, accuracies = read(page, "Test accuracy")
    assert step == again
    assert 0.4 < step / 2814 < 0.6
    for run, loss, accuracy in zip(example_runs("exercise"), losses, accuracies, strict=True):
        known = dict(zip(*run.losses.smoothed(), strict=True))
        assert f"{known[max(at for at in known if at <= step)]:.4f}" == loss
        assert f"{[test.test_accuracy for test in run.epochs if test.step <= step][-1]:.2%}" == accuracy
    assert losses[0] != losses[1]
    page.mouse.move(1, 1)
    expect(chart(page, "Loss").locator("header span").first).to_have_text("Steps 2,814")
    assert console == []


def test_a_run_has_one_look_everywhere(compare) -> None:
    """Colour, dashes and marker of its line in both legends, in the table, and its sign's colour among the boxes."""
    page = compare()
    line = "element => [getComputedStyle(element).color, element.innerHTML]"
    looks = [
        chart(page, title).locator("i").evaluate_all(f"all => all.map({line})") for title in ("Loss", "Test accuracy")
    ]
    looks.append(page.locator(".run-table").locator("tbody i").evaluate_all(f"all => all.map({line})"))
    assert looks[0] == looks[1] == looks[2]
    assert looks[0][0] != looks[0][1]
    named = page.get_by_test_id("stCheckbox").locator("strong")
    expect(named).to_have_count(len(looks[0]))
    for number, (color, _) in enumerate(looks[0]):  # Streamlit adds a style sheet after the boxes that it colours
        expect(named.nth(number)).to_have_css("color", color)


def test_a_click_on_a_head_sorts_and_another_turns_the_order_round(compare) -> None:
    """The largest figure first; the head says so to who cannot see the arrow."""
    page = compare()
    rows = page.locator(".run-table").locator("tbody th")
    head = page.get_by_role("columnheader", name="Best accuracy")
    expect(rows).to_have_text([EXERCISE, SIMPLE])
    head.get_by_role("button").click()
    expect(rows).to_have_text([SIMPLE, EXERCISE])
    expect(head).to_have_attribute("aria-sort", "descending")
    head.get_by_role("button").click()
    expect(rows).to_have_text([EXERCISE, SIMPLE])
    expect(head).to_have_attribute("aria-sort", "ascending")


def test_the_table_is_a_file(compare) -> None:
    """What is downloaded has a row for each run."""
    page = compare()
    with page.expect_download() as download:
        page.get_by_role("link", name="Table as CSV").click()
    assert "comparison.csv" == download.value.suggested_filename
    rows = list(csv.reader(download.value.path().read_text("utf-8").splitlines()))
    assert [EXERCISE, SIMPLE] == [row[0] for row in rows[1:]]
    assert ["47740", "8490"] == [row[1] for row in rows[1:]]


def test_a_link_restores_the_screen(compare, console: list[str]) -> None:
    """One run, over seconds, on a logarithmic axis; between two whole seconds the cursor stops too."""
    page = compare("?compare_runs=example-simple&compare_x=seconds&compare_log=true")
    expect(chart(page, "Loss").locator(".readout")).to_contain_text(re.compile(r"0\.\d{4}"))
    expect(page.get_by_role("checkbox", name=re.compile(f"Example: {SIMPLE}"))).to_be_checked()
    expect(page.get_by_role("checkbox", name=re.compile(f"Example: {EXERCISE}"))).not_to_be_checked()
    expect(page.get_by_text("Seconds of training").first).to_be_visible()
    hover(page, "Loss", 0.5)
    assert read(page, "Loss")[0] % 1 != 0
    page.reload()
    expect(page.get_by_role("checkbox", name=re.compile(f"Example: {EXERCISE}"))).not_to_be_checked()
    assert console == []


def test_a_phone_shows_the_charts_beneath_each_other(compare, console: list[str]) -> None:
    """Nothing is wider than the page; the table scrolls by itself."""
    page = compare(viewport={"width": 390, "height": 844}, color_scheme="dark", has_touch=True)
    loss, accuracy = (chart(page, title).bounding_box() for title in ("Loss", "Test accuracy"))
    assert loss["x"] == accuracy["x"]
    assert loss["y"] + loss["height"] <= accuracy["y"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert console == []


def test_a_click_trains_a_comparison_before_the_learners_eyes(compare, console: list[str]) -> None:
    """Four runs, one after the other, three at most asked for at a time; all are there again after a reload."""
    page = compare("?train_data=offline")
    page.get_by_role("button", name="Four learning rates").click()
    legend = chart(page, "Loss").locator(".readout")
    for rate in ("0.001", "0.01", "0.1", "1"):
        expect(legend).to_contain_text(f"learning rate {rate}")
    states = page.locator(".run-table tbody td:last-child")
    expect(states).to_have_text(["Finished"] * 4)
    expect(page.get_by_text(re.compile("^Ahead: learning rate"))).to_be_visible()
    expect(page.get_by_role("button", name="Stop")).to_be_disabled()
    page.reload()
    expect(states).to_have_text(["Finished"] * 4)
    assert console == []


@pytest.mark.parametrize("width", [1400, 390])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_head_breaks_between_its_words_only(compare, lang: str, width: int) -> None:
    """Each word of a head stands on one line, a head on two at most; on a phone the table scrolls instead."""
    page = compare(f"?lang={lang}", viewport={"width": width, "height": 900})
    heads = page.locator(".run-table thead button")
    lines = heads.evaluate_all(
        "all => all.map(b => [...b.querySelectorAll('span:not([aria-hidden])')].map(s => [...s.getClientRects()]"
        ".map(r => r.top)))"
    )
    assert 9 == len(lines)
    assert {1} == {len(word) for head in lines for word in head}
    assert max(len({top for word in head for top in word}) for head in lines) <= 2
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_run_looks_alike_in_the_picture_of_cost(compare, console: list[str], scheme: str) -> None:
    """The colour of its line's sample, as the browser mixes it, and its name in the legend."""
    page = compare(color_scheme=scheme)
    picture = page.get_by_test_id("stPlotlyChart")
    marks = picture.locator(".scatterlayer path.point")
    expect(marks).to_have_count(2)
    read_color = """(element, name) => {
        const canvas = document.createElement("canvas").getContext("2d")
        canvas.fillStyle = getComputedStyle(element)[name]
        canvas.fillRect(0, 0, 1, 1)
        return [...canvas.getImageData(0, 0, 1, 1).data]
    }"""
    for mark, line in zip(marks.all(), page.locator(".run-table tbody i").all(), strict=True):
        drawn, sample = mark.evaluate(read_color, "fill"), line.evaluate(read_color, "color")
        assert max(abs(one - other) for one, other in zip(drawn, sample, strict=True)) <= 1
    expect(picture.locator(".legendtext")).to_have_text([EXERCISE, SIMPLE])
    assert console == []
