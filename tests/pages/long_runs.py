"""Runs as long as they may get: every curve full, a test after each step, the largest picture of ten digits."""

from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save

from explorer.components.run_looks import LOOKS
from explorer.core import limits
from explorer.core.network.link import decode
from explorer.core.run.records import Change, Epoch, Started, Steps
from explorer.runs.run import Run
from tests.pages.made_runs import MadeRuns, config

STEPS = 2 * limits.MAX_POINTS_DRAWN
NETWORK = decode("1_1x28x28" + "_c1-1-3p1_b1_r" * 12 + "_f_l784-10").layers
SEVENTH = 1 / 7  # numbers that take all their digits


def largest_probe(rng: np.random.Generator) -> bytes:
    """As many numbers as a look may have."""
    count = limits.MAX_PROBE_NUMBERS
    kernels = rng.normal(size=(count // 784, 28, 28)).astype(np.float32)
    tensors = {
        "step": np.array(STEPS),
        "images": rng.integers(0, 256, (10, 28, 28)).astype(np.uint8),
        "labels": np.arange(10),
        "probabilities": rng.dirichlet(np.ones(10), 10).astype(np.float32),
        "kernels": kernels,
        "kernels_before": kernels / 3,
        "maps": rng.integers(0, 256, (10, count // 7840, 28, 28)).astype(np.uint8),
        "maps_largest": np.array(2.5, np.float32),
    }
    return save(tensors)


def longest_run(number: int) -> Run:
    """One whose settings all differ from the others'."""
    rng = np.random.default_rng(number)
    seconds, rate, weighted = SEVENTH * (number + 1), 1000 + SEVENTH, [one.name for one in NETWORK if one.options]
    settings = {
        "seed": number,
        "lr": SEVENTH / (number + 1),
        "epochs": limits.MAX_EPOCHS,
        "weight_decay": 0.01 * number,
    }
    run = Run(f"run-{number}", config(network=NETWORK, evaluate_every=1, **settings), "somebody", "stopped")
    run.add_record(
        Started("cpu", 1, 8490, 60_000, 938, 938 * limits.MAX_EPOCHS, {"python": "3.11.7", "torch": "2.15.0+cpu"})
    )
    for step, (loss, right) in enumerate(rng.random((STEPS, 2)).tolist(), 1):
        norms = dict.fromkeys(weighted, loss)
        run.add_record(Steps(step, [loss], step * seconds, rate, [right], run.config.lr, norms))
        run.add_record(Epoch(step / 938, step, loss, right, right, step * seconds, rate, "cpu"))
    for step in range(50):
        run.add_record(Change(step, lr=SEVENTH / (step + 1)))
    run.probe = largest_probe(rng)
    return run


def install_longest_runs(monkeypatch: pytest.MonkeyPatch, folder: Path) -> MadeRuns:
    """As many as can be compared, in the place of the server's."""
    made = MadeRuns(folder).install(monkeypatch)
    for number in range(len(LOOKS)):
        made.add(longest_run(number))
    return made
