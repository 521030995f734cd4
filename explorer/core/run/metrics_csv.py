"""A run's records as a table: one line a step, for a spreadsheet or a plot of one's own."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any

from explorer.core.run.records import Change, Epoch, Record, Started, Steps

STEP = ("step", "loss", "batch_accuracy")
REPORT = ("lr", "seconds", "images_per_second")
TEST = ("epoch", "train_loss", "train_accuracy", "test_accuracy")
CHANGE = ("new_lr", "new_momentum")


def metrics_csv(records: Iterable[Record]) -> str:
    """A header and a line for each step, in order; what was not measured at a step is left empty.

    ``lr``, ``seconds``, ``images_per_second`` and the layers' ``grad_norm.<layer>`` stand at the last step of each
    report, ``epoch`` and the accuracies (0..1) where the network was tested, ``new_lr`` and ``new_momentum`` where they
    were changed. Numbers are written in full, a loss that is none as nan.
    """
    records = list(records)
    layers = dict.fromkeys(layer for one in records if isinstance(one, Steps) for layer in one.grad_norms)
    columns = [*STEP, *REPORT, *(f"grad_norm.{layer}" for layer in layers), *TEST, *CHANGE]
    file = StringIO()
    table = csv.DictWriter(file, columns, restval="", lineterminator="\n")
    table.writeheader()
    table.writerows(_joined(records))
    return file.getvalue()


def _joined(records: Iterable[Record]) -> Iterator[dict[str, Any]]:
    """A row a step: what is said of the same step by several records stands in one."""
    last: dict[str, Any] = {}
    for row in (row for record in records for row in _rows(record)):
        if last and row["step"] != last["step"]:
            yield last
            last = {}
        last |= row
    if last:
        yield last


def _rows(record: Record) -> Iterator[dict[str, Any]]:
    match record:
        case Steps():
            first = record.step - len(record.losses) + 1
            accuracies = record.accuracies or [""] * len(record.losses)
            report = {name: getattr(record, name) for name in REPORT}
            report |= {f"grad_norm.{layer}": norm for layer, norm in record.grad_norms.items()}
            for step, loss, accuracy in zip(range(first, record.step + 1), record.losses, accuracies, strict=True):
                more = report if step == record.step else {}
                yield {"step": step, "loss": loss, "batch_accuracy": accuracy, **more}
        case Epoch():
            yield {"step": record.step, **{name: getattr(record, name) for name in TEST}}
        case Started():
            return
        case Change():
            yield {"step": record.step, "new_lr": record.lr, "new_momentum": record.momentum}
