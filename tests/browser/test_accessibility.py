"""Every page under axe-core: what keeps a learner who sees little, or uses no mouse, from reading it."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.chinese import chinese

ROOT = Path(__file__).parents[2]
LAST_HEADING = {
    "": "The lecture, section by section",
    "convolution": "The same in PyTorch",
    "channels": "The same in PyTorch",
    "pooling": "The same in PyTorch",
    "network": "The same in PyTorch",
    "train": "The same without the app",
    "inside": "What you see",
    "compare": "What is compared",
    "task": "The lecture’s exercise",
    "gpu": "Why the curve bends",
    "help": "Words",
    "lecturer": "Ask your class a question",
}
LOOKS = [(1400, "light", "en"), (390, "dark", "zh")]  # every value once: a page takes 3 s to load
OTHER_LOOKS = [(1400, "dark", "en"), (390, "light", "zh")]
TALL = 6000  # px: a whole page at once, for axe measures contrast only where the window shows something


@pytest.fixture
def visit(new_page, serve):
    """Opens a page in full: its last words said, its cells built, its code coloured."""

    def open_page(name: str, width: int, scheme: str, language: str) -> Page:
        size = {"viewport": {"width": width, "height": TALL}, "has_touch": width < 500}
        page = new_page(**size, color_scheme=scheme, locale={"en": "en-US", "zh": "zh-CN"}[language])
        page.goto(f"{serve(ROOT / 'app.py')}/{name}")
        expect(page.get_by_role("heading", name=said(LAST_HEADING[name.partition("?")[0]], language))).to_be_visible()
        path = name.partition("?")[0]
        if path not in ("network", "train", "compare", "task", "gpu", "help", "lecturer"):
            expect(page.get_by_role("gridcell").last).to_be_attached()
        # Code that stays plain, or none.
        if "digit" not in name and path not in ("", "compare", "task", "inside", "lecturer"):
            expect(page.get_by_test_id("stCode").last.locator(".token").last).to_be_visible()
        expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
        return page

    return open_page


def said(sentence: str, language: str) -> str:
    return chinese()[sentence] if language == "zh" else sentence


def findings(page: Page) -> list[str]:
    """What axe-core calls serious or critical, and rules that broke off: rule, impact, help, and where.

    What is drawn anew fades for a moment, perhaps while axe looks: a fault is one that is found three times.
    """
    for _ in range(3):
        expect(page.locator("[data-stale='true']")).to_have_count(0)
        if not (found := _findings(page)):
            break
    return found


def _findings(page: Page) -> list[str]:
    results = Axe().run(page).response
    bad = [rule for rule in results["violations"] if rule["impact"] in ("serious", "critical")]
    broken = [rule for rule in results["incomplete"] if rule.get("error")]
    return [report(rule) for rule in bad + broken]


def report(rule: dict) -> str:
    places = "\n".join(f"    {node['target']} {node.get('failureSummary', '')}" for node in rule["nodes"])
    return f"{rule['id']} ({rule['impact']}): {rule['help']}\n{places}"


@pytest.mark.parametrize(("width", "scheme", "language"), LOOKS)
@pytest.mark.parametrize("name", LAST_HEADING)
def test_no_page_keeps_a_learner_out(visit, name: str, width: int, scheme: str, language: str) -> None:
    """Names, roles, contrast, keyboard: nothing serious or critical on any page, the picture included."""
    found = findings(visit(name, width, scheme, language))
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("width", "scheme", "language"), OTHER_LOOKS)
def test_more_settings_keep_no_learner_out(visit, width: int, scheme: str, language: str) -> None:
    """The same holds for the settings drawn when they are opened; 28 rows: axe judges no text of one character."""
    page = visit("convolution?conv_input=digit&conv_height=28&conv_width=28", width, scheme, language)
    page.get_by_role("button", name=said("More settings", language)).click()
    last = page.get_by_test_id("stPopoverBody").get_by_text(said("Rows and columns separately", language))
    expect(last).to_be_visible()
    found = findings(page)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("width", "scheme", "language"), OTHER_LOOKS)
def test_an_exercise_keeps_no_learner_out(visit, width: int, scheme: str, language: str) -> None:
    """The same holds while it asks, with what it asks for kept back, for a slip with its two chains, for the list."""
    page = visit("convolution?exercise=conv_output_size", width, scheme, language)
    found = findings(page)
    page.get_by_role("textbox", name="Your answer").fill("4×4")
    page.keyboard.press("Enter")
    expect(page.get_by_text(said("here it goes wrong", language)).first).to_be_visible()
    found += findings(page)
    page.get_by_role("button", name="0 / ").click()
    expect(page.get_by_role("link", name=said("Fewer steps", language))).to_be_visible()
    found += findings(page)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("width", "scheme", "language"), OTHER_LOOKS)
def test_a_run_and_its_settings_keep_no_learner_out(visit, width: int, scheme: str, language: str) -> None:
    """The same holds for curves, digits and the card of a run, and for each group of settings when it is opened."""
    page = visit("train?train_data=offline&train_epochs=1", width, scheme, language)
    page.get_by_role("button", name=said("Start", language), exact=True).click()
    expect(page.get_by_test_id("stProgress").get_by_text(said("Finished", language))).to_be_visible()
    expect(page.get_by_role("combobox", name=said("Recipe", language))).to_be_enabled()  # drawn after the picture
    found = findings(page)
    last_words = {"Optimizer": "Label smoothing", "Images": "Seed", "Stop and test": "Picture drawn anew"}
    last_words |= {"Card": "Stop and resume", "Name": "What you call this run"}
    last_words |= {"Delete": "Its weights, curves and figures go for good."}
    for group, last in last_words.items():
        page.get_by_role("button", name=said(group, language), exact=True).click()
        expect(page.get_by_test_id("stPopoverBody").get_by_text(said(last, language)).first).to_be_visible()
        found += findings(page)
        page.keyboard.press("Escape")
        expect(page.get_by_test_id("stPopoverBody")).to_be_hidden()
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("width", "scheme", "language"), OTHER_LOOKS)
def test_a_question_in_class_keeps_nobody_out(visit, new_page, width: int, scheme: str, language: str) -> None:
    """The lecturer's page while a class is open, a student's with its answer sent, and how the answers are spread."""
    front = visit("lecturer?lecturer_question=conv_cell", width, scheme, language)
    front.get_by_role("button", name=said("Open a class", language)).click()
    expect(front.get_by_role("button", name=said("Reveal", language))).to_be_visible()
    student = new_page(viewport={"width": width, "height": TALL}, color_scheme=scheme, locale="en-US")
    link = front.get_by_test_id("stCode").filter(has_text="class?code=")
    expect(link).to_have_count(1)
    student.goto(link.inner_text())
    student.get_by_label("Your answer").fill("23")
    student.get_by_role("button", name="Send").click()
    expect(student.get_by_text("Sent: 23.")).to_be_visible()
    found = findings(student)
    front.get_by_role("button", name=said("Reveal", language)).click()
    expect(front.get_by_role("progressbar").last).to_be_visible()
    found += findings(front)
    assert not found, "\n".join(found)


def test_a_button_without_a_name_inside_the_picture_would_be_found(visit) -> None:
    """axe-core looks into the shadow root in which the picture is drawn."""
    page = visit("convolution", 1400, "light", "en")
    page.get_by_role("grid").first.evaluate("grid => grid.getRootNode().append(document.createElement('button'))")
    assert [found.split()[0] for found in findings(page)] == ["button-name"]


def test_long_code_scrolls_without_a_mouse(visit) -> None:
    """Code that is longer than its box takes the focus, and keys move it, its last line too."""
    code = visit("channels", 1400, "light", "en").get_by_test_id("stCode")
    code.focus()
    code.press("End")
    expect(code.locator(".token").last).to_be_in_viewport()
    assert code.evaluate("box => box.scrollTop > 0")
