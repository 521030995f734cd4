"""What .streamlit/config.toml sets for every page."""

import tomllib
from pathlib import Path

CONFIG = tomllib.loads((Path(__file__).parents[1] / ".streamlit" / "config.toml").read_text("utf-8"))


def test_a_session_has_one_run_at_a_time() -> None:
    """Else Back and Forward in quick turns found settings gone that the next run had begun to read anew: KeyError."""
    assert CONFIG["runner"]["fastReruns"] is False
