"""The confusion matrix of a run's last evaluation."""

from explorer.components.confusion import confusion_view
from explorer.core.run.train_config import TrainConfig
from explorer.runs.run import Run
from explorer.ui.confusion_words import MATRIX_WORDS
from explorer.ui.data_names import class_names
from explorer.ui.language import mark, say_all
from explorer.ui.predictions import newest_predictions

WORDS = MATRIX_WORDS | {
    "empty": mark("Empty until the first test: then a row for each class, and in it what its images were read as."),
}


def run_confusion(config: TrainConfig, run: Run | None) -> None:
    """Draws it; an empty one before there is any. Where the predictions are is all that is sent."""
    config = run.config if run else config
    found = newest_predictions(run.id, run.folder) if run and run.folder else None
    step, address = found or (0, "")
    epoch = round(step / run.started.steps_per_epoch, 2) if run and run.started else 0
    confusion_view(address, epoch, class_names(config.data), words=say_all(WORDS), key="train_confusion")
