"""How many threads a run computes with where no number is set."""

import os

# A step of this size is a few dozen operations of some 100 µs each; beyond a few threads the waiting for one
# another grows faster than the work shrinks. The bound is a caution, not measured: two cores were at hand.
MAX_AUTO_THREADS = 8


def automatic_threads(workers: int = 1) -> int:
    """All cores that this process may use but one, shared among ``workers``; one at least.

    The spare core is for whatever else runs (a browser, the app): torch's threads wait for one another dozens of
    times a step, and each wait lasts until the slowest of them has had a core again. On two cores, two threads are
    1.5 times as fast as one while nothing else runs, a quarter as fast beside one busy process
    (``python benchmarks/training.py --only busy``), and slower still beside more.
    """
    return max(1, min((cores() - 1) // workers, MAX_AUTO_THREADS))


def cores() -> int:
    """How many this process may use."""
    if hasattr(os, "sched_getaffinity"):  # Linux: not what the machine has
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
