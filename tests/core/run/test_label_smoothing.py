"""The loss that label smoothing leaves to a perfect network."""

import pytest
import torch
from torch.nn.functional import cross_entropy

from explorer.core.run.label_smoothing import lowest_loss, smoothed_target


@pytest.mark.parametrize("smoothing", [0.0, 0.02, 0.1, 0.5, 0.9])
def test_no_logits_have_a_smaller_loss(smoothing: float) -> None:
    """Torch's cross entropy of the best answer is the one that is named, and of answers beside it larger."""
    right, others = smoothed_target(smoothing), (1 - smoothed_target(smoothing)) / 9
    best = torch.tensor([[right, *[others] * 9]], dtype=torch.float64).clamp(min=1e-30).log()
    loss = cross_entropy(best, torch.tensor([0]), label_smoothing=smoothing).item()
    assert loss == pytest.approx(lowest_loss(smoothing), abs=1e-9)
    for change in (-0.3, -0.01, 0.01, 0.3):
        other = best.clone()
        other[0, 0] += change
        assert cross_entropy(other, torch.tensor([0]), label_smoothing=smoothing).item() >= loss
