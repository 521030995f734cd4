"""Who writes a run: one process at a time, and none any more that was killed."""

import subprocess
import sys
from pathlib import Path

import pytest

from explorer.exchange.run_lock import UNFINISHED, RunLock, remove_run

HOLD = """
import sys
from pathlib import Path
from explorer.exchange.run_lock import RunLock
lock = RunLock(Path(sys.argv[1]), "run")
print(lock.take(), flush=True)
sys.stdin.read()
"""


def holder(root: Path) -> subprocess.Popen:
    """A process that tries to take the run's lock, and lives until it is ended."""
    command = [sys.executable, "-c", HOLD, str(root)]
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]
    )


def test_a_process_that_is_killed_holds_no_lock(tmp_path: Path) -> None:
    """Until then nobody else has it, in this process or another."""
    with holder(tmp_path) as first:
        assert "True\n" == first.stdout.readline()
        with holder(tmp_path) as second:
            assert "False\n" == second.stdout.readline()
            second.kill()
        assert not RunLock(tmp_path, "run").take()
        first.kill()
        first.wait()
        lock = RunLock(tmp_path, "run")
        assert lock.take()
        assert not RunLock(tmp_path, "run").take()
        lock.release(over=True)
    assert [] == list((tmp_path / UNFINISHED).iterdir())


def test_a_lock_that_is_over_locks_nobody_out(tmp_path: Path) -> None:
    """Its file goes with it; who had opened that before does not believe to have the lock."""
    lock = RunLock(tmp_path, "run")
    assert lock.take()
    lock.release(over=True)
    again, another = RunLock(tmp_path, "run"), RunLock(tmp_path, "other")
    assert again.take()
    assert another.take()
    again.release(over=False)
    assert RunLock(tmp_path, "run").take()


@pytest.mark.parametrize("run_id", ["../../elsewhere", "", "a/b", "x" * 65, None])
def test_only_what_nobody_writes_is_removed(tmp_path: Path, run_id: str | None) -> None:
    """A run whose id leads out of the folder stays where it is; a command line's has none."""
    folder = tmp_path / "20260101-000000-mnist-abcdef"
    (folder / "snapshots").mkdir(parents=True)
    assert (run_id is None) == remove_run(folder, run_id)
    assert folder.is_dir() == (run_id is not None)
    assert {UNFINISHED, folder.name} >= {path.name for path in tmp_path.iterdir()}
