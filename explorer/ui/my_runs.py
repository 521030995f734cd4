"""The learner's own runs: a click opens one."""

import streamlit as st

from explorer.runs.run import Run
from explorer.ui.address import link_to
from explorer.ui.compare_words import run_name
from explorer.ui.language import t
from explorer.ui.run_text import clock, state_text
from explorer.ui.session_runs import follow_run, learner, server_runs

SHOWN = 8


def my_runs(current: Run | None) -> None:
    """Draws them, the newest first; the one on screen cannot be opened once more."""
    runs = server_runs().of(learner())
    st.markdown(f"#### {t('My runs')}")
    if not runs:
        st.caption(t("None yet: press Start."))
        return
    for run in runs[:SHOWN]:
        shown = current is not None and run.id == current.id
        st.button(
            _name(run),
            key=f"train_open_{run.id}",
            type="tertiary",
            wrap=True,
            disabled=shown,
            help=t("It is on screen.") if shown else None,
            on_click=follow_run,
            args=(run,),
        )
    st.page_link("explorer/pages/compare.py", label=t("Compare"), query_params=link_to("compare"))
    if len(runs) > SHOWN:
        st.caption(t("The newest {shown} of {count}.", shown=SHOWN, count=len(runs)))


def _name(run: Run) -> str:
    """``simple CNN, Fast: 99 % · 99.1 % right · 0:07``."""
    parts = [run_name(run.config)]
    if run.accuracy is not None:
        parts.append(t("{share} right", share=f"{run.accuracy:.2%}"))
    if run.unfinished:
        parts.append(t("under way"))  # the line above the picture says more, and is drawn anew more often
    else:
        parts.append(clock(run.seconds) if run.step else state_text(run))
    return " · ".join(parts)
