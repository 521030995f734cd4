"""The cell inspector in a real browser: paired hover, pins, keys, player, colours, on each of its three pages."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.fresh import wait_for_the_last_answer

ROOT = Path(__file__).parents[2]
SUM_295 = "4·1 + 6·2 + 5·3 + 4·4 + 6·5 + 8·6 + 6·7 + 7·8 + 8·9 = 295"
SUM_91 = "0·1 + 0·2 + 0·3 + 0·4 + 3·5 + 4·6 + 0·7 + 2·8 + 4·9 = 91"
LAST_WORDS = re.compile("The same in PyTorch|对应的 PyTorch 代码")

# The colour on screen in the middle of a cell's left edge region (x, y in shares of the cell), marks over cells.
PIXEL = """(cell, [x, y]) => {
  const box = cell.getBoundingClientRect();
  const [cells, overlay] = cell.closest('.cells').querySelectorAll('canvas');
  const frame = cells.getBoundingClientRect();
  const scale = cells.width / frame.width;
  const place = [box.left - frame.left + x * box.width, box.top - frame.top + y * box.height];
  const at = place.map((v) => Math.round(v * scale));
  const read = (canvas) => [...canvas.getContext('2d').getImageData(...at, 1, 1).data];
  const mark = read(overlay);
  return mark[3] ? mark : read(cells);
}"""
BESIDE_THE_NUMBER = (0.2, 0.25)
ON_THE_FRAME = (0.02, 0.5)


def opener(page: Page, serve) -> Callable[[str], Page]:
    """Opens the app at a link and waits until the page stands."""

    def open_at(link: str = "/convolution") -> Page:
        page.goto(serve(ROOT / "app.py") + link)
        expect(page.get_by_role("heading", name=LAST_WORDS)).to_be_visible()
        expect(page.get_by_role("gridcell").first).to_be_attached()
        return page

    return open_at


@pytest.fixture
def opened(page: Page, serve) -> Callable[[str], Page]:
    return opener(page, serve)


@pytest.fixture
def opened_once(new_page: Callable, serve) -> Callable[[str], Page]:
    """Where time is to be stopped: it stands still for all pages of a context, for good."""
    return opener(new_page(once=True), serve)


def grid(page: Page, name: str) -> Locator:
    return page.get_by_role("grid", name=name, exact=True)


def cell(page: Page, name: str, row: int, column: int) -> Locator:
    """The cell of that row and column, counted from 1."""
    return grid(page, name).get_by_role("gridcell", name=re.compile(f"^row {row}, column {column},"))


def said(page: Page) -> Locator:
    return page.get_by_role("status")


def color(place: Locator, where: tuple[float, float] = BESIDE_THE_NUMBER) -> list[int]:
    return place.evaluate(PIXEL, list(where))


def stop_time(page: Page) -> None:
    """From now on time passes only by page.clock.run_for."""
    page.clock.install(time=0)
    page.clock.pause_at(1000)


def point_at(page: Page, place: Locator) -> None:
    """Moves the mouse there without waiting for frames, which stand still with the time."""
    box = place.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def leave(page: Page) -> None:
    page.mouse.move(5, 600)


def test_an_output_shows_its_window_an_input_its_outputs_a_weight_its_inputs(opened) -> None:
    """Hover answers in all directions, with counts, and never asks the server."""
    sent = []
    page = opened()
    page.on("websocket", lambda socket: socket.on("framesent", lambda _: sent.append(1)))
    page.reload()
    expect(grid(page, "Output").get_by_role("gridcell").first).to_be_attached()
    expect(page.get_by_role("heading", name=LAST_WORDS)).to_be_visible()
    before = len(sent)
    cell(page, "Output", 1, 1).hover()
    expect(said(page)).to_contain_text(SUM_91)
    cell(page, "Input", 1, 1).hover()
    expect(said(page)).to_have_text("Input row 1, column 1: 3goes into 4 of the 25 output values")
    cell(page, "Input", 3, 3).hover()
    expect(said(page)).to_contain_text("goes into 9 of the 25")
    cell(page, "Kernel", 2, 2).hover()
    expect(said(page)).to_have_text("Kernel row 2, column 2: 5used 25 times, once for each output value")
    cell(page, "Kernel", 1, 1).hover()
    expect(said(page)).to_contain_text(
        "used 25 times, once for each output value: 16 times on the input, 9 times on padding"
    )
    leave(page)
    expect(said(page)).to_contain_text(SUM_295)
    assert len(sent) == before


def test_three_questions_are_answered_by_the_picture_alone(opened) -> None:
    """Why 295? How often is weight 5 used? Which row is never used with kernel 2, stride 2, no padding?"""
    expect(said(opened())).to_contain_text(SUM_295)
    page = opened("/convolution?conv_cell=Kernel_1_1")
    expect(said(page)).to_contain_text("5used 25 times")
    page = opened("/convolution?conv_padding=0&conv_stride=2&conv_kernel_height=2&conv_kernel_width=2")
    expect(page.get_by_text("Never used: row 5, column 5.")).to_be_visible()
    expect(
        page.get_by_text("5 rows, kernel 2, stride 2: ⌊(5 + 2·0 − 2) / 2⌋ + 1 = 2 windows; never used: row 5.")
    ).to_be_visible()
    cell(page, "Input", 5, 5).hover()
    expect(said(page)).to_contain_text("goes into no output value")


def test_window_cells_take_their_weights_colours_and_a_frame(opened) -> None:
    """Each input cell of the window has the kernel cell's colour; the frame is the cue that is not blue or orange."""
    page = opened("/convolution?conv_kernel=sobel_x")
    for row, column in [(1, 1), (2, 1), (2, 3), (3, 2)]:
        weight = color(cell(page, "Kernel", row, column))
        assert color(cell(page, "Input", row, column + 1)) == weight
    inside, outside = cell(page, "Input", 1, 2), cell(page, "Input", 5, 5)
    assert color(inside, ON_THE_FRAME) == color(cell(page, "Output", 2, 3), ON_THE_FRAME)
    assert color(inside, ON_THE_FRAME) != color(outside, ON_THE_FRAME)


