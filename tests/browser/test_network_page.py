"""The Network page as a learner uses it: built from nothing, broken, repaired, sent to Train, and it learns."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from explorer.exchange.folders import checkpoints_folder
from explorer.exchange.run_folder import read_run
from tests.browser.fresh import fresh, wait_for_value
from tests.browser.train_page import choose_offline_digits

ROOT = Path(__file__).parents[2]
BLOCK = ("Conv2d", "MaxPool2d", "ReLU")  # three times in the exercise


def add(page: Page, kind: str, behind: str, name: str) -> None:
    """Adds a layer behind the chosen one, and waits until its row is there and chosen."""
    box = fresh(page).get_by_role("combobox", name=f"Add behind {behind}")
    if box.input_value() != kind:
        box.click()
        page.get_by_role("option", name=kind, exact=True).click()
        expect(fresh(page).get_by_role("combobox", name=f"Add behind {behind}")).to_have_value(kind)
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("button", name=name, exact=True)).to_have_attribute("aria-pressed", "true")
    expect(fresh(page).get_by_role("combobox", name=f"Add behind {name}")).to_be_visible()


def set_field(page: Page, name: str, before: int, value: int, then: str) -> None:
    """Types an argument of the chosen layer once its field is there, and waits for the row to say ``then``."""
    field = fresh(page).get_by_role("textbox", name=name)
    expect(field).to_have_value(str(before))
    field.fill(str(value))
    field.press("Enter")
    expect(page.locator("tbody.chosen")).to_contain_text(then)


def build_the_exercise(page: Page) -> None:
    """Three convolutions with padding, three poolings, three ReLUs, flatten, three linear layers."""
    page.get_by_role("button", name="Start from").click()
    page.get_by_role("button", name="No layer at all").click()
    expect(page.get_by_role("table").get_by_role("rowheader")).to_have_count(2)  # the loss, the total
    # A single layer has no number until there is a second of its kind.
    names = [
        "conv",
        "pool",
        "relu",
        "conv2",
        "pool2",
        "relu2",
        "conv3",
        "pool3",
        "relu3",
        "flatten",
        "fc",
        "fc2",
        "fc3",
    ]
    kinds = [*BLOCK * 3, "Flatten", "Linear", "Linear", "Linear"]
    behind = "input"
    for kind, name in zip(kinds, names, strict=True):
        add(page, kind, behind, name)
        if kind == "Conv2d":
            set_field(page, "Padding", 0, 1, "kernel_size=3, padding=1)")
        behind = name


def test_the_exercise_is_built_broken_repaired_and_learns(page: Page, serve, console: list[str]) -> None:
    """From an empty stack to a network whose loss falls, with PyTorch's message and the repair on the way."""
    page.goto(f"{serve(ROOT / 'app.py')}/network")
    expect(page.get_by_role("table")).to_contain_text("8,490")
    build_the_exercise(page)
    table = page.get_by_role("table")
    expect(table).to_contain_text("10·3·3 = 90")

    page.get_by_role("button", name="fc1", exact=True).click()
    set_field(page, "Inputs", 90, 300, "mat1 and mat2 shapes cannot be multiplied (64x90 and 300x10)")
    expect(table).to_contain_text("flatten gives 10·3·3 = 90")
    expect(page.get_by_role("button", name="Train it")).to_be_disabled()
    page.get_by_role("button", name="Set in_features of fc1 to 90").click()
    expect(table).not_to_contain_text("mat1")
    wait_for_value(page, "Inputs", "90")
    page.reload()  # the link has it all
    expect(page.get_by_role("button", name="fc3", exact=True)).to_be_visible()

    page.get_by_role("button", name="Train it").click()
    expect(page.get_by_text("A network of your own").first).to_be_visible()
    learn(page)
    assert console == []


def learn(page: Page) -> None:
    """Trains on the offline digits until the run is over; the loss has fallen."""
    choose_offline_digits(page)
    for name, value in {"Epochs": "4", "Batch size": "16", "Learning rate": "0.05"}.items():
        fresh(page).get_by_role("textbox", name=name).fill(value)
        fresh(page).get_by_role("textbox", name=name).press("Enter")
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_test_id("stProgress").get_by_text("Finished")).to_be_visible()
    page.get_by_role("button", name="Card", exact=True).click()
    kept = page.get_by_text(re.compile(r"Kept in "))
    run = read_run(checkpoints_folder() / kept.inner_text().rsplit("/", 1)[1])
    assert len(run["settings"]["network"]) == 13
    assert run["epochs"][-1]["train_loss"] < 0.5 * run["epochs"][0]["train_loss"]


