"""docs/security.md: each threat has a defence that is there, and tests that exist."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENT = (ROOT / "docs/security.md").read_text("utf-8")
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


@cache
def names_in(file: str) -> set[str]:
    """The names of a module's tests."""
    return {node.name for node in ast.parse((ROOT / file).read_text("utf-8")).body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize(("file", "name"), sorted(set(TEST.findall(DOCUMENT))))
def test_a_test_that_is_named_exists(file: str, name: str) -> None:
    """Under that very name."""
    assert name in names_in(file)


def test_each_threat_has_a_test() -> None:
    """No row promises more than is held."""
    rows = DOCUMENT.split("## Threats")[1].split("\n\n")[1].splitlines()[2:]
    assert len(rows) > 15
    assert [] == [row for row in rows if not TEST.search(row)]


def test_a_file_that_is_named_exists() -> None:
    """The modules of the defences."""
    named = re.findall(r"`(explorer/[\w/]+\.py)`", DOCUMENT)
    assert named
    assert all((ROOT / file).is_file() for file in named)
