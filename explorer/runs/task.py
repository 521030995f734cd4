"""What a worker is asked to do. The only door from the app to torch: the imports happen in the worker's process."""

from explorer.core.run.train_config import TrainConfig
from explorer.exchange.protocol import Assignment


def prepare() -> None:
    """Brings torch into the worker while the learner still reads: 1.6 s warm, 3 s and more cold."""
    import explorer.training.task  # noqa: F401  # pyright: ignore[reportUnusedImport] - importing is the work


def train(assignment: Assignment, config: TrainConfig) -> None:
    """Trains until the end, a stop or an error; see explorer.training.task.train."""
    from explorer.training.task import train

    train(assignment, config)
