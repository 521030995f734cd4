"""One body from one address, over http or https: a cancel is heard at any moment, a silent host given up."""

import queue
import threading
import time
import urllib.request
from collections.abc import Callable
from http.client import HTTPException
from urllib.error import HTTPError, URLError

# A host that stays silent this long is given up, while its name is looked up, while connecting or sending.
# Two such hosts, and there are two usual ones for MNIST, keep the learner waiting for 14 s.
SILENCE_SECONDS = 7.0
CANCEL_SECONDS = 0.1  # how often a cancel is looked for while a host is silent
CHUNK_BYTES = 64 * 1024


class Cancelled(Exception):
    """The learner pressed Cancel."""


class NoAnswer(Exception):
    """A host that gave nothing at all; the message is the reason in a few words."""


def receive(
    request: urllib.request.Request, size: int, on_received: Callable[[int], None], cancelled: Callable[[], bool]
) -> bytes:
    """The answer's body, up to ``size`` bytes and at most one chunk more; less when the host breaks off.

    ``on_received`` gets the bytes so far. Raises ``NoAnswer`` when not one byte came, and ``Cancelled``.
    """
    chunks: queue.SimpleQueue[bytes | Exception] = queue.SimpleQueue()
    abandoned = threading.Event()
    threading.Thread(target=_send_chunks, args=(request, chunks, abandoned), daemon=True).start()
    body = bytearray()
    try:
        while len(body) <= size and (chunk := _next_chunk(chunks, cancelled)):
            body += chunk
            on_received(len(body))
    except NoAnswer:
        if not body:
            raise
    finally:
        abandoned.set()
    return bytes(body)


def _send_chunks(
    request: urllib.request.Request, chunks: queue.SimpleQueue[bytes | Exception], abandoned: threading.Event
) -> None:
    # In a thread of its own, because urllib gives no turn to anybody while it looks up a name or connects: a
    # cancel would wait, and its timeout does not bound the whole (a look-up has none, each address its own).
    try:
        with urllib.request.urlopen(request, timeout=SILENCE_SECONDS) as response:
            while not abandoned.is_set() and (chunk := response.read1(CHUNK_BYTES)):
                chunks.put(chunk)
        chunks.put(b"")
    except (OSError, HTTPException, ValueError, OverflowError) as error:  # a redirect to port 99999 overflows
        if isinstance(error, HTTPError):
            error.close()  # it is also the response, with its connection open
        chunks.put(error)


def _next_chunk(chunks: queue.SimpleQueue[bytes | Exception], cancelled: Callable[[], bool]) -> bytes:
    deadline = time.monotonic() + SILENCE_SECONDS
    while True:
        if cancelled():
            raise Cancelled
        try:
            chunk = chunks.get(timeout=CANCEL_SECONDS)
        except queue.Empty:
            if time.monotonic() < deadline:
                continue
            chunk = TimeoutError()
        if isinstance(chunk, Exception):
            raise NoAnswer(_reason(chunk)) from chunk
        return chunk


def _reason(error: Exception) -> str:
    # Never the error's whole text: it may hold the address, and that a password.
    if isinstance(error, HTTPError):
        return f"HTTP {error.code}"
    cause = error.reason if isinstance(error, URLError) else error
    if isinstance(cause, TimeoutError):
        return f"no answer in {SILENCE_SECONDS:g} s"
    return (cause.strerror if isinstance(cause, OSError) else None) or type(cause).__name__
