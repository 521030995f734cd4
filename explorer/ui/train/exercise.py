"""The Train page's settings as an exercise asks about them."""

from explorer.core.exercises.training_state import TrainingState
from explorer.core.run.train_config import TrainConfig


def training_state(config: TrainConfig) -> TrainingState:
    """A run with these settings."""
    return TrainingState(config.training_images, config.batch_size, config.epochs, config.lr, config.momentum)
