"""kill -9 of the app's worker, of the whole server, of a Dask scheduler elsewhere: what is left, and how runs go on.

Nothing here knows a number that is reported.
"""

import json
import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from safetensors import SafetensorError, deserialize

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
MOST_DEATHS = "1000"  # under one run: here they die far more often than any server's do
DIGITS = "2000"  # that an epoch trains on: 32 steps
os.environ |= {"CNN_EXPLORER_MAX_DEATHS": MOST_DEATHS, "CNN_EXPLORER_OFFLINE_DIGITS": DIGITS, "OMP_NUM_THREADS": "1"}

from explorer.core.run.train_config import TrainConfig  # noqa: E402 - the limits are read at the first import
from explorer.exchange.run_folder import METRICS, NAME  # noqa: E402
from explorer.runs.run import Run  # noqa: E402
from explorer.runs.runs import Runs  # noqa: E402
from explorer.runs.unfinished import Unfinished  # noqa: E402
from tests.operating.server_process import ServerProcess, free_port, leave  # noqa: E402

LONGEST = 2.0  # seconds from a run's progress to the kill; states are saved a second apart
STUCK_SECONDS, LONG_SECONDS = 300.0, 900.0  # to a run's next step, and to the end of all, on a busy machine
OWNERS = ("a", "a", "b")  # of the runs on a server: one is under way, the others wait


@dataclass
class Kills:
    """What the kills came to: ``steps`` at each; files that cannot be read; processes left ten seconds later."""

    steps: list[int] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    anew: int = 0  # runs that had saved nothing yet, and were trained from the beginning
    left: int = 0

    def look(self, root: Path, steps: int) -> None:
        """After one of them."""
        self.steps.append(steps)
        self.broken += broken_files(root)


def broken_files(root: Path) -> list[str]:
    """Each file of each run is read whole; the last line of the records may be cut off, as every reader knows."""
    found = []
    for path in (path for path in root.rglob("*") if path.is_file() and not path.name.startswith(".")):
        try:
            if path.suffix == ".safetensors":
                deserialize(path.read_bytes())
            elif path.name == METRICS:
                [json.loads(line) for line in path.read_text("utf-8").splitlines(keepends=True) if line.endswith("\n")]
            elif path.suffix == ".json":
                json.loads(path.read_text("utf-8"))
        except (ValueError, SafetensorError) as error:
            found.append(f"{path.relative_to(root)}: {error}")
    return found


def finish(root: Path, config: TrainConfig) -> Path:
    """A run that nothing disturbs, its folder."""
    runs = Runs(root)
    run = runs.start(config, "twin")
    _wait(lambda: not run.unfinished)
    runs.close()
    return _folder(run)


def kill_workers(root: Path, config: TrainConfig, chance: random.Random, most: int, kills: Kills) -> list[Path]:
    """One run; its worker is killed until it ends, ``most`` times at most."""
    runs = Runs(root)
    run = runs.start(config, "a")
    for _ in range(most):
        _train_on(run, chance)
        if not run.unfinished:
            break
        for worker in _workers(psutil.Process()):
            worker.kill()
        kills.look(root, run.step)
        died = run.deaths
        _wait(lambda died=died: run.deaths > died or not run.unfinished)
    _wait(lambda: not run.unfinished)
    runs.close()
    return [_folder(run)]


def kill_servers(root: Path, config: TrainConfig, chance: random.Random, most: int, kills: Kills) -> list[Path]:
    """Three runs on a server that is killed and started anew until they have ended, ``most`` times at most."""
    checkpoints = root / "checkpoints"
    named = [Unfinished(f"run{number}", config, owner) for number, owner in enumerate(OWNERS)]
    leave(checkpoints, *named)
    for _ in range(most):
        with ServerProcess(root) as server:
            before = recorded(checkpoints)
            server.wait(lambda before=before: recorded(checkpoints) != before, STUCK_SECONDS)
            time.sleep(chance.uniform(0, LONGEST))
            if ended(server, len(named)):
                break
            server.process.kill()
            server.process.wait()
            kills.left += server.left(10)
            kills.look(checkpoints, sum(run["step"] for run in server.runs()))
    with ServerProcess(root) as server:
        server.wait(lambda: ended(server, len(named)), LONG_SECONDS)
        server.process.terminate()
        server.process.wait()
    return sorted(path for path in checkpoints.iterdir() if NAME.fullmatch(path.name))


def kill_schedulers(root: Path, config: TrainConfig, chance: random.Random, most: int, kills: Kills) -> list[Path]:
    """One run on a scheduler elsewhere, which is killed with its worker; its learner resumes it on the next one."""
    os.environ["CNN_EXPLORER_SCHEDULER"] = address = f"tcp://127.0.0.1:{free_port()}"
    try:
        runs, run = Runs(root), None
        for number in range(most + 1):
            with _scheduler(address) as scheduler:
                kills.anew += bool(run and not run.resumable)
                run = runs.resume(run, "a") if run and run.resumable else runs.start(config, "a")
                if number == most:
                    _wait(lambda run=run: not run.unfinished)
                    break
                _train_on(run, chance)
                if not run.unfinished:
                    break
                scheduler.kill()
                _wait(lambda run=run: not run.unfinished)
            kills.look(root, run.step)
        runs.close()
        return [_folder(run)]
    finally:
        del os.environ["CNN_EXPLORER_SCHEDULER"]


def _train_on(run: Run, chance: random.Random) -> None:
    """Returns at a random moment after the run's next step, or at its end."""
    step = run.step
    _wait(lambda: run.step > step or not run.unfinished)
    end = time.monotonic() + chance.uniform(0, LONGEST)
    _wait(lambda: time.monotonic() > end or not run.unfinished)


def _wait(until: Callable[[], bool]) -> None:
    deadline = time.monotonic() + STUCK_SECONDS
    while not until():
        if time.monotonic() > deadline:
            raise SystemExit("a run is stuck")
        time.sleep(0.01)


def _folder(run: Run) -> Path:
    if run.state != "finished" or run.folder is None:
        raise SystemExit(f"a run is {run.state}: {run.error}")
    return run.folder


def _workers(app: psutil.Process) -> list[psutil.Process]:
    return [child for child in app.children(recursive=True) if "spawn_main" in " ".join(child.cmdline())]


def recorded(root: Path) -> int:
    """Bytes of all records reported so far."""
    return sum(path.stat().st_size for path in root.glob(f"*/{METRICS}"))


def ended(server: ServerProcess, count: int) -> bool:
    """Whether so many runs have, by themselves."""
    return ["finished"] * count == [run["state"] for run in server.runs()]


@contextmanager
def _scheduler(address: str) -> Iterator[subprocess.Popen]:
    """A `dask scheduler` and its one worker; gone afterwards."""
    port = address.rpartition(":")[2]
    scheduler = _dask("scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard")
    worker = _dask("worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard")
    try:
        _wait(lambda: _answers(int(port)))
        yield scheduler
    finally:
        for process in (worker, scheduler):
            process.kill()
            process.wait()


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def _dask(program: str, *options: str) -> subprocess.Popen:
    path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    return subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.dask_{program}", *options],
        env={**os.environ, "OMP_WAIT_POLICY": "PASSIVE", "PYTHONPATH": path},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
