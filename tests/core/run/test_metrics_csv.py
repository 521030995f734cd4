"""A run's records as a table."""

import csv
import math
from io import StringIO

from explorer.core.run.metrics_csv import metrics_csv
from explorer.core.run.records import Change, Epoch, Started, Steps

STARTED = Started("cpu", 1, 8490, 100, 4, 8, {"torch": "2"})
TESTED = Epoch(1.0, 4, 0.5, 0.8, 0.9, 1.5, 100.0, "cpu")


def table(*records: object) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(metrics_csv(records))))


def test_each_step_is_a_line() -> None:
    """Three steps reported together are three lines; what was measured once stands at the last of them."""
    rows = table(STARTED, Steps(3, [2.0, 1.5, 1.25], 0.5, 64.0, [0.1, 0.2, 0.3], 0.01, {"conv1": 0.7}))
    assert ["1", "2", "3"] == [row["step"] for row in rows]
    assert ["2.0", "1.5", "1.25"] == [row["loss"] for row in rows]
    assert ["0.1", "0.2", "0.3"] == [row["batch_accuracy"] for row in rows]
    assert ["", "", "0.01"] == [row["lr"] for row in rows]
    assert ["", "", "0.7"] == [row["grad_norm.conv1"] for row in rows]


def test_a_test_and_a_change_stand_at_their_step() -> None:
    """They share the step's line, and have one of their own where no step was reported."""
    rows = table(Steps(4, [1.0] * 4, 1, 1), TESTED, Change(4, lr=0.1), Change(6, momentum=0.9))
    assert ["1", "2", "3", "4", "6"] == [row["step"] for row in rows]
    assert ("0.9", "0.1", "1.0") == (rows[3]["test_accuracy"], rows[3]["new_lr"], rows[3]["loss"])
    assert ("0.9", "") == (rows[4]["new_momentum"], rows[4]["loss"])


def test_a_loss_that_is_no_number_is_written_as_nan() -> None:
    """Float reads it back."""
    assert math.isnan(float(table(Steps(1, [math.nan], 1, 1))[0]["loss"]))


def test_a_run_without_a_step_is_a_header() -> None:
    """Which a spreadsheet opens, too."""
    assert [] == table(STARTED)
    assert "step,loss,batch_accuracy" == metrics_csv([])[:24]
