"""Back and Forward of the browser: the screen is what the address says, and every change is one press away."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.fresh import fresh, wait_for_the_last_answer, wait_for_value

ROOT = Path(__file__).parents[2]
Check = Callable[[], object]


@pytest.fixture
def page(new_page: Callable) -> Page:
    """Whose history begins with the test."""
    return new_page(once=True, color_scheme="light")


@pytest.fixture
def open_page(page: Page, serve) -> Callable[[str, str], Page]:
    """The page of that path, once the text that is drawn last stands there."""

    def opened(path: str, last: str) -> Page:
        page.goto(f"{serve(ROOT / 'app.py')}/{path}")
        expect(page.get_by_role("heading", name=last)).to_be_visible()
        return page

    return opened


def address(page: Page) -> str:
    return page.evaluate("location.pathname + location.search")


def wait_for_address(page: Page, wanted: str) -> None:
    page.wait_for_function("wanted => location.pathname + location.search === wanted", arg=wanted)


def there_and_back(page: Page, start: Check, *changes: tuple[Check, Check]) -> None:
    """Makes changes, checks the screen after each; a press of Back takes one back, one of Forward brings it again."""
    start()
    addresses, checks = [address(page)], [start, *(check for _, check in changes)]
    before = page.evaluate("history.length")
    for change, check in changes:
        change()
        check()
        page.wait_for_function("before => location.pathname + location.search !== before", arg=addresses[-1])
        addresses.append(address(page))
    for step in reversed(range(len(changes))):
        page.evaluate("history.back()")
        wait_for_address(page, addresses[step])
        checks[step]()
    for step in range(1, len(addresses)):
        page.evaluate("history.forward()")
        wait_for_address(page, addresses[step])
        checks[step]()
    assert len(changes) == page.evaluate("history.length") - before
    assert addresses[-1] == address(page)


def choose(page: Page, name: str, option: str) -> None:
    fresh(page).get_by_role("combobox", name=name).first.click()
    page.get_by_role("option", name=option, exact=True).click()


def press(page: Page, slider: str, key: str = "ArrowRight") -> None:
    page.get_by_role("slider", name=slider).first.press(key)


def shows(page: Page, code: str, language: str = "The same in PyTorch") -> Check:
    """The code panel, which says what is on screen, and in which language the page is."""
    return lambda: (
        expect(page.get_by_test_id("stCode").first).to_contain_text(code),
        expect(page.get_by_role("heading", name=language)).to_be_visible(),
    )


def go_to(page: Page, name: str) -> None:
    page.locator(".st-key-pages").get_by_role("link", name=name, exact=True).click()


def test_convolution(open_page, console: list[str]) -> None:
    """Sliders, a choice that sets three numbers at once, a cell that is opened, a number typed over it, a language."""
    page = open_page("convolution", "The same in PyTorch")
    cell = page.get_by_label("Input", exact=True).get_by_role("gridcell").first

    def type_over() -> None:
        cell.click()
        page.keyboard.type("13")
        page.keyboard.press("Enter")

    opened = page.get_by_text("Input row 1, column 1")
    there_and_back(
        page,
        shows(page, "padding=1"),
        (lambda: press(page, "Padding"), shows(page, "padding=2")),
        (lambda: press(page, "Stride"), shows(page, "padding=2, stride=2")),
        (lambda: cell.click(), lambda: expect(opened.first).to_be_visible()),
        (type_over, shows(page, "[13., 4., 6., 5., 7.]")),
        (lambda: page.get_by_text("中文", exact=True).click(), shows(page, "[13., 4.", "对应的 PyTorch 代码")),
        (lambda: choose(page, "输入", "手写数字"), shows(page, "0., 0., 0., 0., 0., 0.", "对应的 PyTorch 代码")),
    )
    assert console == []


def test_all_pages(open_page, console: list[str]) -> None:
    """From page to page, with changes on each: presets, layers, a rate, a curve's axis."""
    page = open_page("channels", "The same in PyTorch")
    rate = fresh(page).get_by_label("Learning rate", exact=True)
    logarithmic = page.get_by_role("switch", name="Logarithmic loss")

    def type_rate(text: str) -> None:
        rate.fill(text)
        rate.press("Enter")

    def load(name: str) -> None:
        page.get_by_role("button", name="Start from").click()
        page.get_by_role("button", name=name).click()
        # The server closes the list, late on a busy machine, and one opened in between with it.
        expect(page.get_by_role("button", name=name)).to_have_count(0)

    there_and_back(
        page,
        shows(page, "Conv2d(3, 2"),
        (lambda: choose(page, "Preset", "Depthwise"), shows(page, "groups=4")),
        (lambda: press(page, "Stride"), shows(page, "stride=2")),
        (lambda: go_to(page, "Pooling"), shows(page, "MaxPool2d(kernel_size=2")),
        (lambda: press(page, "Kernel size"), shows(page, "MaxPool2d(kernel_size=3")),
        (lambda: go_to(page, "Network"), shows(page, "Conv2d(10, 20")),
        (lambda: load("LeNet-5"), shows(page, "Conv2d(6, 16")),
        (lambda: load("The simple CNN"), shows(page, "Conv2d(10, 20")),
        (lambda: go_to(page, "Train"), lambda: wait_for_value(page, "Learning rate", "0.0715")),
        (lambda: type_rate("0.02"), lambda: wait_for_value(page, "Learning rate", "0.02")),
        (lambda: type_rate("0.03"), lambda: wait_for_value(page, "Learning rate", "0.03")),
        (lambda: choose(page, "Recipe", "The lecture's"), lambda: wait_for_value(page, "Learning rate", "0.01")),
        (lambda: go_to(page, "Compare"), lambda: expect(logarithmic).not_to_be_checked()),
        (lambda: page.get_by_text("Logarithmic loss").click(), lambda: expect(logarithmic).to_be_checked()),
    )
    assert console == []


