"""What is still to be started: a click ends the page's run wherever that asks the session, and loses nothing."""

from typing import Any

import pytest
import streamlit as st

from explorer.core.run.train_config import TrainConfig
from explorer.runs.run import Run
from explorer.ui.compare import wanted_runs
from explorer.ui.compare.shown_runs import KEY, shown_runs


class Click(Exception):
    """Ends a run of the page."""


class Session(dict[str, Any]):
    """A learner's, asked after a click as long as ``is_clicked``."""

    is_clicked = False

    def _ask(self) -> None:
        if self.is_clicked:
            raise Click

    def __contains__(self, key: object) -> bool:
        self._ask()
        return super().__contains__(key)

    def __getitem__(self, key: str) -> Any:
        self._ask()
        return super().__getitem__(key)

    def __setitem__(self, key: str, value: object) -> None:
        self._ask()
        super().__setitem__(key, value)


class Server:
    """Starts runs; during the first start the learner clicks."""

    def __init__(self, session: Session) -> None:
        self.session, self.runs = session, []

    def start(self, config: TrainConfig, owner: str) -> Run:
        self.session.is_clicked = not self.runs
        self.runs.append(Run(f"run-{len(self.runs) + 1}", config, owner))
        return self.runs[-1]

    def of(self, owner: str) -> list[Run]:
        self.session._ask()  # as who asks whose browser it is
        return self.runs

    def find(self, run_id: str) -> Run | None:
        return next((run for run in self.runs if run.id == run_id), None)


def test_a_click_while_one_is_started_loses_it_not_and_starts_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is shown, so that Stop stops it, and wanted no more."""
    session = Session({KEY: [None] * 8})
    server, configs = Server(session), [TrainConfig(epochs=epochs) for epochs in (1, 2)]
    monkeypatch.setattr(st, "session_state", session)
    for module in ("wanted_runs", "examples"):
        monkeypatch.setattr(f"explorer.ui.compare.{module}.server_runs", lambda: server)
    monkeypatch.setattr(wanted_runs, "learner", lambda: "me")
    wanted_runs.want_runs(configs)
    with pytest.raises(Click):
        wanted_runs.start_wanted_runs()
    session.is_clicked = False
    assert ["run-1"] == [run.id for run, _ in shown_runs()]
    assert configs[1:] == list(wanted_runs.wanted_configs())
    wanted_runs.start_wanted_runs()
    assert configs == [run.config for run in server.runs]
    assert ["run-1", "run-2"] == [run.id for run, _ in shown_runs()]
