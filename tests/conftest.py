"""What all tests share: caches and checkpoints of their own, and few offline digits, so that a run takes a second.

And how many examples a property is tried on: the profile of ``tests/hypothesis_profiles.py``.
"""

import os
import tempfile
from pathlib import Path

from tests.hypothesis_profiles import load_profiles

# Before anything reads them, in this process and, through the environment, in workers, servers and command lines.
# Each of pytest-xdist's processes comes by here too, and makes a folder of its own.
_FOLDER = Path(tempfile.mkdtemp(prefix="cnn-explorer-tests-"))
os.environ |= {
    "XDG_CACHE_HOME": str(_FOLDER / "cache"),
    "LOCALAPPDATA": str(_FOLDER / "cache"),
    "CNN_EXPLORER_CHECKPOINTS": str(_FOLDER / "checkpoints"),
    "CNN_EXPLORER_OFFLINE_DIGITS": "2000",
    "OMP_NUM_THREADS": "1",  # several processes test at once; torch's threads fall over one another on busy cores
}

load_profiles()
