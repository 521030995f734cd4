"""A digit is turned until it is read as another; the curve says how often; a patch is covered; a map's patches open."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

ROOT = Path(__file__).parents[2]


@pytest.fixture
def inside(page: Page, serve) -> Page:
    """The page on a 7, under its second tab."""
    page.goto(f"{serve(ROOT / 'app.py')}/inside")
    expect(page.get_by_role("status", name="Answer")).to_have_text(re.compile(r"^Read as 7, 9\d%"))
    page.get_by_role("tab", name="What breaks it").click()
    return page


def test_a_turned_digit_is_read_as_another_and_the_curve_says_how_often(inside: Page, console: list[str]) -> None:
    """By keys; the mark on the curve goes with the slider, and one press makes all as it was. The link has it."""
    answer = inside.get_by_role("status", name="Answer")
    inside.get_by_role("slider", name="Rotation, °").focus()
    inside.keyboard.press("End")
    expect(inside.get_by_text("At 75, 17.61% of them are read right.")).to_be_visible()
    expect(answer).not_to_have_text(re.compile("^Read as 7, 9"))
    turned = answer.inner_text()
    inside.wait_for_url(re.compile("inside_changed=rotate75"))
    inside.reload()
    expect(answer).to_have_text(turned)
    inside.get_by_role("button", name="As it was").click()
    expect(answer).to_have_text(re.compile("^Read as 7, 9"))
    expect(inside.get_by_text("At 0, 99.17% of them are read right.")).to_be_visible()
    inside.get_by_role("button", name="Noise, σ").click()
    expect(inside.get_by_role("img", name="Read right of all test images: Noise, σ")).to_be_visible()
    assert console == []


def test_a_covered_patch_says_what_the_answer_hangs_on(inside: Page) -> None:
    """Under the pointer, and by keys; on an empty pad there is nothing to cover."""
    grid = inside.get_by_role("grid", name="Cover a patch")
    said = inside.get_by_role("paragraph").filter(has_text=re.compile("cover"))
    grid.hover(position={"x": 116, "y": 84})  # the middle of the 7's stem
    expect(said).to_have_text(re.compile(r"^Around row 11, column 15 covered, 7 goes from 9\d\.\d% to \d"))
    inside.mouse.move(0, 0)
    expect(said).to_have_text(re.compile("^How probable 7 is"))
    grid.focus()
    inside.keyboard.press("ArrowDown")
    cell = grid.get_by_role("gridcell")
    expect(cell).to_have_text(re.compile(r"^Around row 2, column 1 covered, 7 goes from (\S+) to \1\.$"))  # paper
    inside.get_by_role("button", name="Clear", exact=True).click()
    expect(said).to_have_text("Draw a digit: nothing is there to be covered.")


def test_the_patch_and_the_list_of_products_are_in_the_link(inside: Page, new_page, console: list[str]) -> None:
    """Whoever gets it sees a patch of 9×9, and all 320 products of an answer; as at first, the link says neither."""
    inside.get_by_role("slider", name="5×5 pixels of paper").press("End")
    inside.get_by_role("tab", name="Opened number").click()
    inside.get_by_role("button", name="All products").click()
    inside.wait_for_url(re.compile(r"(?=.*inside_cover=9)(?=.*inside_terms=all)"))
    second = new_page()
    second.goto(inside.url)
    expect(second.get_by_role("button", name="Fewer")).to_be_visible()
    second.get_by_role("tab", name="What breaks it").click()
    second.get_by_role("slider", name="9×9 pixels of paper").press("Home")
    second.get_by_role("slider", name="3×3 pixels of paper").press("ArrowRight")
    second.get_by_role("tab", name="Opened number").click()
    second.get_by_role("button", name="Fewer").click()
    second.wait_for_url(lambda url: "inside_cover" not in url and "inside_terms" not in url)
    assert console == []


def test_a_maps_patches_are_those_of_the_opened_unit(inside: Page, new_page, console: list[str]) -> None:
    """Nine of them, by the test images' numbers where the images themselves are not on this server. Another one's tab
    shows by the link the map, the kernels, the untrained network, the cell and the curve that were chosen."""
    grid = inside.get_by_role("grid", name="conv1", exact=True)
    grid.click(position={"x": 4, "y": 4})
    inside.get_by_role("tab", name="What a map looks for").click()
    expect(inside.get_by_role("combobox", name="Layer")).to_have_value("0")
    expect(
        inside.get_by_role("heading", name="conv1, map 1: what excites it most in 10,000 test images")
    ).to_be_visible()
    patches = inside.get_by_role("button", name=re.compile(r"^Test image \d+, \S+: \d"))
    expect(patches).to_have_count(9)
    inside.get_by_role("combobox", name="Layer").select_option("relu2")
    inside.get_by_role("combobox", name="Map").select_option("20")
    map_20 = re.compile("^relu2, map 20")
    expect(inside.get_by_role("heading", name=map_20)).to_be_visible()
    expect(patches).to_have_count(9)

    for name in ("Kernels", "Beside it, untrained"):
        inside.get_by_role("button", name=name).click()
    inside.get_by_role("tab", name="What breaks it").click()
    inside.get_by_role("button", name="Noise, σ").click()
    inside.get_by_role("tab", name="Right and wrong").click()
    inside.get_by_role("gridcell", name=re.compile("^7 read as 2: ")).click()
    inside.wait_for_url(re.compile(r"(?=.*inside_curve=noise)(?=.*inside_map=\d_19)(?=.*inside_cell=7_2)"))
    second = new_page()
    second.goto(inside.url)
    expect(second.get_by_role("heading", name=re.compile("^7 read as 2: "))).to_be_visible()
    for name in ("Kernels", "Beside it, untrained"):
        expect(second.get_by_role("button", name=name)).to_have_attribute("aria-pressed", "true")
    expect(second.get_by_role("heading", name=re.compile("^Before the first step: read as"))).to_be_visible()
    second.get_by_role("tab", name="What a map looks for").click()
    expect(second.get_by_role("heading", name=map_20)).to_be_visible()
    second.get_by_role("tab", name="What breaks it").click()
    expect(second.get_by_role("img", name="Read right of all test images: Noise, σ")).to_be_visible()
    assert console == []
