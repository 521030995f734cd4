"""Text that a learner typed, where Streamlit reads Markdown and plotly reads HTML."""

import re

_SIGNS = re.compile(r"([!-/:-@\[-`{-~])")
_CODE = re.compile(r"\\:(?=[\w+\-\\])")  # what may begin an emoji's or icon's name
_APART = "\u2060"  # no width, no break: what reads ":name:" as an emoji finds no such word


def plain(text: str) -> str:
    """``text`` so that Streamlit's Markdown shows just this: no heading, link, formula, colour, icon or emoji code."""
    return _CODE.sub(rf"\\:{_APART}", _SIGNS.sub(r"\\\1", text))


def plain_html(text: str) -> str:
    """``text`` so that plotly shows just this."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