def test_a_click_pins_any_cell_and_escape_lets_it_go(opened, new_page) -> None:
    """The link carries the pin; hovering elsewhere shows something else only for as long as it lasts."""
    page = opened()
    cell(page, "Kernel", 2, 2).click()
    expect(page).to_have_url(re.compile("conv_cell=Kernel_1_1"))
    wait_for_the_last_answer(page)
    cell(page, "Output", 1, 1).hover()
    expect(said(page)).to_contain_text(SUM_91)
    leave(page)
    expect(said(page)).to_contain_text("used 25 times")
    other = new_page()
    other.goto(page.url)
    expect(said(other)).to_contain_text("used 25 times")
    cell(page, "Kernel", 2, 2).press("Escape")
    expect(said(page)).to_contain_text(SUM_295)
    expect(page).to_have_url(re.compile("conv_cell=1_2"))


def test_tab_and_arrows_reach_every_cell_of_every_grid(opened) -> None:
    """Tab goes from grid to grid, arrows, Home and End walk inside, Control-End to the last cell."""
    page = opened()
    cell(page, "Input", 1, 1).focus()
    for name in ("Kernel", "Output"):
        page.keyboard.press("Tab")
        expect(cell(page, name, 1, 1)).to_be_focused()
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowDown")
        expect(cell(page, name, 2, 2)).to_be_focused()
        expect(said(page)).to_contain_text(f"{name} row 2, column 2")
        page.keyboard.press("Home")
        page.keyboard.press("Control+End")
        expect(cell(page, name, *((3, 3) if name == "Kernel" else (5, 5)))).to_be_focused()


