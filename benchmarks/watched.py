"""What watching a run on the open Train page takes from its speed: rows of training.py that need a Chromium."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import servers
from table import Row

sys.path.insert(0, str(servers.ROOT))
from explorer.exchange.run_folder import read_run

EPOCHS = 3  # of a run; the first one is left out of its speed


def watched(data: Path | None, repetitions: int, lecture: Callable[[], float]) -> Iterator[Row]:
    """The lecture's loop (``lecture()``: images a second), the command line and the open page, in turns.

    The last two train alike, on as many threads as the app takes by itself.
    """
    base, alone, seen = [], [], []
    with servers.bench(data, repetitions) as bench, servers.serve(bench.app) as server:
        for _ in range(repetitions):
            base.append(lecture())
            alone += _command_line(bench)
            with servers.training_page(bench, server, EPOCHS) as page:
                page.get_by_text(servers.ENDED).wait_for()
            *_, newest = sorted(Path(os.environ["CNN_EXPLORER_CHECKPOINTS"]).iterdir())
            seen += [epoch["images_per_second"] for epoch in read_run(newest)["epochs"][1:]]
    yield Row("command line, no page", "images/s", alone, "the lecture's loop", base, "")
    yield Row("watched on the open page", "images/s", seen, "the lecture's loop", base, "")
    yield Row("watched on the open page", "images/s", seen, "the command line", alone, "≥ 0.95 ×")


def _command_line(bench: servers.Bench) -> list[float]:
    """Images a second of each epoch but the first."""
    command = [sys.executable, "-m", "explorer.training", "--json", "--data", bench.data, "--epochs", str(EPOCHS)]
    command += ["--out", str(bench.folder / "command-line")]
    lines = subprocess.run(command, cwd=servers.ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
    return [json.loads(line)["images_per_second"] for line in lines[1:]]
