"""What label smoothing asks of a network: less than certainty."""

import math

from explorer.core.network.layers import CLASSES


def smoothed_target(smoothing: float) -> float:
    """The probability, 0..1, that the right class is to get: of ``smoothing`` each class has its tenth."""
    return 1 - smoothing + smoothing / CLASSES


def lowest_loss(smoothing: float) -> float:
    """The cross entropy of a network that gives each class just what it is to get; 0 without smoothing."""
    shares = [smoothed_target(smoothing), *[smoothing / CLASSES] * (CLASSES - 1)]
    return -sum(share * math.log(share) for share in shares if share)
