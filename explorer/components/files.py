"""The browser's files, scripts and styles: served once, under an address that changes with them, and kept for ever.

A component whose script is given to Streamlit as text has it in every message: 85 kB for each move of a slider.
"""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

_FOLDER = Path(__file__).parent
_TYPES = {".js": "text/javascript", ".css": "text/css"}
_FOR_EVER = "public, max-age=31536000, immutable"
# What a message has instead of the script itself. The address is the page's, whatever stands before it at a proxy.
# A second line tells Streamlit that this is no file's name.
_SCRIPT = """const at=new URL("{address}",document.baseURI)
export default async given=>(await import(at)).default(given)"""


def read_files() -> Mapping[str, bytes]:
    """The browser's files by their path in this folder; a ``place.css`` is the page's own."""
    paths = [path for path in _FOLDER.rglob("*") if path.suffix in _TYPES and path.name != "place.css"]
    return {path.relative_to(_FOLDER).as_posix(): path.read_bytes() for path in sorted(paths)}


def version(files: Mapping[str, bytes]) -> str:
    """One for all: scripts import one another by relative addresses. 16 hexadecimal digits."""
    return sha256(repr(sorted(files.items())).encode()).hexdigest()[:16]


_FILES = read_files()  # once a server: a visit asks for all of them, and reading and hashing them takes 2.6 ms
_VERSION = version(_FILES)


def address(name: str) -> str:
    """Where a page finds the file ``name``, seen from its own address."""
    return f"components/{_VERSION}/{name}"


def script(name: str) -> str:
    """What Streamlit gets as a component's ``js``: it fetches the file ``name``, once, and runs its default export."""
    return _SCRIPT.format(address=address(name))


def early_script() -> str:
    """For a page's head: what pages draw with, fetched and run while Streamlit is still on its way."""
    return f'<script type="module" async src="./{address("all.js")}"></script>'


def files_route() -> Route:
    """Where the server has the files. One asked for by another version is given as it is now, and not kept."""
    base = (st.get_option("server.baseUrlPath") or "").strip("/")
    return Route(f"{base and f'/{base}'}/components/{{version}}/{{name:path}}", _serve)


def _serve(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _FILES:
        return PlainTextResponse("not found", status_code=404)
    known = request.path_params["version"] == _VERSION
    headers = {"cache-control": _FOR_EVER if known else "no-cache", "x-content-type-options": "nosniff"}
    return Response(_FILES[name], media_type=_TYPES[Path(name).suffix], headers=headers)
