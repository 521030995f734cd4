"""The learner's own runs: named, found, opened, deleted."""

import streamlit as st

from explorer.core.run.train_config import TrainConfig
from explorer.runs.run import Run
from explorer.ui.address import link_to
from explorer.ui.cookie_text import memory_caption
from explorer.ui.language import plural, say_number, t
from explorer.ui.markdown_escape import escape_markdown
from explorer.ui.run_names import run_name, settings_name
from explorer.ui.run_start import start_time_text
from explorer.ui.run_text import clock, state_text
from explorer.ui.server_limits import limits_caption
from explorer.ui.session_runs import follow_run, learner, server_runs
from explorer.ui.train.run_actions import run_actions

SHOWN = 20  # at first, and as many more at each press
_FIND, _MORE = "train_find", "train_more"


def my_runs(current: Run | None, config: TrainConfig) -> None:
    """Draws what can be done with the run on screen, and the learner's own, the newest first."""
    if current:
        st.markdown(f"#### {t('The run on screen')}")
        run_actions(current, config)
    runs = server_runs().of(learner())
    st.markdown(f"#### {t('My runs')}")
    if not runs:
        st.caption(t("None yet: press Start."))
    else:
        _list(runs, current)
    memory_caption()
    limits_caption()


def _list(runs: list[Run], current: Run | None) -> None:
    found = runs
    if len(runs) > SHOWN // 2:
        text = st.text_input(t("Find"), key=_FIND, placeholder=t("name, network, setting"), persist_state="session")
        found = _matching(runs, text)
    if not found:
        st.caption(t(plural("Your run is not called so.", "None of your {count} runs is called so."), count=len(runs)))
    shown = found[: st.session_state.get(_MORE, SHOWN)]
    with st.container(height=320 if len(shown) > 5 else "content", border=False, gap="xxsmall", key="train_list"):
        for run in shown:
            _row(run, current is not None and run.id == current.id)
        if len(found) > len(shown):
            label = t("{count} more", count=len(found) - len(shown))
            st.button(label, key="train_show_more", on_click=_show_more, width="stretch")
    with st.container(key="train_to_compare"):
        st.page_link("explorer/pages/compare.py", label=t("Compare runs"), query_params=link_to("compare"))


def _matching(runs: list[Run], text: str) -> list[Run]:
    """The runs whose name or settings have every word of ``text``."""
    words = text.casefold().split()

    def matches(run: Run) -> bool:
        searched = f"{run.name} {settings_name(run.config)}".casefold()
        return all(word in searched for word in words)

    return list(filter(matches, runs)) if words else runs


def _show_more() -> None:
    st.session_state[_MORE] = st.session_state.get(_MORE, SHOWN) + SHOWN


def _row(run: Run, on_screen: bool) -> None:
    name = run_name(run)
    with st.container(key=f"train_row_{run.id}", gap=None):
        st.button(
            escape_markdown(name),
            key=f"train_open_{run.id}",
            type="secondary" if on_screen else "tertiary",
            help=escape_markdown(name),
            on_click=follow_run,
            args=(run,),
            width="stretch",
        )
        st.caption(" · ".join([t("on screen"), *_caption_parts(run)] if on_screen else _caption_parts(run)))


def _caption_parts(run: Run) -> list[str]:
    """``99.10% right · 0:07 · 2026-11-26 08:41``, or how it is doing."""
    if run.unfinished:
        return [t("under way")]  # the line above the picture says more, and is drawn anew more often
    right = [] if run.accuracy is None else [t("{share} right", share=say_number(run.accuracy, ".2%"))]
    return [*right, clock(run.seconds) if right else state_text(run), *filter(None, [start_time_text(run)])]
