"""The cookie by which a browser is known again."""

import asyncio
from http.cookies import Morsel, SimpleCookie

from explorer.ui.learner_cookie import COOKIE, LearnerCookie

PAGE = "text/html,application/xhtml+xml,*/*;q=0.8"  # what a browser accepts where it opens a page


def ask(accept: str = PAGE, **headers: str) -> Morsel | None:
    """The cookie that comes with the answer to one request."""
    sent = []

    async def page(scope, receive, send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"etag", b"1")]})
        await send({"type": "http.response.body", "body": b"a page"})

    async def send(message) -> None:
        sent.append(message)

    asked = {"accept": accept, **headers}
    scope = {"type": "http", "scheme": "http"}
    scope["headers"] = [(name.replace("_", "-").encode(), value.encode()) for name, value in asked.items()]
    asyncio.run(LearnerCookie(page)(scope, None, send))
    assert (b"etag", b"1") in sent[0]["headers"]
    assert sent[1]["body"] == b"a page"
    return SimpleCookie(dict(sent[0]["headers"]).get(b"set-cookie", b"").decode()).get(COOKIE)


def test_a_page_brings_the_cookie() -> None:
    """Unguessable, for a year, out of reach of scripts and of other sites."""
    cookie = ask(cookie="other=1")
    assert len(cookie.value) == 32
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["secure"]) == (True, "Lax", "/", "")
    assert cookie.value != ask().value


def test_a_browser_keeps_its_cookie() -> None:
    """The next page brings no other one."""
    assert ask(cookie=f"other=1; {COOKIE}=abc") is None


def test_only_pages_bring_it() -> None:
    """Scripts, images and health checks do not."""
    assert ask(accept="*/*") is None


def test_behind_https_it_stays_there() -> None:
    """A proxy says so; the browser then sends it over https alone."""
    assert ask(x_forwarded_proto="https")["secure"]
