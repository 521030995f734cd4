"""The browser's scripts and style sheets as one script, put together when the server starts.

As a hundred files a visit fetched each of them by itself, and each level of imports a journey later than the one above
it. The sources stay ordinary modules, which Node, Biome and TypeScript read; what they may say here is the plain half
of the language: named imports, style sheets by ``with { type: "css" }``, and exports where something is defined.
"""

import json
import re
from collections.abc import Mapping
from graphlib import TopologicalSorter
from posixpath import dirname, join, normpath

_NAMES = r"(?P<default>\w+)|\{\s+(?P<names>[^}]+?),?\s+\}"
_IMPORT = re.compile(rf'^import (?:{_NAMES}) from "(?P<path>\.[^"]+)"(?: with {{ type: "css" }})?;$', re.M)
_DEFINED = re.compile(r"^export (?=(?:async function|function\*?|const) (\w+))", re.M)
_DEFAULT = re.compile(r"^export default ", re.M)
_COMMENT = re.compile(r"^[ \t]*(?:/\*\*(?:(?!\*/).)*\*/[ \t]*|//[^\n]*)\n", re.M | re.S)  # a quarter of what is sent
_UNREAD = re.compile(r"^(?:import|export)\b.*", re.M)
_MODULE = """m["{name}"] = (() => {{
const exports = {{}};
{body}
return Object.assign(exports, {{ {defined} }});
}})();
"""
_SHEET = """m["{name}"] = {{ default: new CSSStyleSheet() }};
m["{name}"].default.replaceSync({text});
"""


def bundled(files: Mapping[str, str]) -> str:
    """One module for files by their paths; its default export has each file's exports under its path.

    Raises ``ValueError`` for an import that is not there, for files that import one another, and for an import or
    export in a form that is not read here. Comments that have lines of their own stay behind.
    """
    imports = {name: [_target(name, path) for path in _paths(text)] for name, text in sorted(files.items())}
    if missing := {target for targets in imports.values() for target in targets} - files.keys():
        raise ValueError(f"imported, and not there: {', '.join(sorted(missing))}")
    parts = (_part(name, files[name]) for name in TopologicalSorter(imports).static_order())
    return "\n".join(["const m = {};", *parts, "export default m;\n"])


def _paths(text: str) -> list[str]:
    return [found["path"] for found in _IMPORT.finditer(text)]


def _target(name: str, path: str) -> str:
    return normpath(join(dirname(name), path))


def _part(name: str, text: str) -> str:
    if name.endswith(".css"):
        return _SHEET.format(name=name, text=json.dumps(text, ensure_ascii=False))

    def imported(found: re.Match[str]) -> str:
        names = found["names"].replace(" as ", ": ") if found["names"] else f"default: {found['default']}"
        return f'const {{ {names} }} = m["{_target(name, found["path"])}"];'

    body = _DEFAULT.sub("exports.default = ", _IMPORT.sub(imported, _COMMENT.sub("", text)))
    defined = _DEFINED.findall(body)
    body = _DEFINED.sub("", body)
    if unread := _UNREAD.search(body):
        raise ValueError(f"{name}: {unread[0]}")
    return _MODULE.format(name=name, body=body, defined=", ".join(defined))