def test_the_player_plays_pauses_steps_and_scrubs(opened_once) -> None:
    """At 5/s five windows pass in a second; at the last it stops; steps go to and fro; the slider says where."""
    page = opened_once()
    stop_time(page)
    page.get_by_role("combobox", name="Speed").select_option("5")
    page.get_by_role("button", name="Play").click()
    page.clock.run_for(1000)
    expect(said(page)).to_contain_text("Output row 3, column 3")  # from row 2, column 3
    page.get_by_role("button", name="Pause").click()
    page.clock.run_for(1000)
    expect(said(page)).to_contain_text("Output row 3, column 3")
    page.get_by_role("button", name="Step", exact=True).click()
    expect(said(page)).to_contain_text("Output row 3, column 4")
    page.get_by_role("button", name="Step back").click()
    page.get_by_role("button", name="Step back").click()
    expect(said(page)).to_contain_text("Output row 3, column 2")
    scrub = page.get_by_role("slider", name="Position of the window")
    scrub.press("End")
    expect(said(page)).to_contain_text("Output row 5, column 5")
    expect(scrub).to_have_attribute("aria-valuetext", "Output row 5, column 5")
    page.get_by_role("button", name="Play").click()  # from the end it begins anew
    page.clock.run_for(10_000)
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    expect(said(page)).to_contain_text("Output row 5, column 5")


def test_the_animation_goes_on_as_a_pale_ghost_under_a_solid_hover(opened_once) -> None:
    """While the pointer holds another cell, the moving window keeps a frame, paler than the solid one."""
    page = opened_once("/convolution?conv_cell=0_0")
    stop_time(page)
    page.get_by_role("button", name="Play").click()
    page.clock.run_for(500)
    point_at(page, cell(page, "Output", 5, 5))
    expect(said(page)).to_contain_text("Output row 5, column 5")
    solid = color(cell(page, "Output", 5, 5), ON_THE_FRAME)
    ghost = color(cell(page, "Output", 1, 2), ON_THE_FRAME)
    page.clock.run_for(500)
    assert color(cell(page, "Output", 1, 3), ON_THE_FRAME) == ghost
    assert ghost[:3] != solid[:3] or ghost[3] < solid[3]
    assert color(cell(page, "Output", 4, 1), ON_THE_FRAME) not in (ghost, solid)


def test_less_motion_is_one_window_a_second_at_any_speed(new_page, serve) -> None:
    """prefers-reduced-motion: 60/s becomes 1/s."""
    page = new_page(once=True, reduced_motion="reduce")
    page.goto(serve(ROOT / "app.py") + "/convolution?conv_cell=0_0")
    expect(said(page)).to_contain_text(SUM_91)
    stop_time(page)
    page.get_by_role("combobox", name="Speed").select_option("60")
    page.get_by_role("button", name="Play").click()
    page.clock.run_for(2100)
    expect(said(page)).to_contain_text("Output row 1, column 3")


def test_the_sum_can_be_copied_as_text(new_page, serve) -> None:
    """The strip's lines arrive in the clipboard."""
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(serve(ROOT / "app.py") + "/convolution")
    copy = page.get_by_role("button", name="Copy", exact=True)
    expect(copy).to_be_visible()
    stop_time(page)  # it says "Copied" for a moment
    copy.click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"Output row 2, column 3\n{SUM_295}"


@pytest.mark.parametrize(
    ("mode", "says"),
    [
        ("zeros", "Padding, value 0"),
        ("reflect", "Padding (reflect): a copy of row 2, column 2"),
        ("replicate", "Padding (replicate): a copy of row 1, column 1"),
        ("circular", "Padding (circular): a copy of row 5, column 5"),
    ],
)
def test_padding_says_what_it_holds(opened, mode: str, says: str) -> None:
    """The cell outside the corner, by mode; for a copy its original is named."""
    page = opened(f"/convolution?conv_padding_mode={mode}")
    cell(page, "Input", 1, 1).hover(position={"x": -20, "y": -20}, force=True)
    expect(said(page)).to_contain_text(says)


