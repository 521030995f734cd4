"""A slow line between browser and server, made of order instead of time: what a learner does before an answer comes."""

import re

from playwright.sync_api import Page, WebSocketRoute
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg


class SlowLine:
    """Between ``page`` and its server; to be made before the page is opened.

    After ``hold()`` the browser says two things. The second reaches a server that has answered the first, and comes
    from a browser that has not heard the answer. Then the line is as fast as ever.
    """

    def __init__(self, page: Page) -> None:
        self.holding = self.answered = False
        self.said: list[bytes] = []
        self.heard: list[bytes] = []
        page.route_web_socket(re.compile("/_stcore/stream"), self._connect)

    def hold(self) -> None:
        """From now on the line is slow."""
        self.holding, self.answered, self.said, self.heard = True, False, [], []

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