def kind(message: bytes) -> str | None:
    return ForwardMsg.FromString(message).WhichOneof("type")


def test_back_is_not_answered_with_an_address(page: Page, open_page) -> None:
    """Not even right after a change: by the time it came, it would be written over the entry of a further Back."""
    with page.expect_websocket() as opened:
        open_page("convolution", "The same in PyTorch")
    addresses = [address(page)]
    for slider in ("Padding", "Stride", "Dilation"):
        press(page, slider)
        page.wait_for_function("before => location.pathname + location.search !== before", arg=addresses[-1])
        addresses.append(address(page))
    wait_for_the_last_answer(page)
    told: list[str | None] = []
    opened.value.on("framereceived", lambda message: told.append(kind(message)))
    for step, place in ((-1, 2), (-1, 1), (1, 2)):
        with opened.value.expect_event("framereceived", lambda message: kind(message) == "script_finished"):
            page.evaluate("step => history.go(step)", step)
        assert addresses[place] == address(page)
    shows(page, "padding=2, stride=2, bias=False)")()
    assert "page_info_changed" not in told


def test_many_quick_changes_are_never_undone_by_a_late_message(open_page, new_page, console: list[str]) -> None:
    """The last of them stays, so many entries back is the first sight, so many forward the last one again."""
    page = open_page("convolution", "The same in PyTorch")
    first, before = address(page), page.evaluate("history.length")
    for key in ["ArrowLeft"] * 4 + ["ArrowRight"] * 12:
        press(page, "Width", key)
    wait_for_address(page, "/convolution?conv_width=13")
    shows(page, "view(1, 1, 5, 13)")()
    entries = page.evaluate("history.length") - before
    assert 1 <= entries <= 16
    other = new_page(once=True)
    other.goto(page.url)
    shows(other, "view(1, 1, 5, 13)")()
    page.evaluate("entries => history.go(-entries)", entries)
    wait_for_address(page, first)
    shows(page, "view(1, 1, 5, 5)")()
    page.evaluate("entries => history.go(entries)", entries)
    wait_for_address(page, "/convolution?conv_width=13")
    shows(page, "view(1, 1, 5, 13)")()
    press(page, "Width")
    wait_for_address(page, "/convolution?conv_width=14")
    shows(page, "view(1, 1, 5, 14)")()
    assert entries + 1 == page.evaluate("history.length") - before
    assert console == []


def test_what_two_pages_set_is_the_same_on_both(open_page, console: list[str]) -> None:
    """The data chosen on Train stand on Compare, and a change of something else there leaves them alone."""
    page = open_page("train?train_data=offline", "My runs")
    go_to(page, "Compare")
    data = fresh(page).get_by_role("combobox", name="Data")
    expect(data).to_have_value("Offline digits")
    page.get_by_text("Logarithmic loss").click()
    page.wait_for_function("() => location.search.includes('compare_log=true')")
    assert "train_data=offline" in address(page)
    expect(data).to_have_value("Offline digits")
    assert console == []


def test_no_run_shown_is_a_choice_too(open_page, console: list[str]) -> None:
    """Back and Forward over unticked runs: as many are ticked as before."""
    page = open_page("compare", "What is compared")
    ticked = page.get_by_role("checkbox", checked=True)

    def untick() -> None:
        page.locator('[class*="st-key-compare_run_"] label').filter(has=ticked).first.click()

    there_and_back(
        page,
        lambda: expect(ticked).to_have_count(2),
        (untick, lambda: expect(ticked).to_have_count(1)),
        (untick, lambda: expect(ticked).to_have_count(0)),
    )
    assert console == []


@pytest.mark.parametrize("stack", ["1_1x28x28_f_l784-10", ""])
def test_train_it_is_one_press_of_back(open_page, console: list[str], stack: str) -> None:
    """The Network page's button leads to Train as a link does: one entry, and Back is at the network again."""
    page = open_page("network" + f"?network_stack={stack}" * bool(stack), "The same in PyTorch")
    start = address(page)
    there_and_back(
        page,
        lambda: expect(page.get_by_role("button", name="Train it")).to_be_visible(),
        (
            lambda: page.get_by_role("button", name="Train it").click(),
            lambda: expect(page.get_by_role("heading", name="My runs")).to_be_visible(),
        ),
    )
    assert "/train" + f"?train_network={stack}" * bool(stack) == address(page)
    page.evaluate("history.back()")
    wait_for_address(page, start)
    assert console == []


AGAIN = {
    "inside": lambda page: page.get_by_role("tab", name="Right and wrong"),
    "convolution": lambda page: page.get_by_role("grid", name="Input").get_by_role("gridcell").first,
    "channels": lambda page: page.get_by_role("grid", name="Output").get_by_role("gridcell").first,
    "pooling": lambda page: page.get_by_role("grid", name="Input").get_by_role("gridcell").first,
    "network": lambda page: page.get_by_role("button", name="fc", exact=True),
}


@pytest.mark.parametrize("path", AGAIN)
def test_the_same_once_more_after_back_is_a_change_again(page: Page, serve, path: str) -> None:
    """What a picture tells, and what Back took away: the address has it as often as it is clicked."""
    page.goto(f"{serve(ROOT / 'app.py')}/{path}")
    same = AGAIN[path](page)
    expect(same).to_be_visible()
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    wait_for_the_last_answer(page)
    first = address(page)
    for _ in range(2):
        same.click()
        page.wait_for_function("before => location.pathname + location.search !== before", arg=first)
        wait_for_the_last_answer(page)
        page.evaluate("history.back()")
        wait_for_address(page, first)
        wait_for_the_last_answer(page)
