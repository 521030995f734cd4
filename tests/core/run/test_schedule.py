"""The learning rate's way over a run, against torch's schedulers."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.run.schedule import SCHEDULES, lr_factor


@given(st.sampled_from(SCHEDULES), st.integers(6, 400))
def test_every_step_has_torchs_rate(schedule: str, total: int) -> None:
    """For any number of steps, as the scheduler that the docstring names gives it."""
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)
    rates = torch.optim.lr_scheduler
    scheduler = {
        "constant": lambda: rates.ConstantLR(optimizer, 1.0),
        "step": lambda: rates.MultiStepLR(optimizer, [int(total * 0.5), int(total * 0.75)]),
        "cosine": lambda: rates.CosineAnnealingLR(optimizer, total),
        "onecycle": lambda: rates.OneCycleLR(optimizer, 1.0, total, pct_start=0.2, cycle_momentum=False),
    }[schedule]()
    for step in range(total):
        assert optimizer.param_groups[0]["lr"] == pytest.approx(lr_factor(schedule, step, total), abs=1e-9)
        optimizer.step()
        scheduler.step()


@given(st.sampled_from(SCHEDULES), st.integers(1, 5))
def test_the_shortest_runs_have_a_rate_too(schedule: str, total: int) -> None:
    """Where torch's scheduler would refuse, the factor is still one between 0 and 1."""
    assert all(0 <= lr_factor(schedule, step, total) <= 1 for step in range(total))
