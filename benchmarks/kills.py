"""Whether runs survive what is killed under them, to the last bit, and leave no broken file.

    python benchmarks/kills.py [--only command] [--data FOLDER] [--kills 20] [--seed 0] [--short]

kill -9 at random moments of: a training on the command line; the app's worker; the whole server, which is then started
anew; a Dask scheduler elsewhere, with its worker; of two servers that share a folder, the one that has the runs. Each
time the runs go on, by themselves or resumed, until they end; then the next ones, with another seed, until there were
enough kills of each. Every run's weights, losses and evaluations are compared with those of its undisturbed twin, and
after each kill of a server's part all files are read. FOLDER holds MNIST's files; without it offline digits are drawn.
Exit status 1 where anything differs or is broken.
"""

import random
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from arguments import parser
from killed_pair import kill_one_of_two
from killed_servers import Kills, finish, kill_schedulers, kill_servers, kill_workers

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from explorer.core.run.records import Epoch, Steps
from explorer.core.run.train_config import TrainConfig
from explorer.exchange.run_folder import METRICS, WEIGHTS, read_records

ROOT = Path(__file__).resolve().parents[1]
RECIPE = ("--epochs", "3", "--optimizer", "adamw", "--schedule", "cosine", "--threads", "1")
CONFIG = TrainConfig(data="offline", epochs=20, threads=1)
SERVERS = {"worker": kill_workers, "server": kill_servers, "scheduler": kill_schedulers, "pair": kill_one_of_two}
LONGEST = 3.0  # seconds of training to the next kill; the states are a second apart


def main() -> None:
    """Parse, kill, compare, print."""
    options = parser(__doc__)
    options.add_argument("--only", choices=["command", *SERVERS], help="kill nothing else")
    options.add_argument("--kills", type=int, default=20)
    options.add_argument("--seed", type=int, default=0)
    chosen = options.parse_args()
    wanted = 1 if chosen.short else chosen.kills
    data = str(chosen.data or "offline")
    print("| killed | seed | kills, after step | weights | losses and evaluations |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        if chosen.only in (None, "command"):
            kill_commands(Path(folder), data, random.Random(chosen.seed), wanted, chosen.seed)
        for name in [chosen.only] if chosen.only else SERVERS:
            if name in SERVERS:
                kill_a_servers(name, Path(folder, name), random.Random(chosen.seed), wanted, chosen.seed)


def kill_commands(folder: Path, data: str, chance: random.Random, wanted: int, seed: int) -> None:
    """Of the command line."""
    kills = 0
    while kills < wanted:
        recipe = [*RECIPE, "--data", data, "--seed", str(seed)]
        whole = finished([*recipe, "--out", f"{folder}/whole-{seed}"])
        out = Path(folder, f"killed-{seed}")
        steps = killed([*recipe, "--out", str(out)], out, chance, wanted - kills)
        compare("command", seed, steps, whole, list(out.iterdir()))
        kills, seed = kills + len(steps), seed + 1


def kill_a_servers(name: str, folder: Path, chance: random.Random, wanted: int, seed: int) -> None:
    """Of a part of a server, or of all of it; on offline digits."""
    kills = Kills()
    while len(kills.steps) < wanted:
        config, before = replace(CONFIG, seed=seed), len(kills.steps)
        whole = finish(folder / f"whole-{seed}", config)
        disturbed = SERVERS[name](folder / f"killed-{seed}", config, chance, wanted - before, kills)
        compare(name, seed, kills.steps[before:], whole, disturbed)
        seed += 1
    print(
        f"{len(kills.steps)} kills: {len(kills.broken)} broken files, {kills.left} processes left, {kills.anew} runs"
        " trained from the beginning, for they had saved nothing yet",
        flush=True,
    )
    if kills.broken or kills.left:
        raise SystemExit("\n".join(kills.broken) or 1)


def compare(name: str, seed: int, steps: list[int], whole: Path, disturbed: list[Path]) -> None:
    """Prints a row; ends where a run is not its twin."""
    weights = all((whole / WEIGHTS).read_bytes() == (one / WEIGHTS).read_bytes() for one in disturbed)
    told = all(report(whole) == report(one) for one in disturbed)
    names = {True: "equal, to the last bit", False: "DIFFERENT"}
    after = f"{len(steps)}: {', '.join(map(str, steps))}"
    print(f"| {name} | {seed} | {after} | {names[weights]} | {names[told]} |", flush=True)
    if not (weights and told):
        raise SystemExit(1)


def killed(arguments: list[str], out: Path, chance: random.Random, most: int) -> list[int]:
    """Runs to the end with ``most`` kills at most; returns the steps that had been reported at each."""
    steps: list[int] = []
    while len(steps) < most:
        process = start(arguments)
        began, wait, before = None, chance.uniform(0.0, LONGEST), size(out)
        while process.poll() is None:
            if began is None and size(out) != before:  # it trains: the time to the kill begins
                began = time.monotonic()
            if began is not None and time.monotonic() - began > wait:
                process.kill()
            time.sleep(0.005)
        if process.returncode == 0:
            return steps
        (folder,) = out.iterdir()
        steps.append(max(record.step for record in read_records(folder)))
        arguments = ["--resume", str(folder)]
    finished(arguments)
    return steps


def size(out: Path) -> int:
    """Bytes of the records reported so far."""
    return sum(path.stat().st_size for path in out.glob(f"*/{METRICS}"))


def start(arguments: list[str]) -> subprocess.Popen[str]:
    """The command line in a process of its own."""
    command = [sys.executable, "-m", "explorer.training", *arguments]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def finished(arguments: list[str]) -> Path:
    """Runs to the end; returns the run's folder."""
    process = start(arguments)
    _, errors = process.communicate()
    if process.returncode:
        raise SystemExit(errors)
    return Path(errors.split("saved ")[1].strip())


def report(folder: Path) -> tuple[list[float], list[tuple]]:
    """Every step's loss and every evaluation, without how long they took."""
    records = list(read_records(folder))
    losses = [loss for record in records if isinstance(record, Steps) for loss in record.losses]
    epochs = [record for record in records if isinstance(record, Epoch)]
    return losses, [(record.step, record.train_loss, record.test_accuracy) for record in epochs]


if __name__ == "__main__":
    main()
