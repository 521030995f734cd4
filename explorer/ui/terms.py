"""Terms explained where they stand: ``[[batch]]`` in a text opens what the glossary says, under pointer, tap or Enter.

No script does it: a button of the browser's own opens a ``popover``, which Escape and a tap elsewhere close, and the
style sheet shows it under the pointer (terms.css). Texts are the project's own: nothing that a learner wrote goes here.
"""

import re
from html import escape

import streamlit as st

from explorer.ui.glossary import GLOSSARY
from explorer.ui.language import t

# With what no line may begin with, behind it: a browser breaks lines at a button as at a picture.
MARKED = re.compile(r"\[\[(?P<said>[^]|]+)(?:\|(?P<name>\w+))?\]\](?P<end>(?:['’]s)?[.,;:!?，。；：！？、）”]*)")


def explained_markdown(text: str) -> None:
    """Draws Markdown in which ``[[batch]]`` is the glossary's term of that name, ``[[batches|batch]]`` in other words.

    A page marks each term once: the explanation's id is its name.
    """
    st.markdown(MARKED.sub(_button, text), unsafe_allow_html=True)


def _button(found: re.Match[str]) -> str:
    name = found["name"] or found["said"]
    place = f"term-{name}"
    return (
        f'<span class="term-place">'
        f'<button type="button" class="term" popovertarget="{place}" aria-describedby="{place}" '
        f'style="anchor-name:--{place}">{escape(found["said"])}</button>'
        f'<span class="term-meaning" id="{place}" popover="auto" role="tooltip" style="position-anchor:--{place}">'
        f"{escape(GLOSSARY[name].say())}</span>{found['end']}</span>"
    )


def glossary_list() -> None:
    """Draws every term with what it means, each with an anchor of its name."""
    st.markdown(f"#### {t('Words')}")
    entries = [
        f'<h6 data-anchor="term-{name}">{escape(t(term.title))}</h6><p>{escape(term.say())}</p>'
        for name, term in GLOSSARY.items()
    ]
    with st.container(key="glossary"):
        st.markdown("".join(f"<div>{entry}</div>" for entry in entries), unsafe_allow_html=True)
