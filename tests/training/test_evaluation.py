"""What a network says of the test images: two bytes an image, from which all else is counted."""

import math

import pytest
import safetensors.torch
import torch
from torch import Tensor, nn

from explorer.core.run.records import Epoch
from explorer.core.run.train_config import TrainConfig
from explorer.training import evaluation
from explorer.training.data import DataSet
from explorer.training.evaluation import NO_ANSWER, Predictions, evaluate
from explorer.training.loop import Training
from tests.training.digits import easy_digits


def predictions_of(logits: Tensor, labels: list[int]) -> Predictions:
    """Those of a network that gives these logits (N, 10)."""
    data = DataSet(logits, torch.tensor(labels), logits, torch.tensor(labels))
    steps = evaluate(nn.Identity(), data)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def test_each_image_has_its_answer_and_how_sure_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Softmax's largest in 255ths, whatever the chunks; the share that is right beside it."""
    logits = torch.randn(501, 10, generator=torch.Generator().manual_seed(1)) * 4
    labels = torch.arange(501) % 10
    for chunk in (1000, 100):
        monkeypatch.setattr(evaluation, "EVALUATED_AT_ONCE", chunk)
        found = predictions_of(logits, labels.tolist())
        assert (10 * labels + logits.argmax(1)).tolist() == found.pair.tolist()
        assert (255 * logits.double().softmax(1).amax(1)).round().tolist() == pytest.approx(found.probability, abs=1)
        assert found.accuracy == (logits.argmax(1) == labels).sum().item() / 501


def test_logits_that_are_no_numbers_are_no_answer() -> None:
    """Neither a 0 nor any other digit, with no probability; and they count as not right."""
    logits = torch.eye(10)[[3, 3, 0]] * 100
    logits[1, 5], logits[2, 7] = math.nan, math.inf
    found = predictions_of(logits, [3, 3, 9])
    assert [33, NO_ANSWER + 3, NO_ANSWER + 9] == found.pair.tolist()
    assert [255, 0, 0] == found.probability.tolist()
    assert found.accuracy == 1 / 3
    assert math.isnan(predictions_of(torch.full((2, 10), math.nan), [0, 1]).accuracy)


def test_an_evaluations_predictions_are_those_of_its_weights() -> None:
    """Two bytes an image and a short header, which says after how many steps."""
    training = Training(TrainConfig(epochs=1, evaluate_every=2), easy_digits())
    for record in training.records():
        if isinstance(record, Epoch):
            assert record.test_accuracy == training.predictions.accuracy
            answers = training.network(training.data.test_images).argmax(1)
            assert answers.tolist() == (training.predictions.pair % 10).tolist()
    file = training.predictions.as_bytes(17)
    assert len(file) < 2 * len(answers) + 300
    assert b'"step":"17"' in file
    kept = safetensors.torch.load(file)
    assert training.predictions.pair.tolist() == kept["pair"].tolist()
    assert training.predictions.probability.tolist() == kept["probability"].tolist()
