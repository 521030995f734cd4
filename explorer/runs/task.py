"""What a worker is asked to do. The only door from the app to torch: the imports happen in the worker's process."""

from typing import Any, TypedDict

from explorer.core.train_config import TrainConfig


class Result(TypedDict):
    """How a training ended: ``weights`` are safetensors bytes, ``description`` is run.json's; None without a step.

    ``error`` is (sentence, numbers) of what the learner can put right.
    """

    state: str
    error: tuple[str, dict[str, Any]] | None
    weights: bytes | None
    description: dict[str, Any] | None


def prepare() -> None:
    """Brings torch into the worker while the learner still reads: 1.6 s warm, 3 s and more cold."""
    import explorer.training.task  # noqa: F401 - importing is the work


def train(run_id: str, config: TrainConfig) -> Result:
    """Trains until the end, a stop or an error; see explorer.training.task.train."""
    from explorer.training.task import train

    return train(run_id, config)
