"""What all tests share: caches and checkpoints of their own, and few offline digits, so that a run takes a second.

And how many examples a property is tried on: the profile of ``tests/hypothesis_profiles.py``.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hypothesis_profiles import load_profiles

# Before anything reads them, in this process and, through the environment, in workers, servers and command lines.
# Each of pytest-xdist's processes comes by here too, and makes a folder of its own.
_FOLDER = Path(tempfile.mkdtemp(prefix="cnn-explorer-tests-"))
os.environ |= {
    "XDG_CACHE_HOME": str(_FOLDER / "cache"),
    "WIN_PD_OVERRIDE_LOCAL_APPDATA": str(_FOLDER / "cache"),  # the same on Windows
    "CNN_EXPLORER_CHECKPOINTS": str(_FOLDER / "checkpoints"),
    "CNN_EXPLORER_OFFLINE_DIGITS": "2000",
    "OMP_NUM_THREADS": "1",  # several processes test at once; torch's threads fall over one another on busy cores
}

load_profiles()


@pytest.fixture(autouse=True)
def same_main() -> Iterator[None]:
    """AppTest leaves its script behind as ``__main__``, which any process that is started later would run again."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main
