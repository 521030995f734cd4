"""When runs began, by the clock of the learner's browser."""

from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from explorer.runs.run import Run
from explorer.ui.language import t


def start_texts(runs: Sequence[Run], numbers: Sequence[int]) -> list[str]:
    """When each run began, by the learner's clock, in the fewest digits that make all different.

    A run without a folder has only its place among all that are shown, from 0; so has one that began with another.
    """
    times = [_began(run) for run in runs]
    known = [time for time in times if time]
    same_day = len({time.date() for time in known}) < 2
    forms = ("%H:%M", "%H:%M:%S") if same_day else ("%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S")
    form = next((form for form in forms if len({f"{time:{form}}" for time in known}) == len(known)), forms[-1])
    said = [f"{time:{form}}" if time else "" for time in times]
    return [
        t("started {time}", time=time) if time and said.count(time) == 1 else t("number {number}", number=number + 1)
        for time, number in zip(said, numbers, strict=True)
    ]


def start_time_text(run: Run) -> str:
    """``2026-11-26 08:41`` by the learner's clock, in signs at which no line breaks; empty without a folder."""
    began = _began(run)
    return f"{began:%Y\u2011%m\u2011%d\u00a0%H:%M}" if began else ""


def _began(run: Run) -> datetime | None:
    if not run.folder:
        return None
    return datetime.strptime(run.folder.name[:15], "%Y%m%d-%H%M%S").replace(tzinfo=UTC).astimezone(_zone())


def _zone() -> tzinfo:
    try:
        return ZoneInfo(st.context.timezone) if st.context.timezone else UTC
    except (ZoneInfoNotFoundError, ValueError):  # a browser's own idea of a name
        return UTC
