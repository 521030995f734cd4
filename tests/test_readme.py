"""The documents' commands can be given as they are written: every program, file and option exists."""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from explorer.training.arguments import config_of, parse

ROOT = Path(__file__).parents[1]
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "docs/hosting.md", "docs/security.md")
PROGRAMS = {"python", "pytest", "make", "streamlit", "dask", "pip"}
FENCED = re.compile(r"^```.*?^```", re.M | re.S)
FILES = ("ca.pem", "scheduler.pem", "scheduler.key", "worker.pem", "worker.key")
PLACEHOLDERS = {"FOLDER": "checkpoints", **dict.fromkeys(FILES, "LICENSE")}

# Every command is parsed by its own program, which is stopped as soon as it has understood all of it.
PARSE = """
import argparse, json, runpy, sys
import click

class Understood(BaseException):
    pass

parse = argparse.ArgumentParser.parse_args

def parse_and_stop(self, *given, **named):
    parse(self, *given, **named)
    raise Understood

argparse.ArgumentParser.parse_args = parse_and_stop

def understood(words):
    program, *arguments = words
    try:
        if program == "dask":
            from distributed.cli import dask_scheduler, dask_worker
            {"scheduler": dask_scheduler, "worker": dask_worker}[arguments[0]].main.make_context("dask", arguments[1:])
        elif program == "streamlit":
            from streamlit.web import cli
            cli.main_run.make_context("run", arguments[1:])
        elif arguments[0] == "-m":
            sys.argv = arguments[1:]
            runpy.run_module(arguments[1], run_name="__main__", alter_sys=True)
        else:
            sys.argv = arguments
            sys.path.insert(0, "benchmarks")
            runpy.run_path(arguments[0], run_name="__main__")
    except Understood:
        return ""
    except (SystemExit, KeyError, OSError, click.ClickException) as refused:
        return f"{type(refused).__name__}: {refused}"
    return "" if program in ("dask", "streamlit") else "it asked for no options"

print(json.dumps([understood(words) for words in json.load(sys.stdin)]))
"""


def spoken_commands(document: str) -> list[str]:
    """Every command in the text, in code between backticks or on indented lines; comments and variables left out."""
    text = FENCED.sub("", (ROOT / document).read_text("utf-8"))
    indented = [line.strip() for line in text.splitlines() if line.startswith("    ")]
    found = []
    for line in [*re.findall(r"`([^`]+)`", text), *indented]:
        words = re.split(r"\s{2,}#|\s{2,}\w", line.replace(".venv/bin/", ""))[0].split()
        while words and re.fullmatch(r"[A-Z_]+=\S+", words[0]):
            words.pop(0)
        if len(words) > 1 and words[0] in PROGRAMS:
            found.append(" ".join(words))
    return list(dict.fromkeys(found))


COMMANDS = [command for document in DOCUMENTS for command in spoken_commands(document)]
PARSED = [
    command
    for command in COMMANDS
    if command.startswith(("python benchmarks/", "python -m explorer", "dask ", "streamlit "))
]


@pytest.fixture(scope="module")
def refusals() -> dict[str, str]:
    """Each command that can be parsed -> "" or what its program has against it."""
    words = [[PLACEHOLDERS.get(word, word) for word in shlex.split(command)] for command in PARSED]
    done = subprocess.run(
        [sys.executable, "-c", PARSE], input=json.dumps(words), cwd=ROOT, capture_output=True, text=True, check=True
    )
    return dict(zip(PARSED, json.loads(done.stdout.splitlines()[-1]), strict=True))


def test_the_commands_are_found() -> None:
    """Beside those for the figures: how to start, to train, to connect workers, to restart at a change."""
    assert {
        "make run",
        "make check",
        "make benchmarks",
        "streamlit run app.py",
        "python -m explorer.training --preset fast",
        "python benchmarks/app.py --only slider",
        "dask scheduler",
        "dask worker --nthreads 1 tcp://host:8786",
        "streamlit run app.py --server.fileWatcherType auto",
    } <= set(COMMANDS)


@pytest.mark.parametrize("command", PARSED)
def test_a_programs_every_option_exists(command: str, refusals: dict[str, str]) -> None:
    """As it is written, its program understands the command."""
    assert refusals[command] == ""


@pytest.mark.parametrize("command", [command for command in COMMANDS if command not in PARSED])
def test_what_the_other_commands_name_exists(command: str) -> None:
    """A target of the Makefile and a variable that it reads, a test's file, a list of requirements."""
    program, *words = command.split()
    if program == "make":
        makefile = (ROOT / "Makefile").read_text("utf-8")
        targets = {word for word in words if "=" not in word}
        assert targets <= set(re.findall(r"^(\w+):", makefile, re.M))
        assert all(f"$({word.partition('=')[0]})" in makefile for word in words if "=" in word)
    elif command not in ("python -m venv .venv",):
        files = [word for word in words if "/" in word or "." in word]
        assert files
        assert all((ROOT / file).is_file() for file in files)


def test_what_the_text_says_of_trainings_options_is_so(capsys: pytest.CaptureFixture[str]) -> None:
    """Those it lists exist, and `--network` and `--change` take what it says they take."""
    text = re.split(r"^##+ ", (ROOT / "README.md").read_text("utf-8"), flags=re.M)
    (section,) = (part for part in text if part.startswith("Without the app"))
    options = set(re.findall(r"--[a-z][a-z-]+", section))
    assert len(options) > 15
    with pytest.raises(SystemExit):
        parse(["--help"])
    helped = capsys.readouterr().out
    assert {option for option in options if not re.search(rf"{option}\b", helped)} == set()
    (networks,) = re.findall(r"`--network` takes (.*?) flattens", section, re.S)
    names = re.findall(r"`([^`]+)`", networks)
    assert len(names) == 6
    for name in names:
        assert config_of(parse(["--network", name])).network
    (change,) = re.findall(r"`--change ([^`]+)`", section)
    assert config_of(parse(["--change", change])).changes


def test_make_benchmarks_runs_every_command_of_the_readmes_tables() -> None:
    """It reads them out of the README: none is forgotten, and each has a short form."""
    command = [sys.executable, "-c", LISTED]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    tables = [line for line in (ROOT / "README.md").read_text("utf-8").splitlines() if line.startswith("|")]
    named = {word for line in tables for word in re.findall(r"benchmarks/\w+\.py[^`|]*|pytest [^`|]*", line)}
    assert {f"python {command}" if command.startswith("bench") else command for command in named} == set(listed)
    for script in {command.split()[1] for command in listed if command.startswith("python")}:
        assert "from arguments import parser" in (ROOT / script).read_text("utf-8"), f"{script} has no --short"


LISTED = """
import sys
sys.path.insert(0, "benchmarks")
from readme import commands
print(*commands(open("README.md", encoding="utf-8").read()), sep="\\n")
"""
