"""The exercise's card: its lines, which the browser breaks, and its Python face."""

import json
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.components import task_card as face
from explorer.components.task_card import Compared, task_card
from tests.components.node import Node
from tests.hypothesis_profiles import examples

LINES = "(text, width) => linesOf(text, width, (some) => [...some].length)"
TEXTS = st.text(st.sampled_from("abc  ,.卷积层，。（"), max_size=80)


@pytest.fixture(scope="module")
def browser() -> Iterator[Node]:
    """The pure script."""
    node = Node("task_card/lines.js")
    yield node
    node.close()


@examples(300)
@given(TEXTS, st.integers(2, 30))
def test_every_sign_is_on_some_line_and_no_line_is_too_wide(browser: Node, text: str, width: int) -> None:
    """Whatever the language; only spaces at a line's end are dropped."""
    lines = browser.ask(LINES, text, width)
    assert "".join(text.split()) == "".join("".join(lines).split())
    assert all(len(line) <= width for line in lines)


def test_lines_break_between_words_and_between_chinese_signs(browser: Node) -> None:
    """A full stop does not begin a line; a word wider than the line is cut."""
    assert ["three convolutions", "see more"] == browser.ask(LINES, "three convolutions see more", 18)
    assert ["三个卷积", "层。"] == browser.ask(LINES, "三个卷积层。", 5)
    assert ["Conv2", "d(10)"] == browser.ask(LINES, "Conv2d(10)", 5)


def test_what_was_typed_travels_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """The card draws signs; nothing of it is Markdown or HTML."""
    call = SimpleNamespace()
    monkeypatch.setattr(face, "_COMPONENT", lambda **options: vars(call).update(options))
    said = "<b>:red[x]</b> $y$"
    task_card("T", "", [Compared("a", "–", ["1"])], [("L", said)], file="", words={"download": "D"}, key="card")
    assert {"label": "L", "text": said} == json.loads(json.dumps(call.data[0]))["facts"][0]
