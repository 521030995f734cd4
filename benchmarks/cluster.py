"""Runs on a cluster whose workers are killed: does each of them end as if nothing had happened?

    python benchmarks/cluster.py [--runs 10 --workers 3 --epochs 15 --every 20] [--short]

One `dask scheduler` and some `dask worker` processes on this machine, the app's own side of runs in this process. All
runs once undisturbed, then all of them again while the worker that has lived longest is killed (SIGKILL) every so many
seconds and a new one started. Trains on offline digits, a seed a run. Exit status 1 where a weight or a step differs.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from arguments import parser

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
STUCK_SECONDS = 300  # without a step between two kills
MOST_DEATHS = "100"  # under one run: here workers die far more often than any server's do
os.environ |= {"CNN_EXPLORER_MAX_DEATHS": MOST_DEATHS, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": MOST_DEATHS}

from explorer.core.run.records import Epoch, Steps  # noqa: E402 - the limits are read at the first import
from explorer.core.run.train_config import TrainConfig  # noqa: E402
from explorer.exchange.run_folder import WEIGHTS, read_records  # noqa: E402
from explorer.runs.run import Run  # noqa: E402
from explorer.runs.runs import Runs  # noqa: E402


def _options() -> argparse.Namespace:
    options = parser(__doc__)
    options.add_argument("--runs", type=int, default=10)
    options.add_argument("--workers", type=int, default=3)
    options.add_argument("--epochs", type=int, default=15)
    options.add_argument("--every", type=float, default=20.0, help="seconds between two kills")
    chosen = options.parse_args()
    if chosen.short:
        chosen.runs, chosen.workers, chosen.epochs, chosen.every = 2, 2, 3, 4.0
    return chosen


class Workers:
    """`dask worker` processes that belong to one scheduler."""

    def __init__(self, address: str, count: int) -> None:
        self._address = address
        self.processes = [self._start() for _ in range(count)]
        self.killed = 0

    def kill_one(self) -> None:
        """The one that has lived longest; another one takes its place."""
        victim = self.processes.pop(0)
        victim.send_signal(signal.SIGKILL)
        victim.wait()
        self.killed += 1
        self.processes.append(self._start())

    def close(self) -> None:
        """Ends all of them."""
        for process in self.processes:
            process.kill()
            process.wait()

    def _start(self) -> subprocess.Popen:
        options = ["--nthreads", "1", "--no-nanny", "--no-dashboard"]
        return _process("distributed.cli.dask_worker", self._address, *options, OMP_WAIT_POLICY="PASSIVE")


def main() -> int:
    """Prints a table; returns the exit status."""
    options = _options()
    configs = [TrainConfig(data="offline", epochs=options.epochs, threads=1, seed=seed) for seed in range(options.runs)]
    with tempfile.TemporaryDirectory() as folder, _scheduler(Path(folder)) as address:
        os.environ["CNN_EXPLORER_SCHEDULER"] = address
        workers, runs = Workers(address, options.workers), Runs(Path(folder) / "runs")
        try:
            quiet, quiet_seconds = _all(runs, configs)
            disturbed, seconds = _all(runs, configs, workers.kill_one, options.every)
            return _print(quiet, quiet_seconds, disturbed, seconds, workers.killed)
        finally:
            runs.close()
            workers.close()


def _all(
    runs: Runs, configs: list[TrainConfig], disturb: Callable[[], object] | None = None, every: float = 0.5
) -> tuple[list[Run], float]:
    """All runs, a learner each, to their ends, and the seconds from the first step to the last end."""
    started = [runs.start(config, f"learner {number}") for number, config in enumerate(configs)]
    _wait(started, lambda: any(run.step for run in started), 120)
    began = time.perf_counter()
    while any(run.unfinished for run in started):
        before = _steps(started)
        _wait(started, lambda: not any(run.unfinished for run in started), every)
        if disturb and any(run.unfinished for run in started):
            # A busy machine starts a worker slowly: without a step in between nothing would ever end.
            _wait(started, lambda before=before: _steps(started) != before, STUCK_SECONDS)
            disturb()
    return started, time.perf_counter() - began


def _steps(runs: list[Run]) -> list[tuple[int, bool]]:
    return [(run.step, run.unfinished) for run in runs]


def _wait(runs: list[Run], until: Callable[[], bool], seconds: float) -> None:
    """At most so long; a page, too, looks twice a second."""
    end = time.monotonic() + seconds
    while not until() and time.monotonic() < end:
        with runs[-1].changed:
            runs[-1].changed.wait(0.2)


def _print(quiet: list[Run], quiet_seconds: float, disturbed: list[Run], seconds: float, killed: int) -> int:
    print("| run | ended | steps | workers lost | weights | every step and evaluation |\n|---|---|---|---|---|---|")
    same = 0
    for one, other in zip(quiet, disturbed, strict=True):
        equal = [
            one.folder is not None and other.folder is not None and part(one.folder) == part(other.folder)
            for part in (_weights, _figures)
        ]
        same += all(equal)
        words = ["equal" if found else "DIFFER" for found in equal]
        print(f"| seed {one.config.seed} | {other.state} | {other.step:,} | {other.deaths} | {words[0]} | {words[1]} |")
    print(f"\n{same} of {len(quiet)} runs equal their undisturbed twins; {killed} workers killed.")
    print(f"{seconds:.0f} s, {seconds / quiet_seconds:.2f} × undisturbed ({quiet_seconds:.0f} s).")
    return 0 if same == len(quiet) else 1


def _weights(folder: Path) -> bytes:
    return (folder / WEIGHTS).read_bytes()


def _figures(folder: Path) -> list[tuple]:
    """Every step's loss and accuracy, every evaluation's figures; all but the seconds."""
    found = []
    for record in read_records(folder):
        if isinstance(record, Steps):
            found += zip(range(record.step, 0, -1), reversed(record.losses), reversed(record.accuracies), strict=False)
        elif isinstance(record, Epoch):
            found.append((record.step, record.train_loss, record.train_accuracy, record.test_accuracy))
    return sorted(found)


@contextmanager
def _scheduler(folder: Path) -> Iterator[str]:
    """A `dask scheduler` on a free port; its address."""
    file = folder / "scheduler.json"
    options = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file)]
    process = _process("distributed.cli.dask_scheduler", *options)
    try:
        while not (file.is_file() and '"address"' in file.read_text()):
            if process.poll() is not None:
                raise RuntimeError("the scheduler did not start")
            time.sleep(0.1)
        yield json.loads(file.read_text())["address"]
    finally:
        process.kill()
        process.wait()


def _process(module: str, *options: str, **environment: str) -> subprocess.Popen:
    path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    return subprocess.Popen(
        [sys.executable, "-m", module, *options],
        env={**os.environ, **environment, "PYTHONPATH": path},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


if __name__ == "__main__":
    sys.exit(main())
