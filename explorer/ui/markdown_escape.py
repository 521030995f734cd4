"""Text that a learner typed, where Streamlit reads Markdown."""

import re

# What Markdown, and Streamlit's additions to it (colours, icons, emoji, formulas, arrows, dashes), may take for a sign;
# nothing else, for a screen reader is given a label as it is written.
_SIGNS = re.compile(
    r"""[\\`*\[\]<>$~|^{}]       # code, emphasis, links, HTML, formulas, tables
    | :(?=\S) | &(?=[#\w])       # :red[…], :name:, http://…; an entity
    | (?<![^\W_])_ | _(?![^\W_]) # within a word it is a letter
    | ^[\#+=-] | (?<=^\d)[.)]    # a heading or a list
    """,
    re.VERBOSE | re.IGNORECASE,
)
# What is replaced later, whether escaped or not: ":name:" by an emoji or an icon, "->", "--", ">=" by arrows and signs,
# addresses by links.
_REPLACED = re.compile(r"(?<=:)(?=[\w+/-])|(?<=[<>~-])(?=[->=])|(?<=www)(?=\.)|(?=@)", re.IGNORECASE)
_APART = "\u2060"  # no width, no break


def escape_markdown(text: str) -> str:
    """``text`` so that Streamlit's Markdown shows just this."""
    return _SIGNS.sub(lambda found: f"\\{found[0]}", _REPLACED.sub(_APART, text))
