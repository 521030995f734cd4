"""What a question takes from its page's screen, to be shown where it is asked without one: in a class."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True, eq=False)
class Given:
    """``code`` are lines as PyTorch writes them; ``grids`` are matrices (H, W) by their marked titles."""

    code: tuple[str, ...] = ()
    grids: Mapping[str, np.ndarray] = field(default_factory=dict[str, np.ndarray])


NOTHING = Given()
