"""A run ends, goes on or is deleted while it is looked for: it is neither lost for that moment nor doubled."""

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest

from explorer.runs.run import Run
from explorer.runs.runs import Runs
from tests.runs.following import ME
from tests.runs.no_workers import CONFIG, begin, end, install, record, save, steps


def ends_at_once(runs: Runs, run: Run) -> None:
    runs.steer(run, "stop", ME)


def ends(runs: Runs, run: Run) -> None:
    end(runs, run, "stopped")


def goes_on(runs: Runs, run: Run) -> None:
    runs.resume(run, ME)


def is_deleted(runs: Runs, run: Run) -> None:
    runs.delete(run, ME)
    if run.unfinished:
        end(runs, run, "stopped")


def trained(runs: Runs, run: Run) -> None:
    begin(runs, run)
    record(runs, run, steps(2))
    save(runs, run)


def stopped(runs: Runs, run: Run) -> None:
    trained(runs, run)
    end(runs, run, "stopped")


CHANGES = {
    "ends before it began": (lambda runs, run: None, ends_at_once),
    "ends": (trained, ends),
    "goes on": (stopped, goes_on),
    "is deleted": (trained, is_deleted),
    "is deleted, and had ended": (stopped, is_deleted),
}
BOOKS = ("_scheduler.listed", "_scheduler.find", "_claims.ids", "_archive.runs_of", "_archive.find", "_elsewhere.find")


def changing(patch: pytest.MonkeyPatch, runs: Runs, book: str, when: str, change: Callable[[], None]) -> list[bool]:
    """``change`` happens once, just before or after the next look into that book; the list says that it has."""
    holder, name = book.split(".")
    look, happened = getattr(getattr(runs, holder), name), []

    def look_meanwhile(*asked: object) -> object:
        first, seen = not happened, None
        happened.append(True)
        if when == "after":
            seen = look(*asked)
        if first:
            change()
        return seen if when == "after" else look(*asked)

    patch.setattr(getattr(runs, holder), name, look_meanwhile)
    return happened


@pytest.mark.parametrize(("before", "change"), CHANGES.values(), ids=CHANGES)
def test_it_is_there_once_whatever_happens_meanwhile(tmp_path: Path, before: Callable, change: Callable) -> None:
    """At each place where looking for it could be interrupted; one that is deleted meanwhile may be there or not."""
    with pytest.MonkeyPatch.context() as patch:
        install(patch)
        for number, (book, when) in enumerate(itertools.product(BOOKS, ("before", "after"))):
            runs = Runs(tmp_path / str(number))
            run = runs.start(CONFIG, ME)
            before(runs, run)
            with pytest.MonkeyPatch.context() as moment:
                happened = changing(moment, runs, book, when, lambda runs=runs, run=run: change(runs, run))
                listed = [one.id for one in runs.of(ME)]
                found = runs.find(run.id)
            if not happened:
                change(runs, run)
            if change is is_deleted:
                assert listed in ([], [run.id]), (book, when)
                assert (None, []) == (runs.find(run.id), runs.of(ME)), (book, when)
            else:
                assert ([run.id], run.id) == (listed, found and found.id), (book, when)
            runs.close()
