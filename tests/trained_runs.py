"""Made-up runs, folded from records as a worker's are."""

import math

from explorer.core.run.records import Epoch, Started, Steps
from explorer.core.run.train_config import TrainConfig
from explorer.runs.run import Run

STEPS_AN_EPOCH, IMAGES = 20, 1250  # the last batch of 64 has 34


def trained_run(
    run_id: str, config: TrainConfig, owner: str = "", accuracy: float = 0.9, steps: int | None = None
) -> Run:
    """A run of so many steps, all of them unless said: 0.01 s each, the loss exp(−step / 10), tested each epoch."""
    run = Run(run_id, config, owner)
    total = int(STEPS_AN_EPOCH * config.epochs)
    run.add_record(Started("cpu", 1, 8490, IMAGES, STEPS_AN_EPOCH, total, {}))
    for step in range(1, (total if steps is None else steps) + 1):
        run.add_record(Steps(step, [math.exp(-step / 10)], step / 100, 6250.0))
        if step % STEPS_AN_EPOCH == 0:
            tested = accuracy - 0.1 * (total - step) / total
            run.add_record(Epoch(step / STEPS_AN_EPOCH, step, 0.5, tested, tested, 0.2, 6250.0, "cpu"))
    run.state = "finished" if run.step == total else "running"
    return run
