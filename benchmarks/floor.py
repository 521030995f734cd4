"""What the arithmetic alone would take: the network's floating-point operations over the rate of matrix products."""

import statistics
import time

import torch

from explorer.core.network.layers import LayerSpec, NetworkSpec
from explorer.core.network.ledger import trace

SIDE, PRODUCTS = 1024, 20  # of the square matrices that are multiplied; in a row, 0.1 s on two cores


def flop_per_image(network: tuple[LayerSpec, ...]) -> int:
    """Of one training step: forward, the weights' gradients, and the inputs' but for the first layer's."""
    rows = [row for row in trace(NetworkSpec(network)).rows if row.mult_adds]
    return (
        sum(2 * row.mult_adds * (2 if number == 0 else 3) for number, row in enumerate(rows))
        // trace(NetworkSpec(network)).batch
    )


def matrix_rate(device: torch.device, dtype: torch.dtype = torch.float32) -> float:
    """Floating-point operations a second of square matrix products on ``device``, the median of ten tries."""
    left, right = (torch.randn(SIDE, SIDE, device=device, dtype=dtype) for _ in range(2))
    rates = []
    for _ in range(11):
        wait_for(device)
        began = time.perf_counter()
        for _ in range(PRODUCTS):
            left @ right
        wait_for(device)
        rates.append(PRODUCTS * 2 * SIDE**3 / (time.perf_counter() - began))
    return statistics.median(rates[1:])


def wait_for(device: torch.device) -> None:
    """Until all that was asked of ``device`` is done."""
    if device.type == "cuda":
        torch.cuda.synchronize(device)
    elif device.type == "mps":
        torch.mps.synchronize()
