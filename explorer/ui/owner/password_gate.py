"""The owner's password: compared in a time that tells nothing, and guessed a few times a minute by all together."""

import hmac
import threading
import time
from collections import deque
from collections.abc import Callable
from enum import Enum, auto

from explorer.core import limits

MINUTE = 60.0


class Verdict(Enum):
    """What a try came to."""

    RIGHT = auto()
    WRONG = auto()
    TOO_MANY = auto()  # not looked at


class PasswordGate:
    """Takes ``limits.MAX_PASSWORD_TRIES`` wrong passwords in a minute, of all browsers together, then none for a while.

    Of all, because whoever guesses has as many sessions and addresses as they like. The price: who guesses without end
    keeps the owner out, until the proxy in front of the server turns the guesser away.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._wrong: deque[float] = deque(maxlen=limits.MAX_PASSWORD_TRIES)  # when

    def check(self, given: str, right: str) -> Verdict:
        """Whether ``given`` is ``right``; nothing is where there is no password."""
        with self._lock:
            now = self._clock()
            while self._wrong and now - self._wrong[0] >= MINUTE:
                self._wrong.popleft()
            if len(self._wrong) == self._wrong.maxlen:
                return Verdict.TOO_MANY
            if right and hmac.compare_digest(given.encode("utf-8", "replace"), right.encode()):
                return Verdict.RIGHT
            self._wrong.append(now)
            return Verdict.WRONG
