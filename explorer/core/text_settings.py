"""An owner's settings that are no numbers, and what may be wrong with each: looked at once, when a program starts."""

import os
import re
from collections.abc import Callable, Mapping
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from explorer.core.profiles import PROFILES
from explorer.core.web_folder import parse_web_folder, without_password

PREFIX = "CNN_EXPLORER_"
CERTIFICATE = ("TLS_CA", "TLS_CERT", "TLS_KEY")  # the authority's, ours, our key: all three or none
SHORTEST_PASSWORD = 12  # characters: the page that asks for it takes a few guesses a minute, from everybody together

_GIVE = "Give it to the program's user, or name another."
_NAME = r"(\*\.)?[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?|\[[0-9a-f:.]+\]"  # a host's name or address, an IPv6 in brackets
_HOST = re.compile(rf"\*|{_NAME}")
_SITE = re.compile(rf"https?://({_NAME})(:\d{{1,5}})?")


def listed(text: str) -> tuple[str, ...]:
    """What stands in a list with spaces or commas between, in small letters."""
    return tuple(text.lower().replace(",", " ").split())


# Asked by os.path: pathlib raises an error where a folder on the way is closed to this program.
def _read_folder(text: str) -> str:
    path = os.path.expanduser(text)
    if not os.path.isdir(path):
        return f"is {text!r}, which is no folder that this program finds. Name one that exists and that it may enter."
    return "" if os.access(path, os.R_OK | os.X_OK) else f"is {text!r}, which this program may not read. {_GIVE}"


def _read_file(text: str) -> str:
    if not os.path.isfile(text):
        return f"is {text!r}, which is no file that this program finds. Name one that exists and that it may reach."
    return "" if os.access(text, os.R_OK) else f"is {text!r}, which this program may not read. {_GIVE}"


def written_folder(text: str) -> str:
    """Why no file can be written to that folder; it may not exist yet: then the one that it will be made in counts."""
    path = Path(text).absolute()
    nearest = next(one for one in (path, *path.parents) if os.path.exists(one))
    if not os.path.isdir(nearest):
        return f"is {text!r}, and {str(nearest)!r} is a file. Name a folder."
    if not os.access(nearest, os.W_OK | os.X_OK):
        return f"is {text!r}, where this program may not write. {_GIVE}"
    return ""


def _web_folder(text: str) -> str:
    try:
        parse_web_folder(text)
    except ValueError:
        return (
            f"is {without_password(text)!r}, which is not the address of a web folder. Give one that starts with "
            "http:// or https:// (of a name or password, write @ as %40, : as %3A and / as %2F)."
        )
    return ""


def _scheduler(text: str) -> str:
    try:
        parts = urlsplit(text)
        if parts.scheme in ("tcp", "tls") and parts.hostname and parts.port:
            return ""
    except ValueError:  # a port that is no number, half an IPv6 address
        pass
    return f"is {text!r}, which is not the address of a Dask scheduler. Give one like tcp://host:8786."


def _profile(text: str) -> str:
    return "" if text in PROFILES else f"is {text!r}. It may be {' or '.join(PROFILES)}, or unset."


def _password(text: str) -> str:
    short = len(text) < SHORTEST_PASSWORD
    return f"is shorter than {SHORTEST_PASSWORD} characters. Choose a longer one." if short else ""


def _hosts(text: str) -> str:
    wrong = next((name for name in listed(text) if not _HOST.fullmatch(name)), None)
    if wrong is None:
        return ""
    return (
        f"names {wrong!r}, which is no host. Write names or addresses alone, without https:// and port, with spaces "
        "between them: demo.example.org 192.168.1.5"
    )


def _address(text: str) -> str:
    try:
        ip_address(text)
    except ValueError:
        return f"is {text!r}, which is no address of this machine. Give one like 0.0.0.0 (all) or 192.168.1.5."
    return ""


def _frames(text: str) -> str:
    if (sites := listed(text)) in (("*",), ("none",)):
        return ""
    wrong = next((site for site in sites if not _SITE.fullmatch(site)), None)
    if wrong is None:
        return ""
    return (
        f"names {wrong!r}, which is no site. Write * for any, none, or sites with spaces between them: "
        "https://course.example.org https://*.example.com"
    )


# A variable -> what is wrong with a text, as the end of a sentence that begins with its name; "" where nothing is.
PROBLEMS: Mapping[str, Callable[[str], str]] = {
    f"{PREFIX}PROFILE": _profile,
    f"{PREFIX}OWNER_PASSWORD": _password,
    f"{PREFIX}HOSTS": _hosts,
    f"{PREFIX}FRAMES": _frames,
    f"{PREFIX}METRICS_HOST": _address,
    f"{PREFIX}CHECKPOINTS": written_folder,
    f"{PREFIX}SCHEDULER": _scheduler,
    **{PREFIX + name: _read_file for name in CERTIFICATE},
    f"{PREFIX}DATA": _read_folder,
    f"{PREFIX}FASHION_DATA": _read_folder,
    f"{PREFIX}KMNIST_DATA": _read_folder,
    f"{PREFIX}MNIST_MIRROR": _web_folder,
    f"{PREFIX}FASHION_MIRROR": _web_folder,
    f"{PREFIX}KMNIST_MIRROR": _web_folder,
}
