"""The browser's files, scripts and styles: one script, under an address that changes with it, and kept for ever.

A component whose script is given to Streamlit as text has it in every message: 85 kB for each move of a slider.
"""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from explorer.components.bundle import bundled

_FOLDER = Path(__file__).parent
FOR_EVER = "public, max-age=31536000, immutable"
# What a message has instead of the script itself. The address is the page's, whatever stands before it at a proxy.
# A second line tells Streamlit that this is no file's name.
_SCRIPT = """const at=new URL("{address}",document.baseURI)
export default async given=>(await import(at)).default["{name}"].default(given)"""


def read_files() -> Mapping[str, str]:
    """The browser's files by their path in this folder; a ``place.css`` is the page's own."""
    paths = [path for path in _FOLDER.rglob("*") if path.suffix in (".js", ".css") and path.name != "place.css"]
    return {path.relative_to(_FOLDER).as_posix(): path.read_text("utf-8") for path in paths}


_BUNDLE = bundled(read_files()).encode()  # once a server; it takes 30 ms
_VERSION = sha256(_BUNDLE).hexdigest()[:16]


def address() -> str:
    """Where a page finds the one script, seen from its own address."""
    return f"components/{_VERSION}.js"


def script(name: str) -> str:
    """What Streamlit gets as a component's ``js``: the default export of the file ``name``."""
    return _SCRIPT.format(address=address(), name=name)


def early_script() -> str:
    """For a page's head: what pages draw with, fetched and run while Streamlit is still on its way."""
    return f'<script type="module" async src="./{address()}"></script>'


def route_path(path: str) -> str:
    """Where the server has what pages find at ``path``: below the path that it has at a proxy."""
    base = (st.get_option("server.baseUrlPath") or "").strip("/")
    return f"{base and f'/{base}'}/{path}"


def files_route() -> Route:
    """Where the server has the script. Asked for by another version it is given as it is now, and not kept."""
    return Route(route_path("components/{version}.js"), _serve)


def _serve(request: Request) -> Response:
    known = request.path_params["version"] == _VERSION
    headers = {"cache-control": FOR_EVER if known else "no-cache", "x-content-type-options": "nosniff"}
    return Response(_BUNDLE, media_type="text/javascript", headers=headers)
