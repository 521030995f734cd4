"""Whether a run that is killed again and again ends as the run that never was.

    python benchmarks/kills.py [--data FOLDER] [--kills 20] [--seed 0] [--short]

A run on the command line gets kill -9 at random moments, each time resumed from its folder, until it ends; then the
next run, with another seed, until there were enough kills. Every run's weights, losses and evaluations are compared
with those of its undisturbed twin. FOLDER holds MNIST's files; without it offline digits are drawn.
"""

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from arguments import parser

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from explorer.core.run.records import Epoch, Steps
from explorer.exchange.run_folder import METRICS, WEIGHTS, read_records

ROOT = Path(__file__).resolve().parents[1]
RECIPE = ("--epochs", "3", "--optimizer", "adamw", "--schedule", "cosine", "--threads", "1")
LONGEST = 3.0  # seconds of training to the next kill; the states are a second apart


def main() -> None:
    """Parse, kill, compare, print."""
    options = parser(__doc__)
    options.add_argument("--kills", type=int, default=20)
    options.add_argument("--seed", type=int, default=0)
    chosen = options.parse_args()
    wanted = 1 if chosen.short else chosen.kills
    chance, kills, seed = random.Random(chosen.seed), 0, chosen.seed
    print("| seed | kills, after step | weights | losses and evaluations |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        while kills < wanted:
            recipe = [*RECIPE, "--data", str(chosen.data or "offline"), "--seed", str(seed)]
            whole = finished([*recipe, "--out", f"{folder}/whole-{seed}"])
            out = Path(folder, f"killed-{seed}")
            steps = killed([*recipe, "--out", str(out)], out, chance, wanted - kills)
            (disturbed,) = out.iterdir()
            weights = (whole / WEIGHTS).read_bytes() == (disturbed / WEIGHTS).read_bytes()
            told = report(whole) == report(disturbed)
            names = {True: "equal, to the last bit", False: "DIFFERENT"}
            print(
                f"| {seed} | {len(steps)}: {', '.join(map(str, steps))} | {names[weights]} | {names[told]} |",
                flush=True,
            )
            kills, seed = kills + len(steps), seed + 1
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
