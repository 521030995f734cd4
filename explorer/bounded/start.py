"""A process of this project's own, whatever folder the server was started in."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import IO

_ROOT = Path(__file__).parents[2]


def start(
    command: Sequence[str], given: IO[bytes] | int, taken: IO[bytes] | int, said: IO[bytes] | int
) -> "subprocess.Popen[bytes]":
    """``command`` with its standard input, output and error; without a window on Windows. Raises OSError.

    Where torch has threads in it, they wait asleep: others train on the same cores.
    """
    return subprocess.Popen(
        command,
        stdin=given,
        stdout=taken,
        stderr=said,
        cwd=_ROOT,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(_ROOT), os.environ.get("PYTHONPATH", "")]),
            "OMP_WAIT_POLICY": "PASSIVE",
        },
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
