"""Web folders that hold a data set's files: the learner's own first, perhaps with a password, then the usual ones.

A password is sent to that host and stands in no sentence and no log: the learner's mirror is called by its variable.
"""

import base64
import re
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from explorer.core.data.data_sets import DataSource
from explorer.core.environment import environment
from explorer.core.errors import DataError


@dataclass(frozen=True)
class Mirror:
    """A web folder: ``label`` is what sentences call it, ``address`` ends in a slash and holds no password."""

    label: str
    address: str
    query: str = ""
    authorization: str = field(default="", repr=False)

    def request(self, name: str) -> urllib.request.Request:
        """What asks for the file of that name; the password is not sent on where the host redirects to another."""
        query = f"?{self.query}" if self.query else ""
        request = urllib.request.Request(self.address + name + query, headers={"User-Agent": "cnn-explorer"})
        if self.authorization:
            request.add_unredirected_header("Authorization", self.authorization)
        return request


def mirrors_in_turn(source: DataSource, usual: Sequence[str]) -> list[Mirror]:
    """The learner's own mirror, if its variable names one, then the usual ones. Raises DataError for no web address."""
    mirrors = [Mirror(urlsplit(address).netloc, address.rstrip("/") + "/") for address in usual]
    own = environment().text(source.mirror_variable)
    if not own:
        return mirrors
    try:
        return [parse_mirror(own, source.mirror_variable), *mirrors]
    except ValueError:
        raise DataError(
            "{variable} is {mirror}, which is not the address of a web folder. Give one that starts with http:// or"
            " https:// and holds the four {title} .gz files (of a name or password, write @ as %40, : as %3A and / as"
            " %2F), or leave it unset.",
            variable=source.mirror_variable,
            mirror=_without_password(own),
            title=source.title,
        ) from None


def parse_mirror(text: str, label: str) -> Mirror:
    """The mirror of an address as people write it: spaces and letters of any script too. Raises ValueError."""
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
    return Mirror(label, address, query, _basic(parts.username or "", parts.password or "") if signed_in else "")


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


def _without_password(text: str) -> str:
    """The address as it may be shown: nothing of what stands before its last @."""
    return f"…@{text.rpartition('@')[2]}" if "@" in text else text
