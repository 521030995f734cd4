"""Which runs are compared, each with its look: the learner's choice, in the session and in the link."""

from collections.abc import Sequence

import streamlit as st

from explorer.components.run_looks import LOOKS, Look
from explorer.core.errors import SettingError
from explorer.runs.run import Run
from explorer.ui.address import linked_value, refuse_parameter, write_parameter
from explorer.ui.compare.examples import example_runs, find_run, is_example
from explorer.ui.fresh_key import fresh_key, is_late
from explorer.ui.language import t
from explorer.ui.markdown_escape import escape_markdown
from explorer.ui.run_names import run_name, with_distinct_names
from explorer.ui.session_runs import learner, server_runs

KEY = "compare_runs"  # a list of LOOKS' length, ids or None, in the session; the ids in the link
NONE = "none"  # in the link, where no run is shown
LISTED_FIRST = "compare_top"  # ids that a link or a button chose: their boxes stand first, whatever is ticked later
SHOWN_AT_FIRST = 4  # runs that are shown before anything was chosen


def shown_runs() -> list[tuple[Run, Look]]:
    """The runs compared now; a run keeps its look while others come and go."""
    places = zip(_places(), LOOKS, strict=True)
    found = [(find_run(run_id), look) for run_id, look in places if run_id]
    return [(run, look) for run, look in found if run]


def show_runs(runs: Sequence[Run]) -> None:
    """Compares these and no others."""
    ids = [run.id for run in runs][: len(LOOKS)]
    st.session_state[KEY], st.session_state[LISTED_FIRST] = [*ids, *[None] * (len(LOOKS) - len(ids))], ids


def add_runs(runs: Sequence[Run]) -> None:
    """Compares these too, as long as there are looks for them."""
    places = _places()
    for run in runs:
        if run.id not in places and None in places:
            places[places.index(None)] = run.id


def free_looks() -> list[Look]:
    """The looks of the runs that come next."""
    return [look for look, run_id in zip(LOOKS, _places(), strict=True) if run_id is None]


def write_shown_runs() -> None:
    """Puts the runs' ids into the link."""
    write_parameter(KEY, _text(_places()))


def run_choice() -> None:
    """Draws a box to tick for each of the learner's runs, for those that came by the link, and for the examples."""
    shown = shown_runs()
    looks = {run.id: look for run, look in shown}
    own = server_runs().of(learner())
    linked = [run for run, _ in shown if run not in own and not is_example(run)]
    top = st.session_state[LISTED_FIRST]
    runs = sorted([*own, *linked, *example_runs()], key=lambda run: top.index(run.id) if run.id in top else len(top))
    st.markdown(f"**{t('Runs shown')}**")
    _colours([looks.get(run.id) for run in runs])
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
    places = _places()
    if is_late(key, box, None) or st.session_state[key] == (run.id in places):
        return
    if run.id in places:
        places[places.index(run.id)] = None
    else:
        add_runs([run])


def _colours(looks: Sequence[Look | None]) -> None:
    """The signs in the colours of the lines; a label's text has none but Streamlit's."""
    rules = [
        f".st-key-compare_run_{n} strong {{ color: color-mix(in srgb, {look.color} 82%, currentColor); }}"
        for n, look in enumerate(looks)
        if look
    ]
    st.html(f"<style>{' '.join(rules)}</style>")


def _places() -> list[str | None]:
    return linked_value(KEY, _usual, _parse, _text)


def _usual() -> list[str | None]:
    """The learner's own newest runs, else the examples."""
    show_runs(server_runs().of(learner())[:SHOWN_AT_FIRST] or example_runs())
    return st.session_state[KEY]


def _parse(text: str) -> list[str | None]:
    ids = [] if text == NONE else list(dict.fromkeys(text.split(",")))
    found = [run for run in map(find_run, ids[: len(LOOKS)]) if run]
    if len(found) < len(ids):
        refuse_parameter(
            KEY,
            SettingError(
                "{found} of {count} runs are shown: the others are not known here, or too many.",
                found=len(found),
                count=len(ids),
            ),
        )
    if not found and text != NONE:
        return _usual()
    show_runs(found)
    return st.session_state[KEY]


def _text(places: Sequence[str | None]) -> str:
    return ",".join(run_id for run_id in places if run_id and find_run(run_id)) or NONE
