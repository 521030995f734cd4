"""By which names the app may be asked for, and from which pages its connection may be opened."""

import pytest
import streamlit as st

from explorer.ui.app.own_hosts import OwnHosts
from tests.ui.app.asking import Answer, ask

CONNECTION = {"type": "websocket", "path": "/_stcore/stream"}


def connect(host: str, origin: str = "") -> Answer:
    """A connection of a browser on a page of ``origin``; without one, of a program."""
    return ask(OwnHosts, scope=CONNECTION, host=host, **({"origin": origin} if origin else {}))


@pytest.mark.parametrize(
    "host", ["localhost:8501", "LOCALHOST", "127.0.0.1:8501", "[::1]:8501", "a.localhost", "localhost."]
)
def test_this_machines_own_names_are_always_allowed(host: str) -> None:
    """Whatever the port, and however it is written."""
    assert ask(OwnHosts, host=host).reached
    assert connect(host, f"http://{host}").reached


STRANGERS = ("evil.example", "evil.example:8501", "localhost.evil.example", "127.0.0.1.evil.example", "0.0.0.0")
STRANGERS += ("192.168.1.5", "evil.example@localhost", "[::1", "", "localhost/evil", "xlocalhost", "::1")


@pytest.mark.parametrize("host", STRANGERS)
def test_a_strangers_name_gets_neither_page_nor_file_nor_connection(host: str) -> None:
    """Even where page and connection agree on it: a name that was turned to this machine's address (DNS rebinding)."""
    for path in ("/", "/train", "/components/1.js", "/weights/simple/step-0", "/_stcore/host-config"):
        answer = ask(OwnHosts, path, host=host)
        assert (403, False) == (answer.status, answer.reached)
        assert "nosniff" == answer.header("x-content-type-options")
    assert not connect(host, f"http://{host}").reached
    assert not connect(host).reached


def test_who_is_refused_reads_which_setting_allows_it() -> None:
    """A lecturer's laptop in a lecture hall's network: in each language, with the very value to set."""
    said = ask(OwnHosts, host="192.168.1.5:8501").text
    assert said.count("CNN_EXPLORER_HOSTS=192.168.1.5") == 2
    assert "所有者" in said
    assert "CNN_EXPLORER_HOSTS=[fe80::1]" in ask(OwnHosts, host="[FE80::1]:8501").text


def test_a_name_without_end_is_not_said_back() -> None:
    """Longer than any host's name is."""
    assert len(ask(OwnHosts, host="x" * 60_000).text) < 2000


def test_the_owner_allows_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Single ones, and all below one; not that one itself, nor one that ends alike. This machine's stay."""
    monkeypatch.setenv("CNN_EXPLORER_HOSTS", "Demo.example.org, *.example.com [fe80::1]")
    for host in ("demo.example.org", "demo.example.org:443", "a.b.example.com", "[fe80::1]:8501", "localhost"):
        assert ask(OwnHosts, host=host).reached
    for host in ("example.org", "x.demo.example.org", "example.com", "evilexample.com"):
        assert not ask(OwnHosts, host=host).reached


def test_the_owner_allows_any_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a proxy in front looks at the names."""
    monkeypatch.setenv("CNN_EXPLORER_HOSTS", "*")
    assert ask(OwnHosts, host="evil.example").reached


def test_a_health_check_needs_no_name() -> None:
    """A load balancer asks by an address that nobody knows beforehand."""
    assert ask(OwnHosts, "/_stcore/health", host="10.1.2.3:8501").reached
    assert ask(OwnHosts, "/ready", host="10.1.2.3:8501").reached
    assert not ask(OwnHosts, "/_stcore/healthy", host="10.1.2.3:8501").reached


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "http://localhost:3000", "https://localhost.evil.example", "null"]
)
def test_another_sites_page_opens_no_connection(origin: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor does another app on this machine; and no address is looked up on the web to find out."""
    monkeypatch.setattr("streamlit.net_util._make_blocking_http_get", lambda *_: pytest.fail("the web was asked"))
    answer = connect("localhost:8501", origin)
    assert (1008, False) == (answer.status, answer.reached)


def test_the_owner_allows_another_sites_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """By Streamlit's own settings."""
    options = {"server.enableCORS": True, "server.corsAllowedOrigins": ["https://course.example.org"]}
    monkeypatch.setattr(st, "get_option", options.get)
    assert connect("localhost:8501", "https://course.example.org").reached
    assert not connect("localhost:8501", "https://other.example.org").reached
    options["server.enableCORS"] = False
    assert connect("localhost:8501", "https://other.example.org").reached


def test_the_servers_own_beginning_passes() -> None:
    """It comes from nowhere."""
    assert ask(OwnHosts, scope={"type": "lifespan"}).reached
