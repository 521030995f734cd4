"""Who may name a folder of the server: only who sits at it."""

from types import SimpleNamespace

import pytest
import streamlit as st

from explorer.ui.train_settings import is_local


def local(monkeypatch: pytest.MonkeyPatch, host: str = "localhost:8501", ip: str | None = None, **headers: str) -> bool:
    """Whether a browser counts as one on the server's own machine; it always says that its page is."""
    named = {"host": host, **{name.replace("_", "-"): value for name, value in headers.items()}}
    told = SimpleNamespace(url="http://localhost:8501/train", ip_address=ip, headers=named)
    monkeypatch.setattr(st, "context", told)
    return is_local()


@pytest.mark.parametrize("host", ["localhost:8501", "127.0.0.1:8501", "[::1]:8501", "localhost"])
def test_a_browser_on_the_same_machine(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """By whichever of its names."""
    assert local(monkeypatch, host)


def test_a_script_that_says_it_is_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """It comes from elsewhere, or by another name, or a proxy on this machine passes it on."""
    assert not local(monkeypatch, ip="192.168.1.7")
    assert not local(monkeypatch, "demo.example.org")
    for header in ("x_forwarded_for", "x_forwarded_proto", "x_real_ip", "forwarded", "via"):
        assert not local(monkeypatch, **{header: "127.0.0.1"})


def test_on_a_server_for_others_nobody_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy that keeps quiet about itself makes no visitor the owner."""
    monkeypatch.setenv("CNN_EXPLORER_HOSTS", "demo.example.org")
    assert not local(monkeypatch)
