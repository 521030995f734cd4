"""A server for others: what a page says of its limits, and does not say of its folders."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from explorer.core import limits
from explorer.core.errors import say
from explorer.runs.run import Run
from explorer.ui.language import explain
from tests.pages.app import open_train
from tests.pages.made_runs import MadeRuns, config, trained

ROOT = Path(__file__).parents[2]
PROFILES = ("public", "classroom")
ALL_PAGES = """
from tests.pages.app import at_page
for page in "home convolution channels pooling network train inside compare task gpu help lecturer in_class".split():
    at = at_page(page).run(timeout=120)
    told = [*at.exception, *at.error]
    assert not told, (page, told[0].value or told[0].message)
"""


def captions(**link: str) -> str:
    return "\n".join(one.value for one in open_train(**link).caption)


def test_the_limits_stand_on_the_page_of_a_server_for_others(made: MadeRuns, monkeypatch: pytest.MonkeyPatch) -> None:
    """Learners know what a run may cost, and how long it is kept; on one's own machine there is no such line."""
    assert "This server’s limits" not in captions()
    monkeypatch.setenv("CNN_EXPLORER_PROFILE", "public")
    monkeypatch.setattr(limits, "EXPIRE_DAYS", 7)
    monkeypatch.setattr(limits, "MAX_EPOCHS", 10)
    said = captions()
    assert "This server’s limits: 10 epochs a run, 60 minutes a run" in said
    assert "a run is kept for 7 days." in said


@pytest.mark.parametrize("profile", PROFILES)
def test_no_page_says_where_a_run_lies(made: MadeRuns, monkeypatch: pytest.MonkeyPatch, profile: str) -> None:
    """Not on its card, and not in a sentence about what the disk refused: of a folder its last name is left."""
    run = trained(made.add(Run("mine", config(), "somebody")))
    made.end(run, "failed")
    run.error = say("Runs cannot be saved in {folder}: {reason}.", folder=str(made.folder), reason="full")
    at = open_train(run="mine")
    assert any("Kept in" in one.value for one in at.caption)
    assert str(made.folder) in at.error[0].value
    monkeypatch.setenv("CNN_EXPLORER_PROFILE", profile)
    at = open_train(run="mine")
    assert not any("Kept in" in one.value for one in at.caption)
    assert f"Runs cannot be saved in {made.folder.name}: full." == at.error[0].value


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("[Errno 13] Permission denied: '/srv/cnn/data/run.json'", "[Errno 13] Permission denied: 'run.json'"),
        ("C:\\Users\\me\\data", "data"),
        ("No space left on device", "No space left on device"),
        ("https://host/mnist/file.gz: 404", "https://host/mnist/file.gz: 404"),
        ("size 3/4", "size 3/4"),
    ],
)
def test_the_systems_words_lose_their_folders(monkeypatch: pytest.MonkeyPatch, reason: str, said: str) -> None:
    """Whatever else stands there stays."""
    monkeypatch.setenv("CNN_EXPLORER_PROFILE", "public")
    assert said == explain(say("{reason}", reason=reason))
    monkeypatch.delenv("CNN_EXPLORER_PROFILE")
    assert reason == explain(say("{reason}", reason=reason))


def test_every_page_is_there_under_the_lowest_limits() -> None:
    """What an owner may set leaves no page in ruins: the start refuses less."""
    refused = said("import explorer.core.limits", {f"CNN_EXPLORER_{name}": "-1" for name in limits.DEFAULTS})
    lowest = dict(re.findall(r"^(CNN_EXPLORER_\w+) is '-1', no whole number from (\d+)", refused, re.M))
    assert len(lowest) == len(limits.DEFAULTS)
    assert "AssertionError" not in said(ALL_PAGES, lowest)


def said(program: str, variables: dict[str, str]) -> str:
    """What a program says on its standard error with these settings."""
    command, environment = [sys.executable, "-c", program], {**os.environ, **variables}
    return subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False).stderr
