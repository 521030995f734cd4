"""The server's classes: opened, found by a code or a secret, ended, and gone when their time is over."""

import secrets
import threading
import time
from collections.abc import Callable

from explorer.classes.class_room import ClassRoom
from explorer.classes.question import ClassQuestion
from explorer.core import limits
from explorer.core.errors import SettingError

SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # of a code: none that looks like another on a projector
CODE_LENGTH = 6  # a thousand million codes: none is hit upon by trying


class ClassRooms:
    """All classes of one server, safe among threads; ``clock`` gives seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._rooms: dict[str, ClassRoom] = {}  # by their codes

    def open(self, owner: str, question: ClassQuestion) -> ClassRoom:
        """A new class of the browser ``owner``. Raises SettingError where it, or the server, has too many."""
        with self._lock:
            self._drop_ended()
            own = sum(room.owner == owner for room in self._rooms.values())
            if own >= limits.MAX_LEARNER_CLASSES:
                raise SettingError("{count} classes of yours are open. End one of them first.", count=own)
            if len(self._rooms) >= limits.MAX_CLASSES:
                raise SettingError(
                    "{count} classes are open on this server, as many as it takes. Try again later.",
                    count=len(self._rooms),
                )
            code = self._new_code()
            ends_at = self._clock() + limits.MAX_CLASS_SECONDS
            room = self._rooms[code] = ClassRoom(code, secrets.token_urlsafe(16), owner, ends_at, question)
            return room

    def find(self, code: str) -> ClassRoom | None:
        """The class of the code that students have, however they write it; None where it has ended, or never was."""
        plain = "".join(code.upper().split()).replace("-", "")
        with self._lock:
            self._drop_ended()
            return self._rooms.get(plain)

    def steered_by(self, secret: str) -> ClassRoom | None:
        """The class that the secret steers."""
        with self._lock:
            self._drop_ended()
            return next((room for room in self._rooms.values() if room.secret == secret), None)

    def of(self, owner: str) -> list[ClassRoom]:
        """The classes that this browser has opened, the oldest first."""
        with self._lock:
            self._drop_ended()
            return [room for room in self._rooms.values() if room.owner == owner]

    def end(self, room: ClassRoom) -> None:
        """Ends the class: nobody finds it any more."""
        with self._lock:
            self._rooms.pop(room.code, None)

    def _new_code(self) -> str:
        while True:
            code = "".join(secrets.choice(SIGNS) for _ in range(CODE_LENGTH))
            if code not in self._rooms:
                return code

    def _drop_ended(self) -> None:
        now = self._clock()
        self._rooms = {code: room for code, room in self._rooms.items() if room.ends_at > now}
