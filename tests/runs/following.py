"""What the tests of runs share: short trainings, waiting for something, and what must be equal in two runs."""

import os
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from explorer.core.run.records import Epoch, Steps
from explorer.core.run.train_config import TrainConfig
from explorer.exchange.run_folder import WEIGHTS, read_records
from explorer.runs.run import Run
from explorer.runs.runs import Runs

SECONDS = 240  # a generous bound: with all cores busy importing torch alone takes a minute
ME, SOMEBODY = "me", "somebody else"
SHORT = TrainConfig(data="offline", epochs=2, threads=1)  # 64 steps
LONGER = replace(SHORT, epochs=32)  # some 4 s: long enough to be disturbed
LONG = replace(SHORT, epochs=50)


def wait(run: Run, until: Callable[[], bool]) -> None:
    """Returns when ``until`` is true of the run."""
    with run.changed:
        assert run.changed.wait_for(until, SECONDS), f"still {run.state} at step {run.step}: {run.error}"


def ended(run: Run) -> str:
    """Its state, when it has ended."""
    wait(run, lambda: not run.unfinished)
    return run.state


def over(runs: Runs, run: Run) -> str:
    """Its state, when nothing is written of it any more."""
    with runs._scheduler._released:
        assert runs._scheduler._released.wait_for(lambda: run.id not in runs._scheduler._active, SECONDS)
    return run.state


def finish(runs: Runs, config: TrainConfig, owner: str = ME) -> Run:
    """A run from its beginning to its end."""
    run = runs.start(config, owner)
    assert ended(run) == "finished", run.error
    return run


def stop(runs: Runs, *stopped: Run) -> None:
    """Ends these runs."""
    for run in stopped:
        runs.steer(run, "stop", run.owner)
    for run in stopped:
        ended(run)


def pause(runs: Runs, run: Run, epochs: int = 1) -> None:
    """After so many whole epochs. Asked for before the run begins: however late its worker, it is not over by then."""
    for epoch in range(1, epochs + 1):
        runs.steer(run, "epoch", run.owner)
        wait(run, lambda whole=32 * epoch: run.step == whole and run.state == "paused")


def kill_workers(runs: Runs, most: int | None = None, when: Callable[[], None] = lambda: None) -> None:
    """kill -9, as the system does where memory runs out; at once after ``when``, for a short run goes on meanwhile."""
    client = runs._scheduler._cluster._client
    pids = list(client.run(os.getpid).values())[:most]
    when()
    for pid in pids:
        os.kill(pid, signal.SIGKILL)


def workers_of(runs: Runs, folder: Path) -> dict[str, str]:
    """The settings by which another server uses the workers of this one; its certificate is written into ``folder``."""
    client = runs._scheduler._cluster._client
    certificate, key = client.security.tls_client_cert, client.security.tls_client_key
    texts = {"TLS_CA": certificate, "TLS_CERT": certificate, "TLS_KEY": key}
    for name, text in texts.items():
        (folder / name).write_text(text)
    files = {f"CNN_EXPLORER_{name}": str(folder / name) for name in texts}
    return {"CNN_EXPLORER_SCHEDULER": client.scheduler.address, **files}


def end_like_a_kill(runs: Runs) -> None:
    """What is on disk stays as it is, and the locks are free: as the system leaves a process that is killed."""
    claims = runs._claims
    claims.close()
    for run_id in list(claims._locks):
        claims.release(run_id)


def outcome(folder: Path) -> tuple[bytes, list[tuple], list[tuple]]:
    """What two runs of the same settings have in common: weights, every step, every evaluation; all but the seconds."""
    steps, epochs = [], []
    for record in read_records(folder):
        if isinstance(record, Steps):
            first = record.step - len(record.losses) + 1
            steps += zip(range(first, record.step + 1), record.losses, record.accuracies, strict=True)
        elif isinstance(record, Epoch):
            epochs.append((record.step, record.train_loss, record.train_accuracy, record.test_accuracy))
    return (folder / WEIGHTS).read_bytes(), steps, epochs
