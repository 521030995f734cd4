"""A visitor of a page without a browser: the page's own connection, whose messages it reads, polls and answers.

Chromium costs a second of a core a visit; forty of them would measure themselves.
"""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.Slider_pb2 import Slider
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

WAIT_SECONDS = 60.0  # for what is to come
QUIET_SECONDS = 0.5  # without a message: an answer has come to its end
REMEMBERED_RUNS = 2  # for so many runs a browser keeps a message that it may be sent again by name alone


@dataclass(frozen=True)
class Answer:
    """What an interaction brought: milliseconds to the last message, and the bytes of all."""

    milliseconds: float
    size: int


class Counting(ClientConnection):
    """A connection that counts the bytes that come, as they come over the line: packed where both sides agreed to."""

    received = 0

    def data_received(self, data: bytes) -> None:
        """Bytes from the line."""
        self.received += len(data)
        super().data_received(data)


class Visitor:
    """One session on the page of that path of the server at ``url``.

    ``on_text`` is told each Markdown and each line of a progress bar that comes.
    """

    def __init__(
        self, url: str, page: str, query: str = "", on_text: Callable[[str], object] = lambda text: None
    ) -> None:
        self._address = f"{url.replace('http', 'ws', 1)}/_stcore/stream"
        self._page, self._query, self._on_text = page, query, on_text
        self._url = f"{url}/{page}"
        self._widgets: dict[str, str] = {}  # label -> id
        self._fragments: dict[str, str] = {}  # label -> the id of the fragment that a press on it runs
        self.sliders: dict[str, Slider] = {}  # those that can be moved, by their label
        self._is_running = True  # the page's script
        self._script = ""  # what the server calls the page, once it has said so
        self.codes: list[str] = []  # what stands on the page to be copied
        self.failures: list[str] = []  # what the page's script raised
        self._last = 0.0  # when the newest message came
        self._known: dict[str, int] = {}  # a message that can be named -> the run it was used in last
        self._runs = 0
        self._came = asyncio.Event()
        self._polls: dict[str, asyncio.Task[None]] = {}  # by fragment

    async def __aenter__(self) -> Self:
        async with asyncio.timeout(WAIT_SECONDS):
            while not (found := await self._connected()):
                await asyncio.sleep(0.1)
        self._socket = found
        self._listening = asyncio.create_task(self._listen())
        self._listening.add_done_callback(lambda _: self._came.set())
        await self._say([])
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in [self._listening, *self._polls.values()]:
            task.cancel()
        await self._socket.close()

    async def wait_for(self, is_there: Callable[[], bool] = lambda: True, seconds: float = WAIT_SECONDS) -> None:
        """Returns once it is so, and the page is drawn to its end. Raises TimeoutError, ConnectionError."""
        async with asyncio.timeout(seconds):
            while self._is_running or not is_there():
                if self._listening.done():
                    raise ConnectionError(f"the connection to {self._url} is closed") from self._listening.exception()
                await self._came.wait()
                self._came.clear()

    @property
    def received(self) -> int:
        """Bytes that have come so far."""
        return self._socket.received

    def has(self, label: str) -> bool:
        """Whether a widget of that label has come."""
        return label in self._widgets

    async def press(self, button: str, **typed: str) -> None:
        """Presses it, with what was ``typed`` into the fields of these labels (_ for a space) just before."""
        states = [
            WidgetState(id=self._widgets[label.replace("_", " ")], string_value=text) for label, text in typed.items()
        ]
        pressed = WidgetState(id=self._widgets[button], trigger_value=True)
        await self._say([*states, pressed], self._fragments[button])

    async def move(self, slider: str, value: float) -> Answer:
        """Moves it. Only for pages whose fragments do not poll: a poll's answer would count as well."""
        state = WidgetState(id=self._widgets[slider])
        state.double_array_value.data.append(value)
        before, began = self.received, time.perf_counter()
        self._is_running = True  # until the server says that it has run, which may be while this is still being sent
        await self._say([state], self._fragments[slider])
        try:
            await self.wait_for()
            while (quiet := time.perf_counter() - self._last) < QUIET_SECONDS:
                await asyncio.sleep(QUIET_SECONDS - quiet)
                await self.wait_for()
        except TimeoutError as error:
            raise TimeoutError(f"{self._url}: no answer to {slider} at {value} within {WAIT_SECONDS:g} s") from error
        return Answer(1000 * (self._last - began), self.received - before)

    async def _connected(self) -> Counting | None:
        """None while the server has not begun to listen."""
        with suppress(ConnectionRefusedError):
            return await connect(self._address, subprotocols=["streamlit"], max_size=None, create_connection=Counting)

    async def _say(self, states: list[WidgetState], fragment: str = "", *, polls: bool = False) -> None:
        message = BackMsg()
        run = message.rerun_script
        run.query_string, run.fragment_id, run.page_script_hash = self._query, fragment, self._script
        run.page_name = "" if self._script else self._page
        run.is_auto_rerun = polls
        run.context_info.url = self._url
        run.widget_states.widgets.extend(states)
        run.cached_message_hashes.extend(self._known)
        await self._socket.send(message.SerializeToString())

    async def _listen(self) -> None:
        async for data in self._socket:
            self._last = time.perf_counter()
            message = ForwardMsg.FromString(data)
            kind = message.WhichOneof("type")
            if kind == "ref_hash":
                self._known[message.ref_hash] = self._runs
            elif message.metadata.cacheable:
                self._known[message.hash] = self._runs
            if kind == "delta":
                self._read(message.delta)
            elif kind in ("new_session", "script_finished"):
                self._is_running = kind == "new_session"
                self._forget(finished=not self._is_running)
            elif kind == "navigation":
                self._script = message.navigation.page_script_hash
            elif kind == "page_info_changed":
                self._query = message.page_info_changed.query_string
            elif kind == "auto_rerun":
                self._poll(message.auto_rerun.fragment_id, message.auto_rerun.interval)
            self._came.set()

    def _forget(self, *, finished: bool) -> None:
        self._runs += finished
        self._known = {name: run for name, run in self._known.items() if self._runs - run <= REMEMBERED_RUNS}

    def _read(self, delta: Delta) -> None:
        element = delta.new_element
        kind = element.WhichOneof("type")
        if kind in ("button", "text_input", "slider"):
            widget = getattr(element, kind)
            self._widgets[widget.label], self._fragments[widget.label] = widget.id, delta.fragment_id
            if kind == "slider":
                self.sliders.pop(widget.label, None)
                self.sliders |= {} if widget.disabled else {widget.label: widget}
        elif kind == "code":
            self.codes.append(element.code.code_text)
        elif kind == "markdown":
            self._on_text(element.markdown.body)
        elif kind == "progress":
            self._on_text(element.progress.text)
        elif kind == "exception":
            self.failures.append(element.exception.message)

    def _poll(self, fragment: str, seconds: float) -> None:
        if earlier := self._polls.get(fragment):
            earlier.cancel()
        self._polls[fragment] = asyncio.create_task(self._keep_polling(fragment, seconds))

    async def _keep_polling(self, fragment: str, seconds: float) -> None:
        with suppress(asyncio.CancelledError):
            while True:
                await asyncio.sleep(seconds)
                await self._say([], fragment, polls=True)
