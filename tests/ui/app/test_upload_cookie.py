"""The cookie that Streamlit wants with an upload."""

import pytest

from explorer.ui.app.upload_cookie import UploadCookie
from tests.ui.app.asking import ask

STREAMLITS = "_streamlit_xsrf=2|1f|2a|1; Path=/; SameSite=Lax"
OTHER = "other=1; Path=/; SameSite=Lax"


def cookies(**scope: object) -> list[str]:
    """As the browser gets them."""
    headers = ask(UploadCookie, scope={"cookies": (STREAMLITS, OTHER), **scope}).headers
    return [value for name, value in headers if name == "set-cookie"]


def test_over_https_a_frame_keeps_it() -> None:
    """In a partition of its own, so that no other site's page sends it along; others' cookies stay as they are."""
    assert cookies(scheme="https") == ["_streamlit_xsrf=2|1f|2a|1; Path=/; Secure; SameSite=None; Partitioned", OTHER]


@pytest.mark.parametrize("told", ["https", "https,http", "https, http"])
def test_the_proxy_says_so(told: str) -> None:
    """Also one before another."""
    headers = ask(UploadCookie, scope={"cookies": (STREAMLITS,)}, x_forwarded_proto=told).headers
    assert dict(headers)["set-cookie"].endswith("; Partitioned")


def test_over_http_it_is_streamlits() -> None:
    """Browsers would keep no other."""
    assert [STREAMLITS, OTHER] == cookies()
