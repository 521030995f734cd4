"""Node, which runs the components' pure scripts without a browser; requirements-dev.txt brings it."""

import json
import shutil
import subprocess
import sysconfig
from pathlib import Path
from typing import Any

COMPONENTS = Path(__file__).parents[2] / "explorer/components"
# A question and what it is about are a line each; so is the answer. What the scripts export is global to a question.
ASKED = """
import { createInterface } from "node:readline";
for (const url of process.argv.slice(1)) Object.assign(globalThis, await import(url));
let question = null;
for await (const line of createInterface({ input: process.stdin })) {
  if (question === null) question = (0, eval)(`(${JSON.parse(line)})`);
  else {
    console.log(JSON.stringify(question(...JSON.parse(line))));
    question = null;
  }
}
"""


def node_program() -> str | None:
    """The path of Node: beside this Python, else the system's; None where there is none."""
    return shutil.which("node", path=sysconfig.get_path("scripts")) or shutil.which("node")


class Node:
    """A process that knows what some scripts of the components export."""

    def __init__(self, *scripts: str) -> None:
        program = node_program()
        assert program, "no Node: pip install -r requirements-dev.txt"
        urls = [(COMPONENTS / script).as_uri() for script in scripts]
        command = [program, "--input-type=module", "--eval", ASKED, *urls]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, encoding="utf-8")

    def ask(self, question: str, *about: object) -> Any:
        """What ``question``, a JavaScript function, answers to these arguments; all cross as JSON."""
        assert self._process.stdin
        assert self._process.stdout
        print(json.dumps(question), json.dumps(about), sep="\n", file=self._process.stdin, flush=True)
        answer = self._process.stdout.readline()
        assert answer, "Node has ended: what it said is above"
        return json.loads(answer)

    def close(self) -> None:
        """Ends the process."""
        self._process.communicate()
