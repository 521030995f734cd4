"""The process's side: bounds that it puts on itself, once it has loaded what it needs."""

import os
from pathlib import Path

_STATM = Path("/proc/self/statm")  # pages reserved, pages in use, …


def bound_myself(seconds: int, memory: int, written: int) -> None:
    """At most so many seconds of a processor, bytes of memory, and bytes in a file.

    Linux keeps to all of it, macOS to time; Windows has no such thing. Torch alone reserves gigabytes that it does not
    use: what is reserved so far does not count, what is in use does.
    """
    try:
        import resource
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, memory + _reserved()),
        (resource.RLIMIT_FSIZE, written),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):  # the system takes no such bound, or has a lower one already
            continue


def _reserved() -> int:
    """Bytes of the address space that stand for no memory; 0 where the system does not say."""
    try:
        pages = _STATM.read_text("ascii").split()
    except OSError:
        return 0
    return (int(pages[0]) - int(pages[1])) * os.sysconf("SC_PAGE_SIZE")
