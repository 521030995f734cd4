"""A run remembers when its steps came."""

from explorer.core import limits
from explorer.core.run.records import Started, Steps
from explorer.core.run.train_config import TrainConfig
from explorer.runs.run import Run


def test_the_clock_stays_small_and_right_over_a_million_steps() -> None:
    """A report every 100 steps, the second half twice as slow: kept points lie on that line, both ends are there."""
    run = Run("id", TrainConfig())
    run.add_record(Started("cpu", 1, 8490, 64, 1, 1_000_000, {}))

    def second(step: int) -> float:
        return step / 1000 + max(0, step - 500_000) / 1000

    for step in range(100, 1_000_001, 100):
        run.add_record(Steps(step, [], second(step), 1.0))
    steps, seconds = run.clock.points()
    assert len(steps) <= limits.MAX_POINTS_DRAWN
    assert (100, 1_000_000) == (steps[0], steps[-1])
    assert [second(step) for step in steps] == seconds
