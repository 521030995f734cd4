"""The address: one module reads and writes it."""

from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_nothing_else_touches_the_address() -> None:
    """What went round it would make entries of its own in the browser's history, or believe a late address."""
    files = [ROOT / "app.py", *ROOT.glob("explorer/**/*.py")]
    assert ["address.py"] == [
        file.name
        for file in files
        if "query_params." in file.read_text("utf-8") or "query_params[" in file.read_text("utf-8")
    ]
