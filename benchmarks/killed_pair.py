"""kill -9 of one of two servers that share a folder of runs: the other one takes up what it had.

Nothing here knows a number that is reported.
"""

import random
import time
from pathlib import Path

import psutil
from killed_servers import LONG_SECONDS, LONGEST, OWNERS, STUCK_SECONDS, Kills, ended, recorded

from explorer.core.run.train_config import TrainConfig
from explorer.runs.unfinished import Unfinished
from tests.operating.server_process import ServerProcess, leave

RUNS = 6  # one after the other: they last for some kills, for a server takes longer to start than a run to train


def kill_one_of_two(root: Path, config: TrainConfig, chance: random.Random, most: int, kills: Kills) -> list[Path]:
    """Runs on two servers; the one that has them is killed, and a new one started beside the other.

    Until the runs have ended, ``most`` times at most.
    """
    checkpoints = root / "checkpoints"
    owners = (OWNERS * RUNS)[:RUNS]
    leave(checkpoints, *(Unfinished(f"run{number}", config, owner) for number, owner in enumerate(owners)))
    servers = [ServerProcess(root), ServerProcess(root)]
    try:
        for _ in range(most):
            before = recorded(checkpoints)
            for server in servers:
                server.wait(lambda server=server: server.get("/ready")[0] == 200, STUCK_SECONDS)
            servers[0].wait(
                lambda before=before: recorded(checkpoints) != before or ended(servers[0], RUNS), STUCK_SECONDS
            )
            time.sleep(chance.uniform(0, LONGEST))
            if ended(servers[0], RUNS):
                break
            servers.sort(key=_runs_locked)
            killed = servers.pop()
            killed.process.kill()
            killed.process.wait()
            kills.left += killed.left(10)
            kills.look(checkpoints, sum(run["step"] for run in servers[0].runs()))
            servers.append(ServerProcess(root))
        servers[0].wait(lambda: ended(servers[0], RUNS), LONG_SECONDS)
    finally:
        for server in servers:
            server.__exit__()
    return sorted(checkpoints.glob("*-*"))


def _runs_locked(server: ServerProcess) -> int:
    return sum(file.path.endswith(".lock") for file in psutil.Process(server.process.pid).open_files())