def test_bias_and_relu_end_the_sum(opened) -> None:
    """91 − 100 = −9, and ReLU makes it 0."""
    page = opened("/convolution?conv_bias=-100&conv_relu=true&conv_cell=0_0")
    expect(said(page)).to_contain_text("4·9 + (−100) (bias) = −9ReLU: max(0, −9) = 0")


def test_a_large_grid_has_all_its_cells_too(opened) -> None:
    """64×64: the last cell is reached with two keys and says its place and value; the sum has 9 products."""
    page = opened("/convolution?conv_input=digit&conv_height=64&conv_width=64")
    cell(page, "Output", 1, 1).focus()
    page.keyboard.press("Control+End")
    expect(cell(page, "Output", 64, 64)).to_be_focused()
    expect(said(page)).to_contain_text("Output row 64, column 64")


def test_the_state_is_said_in_chinese(opened) -> None:
    """The live region speaks the page's language."""
    page = opened("/convolution?lang=zh&conv_cell=Kernel_1_1")
    expect(said(page)).to_have_attribute("aria-live", "polite")
    expect(said(page)).to_contain_text("用了 25 次，每个输出值一次")


def test_partial_maps_add_up_channel_by_channel(opened) -> None:
    """Three products rows, their running total beside the maps, the bias, and the sum as in the output."""
    page = opened("/channels?channels_cell=0_0")
    lines = said(page).locator("div").all_inner_texts()
    shares = [int(line.rsplit("= ", 1)[1].replace("−", "-")) for line in lines[2:5]]
    for number, share in enumerate(shares, 1):
        expect(cell(page, f"Partial {number}", 1, 1)).to_have_text(str(share).replace("-", "−"))
    bias, total = re.search(r"\+ (\(?−?\d+\)?) \(bias\) = (−?\d+)$", lines[1]).groups()
    value = {name: int(text.strip("()").replace("−", "-")) for name, text in (("bias", bias), ("total", total))}
    assert value["total"] == sum(shares) + value["bias"]
    expect(cell(page, "Output", 1, 1)).to_have_text(total)
    running = [int(text.replace("−", "-")) for text in page.locator(".total b").all_inner_texts()]
    assert running == [sum(shares[:1]), sum(shares[:2]), sum(shares), value["total"]]


def test_the_channels_of_a_group_keep_their_numbers(opened) -> None:
    """Output channel 3 of 4 in two groups is made of input channels 3 and 4: the sum calls them so, as the grids do."""
    page = opened("/channels?channels_in=4&channels_out=4&channels_groups=2&channels_selected=3")
    expect(said(page)).to_contain_text("Channel 3: ")
    expect(said(page)).to_contain_text("Channel 4: ")
    expect(page.get_by_text("Partial map 3")).to_be_visible()
    expect(grid(page, "Partial 3")).to_be_visible()


def test_any_output_channel_can_be_chosen_in_the_picture(opened) -> None:
    """A click on its small map draws its stack; the link keeps the choice."""
    page = opened("/channels")
    first = cell(page, "Output", 1, 1).inner_text()
    page.get_by_role("radio", name="Output channel 2").click()
    expect(page.get_by_role("radio", name="Output channel 2")).to_be_checked()
    expect(page.get_by_text("weight[1, 0]")).to_be_visible()
    expect(cell(page, "Output", 1, 1)).not_to_have_text(first)
    expect(page).to_have_url(re.compile("channels_selected=2"))


def test_the_weights_four_dimensions_are_named(opened) -> None:
    """On the picture, for the lecture's own layer."""
    page = opened(
        "/channels?channels_in=5&channels_out=10&channels_height=100&channels_width=100&channels_input=numbers"
    )
    expect(page.get_by_text("weight (10, 5, 3, 3): 10 output channels × 5 input channels")).to_be_visible()
    expect(page.get_by_text("(1, 10, 98, 98)").first).to_be_visible()


