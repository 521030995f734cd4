"""How the C library hands out the server's memory."""

import ctypes
import platform

HEAPS = 2
M_ARENA_MAX = -8  # in glibc's malloc.h


def share_heaps() -> bool:
    """Has all threads share HEAPS of glibc's heaps; False where the C library is another one, which has few itself.

    Streamlit answers in threads that come and go. They would have eight heaps a core between them, each of which keeps
    room for the largest answer that was ever made there: a server would go on growing while its learners do not.
    """
    return platform.libc_ver()[0] == "glibc" and bool(ctypes.CDLL(None).mallopt(M_ARENA_MAX, HEAPS))
