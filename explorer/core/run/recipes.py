"""Ready-made settings: the lecture's recipe, and quicker ones for the same network."""

from collections.abc import Mapping
from typing import Any

# What differs from TrainConfig's defaults, which are the lecture's. Measured by benchmarks/training.py --only accuracy.
RECIPES: Mapping[str, Mapping[str, Any]] = {
    "lecture": {},
    "fast": {
        "epochs": 0.3,
        "batch_size": 32,
        "lr": 0.0715,
        "momentum": 0.9,
        "nesterov": True,
        "schedule": "onecycle",
        "label_smoothing": 0.1,
        "evaluate_every": 100,
    },
    "fast99": {
        "epochs": 2.5,
        "batch_size": 96,
        "lr": 0.1043,
        "momentum": 0.9,
        "nesterov": True,
        "schedule": "onecycle",
        "label_smoothing": 0.02,
        "weight_decay": 0.001,
        "evaluate_every": 250,
    },
}
# What suits an optimizer where nothing else is said; for Adam and AdamW momentum is torch's first beta.
OPTIMIZERS: Mapping[str, Mapping[str, float]] = {
    "sgd": {"lr": 0.01, "momentum": 0.5},
    "adam": {"lr": 0.001, "momentum": 0.9},
    "adamw": {"lr": 0.001, "momentum": 0.9},
}
