"""What a run computes on: the one place where a device and a thread count are chosen."""

import os

import torch

from explorer.core.explained import SettingError

# A step of this size is a few dozen operations of some 100 µs each; beyond a few threads the waiting for one
# another grows faster than the work shrinks. The bound is a caution, not measured: two cores were at hand.
MAX_AUTO_THREADS = 8


def present_devices() -> list[str]:
    """The kinds of device there are, the fastest first: "cuda", "mps", "cpu"."""
    found = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available(), "cpu": True}
    return [kind for kind, there in found.items() if there]


def pick_device(wanted: str) -> torch.device:
    """The device called "cuda", "mps" or "cpu"; for "auto" the first of these that is there.

    Raises SettingError, naming what there is, for one that is not.
    """
    present = present_devices()
    if wanted != "auto" and wanted not in present:
        raise SettingError(
            "There is no {wanted} device on this machine. Choose one of {present}, or auto.",
            wanted=wanted,
            present=", ".join(present),
        )
    return torch.device(present[0] if wanted == "auto" else wanted)


def use_threads(wanted: int, workers: int = 1) -> int:
    """Let torch compute with ``wanted`` threads; 0 shares all cores but one among ``workers``. Returns how many.

    The spare core is for whatever else runs (a browser, the app): torch's threads wait for one another dozens of
    times a step, and each wait lasts until the slowest of them has had a core again. On two cores, two threads are
    1.5 times as fast as one while nothing else runs, a quarter as fast beside one busy process
    (``python benchmarks/training.py --only busy``), and slower still beside more.
    """
    threads = wanted or max(1, min((_cores() - 1) // workers, MAX_AUTO_THREADS))
    torch.set_num_threads(threads)
    return threads


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):  # Linux: what this process may use, not what the machine has
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
