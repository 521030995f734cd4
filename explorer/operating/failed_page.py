"""A page that failed, as its server's owner hears of it: which, by what kind of error, and where in this project."""

import traceback
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st

from explorer.core.events import tell

_PROJECT = Path(__file__).parents[2]


def tell_failed_page(error: Exception) -> None:
    """To be given to ``st.App``. The learner is shown the error's kind by Streamlit, which logs the traceback too."""
    page = urlsplit(st.context.url or "").path
    tell("page_failed", page=page, error=type(error).__name__, at=_place(error))


def _place(error: Exception) -> str:
    """The innermost line of this project's: libraries' lines say less."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if _is_ours(Path(frame.filename))]
    return f"{Path(ours[-1].filename).relative_to(_PROJECT).as_posix()}:{ours[-1].lineno}" if ours else ""


def _is_ours(file: Path) -> bool:
    return file.is_relative_to(_PROJECT / "explorer") or file == _PROJECT / "app.py"
