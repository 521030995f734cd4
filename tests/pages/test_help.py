"""The help page: a pasted message explained, the questions searched, every link leading where it says."""

from urllib.parse import parse_qsl

import pytest

from explorer.core.help.read_message import READERS, read_message
from explorer.core.network.link import decode
from explorer.core.network.networks import SIMPLE_CNN
from explorer.ui.help.examples import EXAMPLES
from explorer.ui.help.topics import TOPICS
from tests.chinese import chinese
from tests.pages.app import at_page, link_of, open_page, shown_text, widget

SPACES = "mat1 and mat2 shapes\ncannot be multiplied (32x784\nand 100x7)"


def said(at) -> str:
    return shown_text("\n".join(one.value for one in (*at.markdown, *at.info, *at.error)))


def links(at) -> list[str]:
    return [one.proto.query_string for one in at.get("page_link")]


def test_the_first_screen_explains_an_example() -> None:
    """A message with its numbers, the line that repairs it, the way to the network; and no question is hidden."""
    at = open_page("help")
    assert not at.exception
    assert "The batch has 64 rows of 320 numbers" in said(at)
    assert "nn.Linear(320, 10)" in [one.value for one in at.code]
    assert f"{len(TOPICS)} questions" in [one.value for one in at.caption]
    assert link_of(at) == {}


def test_a_pasted_message_is_explained_and_opens_its_question() -> None:
    """Its own numbers, a link to a network that gives it, and the address of the question."""
    at = open_page("help", help_topic="nan")
    at.text_area(key="help_message").set_value(SPACES).run()
    assert "32 rows of 784 numbers" in said(at)
    assert "nn.Linear(784, 7)" in [one.value for one in at.code]
    opened, *_ = [dict(parse_qsl(link)) for link in links(at) if "network_stack" in link]
    assert decode(opened["network_stack"]).layers[-1]["in_features"] == 100
    at.text_area(key="help_message").set_value("IndexError: Target 12 is out of bounds.").run()
    assert link_of(at) == {"help_topic": "target"}
    assert "at least 13 outputs" in said(at)


def test_what_is_not_known_says_so() -> None:
    """Without an invented answer; what is too long says how long."""
    at = open_page("help")
    at.text_area(key="help_message").set_value("NameError: name 'x' is not defined").run()
    assert "No message that is known here" in said(at)
    assert "A Linear layer is made for" not in said(at), "the question before is no answer to it"
    assert widget(at.radio, "help_questions").value is None
    widget(at.radio, "help_questions").set_value("nan").run()
    assert link_of(at) == {"help_topic": "nan"}
    at.text_area(key="help_message").set_value("x" * 15_001).run()
    assert "15,001 characters" in said(at)
    assert link_of(at) == {"help_topic": "none"}
    assert not at.exception


def test_words_find_questions() -> None:
    """In titles and answers, all of them, in any case; none that fits says what to do."""
    at = open_page("help")
    at.text_input(key="help_search").set_value("WINDOWS workers").run()
    assert ["num_workers on Windows: freeze_support"] == widget(at.radio, "help_questions").options
    at.text_input(key="help_search").set_value("0.1307").run()
    assert at.caption[0].value == "1 question"
    at.text_input(key="help_search").set_value("nothing has this").run()
    assert "No question has all of these words" in said(at)
    assert not at.exception


def test_a_question_is_opened_and_is_in_the_link() -> None:
    """Its answer, and as long as nothing was pasted its example."""
    at = open_page("help")
    widget(at.radio, "help_questions").set_value("view").run()
    assert link_of(at) == {"help_topic": "view"}
    assert "view only cuts anew" in said(at)
    assert "20,480 / 300" in said(at)
    at.text_area(key="help_message").set_value("Target 3 is out of bounds").run()
    widget(at.radio, "help_questions").set_value("nan").run()
    assert "at least 4 outputs" in said(at), "what was pasted stays"


@pytest.mark.parametrize("name", TOPICS)
def test_every_question_has_a_short_answer_and_a_way(name: str) -> None:
    """60 words at most; its link opens a page that takes every part of it."""
    topic = TOPICS[name]
    assert len(topic.text.split()) <= 60
    assert topic.title in chinese()
    page = at_page(topic.page, **topic.link).run()
    assert not page.exception
    assert not [one for one in page.caption if "not on screen" in one.value]


def test_examples_are_read_as_what_they_are_examples_of() -> None:
    """Each by a reader, about its own question; and every reader's question exists."""
    for name, message in EXAMPLES.items():
        reading = read_message(message)
        assert reading, name
        assert reading.topic in {name, "shapes"}
    assert len(READERS) > len({read_message(message).topic for message in EXAMPLES.values()})


def test_the_numbers_of_the_answers_are_the_networks() -> None:
    """320, 260 and their like, which stand in sentences."""
    assert SIMPLE_CNN[-1]["in_features"] == 20 * 4 * 4
    assert "20·4·4 = 320" in TOPICS["vector"].text
