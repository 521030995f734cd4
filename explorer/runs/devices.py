"""What this machine computes on, told without torch: its processor, NVIDIA's GPUs by their driver, Apple's own."""

import platform
import shutil
from dataclasses import dataclass
from pathlib import Path

from explorer.core.run.threads import cores
from explorer.exchange.processor import has_bfloat16, processor_name

DRIVER = Path("/proc/driver/nvidia")  # of NVIDIA, on Linux


@dataclass(frozen=True)
class Gpu:
    """An NVIDIA GPU: its ``name``, and all its memory in bytes."""

    name: str
    memory: int


@dataclass(frozen=True)
class Devices:
    """A machine's: the processor's name ("" where it has none), ``cores`` that may be used, whether it multiplies
    bfloat16 itself (None: not to be told); the GPUs; whether it is Apple's, whose GPU torch calls MPS."""

    processor: str
    cores: int
    bfloat16: bool | None
    gpus: tuple[Gpu, ...]
    is_apple: bool


def find_devices() -> Devices:
    """This machine's; asking NVIDIA's driver takes some milliseconds."""
    is_apple = platform.system() == "Darwin" and platform.machine() == "arm64"
    return Devices(processor_name(), cores(), has_bfloat16(), nvidia_gpus(), is_apple)


def nvidia_gpus() -> tuple[Gpu, ...]:
    """What the driver has; none where there is no driver, or none that answers."""
    if not (DRIVER.is_dir() or shutil.which("nvidia-smi")):
        return ()
    import pynvml

    try:
        pynvml.nvmlInit()
        try:
            handles = [pynvml.nvmlDeviceGetHandleByIndex(index) for index in range(pynvml.nvmlDeviceGetCount())]
            return tuple(map(_gpu, handles))
        finally:
            pynvml.nvmlShutdown()
    except pynvml.NVMLError:
        return ()


def _gpu(handle: object) -> Gpu:
    import pynvml

    return Gpu(str(pynvml.nvmlDeviceGetName(handle)), int(pynvml.nvmlDeviceGetMemoryInfo(handle).total))