def test_pooling_names_the_winner_the_tie_and_the_gradient(opened) -> None:
    """3 4 / 2 4: the first 4 wins and gets the whole gradient; the mean shares it; a hover counts windows and wins."""
    page = opened("/pooling")
    expect(said(page)).to_contain_text("max(3, 4, 2, 4) = 4")
    expect(said(page)).to_contain_text("A tie: 2 cells hold 4. PyTorch takes the first, row 1, column 2")
    cell(page, "Average output", 1, 1).hover()
    expect(said(page)).to_contain_text("(3 + 4 + 2 + 4) / 4 = 3.25The gradient is shared: 1/4 for each cell.")
    cell(page, "Input", 1, 2).hover()
    expect(said(page)).to_contain_text("lies in 1 of the 4 windows and wins 1 of them")
    cell(page, "Input", 5, 5).hover()
    expect(said(page)).to_contain_text("no window covers it")


def test_a_convolution_that_torch_refuses_says_so_in_its_place(opened, console) -> None:
    """2×2, ceil_mode, a kernel of 2, then 3: the open convolution goes, a sentence comes, the poolings stay."""
    page = opened("/pooling?pool_height=2&pool_width=2&pool_ceil_mode=true&pool_cell=Convolution-output_0_0")
    expect(said(page)).to_contain_text("Convolution output row 1, column 1")
    page.get_by_role("slider", name="Kernel size").press("ArrowRight")
    sentence = page.get_by_role("paragraph").get_by_text("A kernel of 3 rows with dilation 1 spans 3 rows")
    expect(sentence).to_be_visible()
    expect(grid(page, "Convolution output")).to_have_count(0)
    expect(said(page)).to_contain_text("max(3, 4, 2, 4) = 4")
    page.get_by_role("slider", name="Kernel size").press("ArrowLeft")
    expect(grid(page, "Convolution output")).to_be_visible()
    assert console == []


def test_a_mean_without_padding_is_divided_by_the_cells_of_the_input(opened) -> None:
    """The example's padded corner holds one cell: 3 / 1; with count_include_pad it is (0 + 0 + 0 + 3) / 4."""
    page = opened("/pooling?pool_padding=1&pool_cell=Average-output_0_0")
    expect(said(page)).to_contain_text("(0 + 0 + 0 + 3) / 4 = 0.75Divided by 4: padding counts.")
    page.get_by_text("Mean counts padding").click()
    expect(said(page)).to_contain_text("(3) / 1 = 3Divided by 1: only the input's cells count.")
    hover_at_padding = grid(page, "Input").locator("xpath=..").locator("canvas").first
    hover_at_padding.hover(position={"x": 8, "y": 8}, force=True)
    expect(said(page)).to_contain_text("not counted in the mean")


def test_a_shift_shows_what_each_output_was(opened) -> None:
    """One column to the right: the first maximum was 4 and is 3."""
    page = opened("/pooling?pool_shift=1")
    expect(said(page)).to_contain_text("max(0, 3, 0, 2) = 3")
    expect(said(page)).to_contain_text("Before the shift: 4")


@pytest.mark.parametrize("path", ["/convolution", "/channels", "/pooling"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_everything_without_scrolling_sideways(new_page, serve, console, path: str, scheme: str) -> None:
    """390 px: picture first, a tap opens a cell, nothing is cut off, the console is silent."""
    page = new_page(viewport={"width": 390, "height": 844}, color_scheme=scheme, has_touch=True)
    page.goto(serve(ROOT / "app.py") + path)
    expect(page.get_by_role("heading", name=LAST_WORDS)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    boxes = [place.bounding_box() for place in page.get_by_role("grid").all()]
    margin = 8
    assert all(box["x"] >= margin and box["x"] + box["width"] <= 390 - margin for box in boxes), boxes
    cell(page, "Input 1" if path == "/channels" else "Input", 1, 1).tap()
    expect(said(page)).to_contain_text("row 1, column 1")
    assert console == []
