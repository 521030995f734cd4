"""The cookie by which a browser is known again."""

import pytest

from explorer.ui.learner_cookie import COOKIE, LearnerCookie, token_of
from tests.ui.app.asking import ask

PAGE = "text/html,application/xhtml+xml,*/*;q=0.8"  # what a browser accepts where it opens a page
TOKEN = "a-Z0_" * 6 + "xy"


def brought(accept: str = PAGE, **headers: str) -> tuple[str, set[str]]:
    """The token that comes with the answer to one request, "" for none, and what is said of its cookie."""
    answer = ask(LearnerCookie, accept=accept, **headers)
    assert (answer.header("etag"), answer.text) == ("1", "a page")
    cookie, *said = dict(answer.headers).get("set-cookie", "").split("; ")
    return cookie.removeprefix(f"{COOKIE}="), set(said)


def test_a_page_brings_the_cookie() -> None:
    """Unguessable, for a year, out of reach of scripts and of other sites."""
    token, said = brought(cookie="other=1")
    assert said == {"HttpOnly", "Max-Age=31536000", "Path=/", "SameSite=Lax"}
    assert token_of({COOKIE: token}) == token
    assert token != brought()[0]


def test_a_browser_keeps_its_cookie() -> None:
    """The next page brings no other one."""
    assert brought(cookie=f"other=1; {COOKIE}={TOKEN}") == ("", set())


@pytest.mark.parametrize(
    "forged", ["", "a", "me", TOKEN[1:], TOKEN + "x", TOKEN[1:] + "/", TOKEN[1:] + "é", "0" * 5000]
)
def test_a_forged_cookie_is_none(forged: str) -> None:
    """What is not one of ours could be guessed, or be somebody else's too: the browser is given a new one."""
    assert token_of({COOKIE: forged}) is None
    assert len(brought(cookie=f"{COOKIE}={forged}")[0]) == 32


def test_only_pages_bring_it() -> None:
    """Scripts, images and health checks do not."""
    assert brought(accept="*/*") == ("", set())


def test_behind_https_it_stays_there() -> None:
    """A proxy says so; the browser then sends it over https alone."""
    assert brought(x_forwarded_proto="https")[1] >= {"Secure", "SameSite=Lax"}


def test_in_a_course_pages_frame_it_is_kept_over_https() -> None:
    """In that site's partition: another site's frame is another learner. Over http browsers keep none there."""
    assert brought(x_forwarded_proto="https", sec_fetch_dest="iframe")[1] >= {"Secure", "SameSite=None", "Partitioned"}
    assert "Partitioned" not in brought(sec_fetch_dest="iframe")[1]
    assert "Partitioned" not in brought(x_forwarded_proto="https", sec_fetch_dest="document")[1]
