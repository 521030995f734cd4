"""What every answer tells the browser. Whether pages live with it is the browser's tests' affair."""

import pytest

from explorer.ui.app.answer_headers import AnswerHeaders
from tests.ui.app.asking import ask


def sources(what: str) -> list[str]:
    """From where a page may take it."""
    policy = dict(part.split(" ", 1) for part in ask(AnswerHeaders).header("content-security-policy").split("; "))
    return policy[what].split()


def test_script_in_a_text_does_not_run() -> None:
    """Neither what stands in a page nor an attribute's, and no text is made code; all scripts are the server's."""
    allowed = sources("script-src")
    assert allowed[:2] == ["'self'", "blob:"]
    assert all(one.startswith("'sha256-") for one in allowed[2:])
    assert len(allowed) == 3  # Streamlit's one line


def test_nothing_is_taken_from_elsewhere_nor_sent_there() -> None:
    """Whatever a text on a page says: its pictures, its forms, its connections."""
    for what in ("default-src", "img-src", "form-action", "base-uri"):
        assert set(sources(what)) <= {"'self'", "blob:", "data:"}
    assert sources("object-src") == ["'none'"]


@pytest.mark.parametrize(
    ("setting", "allowed"),
    [
        ("", ["*"]),
        ("*", ["*"]),
        ("none", ["'none'"]),
        ("https://course.example.org", ["'self'", "https://course.example.org"]),
    ],
)
def test_the_owner_says_who_may_hold_the_app_in_a_frame(
    setting: str, allowed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A course page's frame is a promise of the app: any site may, until the owner says otherwise."""
    monkeypatch.setenv("CNN_EXPLORER_FRAMES", setting)
    assert allowed == sources("frame-ancestors")


def test_the_other_headers() -> None:
    """No file is taken for another kind than it is, and no other site learns the address, which names a run."""
    answer = ask(AnswerHeaders)
    assert answer.header("x-content-type-options") == "nosniff"
    assert answer.header("referrer-policy") == "same-origin"
    assert "camera=()" in answer.header("permissions-policy")
    assert answer.header("etag") == "1"


def test_a_header_that_is_there_is_not_there_twice() -> None:
    """Files say nosniff themselves."""
    assert [name for name, _ in ask(lambda app: AnswerHeaders(AnswerHeaders(app))).headers].count(
        "referrer-policy"
    ) == 1
