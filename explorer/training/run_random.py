"""A run's own random numbers in the place of torch's global ones, which layers draw from and cannot be told not to."""

from types import ModuleType

import torch
from torch import Tensor


class RunRandom:
    """Within ``with random:`` torch's global generators give this run's random numbers, outside of it their own.

    They begin as after ``torch.manual_seed(seed)`` and go on where the last ``with`` ended, whatever else the process
    has drawn meanwhile. ``states`` (kind of device -> uint8 bytes), outside of ``with``, is all there is to keep of
    them: one state for the CPU and one for ``device`` where that is another, which must be torch's current one.
    """

    def __init__(self, seed: int, device: torch.device) -> None:
        kinds = dict.fromkeys(["cpu", device.type])
        self.states: dict[str, Tensor] = {kind: torch.Generator(kind).manual_seed(seed).get_state() for kind in kinds}

    def __enter__(self) -> None:
        self._swap()

    def __exit__(self, *_: object) -> None:
        self._swap()

    def _swap(self) -> None:
        """Twice per 50 ms of steps; 2 µs on a CPU."""
        for kind, state in self.states.items():
            generator = _global_generator(kind)
            self.states[kind] = generator.get_rng_state()
            generator.set_rng_state(state)


def _global_generator(kind: str) -> ModuleType:
    """torch.cuda and torch.mps call it as torch.random does: get_rng_state(), set_rng_state(state)."""
    return torch.random if kind == "cpu" else getattr(torch, kind)
