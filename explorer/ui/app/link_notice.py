"""What of a link is not on screen is told once, when the page is opened; the next change takes it from the address."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from explorer.core.errors import SettingError
from explorer.ui.address import is_written, pop_lost_parameters
from explorer.ui.language import explain_error, join_sentences, t
from explorer.ui.markdown_escape import escape_markdown

MOST_COMPLAINTS = 8
LONGEST = 40  # characters of a parameter


def link_notice(place: DeltaGenerator) -> None:
    """Names in ``place`` each parameter that is not on screen, why, and what is shown instead; else leaves it empty."""
    complaints = pop_lost_parameters()
    if not complaints:
        return
    parts = [_complaint_text(*complaint) for complaint in complaints[:MOST_COMPLAINTS]]
    if len(complaints) > MOST_COMPLAINTS:
        parts.append(t("{count} more", count=len(complaints) - MOST_COMPLAINTS))
    place.caption(join_sentences(t("Of this link the following is not on screen:"), " · ".join(parts)))


def _complaint_text(name: str, text: str, error: SettingError) -> str:
    parameter, reason = escape_markdown(_short(f"{name}={text}")), escape_markdown(explain_error(error))
    complaint = t("**{parameter}**: {reason}", parameter=parameter, reason=reason)
    shown = st.session_state.get(name) if is_written(name) else None  # what else the session holds is not for the page
    if isinstance(shown, int | float | str) and shown != "":
        value = str(shown).lower() if isinstance(shown, bool) else str(shown)
        complaint = join_sentences(complaint, t("Shown instead: {value}.", value=escape_markdown(value)))
    return complaint


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"
