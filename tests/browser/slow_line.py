"""Lines between browser and server on which messages come late, or twice; made of order instead of time."""

import re
import time

from playwright.sync_api import Page, WebSocketRoute
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg


class SlowLine:
    """Between ``page`` and its server; to be made before the page is opened.

    After ``hold()`` the browser says two things. The second reaches a server that has answered the first, and comes
    from a browser that has not heard the answer. Then the line is as fast as ever.
    """

    def __init__(self, page: Page) -> None:
        self._page = page
        self.holding = self.answered = False
        self.said: list[bytes] = []
        self.heard: list[bytes] = []
        page.route_web_socket(re.compile("/_stcore/stream"), self._connect)

    def hold(self) -> None:
        """From now on the line is slow."""
        self.holding, self.answered, self.said, self.heard = True, False, [], []

    def wait_until_said(self, seconds: float = 60) -> None:
        """Returns when the browser has said the first of the two things. Fails where it has not within the time."""
        deadline = time.monotonic() + seconds
        while not self.said:
            assert time.monotonic() < deadline, f"nothing was said within {seconds} s"
            self._page.wait_for_timeout(50)

    def _connect(self, browser: WebSocketRoute) -> None:
        self.browser, self.server = browser, browser.connect_to_server()
        browser.on_message(self._say)
        self.server.on_message(self._hear)

    def _say(self, message: bytes) -> None:
        if not (self.holding and BackMsg.FromString(message).WhichOneof("type") == "rerun_script"):
            self.server.send(message)
            return
        self.said.append(message)
        if len(self.said) == 1:
            self.server.send(message)
        self._let_go()

    def _hear(self, message: bytes) -> None:
        if not self.holding:
            self.browser.send(message)
            return
        self.heard.append(message)
        self.answered |= ForwardMsg.FromString(message).WhichOneof("type") == "script_finished"
        self._let_go()

    def _let_go(self) -> None:
        if self.answered and len(self.said) > 1:
            self.holding = False
            for message in self.said[1:]:
                self.server.send(message)
            for message in self.heard:
                self.browser.send(message)


class BusyLine:
    """Between ``page`` and a server that has no time; to be made before the page is opened.

    After ``hold(count)`` the server is told nothing until the browser has said so many things: then all at once.
    """

    def __init__(self, page: Page) -> None:
        self.count = 0
        self.said: list[bytes] = []
        page.route_web_socket(re.compile("/_stcore/stream"), self._connect)

    def hold(self, count: int) -> None:
        """From now on so many messages are held."""
        self.count = count

    def _connect(self, browser: WebSocketRoute) -> None:
        server = browser.connect_to_server()

        def say(message: bytes) -> None:
            self.said.append(message)
            if len(self.said) >= self.count:
                self.count, said, self.said = 0, self.said, []
                for one in said:
                    server.send(one)

        browser.on_message(say)
        server.on_message(browser.send)


class PollingLine:
    """Between ``page`` and its server; to be made before the page is opened.

    Streamlit's browser side waits a moment before it sends a click, and a fragment that polls in that moment tells of
    it first. Here that happens to every click once ``tells_twice`` is the number of a polling fragment.
    """

    def __init__(self, page: Page) -> None:
        self.tells_twice: int | None = None
        self.polls: list[str] = []
        self._page = page
        page.route_web_socket(re.compile("/_stcore/stream"), self._connect)

    def wait_for_polls(self, count: int = 2, seconds: float = 60) -> None:
        """Returns when so many fragments have polled. Fails where they have not within the time."""
        deadline = time.monotonic() + seconds
        while len(self.polls) < count:
            assert time.monotonic() < deadline, f"{len(self.polls)} of {count} fragments polled within {seconds} s"
            self._page.wait_for_timeout(50)

    def _connect(self, browser: WebSocketRoute) -> None:
        server = browser.connect_to_server()

        def say(message: bytes) -> None:
            told = BackMsg.FromString(message)
            if told.WhichOneof("type") == "rerun_script":
                request = told.rerun_script
                if request.is_auto_rerun and request.fragment_id not in self.polls:
                    self.polls.append(request.fragment_id)
                if self.tells_twice is not None and any(state.trigger_value for state in request.widget_states.widgets):
                    poll = BackMsg.FromString(message)
                    poll.rerun_script.fragment_id = self.polls[self.tells_twice]
                    poll.rerun_script.is_auto_rerun = True
                    server.send(poll.SerializeToString())
            server.send(message)

        browser.on_message(say)
        server.on_message(browser.send)