@pytest.mark.parametrize("width", [1400, 390])
def test_a_lesson_of_the_lab_is_repaired_by_its_button(new_page, serve, console: list[str], width: int) -> None:
    """view(-1, 160): the rows that worked stay, the loss complains, two repairs lead back; on a phone as well."""
    page = new_page(viewport={"width": width, "height": 900}, has_touch=width < 500)
    page.goto(f"{serve(ROOT / 'app.py')}/network")
    page.get_by_role("button", name="Break it").click()
    page.get_by_role("button", name="view(-1, 160)").click()
    table = page.get_by_role("table")
    expect(table).to_contain_text("Expected input batch_size (128) to match target batch_size (64).")
    expect(table).to_contain_text("(64, 20, 4, 4)")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Flatten instead of view").click()
    expect(table).to_contain_text("mat1 and mat2 shapes cannot be multiplied (64x320 and 160x10)")
    page.get_by_role("button", name="Set in_features of fc to 320").click()
    expect(table).to_contain_text("8,490")
    page.get_by_role("button", name="Undo").click()
    expect(table).to_contain_text("mat1 and mat2")
    assert console == []


def test_the_downloaded_file_is_the_code_on_screen(page: Page, serve) -> None:
    """The script of the network on screen, under the name that the README gives it."""
    page.goto(f"{serve(ROOT / 'app.py')}/network?network_code=train&network_stack=1_1x28x28_f_l784-10")
    expect(page.get_by_test_id("stCode")).to_contain_text("torch.nn.Linear(784, 10)")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download").click()
    assert waiting.value.suggested_filename == "train.py"
    assert "torch.nn.Linear(784, 10)" in waiting.value.path().read_text("utf-8")


@pytest.fixture
def phone(new_page, serve) -> Page:
    """The Network page on a phone."""
    page = new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page.goto(f"{serve(ROOT / 'app.py')}/network")
    expect(page.get_by_role("button", name="fc", exact=True)).to_be_visible()
    return page


def test_a_list_closes_when_the_choice_is_made(new_page, serve, console: list[str]) -> None:
    """It would stand over the controls; it opens again, and the same choice closes it once more."""
    page = new_page()
    page.goto(f"{serve(ROOT / 'app.py')}/network")
    for name in ("A wrong in_features", "A wrong in_features", "One pooling too many"):
        page.get_by_role("button", name="Break it").click()
        page.get_by_role("button", name=name).click()
        expect(page.get_by_role("button", name=name)).to_be_hidden()
    expect(page.get_by_text("PyTorch says")).to_be_visible()


def test_the_picture_shows_where_a_network_breaks(phone: Page) -> None:
    """At first the strip stands at its beginning; the layer that refuses stands behind the last box, in view."""
    strip = phone.get_by_role("group", name="The shapes, to scale")
    assert 0 == strip.evaluate("strip => strip.scrollLeft")
    phone.get_by_role("button", name="Break it").click()
    phone.get_by_role("button", name="A wrong in_features").click()
    stop = strip.get_by_role("button", name="fc: fails")
    expect(stop).to_be_visible()
    strip.scroll_into_view_if_needed()
    expect(stop).to_be_in_viewport(ratio=0.9)
    stop.click()
    expect(phone.get_by_role("button", name="Set in_features of fc to 320")).to_be_in_viewport()
    phone.get_by_role("button", name="Set in_features of fc to 320").click()
    expect(stop).to_be_hidden()


def test_what_is_pressed_stays_where_it_is(phone: Page) -> None:
    """On a phone the controls are below the ledger, which grows by a row, or by what PyTorch says, with each Add."""
    phone.get_by_role("button", name="Add", exact=True).scroll_into_view_if_needed()
    for name in ("conv3", "conv4", "conv5"):
        button = phone.get_by_role("button", name="Add", exact=True)
        before = button.bounding_box()["y"]
        button.click()
        expect(fresh(phone).get_by_role("combobox", name=f"Add behind {name}")).to_be_visible()
        assert abs(phone.get_by_role("button", name="Add", exact=True).bounding_box()["y"] - before) < 2
