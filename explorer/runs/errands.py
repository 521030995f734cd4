"""What is to be said to Dask, in its order: pages leave errands here, and one thread does them."""

import queue
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from distributed import Client


@dataclass(frozen=True)
class Errand:
    """``do`` is called with the client; where there is none, ``connects`` says whether one is to be made for it."""

    do: Callable[["Client"], None]
    connects: bool = False


class Errands:
    """A queue of errands that can be closed, and emptied."""

    def __init__(self) -> None:
        self._queue: queue.SimpleQueue[Errand | None] = queue.SimpleQueue()

    def add(self, do: Callable[["Client"], None], *, connects: bool = False) -> None:
        """The last one from now on."""
        self._queue.put(Errand(do, connects))

    @property
    def empty(self) -> bool:
        """Whether nothing is to be done just now."""
        return self._queue.empty()

    def close(self) -> None:
        """Behind the errands that are here now comes the end."""
        self._queue.put(None)

    def wait_for_next(self, seconds: float) -> Errand | None:
        """The first of them, None at the end. Raises queue.Empty where there is none for so long."""
        return self._queue.get(timeout=seconds)

    def drop(self) -> None:
        """Forgets them all, but not the end."""
        while not self._queue.empty():
            if self._queue.get() is None:
                self._queue.put(None)
                return
