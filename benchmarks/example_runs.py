"""Makes the runs that Compare and Home show a learner who has none yet: the exercise, and shuffled pixels.

    python benchmarks/example_runs.py --data FOLDER

FOLDER holds the MNIST files. Trains two of the Compare page's comparisons, each in half a minute on two quiet cores,
and writes their settings and curves to explorer/lessons/runs: losses to three digits, no weights. --only exercise
trains one of them.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from explorer.core.network.layers import NetworkSpec
from explorer.core.network.networks import preset_name
from explorer.core.run.comparison import COMPARISONS
from explorer.core.run.records import Record, Steps
from explorer.core.run.train_config import TrainConfig
from explorer.exchange.run_folder import append, describe, read_records, read_run, write

ROOT = Path(__file__).resolve().parents[1]
STEPS_A_LINE = 50
SHOWN = ("exercise", "shuffled")


def train(config: TrainConfig, data: Path, out: Path) -> Path:
    """Trains as the command line does and returns the run's folder."""
    command = replace(config, data_folder=str(data)).command().split()[1:]
    subprocess.run([sys.executable, *command, "--out", str(out)], cwd=ROOT, check=True)
    return next(out.iterdir())


def shortened(records: Iterator[Record]) -> Iterator[Record]:
    """The same curves in less text: some steps a line, without what the Compare page does not draw."""
    gathered: list[float] = []
    steps = None
    for record in records:
        if isinstance(record, Steps):
            gathered += [float(f"{loss:.3g}") for loss in record.losses]
            steps = Steps(record.step, gathered, round(record.seconds, 3), round(record.images_per_second))
            if len(gathered) < STEPS_A_LINE:
                continue
        if steps:
            yield steps
            gathered, steps = [], None
        if not isinstance(record, Steps):
            yield record
    if steps:
        yield steps


def main() -> None:
    """Trains and writes them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--only", choices=SHOWN, action="append")
    chosen = parser.parse_args()
    data = chosen.data.resolve()
    for comparison, overrides in ((name, one) for name in chosen.only or SHOWN for one in COMPARISONS[name]):
        config = TrainConfig(**overrides)
        name = preset_name(NetworkSpec(config.network)) + "-shuffled" * config.shuffled_pixels
        folder = ROOT / "explorer" / "lessons" / "runs" / comparison / name
        with tempfile.TemporaryDirectory() as out:
            made = train(config, data, Path(out))
            records, run = list(shortened(read_records(made))), read_run(made)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "metrics.jsonl").unlink(missing_ok=True)
        write(folder, describe(config, records[0], [], run["step"], run["state"]), {})
        append(folder, records)
        print(json.dumps({"run": f"{comparison}/{name}", "bytes": (folder / "metrics.jsonl").stat().st_size}))


if __name__ == "__main__":
    main()
