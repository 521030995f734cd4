"""The runs' figures as a table, and as a file."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from explorer.components.run_looks import Look
from explorer.components.run_table import Cell, run_table
from explorer.core.run.comparison import RunSummary, csv_text, summarize
from explorer.runs.run import Run
from explorer.ui.compare.examples import is_held_back
from explorer.ui.compare.wanted_runs import NOT_STARTED
from explorer.ui.language import say_number, t
from explorer.ui.run_text import state_text
from explorer.ui.session_runs import server_runs

FORMATS = (",", ",", ".2%", ".2%", ".3g", ".1f", ",")  # of the figures between name and state


def comparison_table(shown: Sequence[tuple[Run, Look]], names: Sequence[str]) -> None:
    """Draws a row for each run: size, accuracy, time, state; and its download."""
    if not shown:
        return
    heads, plain = plain_table([run for run, _ in shown], names)
    rows = [
        (look, [Cell(name, name), *map(_cell, FORMATS, values), Cell(state, state)])
        for (_, look), (name, *values, state) in zip(shown, plain, strict=True)
    ]
    words = {"table": t("The runs' figures"), "sort": t("Sort by this column"), "download": t("Table as CSV")}
    words["more"] = t("More columns: swipe, or drag the bar.")
    run_table(heads, rows, csv_text(heads, plain), words=words, key="compare_table")


def plain_table(runs: Sequence[Run], names: Sequence[str]) -> tuple[list[str], list[list[Any]]]:
    """The heads, and a row for each run: its name, its figures unformatted, None where there are none, its state."""
    heads = [
        t("Run"),
        t("Parameters"),
        t("Mult-adds"),
        t("Best accuracy"),
        t("Last"),
        t("Epochs"),
        t("Seconds"),
        t("images/s"),
        t("State"),
    ]
    return heads, [[name, *_figures(run), _state(run)] for run, name in zip(runs, names, strict=True)]


def run_summary(run: Run) -> RunSummary:
    """What the run has cost and reached so far."""
    with run.changed:
        found = summarize(run.config, run.started, run.epochs, run.step, run.seconds)
        return replace(found, last_accuracy=run.accuracy)


def _figures(run: Run) -> list[float | None]:
    found = run_summary(run)
    return [
        found.num_params,
        found.mult_adds,
        found.best_accuracy,
        found.last_accuracy,
        round(found.epochs, 4),
        round(found.seconds, 3),
        found.images_per_second and round(found.images_per_second),
    ]


def _cell(form: str, value: float | None) -> Cell:
    return Cell("–" if value is None else say_number(value, form), value)


def _state(run: Run) -> str:
    place = server_runs().place(run) if run.state == "queued" else None
    if is_held_back(run):
        return t("Guess first")
    if run.state == NOT_STARTED:
        return t("Not started yet.")
    if place:
        return t("Waits: {place} of {waiting}", place=place[0], waiting=place[1])
    if run.state == "running" and run.started:
        return t("Trains: {percent}", percent=say_number(run.step / run.started.total_steps, ".0%"))
    return state_text(run)
