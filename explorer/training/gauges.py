"""What is measured beside the loss, where it costs next to nothing: once a report, not once a step."""

import time

import torch
from torch import nn

GPU_SECONDS = 1.0  # between two looks at the GPU: asking its driver takes about a millisecond


def grad_norms(network: nn.Module) -> dict[str, float]:
    """The 2-norm of the loss's gradient for each layer with parameters, after the last step's backward pass."""
    norms = {
        name: torch.linalg.vector_norm(torch.stack([torch.linalg.vector_norm(part.grad) for part in parts]))
        for name, layer in network.named_children()
        if (parts := [part for part in layer.parameters() if part.grad is not None])
    }
    values = torch.stack(list(norms.values())).tolist() if norms else []
    return {name: float(f"{value:.6g}") for name, value in zip(norms, values, strict=True)}


class GpuGauge:
    """The GPU's memory in use (bytes, of all programs) and its utilisation (0..1); None, None on other devices.

    The utilisation is None, too, where the driver does not tell it.
    """

    def __init__(self, device: torch.device) -> None:
        self.device = device
        self._looked, self._found = -GPU_SECONDS, (None, None)

    def read(self) -> tuple[int | None, float | None]:
        """What was found at the last look, which is a second old at most."""
        if self.device.type == "cuda" and time.monotonic() - self._looked >= GPU_SECONDS:
            self._looked = time.monotonic()
            free, total = torch.cuda.mem_get_info(self.device)
            self._found = total - free, self._utilisation()
        return self._found

    def _utilisation(self) -> float | None:
        try:
            return torch.cuda.utilization(self.device) / 100
        except (ModuleNotFoundError, RuntimeError):  # no nvidia-ml-py, or a driver that does not answer
            return None
