"""The tests themselves: none has a clock."""

import ast
from pathlib import Path

import pytest
from hypothesis import settings

from tests.hypothesis_profiles import PROFILES, examples

ROOT = Path(__file__).parents[1]
FILES = sorted(file.relative_to(ROOT).as_posix() for file in ROOT.glob("tests/**/test_*.py"))
CLOCKS = {"sleep", "perf_counter", "monotonic", "process_time"}


def names(file: str) -> set[str]:
    """Every name, attribute and keyword in a file."""
    found = set()
    for node in ast.walk(ast.parse((ROOT / file).read_text("utf-8"))):
        for kind, field in ((ast.Name, "id"), (ast.Attribute, "attr"), (ast.keyword, "arg"), (ast.alias, "name")):
            if isinstance(node, kind):
                found.add(getattr(node, field))
    return found


@pytest.mark.parametrize("name", PROFILES)
def test_no_property_has_a_deadline(name: str) -> None:
    """A busy machine makes a test slow, not red."""
    assert settings.get_profile(name).deadline is None


def test_the_loaded_profile_says_how_many_examples_there_are() -> None:
    """All in the full profile, some in each other one, and none has no clock of its own."""
    share = PROFILES[settings.get_current_profile_name()]
    assert 100 * share == examples(10_000).max_examples
    assert examples(1).max_examples == 1
    assert examples(50).deadline is None


@pytest.mark.parametrize("file", FILES)
def test_no_test_reads_a_clock(file: str) -> None:
    """What is slow is measured in benchmarks/; what is waited for is an event."""
    assert set() == names(file) & CLOCKS, f"{file}: a test has no clock"
