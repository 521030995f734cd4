"""What a run computes on: the one place where a device and a thread count are chosen."""

import torch

from explorer.core.errors import SettingError
from explorer.core.run.threads import automatic_threads


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
    """Let torch compute with ``wanted`` threads; 0 for ``automatic_threads``. Returns how many."""
    threads = wanted or automatic_threads(workers)
    torch.set_num_threads(threads)
    return threads
