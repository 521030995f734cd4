"""What a processor can do that a setting's speed depends on, told without torch."""

import platform
from pathlib import Path

CPU_INFO = Path("/proc/cpuinfo")  # Linux
MODEL = "model name"
BFLOAT16_FLAGS = {"avx512_bf16", "amx_bf16", "bf16", "svebf16"}  # x86's names, ARM's


def has_bfloat16(cpu_info: Path = CPU_INFO) -> bool | None:
    """Whether the processor multiplies bfloat16 itself, which torch imitates where it does not; None: not to be told.

    The imitation made 0.16 times the images a second of float32 (1,387 against 8,532).
    """
    try:
        lines = cpu_info.read_text("utf-8", "replace").splitlines()
    except OSError:
        return None
    flags = [line.partition(":")[2].split() for line in lines if line.lower().startswith(("flags", "features"))]
    return bool(BFLOAT16_FLAGS.intersection(flags[0])) if flags else None


def processor_name(cpu_info: Path = CPU_INFO) -> str:
    """What the system calls it; "" where it has no name for it."""
    try:
        lines = cpu_info.read_text("utf-8", "replace").splitlines()
    except OSError:
        return platform.processor()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith(MODEL))
    return next(names, platform.processor())
