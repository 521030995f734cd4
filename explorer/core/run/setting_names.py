"""What sentences call the settings of a run."""

from collections.abc import Mapping

from explorer.core.errors import mark

NAMES: Mapping[str, str] = {
    "data": mark("data"),
    "images": mark("number of training images"),
    "shuffled_pixels": mark("shuffling of pixels"),
    "epochs": mark("number of epochs"),
    "batch_size": mark("batch size"),
    "optimizer": mark("optimizer"),
    "lr": mark("learning rate"),
    "momentum": mark("momentum"),
    "nesterov": mark("Nesterov momentum"),
    "weight_decay": mark("weight decay"),
    "label_smoothing": mark("label smoothing"),
    "schedule": mark("schedule of the learning rate"),
    "target_accuracy": mark("test accuracy to stop at"),
    "max_seconds": mark("number of seconds to stop after"),
    "evaluate_every": mark("number of steps between tests"),
    "seed": mark("seed"),
    "device": mark("device"),
    "threads": mark("number of threads"),
    "precision": mark("precision"),
}
