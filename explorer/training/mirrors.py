"""Web folders that hold a data set's files: the learner's own first, perhaps with a password, then the usual ones.

A password is sent to that host and stands in no sentence and no log: the learner's mirror is called by its variable.
"""

import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from explorer.core.data.data_sets import DataSource
from explorer.core.environment import environment
from explorer.core.errors import DataError
from explorer.core.web_folder import parse_web_folder, without_password


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
            mirror=without_password(own),
            title=source.title,
        ) from None


def parse_mirror(text: str, label: str) -> Mirror:
    """The mirror of an address as people write it. Raises ValueError."""
    folder = parse_web_folder(text)
    return Mirror(label, folder.address, folder.query, folder.authorization)
