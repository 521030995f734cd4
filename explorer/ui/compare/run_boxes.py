"""The boxes by which a learner chooses the runs that are compared."""

from collections.abc import Sequence

import streamlit as st

from explorer.components.run_looks import LOOKS, Look
from explorer.runs.run import Run
from explorer.ui.compare.examples import example_runs, is_example
from explorer.ui.compare.shown_runs import LISTED_FIRST, fill_place, run_places, shown_runs
from explorer.ui.fresh_key import fresh_key, is_late
from explorer.ui.language import t
from explorer.ui.markdown_escape import escape_markdown
from explorer.ui.run_names import run_name, with_distinct_names
from explorer.ui.session_runs import learner, server_runs


def run_boxes() -> None:
    """Draws a box to tick for each of the learner's runs, for those that came by the link, and for the examples."""
    shown = shown_runs()
    looks = {run.id: look for run, look in shown}
    own = server_runs().of(learner())
    from_link = [run for run, _ in shown if run not in own and not is_example(run)]
    top = st.session_state[LISTED_FIRST]
    runs = sorted([*own, *from_link, *example_runs()], key=lambda run: top.index(run.id) if run.id in top else len(top))
    st.markdown(f"**{t('Runs shown')}**")
    _sign_colours([looks.get(run.id) for run in runs])
    full = len(looks) == len(LOOKS)
    with st.container(height=260 if len(runs) > 6 else "content", border=False, gap="xsmall"):
        for number, (run, name) in enumerate(zip(runs, with_distinct_names(runs, list(map(_name, runs))), strict=True)):
            _box(number, run, escape_markdown(name), looks.get(run.id), full)


def _name(run: Run) -> str:
    return t("Example: {name}", name=run_name(run)) if is_example(run) else run_name(run)


def _box(number: int, run: Run, name: str, look: Look | None, full: bool) -> None:
    box = f"compare_show_{run.id}"
    key = fresh_key(box, None, look is not None)
    with st.container(key=f"compare_run_{number}"):
        st.checkbox(
            f"**{look.sign}** {name}" if look else name,
            value=look is not None,
            key=key,
            disabled=full and not look,
            help=t("{count} runs at most: untick one of them first.", count=len(LOOKS)) if full and not look else None,
            on_change=_toggle_run,
            args=(run, key, box),
        )


def _toggle_run(run: Run, key: str, box: str) -> None:
    places = run_places()
    if is_late(key, box, None) or st.session_state[key] == (run.id in places):
        return
    if run.id in places:
        places[places.index(run.id)] = None
    else:
        fill_place(places, run)


def _sign_colours(looks: Sequence[Look | None]) -> None:
    """Draws the style that gives the signs their lines' colours: a label's text may have none but Streamlit's."""
    rules = [
        f".st-key-compare_run_{n} strong {{ color: color-mix(in srgb, {look.color} 82%, currentColor); }}"
        for n, look in enumerate(looks)
        if look
    ]
    st.html(f"<style>{' '.join(rules)}</style>")
