"""The address of a folder on the web, perhaps with a name and a password, as an owner writes it."""

import base64
import re
from dataclasses import dataclass, field
from urllib.parse import quote, unquote, urlsplit, urlunsplit


@dataclass(frozen=True)
class WebFolder:
    """``address`` ends in a slash and holds no password; ``authorization`` is a header's value, "" for none."""

    address: str
    query: str = ""
    authorization: str = field(default="", repr=False)


def parse_web_folder(text: str) -> WebFolder:
    """The folder of an address as people write it: spaces and letters of any script too. Raises ValueError."""
    if re.search(r"[\0-\x1f\x7f\\]", text):
        raise ValueError("a control character or a backslash")
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("neither http nor https, or no host")
    signed_in = parts.username is not None
    if signed_in and "@" in parts.path + parts.query + parts.fragment:
        raise ValueError("the name or password holds a sign that ends it")
    path = quote(parts.path.rstrip("/") + "/", safe="/%:@!$&'()*+,;=~")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~?")
    address = urlunsplit((parts.scheme, _host(parts.hostname) + _port(parts.port), path, "", ""))
    return WebFolder(address, query, _basic(parts.username or "", parts.password or "") if signed_in else "")


def without_password(text: str) -> str:
    """The address as it may be shown: nothing of what stands before its last @."""
    return f"…@{text.rpartition('@')[2]}" if "@" in text else text


def _host(name: str) -> str:
    """As DNS has it: letters of other scripts in Punycode, an IPv6 address in brackets."""
    if ":" in name:
        return f"[{name}]"
    encoded = name.encode("idna").decode()
    if not re.fullmatch(r"[\w.-]+", encoded, re.ASCII) or encoded.startswith("."):
        raise ValueError("no name of a host")
    return encoded


def _port(number: int | None) -> str:
    return "" if number is None else f":{number}"


def _basic(name: str, password: str) -> str:
    signed = f"{unquote(name)}:{unquote(password)}".encode()
    return "Basic " + base64.b64encode(signed).decode()
