"""A server from its start to its end: runs that the one before it left go on, and its own are saved when it ends."""

import asyncio
import signal
import threading
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
from types import FrameType

from explorer.core.events import tell
from explorer.core.text_settings import written_folder
from explorer.operating.heaps import share_heaps
from explorer.operating.log import start_log
from explorer.operating.measuring import measuring
from explorer.ui.session_runs import server_runs

SIGNALS = (signal.SIGTERM, signal.SIGINT)  # what a service, a container or Ctrl-C ends the server by


@asynccontextmanager
async def lifespan(app: object) -> AsyncGenerator[None]:
    """To be given to ``st.App``: the server answers learners within it."""
    start_log()
    share_heaps()
    runs = await asyncio.to_thread(server_runs)
    await asyncio.to_thread(runs.take_up)
    asked_to_end, loop = asyncio.Event(), asyncio.get_running_loop()

    async def end() -> None:
        await asked_to_end.wait()
        tell("server_ending")
        await asyncio.to_thread(runs.close)

    # At once, beside what the server does to end: it first waits for every browser that is in the middle of a file.
    ending = asyncio.create_task(end())
    try:
        with measuring(runs), before_signals(lambda: loop.call_soon_threadsafe(asked_to_end.set)):
            tell("server_started")
            if problem := written_folder(str(runs.folder)):
                tell("runs_not_saved", reason=f"the folder of runs {problem}")
            yield
    finally:
        asked_to_end.set()
        await ending
        tell("server_ended")


@contextmanager
def before_signals(act: Callable[[], object]) -> Generator[None]:
    """``act`` is called when the process is asked to end, just before what else has asked to be called then.

    Nothing where nobody else has, or where this is not the main thread, which alone hears signals.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard = {number: signal.getsignal(number) for number in SIGNALS}
    others = {number: other for number, other in heard.items() if callable(other)}

    def hear(number: int, frame: FrameType | None) -> None:
        act()
        others[signal.Signals(number)](number, frame)

    for number in others:
        signal.signal(number, hear)
    try:
        yield
    finally:
        for number, other in others.items():
            signal.signal(number, other)
