"""The scripts as one: each sees what it imports, whatever the others call their own; what is not understood is said."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from explorer.components.bundle import bundled
from explorer.components.files import read_files
from tests.components.node import node_program

ASK = """
globalThis.CSSStyleSheet = class { replaceSync(text) { this.text = text; } };
const { default: m } = await import(process.argv[1]);
console.log(JSON.stringify(m["a.js"].default()));
"""


def answer(files: dict[str, str], folder: Path) -> list:
    """What a.js, run by Node out of the bundle, says."""
    script = folder / "bundle.mjs"
    script.write_text(bundled(files), "utf-8")
    command = [node_program(), "--input-type=module", "--eval", ASK, script.as_uri()]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def test_scripts_see_what_they_import_and_keep_their_own_names(tmp_path: Path) -> None:
    """Functions, constants, generators, other names, defaults, style sheets, folders."""
    files = {
        "a.js": """// first
import SHEET from "./deep/a.css" with { type: "css" };
import start from "./deep/start.js";
import {
  count as own,
  LIMIT,
} from "./deep/numbers.js";

const count = 1;
/** Two lines
 *  of comment. */
export default function all() {
  return [count, [...own()], LIMIT, start, SHEET.text, /** @type {number} */ (count)];
}
""",
        "deep/numbers.js": "export const LIMIT = 7;\nexport function* count() {\n  yield LIMIT;\n}\n",
        "deep/start.js": 'import { LIMIT } from "../deep/numbers.js";\nexport default LIMIT + 1;\n',
        "deep/a.css": ":host { content: '\\201C \\\\ ‘’'; }\n",
    }
    assert answer(files, tmp_path) == [1, [7], 7, 8, files["deep/a.css"], 1]
    assert "comment" not in bundled(files)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"a.js": 'import { b } from "./b.js";'}, "not there: b.js"),
        ({"a.js": 'import { b } from "./b.js";', "b.js": 'import { a } from "./a.js";'}, "cycle"),
        ({"a.js": 'import * as b from "./a.js";'}, "a.js: import"),
        ({"a.js": "export { b };"}, "a.js: export"),
        ({"a.js": "export class B {}"}, "a.js: export class B"),
    ],
)
def test_what_is_not_read_is_said(files: dict[str, str], said: str) -> None:
    """When the server starts, not on a page."""
    with pytest.raises(ValueError, match=said):
        bundled(files)


def test_no_comment_is_looked_for_inside_a_text() -> None:
    """A text between backticks ends on its line; a line of it that begins with // would be taken for a comment."""
    odd = [
        f"{name}:{number}"
        for name, text in read_files().items()
        for number, line in enumerate(text.splitlines(), 1)
        if name.endswith(".js") and len(re.findall("`", line)) % 2
    ]
    assert odd == []
