"""How the learning rate moves over a run: a factor for every step, as torch.optim.lr_scheduler has it."""

from math import cos, pi

SCHEDULES = ("constant", "step", "cosine", "onecycle")
DROPS, DROP = (0.5, 0.75), 0.1  # "step": after these shares of the run, to this share of the rate
WARM_UP, START, END = 0.2, 25.0, 1e4  # "onecycle": share of the run spent rising; the peak over the start, over the end


def lr_factor(schedule: str, step: int, total: int) -> float:
    """What the learning rate is multiplied by in step number ``step`` (from 0) of ``total``.

    "constant" 1. "step" MultiStepLR: a tenth from the middle on, a hundredth in the last quarter. "cosine"
    CosineAnnealingLR down to 0. "onecycle" OneCycleLR(pct_start=0.2): from a 25th up to 1, then down to nearly 0.
    """
    if schedule == "step":
        return DROP ** sum(step >= int(total * share) for share in DROPS)
    if schedule == "cosine":
        return _between(1.0, 0.0, step / total)
    if schedule == "onecycle":
        top = WARM_UP * total - 1
        if step < top:
            return _between(1 / START, 1.0, step / top)
        return _between(1.0, 1 / START / END, (step - top) / (total - 1 - top))
    return 1.0


def _between(start: float, end: float, share: float) -> float:
    return end + (start - end) * (1 + cos(pi * share)) / 2
