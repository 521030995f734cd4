"""The questions: a field that filters them, their list, and the answer to the one that is open."""

import streamlit as st

from explorer.ui.address import link_to
from explorer.ui.fresh_key import fresh_key, is_late
from explorer.ui.help.settings import TOPIC
from explorer.ui.help.topic import Topic
from explorer.ui.help.topics import TOPICS
from explorer.ui.language import language, mark, plural, t

_SEARCH, _LIST = "help_search", "help_questions"
MOST_SEARCHED = 100  # characters
PAGES = {  # page -> its name on a link
    "network": mark("Open the network"),
    "channels": mark("See the channels"),
    "train": mark("Open the training"),
    "inside": mark("Draw a digit"),
    "gpu": mark("Open the GPU page"),
}


def questions() -> None:
    """Draws the field, the questions that have its words, and beside it the answer."""
    TOPIC.write()
    answer, titles = st.columns([3, 2], gap="large")  # on a phone the answer stands above the list
    with answer:
        if TOPIC.value in TOPICS:
            _answer(TOPICS[TOPIC.value])
        else:
            st.markdown(t("No question is open. Choose one of the list, or search it for a word of your message."))
    with titles, st.container(key="help_titles"):
        words = st.text_input(t("Search the questions"), key=_SEARCH, max_chars=MOST_SEARCHED, persist_state="session")
        found = matching_topics(words)
        st.caption(t(plural("{count} question", "{count} questions"), count=len(found)))
        if found:
            _list(found)
        else:
            st.markdown(t("No question has all of these words. Try one of them, or a number of your message."))


def matching_topics(words: str) -> list[str]:
    """The names of the questions that have each of these words, in whatever case, in title or answer."""
    wanted = words.lower().split()
    return [
        name
        for name, topic in TOPICS.items()
        if all(word in f"{name} {t(topic.title)} {t(topic.text)} {topic.title}".lower() for word in wanted)
    ]


def _list(names: list[str]) -> None:
    chosen = TOPIC.value if TOPIC.value in names else None
    owner = language(), *names
    key = fresh_key(_LIST, owner, chosen)

    def choose() -> None:
        if not is_late(key, _LIST, owner) and st.session_state[key]:
            TOPIC.set(st.session_state[key])

    titles = {name: t(TOPICS[name].title) for name in names}
    st.radio(
        t("Questions"),
        names,
        index=names.index(chosen) if chosen else None,
        format_func=titles.get,
        key=key,
        on_change=choose,
        label_visibility="collapsed",
    )


def _answer(topic: Topic) -> None:
    st.markdown(f"#### {t(topic.title)}")
    st.markdown(t(topic.text))
    page = f"explorer/pages/{topic.page}.py"
    st.page_link(
        page,
        label=t(PAGES[topic.page]),
        query_params=link_to(topic.page, **topic.link),
    )
