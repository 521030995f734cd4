"""Which runs are compared, each with its look: the learner's choice, in the session and in the link."""

from collections.abc import Sequence

import streamlit as st

from explorer.components.run_looks import LOOKS, Look
from explorer.core.errors import SettingError
from explorer.runs.run import Run
from explorer.ui.address import linked_value, refuse_parameter, write_parameter
from explorer.ui.compare.examples import example_runs, find_run
from explorer.ui.session_runs import learner, server_runs

KEY = "compare_runs"  # a list of LOOKS' length, ids or None, in the session; the ids in the link
NONE = "none"  # in the link, where no run is shown
LISTED_FIRST = "compare_top"  # ids that a link or a button chose: their boxes stand first, whatever is ticked later
SHOWN_AT_FIRST = 4  # runs that are shown before anything was chosen


def shown_runs() -> list[tuple[Run, Look]]:
    """The runs compared now; a run keeps its look while others come and go."""
    places = zip(run_places(), LOOKS, strict=True)
    found = [(find_run(run_id), look) for run_id, look in places if run_id]
    return [(run, look) for run, look in found if run]


def show_runs(runs: Sequence[Run]) -> None:
    """Compares the given runs and no others."""
    ids = [run.id for run in runs][: len(LOOKS)]
    st.session_state[KEY], st.session_state[LISTED_FIRST] = [*ids, *[None] * (len(LOOKS) - len(ids))], ids


def fill_place(places: list[str | None], run: Run) -> None:
    """Compares the given run too, as long as there is a look for it; ``places`` as ``run_places`` gives them."""
    if run.id not in places and None in places:
        places[places.index(None)] = run.id


def free_looks() -> list[Look]:
    """The looks of the runs that come next."""
    return [look for look, run_id in zip(LOOKS, run_places(), strict=True) if run_id is None]


def write_shown_runs() -> None:
    """Puts the shown runs' ids into the link."""
    write_parameter(KEY, _text(run_places()))


def run_places() -> list[str | None]:
    """For each of LOOKS the id of the run that has it, or None; this very list is kept."""
    return linked_value(KEY, _default_places, _parse, _text)


def _default_places() -> list[str | None]:
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
        return _default_places()
    show_runs(found)
    return st.session_state[KEY]


def _text(places: Sequence[str | None]) -> str:
    return ",".join(run_id for run_id in places if run_id and find_run(run_id)) or NONE
