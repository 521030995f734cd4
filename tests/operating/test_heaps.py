"""Many threads, few heaps: asked in a process of its own, for what is set there stays."""

import platform
import re
import subprocess
import sys

import pytest

from explorer.operating.heaps import HEAPS, share_heaps

# Forty threads that are there at once, each with memory of its own; then glibc's own account of its heaps.
FORTY_THREADS = """
import ctypes, sys, threading
from explorer.operating.heaps import share_heaps
if sys.argv[1] == "shared":
    assert share_heaps()
together = threading.Barrier(41)
def answer():
    kept = [bytes(1000) for _ in range(100)]
    together.wait()
    together.wait()
for _ in range(40):
    threading.Thread(target=answer).start()
together.wait()
libc = ctypes.CDLL(None)
libc.malloc_info(0, ctypes.c_void_p.in_dll(libc, "stdout"))
libc.fflush(None)
together.wait()
"""


def heaps_of(how: str) -> int:
    run = subprocess.run(
        [sys.executable, "-c", FORTY_THREADS, how], capture_output=True, text=True, timeout=60, check=True
    )
    return len(re.findall("<heap nr=", run.stdout))


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="heaps are bounded where the C library is glibc")
def test_threads_share_a_few_heaps() -> None:
    """Otherwise a server of two cores has up to sixteen, and each keeps what it once had."""
    assert heaps_of("shared") <= HEAPS < heaps_of("by themselves")


def test_another_c_library_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Alpine's, Windows' and macOS's know no such setting."""
    monkeypatch.setattr(platform, "libc_ver", lambda: ("", ""))
    assert not share_heaps()
