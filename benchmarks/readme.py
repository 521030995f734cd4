"""Whether every command that the README gives for a figure still runs to its end.

    python benchmarks/readme.py [--data FOLDER] [--only TEXT]

Runs them one after another in their short form, as the README writes them, each for BOUND_SECONDS at most; --only those
that hold a text. FOLDER, or CNN_EXPLORER_DATA, holds MNIST's files. Exit status 1 where one did not. The figures of a
short form mean nothing: what it shows is that the command runs.
"""

import os
import re
import shlex
import subprocess
import sys
import time
from pathlib import Path

import psutil
from arguments import parser

ROOT = Path(__file__).resolve().parents[1]
BOUND_SECONDS = 600.0
COMMAND = re.compile(r"`((?:python|pytest) [^`]+)`")
SHORT = {"python": "--short", "pytest": "--hypothesis-profile=check -q -p no:cacheprovider"}
LAST_LINES = 15  # of what a command that failed has said


def commands(readme: str) -> list[str]:
    """Those in the README's tables, in their order, each once."""
    tables = "\n".join(line for line in readme.splitlines() if line.startswith("|"))
    return list(dict.fromkeys(COMMAND.findall(tables)))


def short_form(command: str) -> list[str]:
    """As this Python runs it."""
    program, *arguments = shlex.split(command)
    python = [sys.executable] if program == "python" else [sys.executable, "-m", program]
    return [*python, *arguments, *shlex.split(SHORT[program])]


def run(command: str, environment: dict[str, str]) -> str:
    """Runs it; "" where it ended well, else how it ended, after what it said last."""
    process = psutil.Popen(
        short_form(command), cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        said, _ = process.communicate(timeout=BOUND_SECONDS)
        ended = f"exit status {process.returncode}" if process.returncode else ""
    except subprocess.TimeoutExpired:
        for member in [*process.children(recursive=True), process]:
            member.kill()
        said, _ = process.communicate()
        ended = f"not done within {BOUND_SECONDS:.0f} s"
    if ended:
        print("\n".join(said.splitlines()[-LAST_LINES:]))
    return ended


def main() -> int:
    """Runs all, prints how each ended; returns the exit status."""
    options = parser(__doc__)
    options.add_argument("--only", default="", help="commands that hold this text")
    chosen = options.parse_args()
    environment = os.environ | ({"CNN_EXPLORER_DATA": str(chosen.data.resolve())} if chosen.data else {})
    failed = {}
    for command in commands((ROOT / "README.md").read_text("utf-8")):
        if chosen.only not in command:
            continue
        began = time.monotonic()
        ended = run(command, environment)
        print(f"{time.monotonic() - began:5.0f} s  {ended or 'runs':12}  {command}", flush=True)
        if ended:
            failed[command] = ended
    print(f"\n{len(failed)} did not run to the end")
    for command, ended in failed.items():
        print(f"  {command}: {ended}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
