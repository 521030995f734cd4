"""What a server's owner sets."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from explorer.core.environment import Environment, WrongVariable


def test_a_number_is_read_and_has_a_default() -> None:
    """An empty variable is one that is not set."""
    found = Environment({"CNN_EXPLORER_MAX_EPOCHS": " 20 ", "CNN_EXPLORER_MAX_LAYERS": ""})
    assert [20, 40, 7] == [found.number(name, default) for name, default in FIELDS]


FIELDS = (("MAX_EPOCHS", 50), ("MAX_LAYERS", 40), ("MAX_STRIDE", 7))


@pytest.mark.parametrize("text", ["many", "-1", "2.5", "1e3"])
def test_a_wrong_value_is_named_with_its_variable(text: str) -> None:
    """So that its owner finds it."""
    with pytest.raises(WrongVariable, match=f"CNN_EXPLORER_MAX_EPOCHS is '{text}'.*default is 50"):
        Environment({"CNN_EXPLORER_MAX_EPOCHS": text}).number("MAX_EPOCHS", 50)


def test_runs_cannot_go_into_a_file(tmp_path: Path) -> None:
    """A folder that is not there yet is made."""
    (tmp_path / "file").touch()
    with pytest.raises(WrongVariable, match=r"CNN_EXPLORER_CHECKPOINTS is .*file, which is a file"):
        Environment({"CNN_EXPLORER_CHECKPOINTS": str(tmp_path / "file")})
    assert Environment({"CNN_EXPLORER_CHECKPOINTS": str(tmp_path / "new")}).checkpoints == tmp_path / "new"


def test_a_wrong_value_ends_the_start() -> None:
    """The app's as well as the command line's: all of them load the limits first."""
    done = subprocess.run(
        [sys.executable, "-c", "import explorer.core.limits"],
        env={**os.environ, "CNN_EXPLORER_MAX_EPOCHS": "many", "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "WrongVariable: CNN_EXPLORER_MAX_EPOCHS is 'many', which is no whole number." in done.stderr
