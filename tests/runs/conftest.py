"""One embedded cluster, and one run that nothing disturbs, for all tests of runs."""

from collections.abc import Iterator

import pytest

from explorer.runs.run import Run
from explorer.runs.runs import Runs
from tests.runs.following import LONGER, finish


@pytest.fixture(scope="session")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runs]:
    runs = Runs(tmp_path_factory.mktemp("checkpoints"))
    yield runs
    runs.close()


@pytest.fixture(scope="session")
def twin(runs: Runs) -> Run:
    """The run that nothing disturbs."""
    return finish(runs, LONGER)
