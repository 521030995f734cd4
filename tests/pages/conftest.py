"""What the pages' tests share."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.runtime.pages_manager import PagesManager

from tests.pages.made_runs import MadeRuns


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> MadeRuns:
    """The server's runs: none at first, and none of them trains."""
    return MadeRuns(tmp_path).install(monkeypatch)


@pytest.fixture(scope="session", autouse=True)
def _pages_stay_registered() -> Iterator[None]:
    """AppTest forgets the app's pages before a fragment runs alone, in which a link then leads nowhere; a server
    keeps them."""
    ask = PagesManager.get_pages
    registered: dict[str, Any] = {}

    def get_pages(self: PagesManager) -> dict[str, Any]:
        found = ask(self)
        if any("url_pathname" in page for page in found.values()):
            registered.update(found)
        return registered or found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PagesManager, "get_pages", get_pages)
        yield
