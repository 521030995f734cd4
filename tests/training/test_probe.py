"""What the page shows of ten digits is what the network says of them."""

import pytest
import torch
from safetensors.numpy import load

from explorer.core import limits
from explorer.core.network.link import decode
from explorer.core.network.networks import PRESETS
from explorer.core.run.train_config import TrainConfig
from explorer.training.loop import Training
from explorer.training.network import build
from explorer.training.probe import Probe
from tests.training.digits import easy_digits

DIGITS = easy_digits()


@pytest.mark.parametrize("name", PRESETS)
def test_the_answers_are_the_networks(name: str) -> None:
    """One digit of each class, the probabilities of a forward pass, kernels and maps of the layers they belong to."""
    training = Training(TrainConfig(epochs=1, network=PRESETS[name]), DIGITS)
    probe = Probe(training)
    for _ in training.records():
        pass
    look = load(probe.measure())
    assert list(range(10)) == look["labels"].tolist()
    rows = [next(row for row, label in enumerate(DIGITS.test_labels) if label == digit) for digit in range(10)]
    with torch.no_grad():
        expected = training.network(DIGITS.test_images[rows]).softmax(1)
    torch.testing.assert_close(expected, torch.from_numpy(look["probabilities"]))
    assert 3 == look["step"]
    first = next(layer for layer in training.network if hasattr(layer, "weight"))
    shape = first.weight.shape[-2:] if first.weight.dim() == 4 else (28, 28)
    found = torch.from_numpy(look["kernels"])
    torch.testing.assert_close(first.weight.detach().reshape(-1, *shape)[: len(found)], found)
    before = build(PRESETS[name], 0)
    torch.testing.assert_close(
        next(layer for layer in before if hasattr(layer, "weight")).weight.detach().reshape(-1, *shape)[: len(found)],
        torch.from_numpy(look["kernels_before"]),
    )
    assert ("maps" in look) == (name != "dense")


def test_maps_share_a_scale() -> None:
    """255 is the largest value of all; what is drawn times the scale is what the second convolution reads."""
    training = Training(TrainConfig(), DIGITS)
    look = load(Probe(training).measure())
    rows = [next(row for row, label in enumerate(DIGITS.test_labels) if label == digit) for digit in range(10)]
    with torch.no_grad():
        maps = training.network[:3](DIGITS.test_images[rows])
    assert (10, 10, 12, 12) == look["maps"].shape
    assert maps.max().item() == pytest.approx(float(look["maps_largest"]))
    drawn = torch.from_numpy(look["maps"]).float() / 255 * float(look["maps_largest"])
    torch.testing.assert_close(maps, drawn, atol=float(look["maps_largest"]) / 255, rtol=0)


@pytest.mark.parametrize("text", ["1_1x28x28_c1-12-27p13_r_c12-10-3s2_f_l1690-10", "1_1x28x28_f_l784-500_l500-10"])
def test_a_look_has_a_bounded_number_of_maps_and_kernels(text: str) -> None:
    """However many and large they are: the page gets new ones twice a second."""
    look = load(Probe(Training(TrainConfig(network=decode(text).layers), DIGITS)).measure())
    for name in {"maps", "kernels"} & look.keys():
        assert 0 < look[name].size <= limits.MAX_PROBE_NUMBERS


def test_a_class_that_is_missing_leaves_a_digit_all_the_same() -> None:
    """A test set of one class: ten digits are shown, each with its true label."""
    lone = DIGITS._replace(test_labels=torch.full_like(DIGITS.test_labels, 4))
    look = load(Probe(Training(TrainConfig(), lone)).measure())
    assert [4] * 10 == look["labels"].tolist()
