"""The Compare page's runs as an exercise asks about them."""

from collections.abc import Sequence
from dataclasses import replace

from explorer.core.data.data_sets import SOURCES
from explorer.core.exercises.compare import ComparisonState
from explorer.runs.run import Run
from explorer.ui.compare.shown_runs import shown_runs


def comparison_state() -> ComparisonState:
    """The best and the worst of the runs on screen that were tested on the same images; nothing of fewer than two."""
    runs = [run for run, _ in shown_runs() if run.accuracy is not None]
    tested = sorted((run for run in runs if run.config.data == runs[0].config.data), key=_percent, reverse=True)
    return _state(tested) if len(tested) > 1 else ComparisonState()


def _state(tested: Sequence[Run]) -> ComparisonState:
    better, worse = tested[0], tested[-1]
    small, large = sorted((better, worse), key=lambda run: run.config.batch_size)
    state = ComparisonState(
        accuracies=(_percent(better), _percent(worse)) if _percent(better) > _percent(worse) else None,
        tests=SOURCES[better.config.data].test_images,
        images=small.config.training_images,
        epochs=int(small.config.epochs),
        steps=small.step,
    )
    lengths = {(run.config.training_images, run.config.epochs) for run in (small, large)}
    if small.config.batch_size == large.config.batch_size or lengths != {(state.images, state.epochs)}:
        return state
    return replace(state, batch_sizes=(small.config.batch_size, large.config.batch_size))


def _percent(run: Run) -> float:
    return round(100 * (run.accuracy or 0), 2)
