"""What whole test sets answer: against a plain loop over the images, one by one."""

import json
import subprocess
import sys

import numpy as np
import pytest
import torch
from torch import nn

from explorer.core import limits
from explorer.core.data.digits import draw_digits
from explorer.core.data.transformations import TRANSFORMATIONS, Amounts, transformed
from explorer.core.network.networks import SIMPLE_CNN
from explorer.core.run.train_config import TrainConfig
from explorer.exchange.answers import EXPLAINED
from explorer.exchange.folders import SHIPPED
from explorer.exchange.run_folder import read_run
from explorer.exchange.study_files import PATCHES, QUESTIONS, STUDIES
from explorer.exchange.test_images import LabelledImages
from explorer.training import study, whole_test_set
from explorer.training.accuracy_curve import accuracy_curve
from explorer.training.checkpoint import load_run
from explorer.training.pixel_order import shuffled
from explorer.training.strongest_patches import strongest_patches
from explorer.training.whole_test_set import WholeTestSet

COUNT = 1203  # no multiple of what is asked at once


@pytest.fixture(scope="module")
def network() -> nn.Sequential:
    """The simple CNN that ships."""
    return load_run(SHIPPED["simple"])[1]


@pytest.fixture(scope="module")
def images() -> WholeTestSet:
    """Digits that the project draws, as if they were the network's test set."""
    ink, labels = draw_digits(COUNT, 3)
    return WholeTestSet(LabelledImages(ink, labels.astype(np.uint8)), TrainConfig(network=SIMPLE_CNN, data="mnist"))


@pytest.mark.parametrize("name", TRANSFORMATIONS)
def test_a_curve_is_what_a_plain_loop_counts(network: nn.Sequential, images: WholeTestSet, name: str) -> None:
    """The first and the last amount, and the one that changes nothing; noise is each image's own."""
    range_ = TRANSFORMATIONS[name]
    amounts = sorted({range_.lowest, range_.neutral, range_.highest})
    curve = accuracy_curve(network, images, name, amounts)
    assert [amount for amount, _ in curve] == amounts
    for amount, share in curve:
        right = 0
        for start in range(0, COUNT, 401):  # other parts than it takes itself
            ink = images.images.images[start : start + 401].astype(np.float32) / 255
            changed = torch.from_numpy(transformed(ink, Amounts(**{name: amount}), start)).unsqueeze(1)
            with torch.no_grad():
                answers = network((changed - 0.1307) / 0.3081).argmax(1)
            right += int((answers.numpy() == images.images.labels[start : start + 401]).sum())
        assert share == pytest.approx(right / COUNT, abs=2 / COUNT)  # a tie may fall either way by rounding


def test_shuffled_pixels_are_shuffled_after_the_digit_was_changed() -> None:
    """It is the digit that is shifted, not the heap of its pixels."""
    config = TrainConfig(network=SIMPLE_CNN, shuffled_pixels=True)
    ink = transformed(draw_digits(3, 1)[0].astype(np.float32) / 255, Amounts(right=4))
    whole = WholeTestSet(LabelledImages(ink, np.zeros(3, np.uint8)), config)
    expected = shuffled((torch.from_numpy(ink) - 0.1307) / 0.3081)
    torch.testing.assert_close(whole.as_input(ink)[:, 0], expected)


def test_logits_that_are_no_numbers_are_no_answer(images: WholeTestSet) -> None:
    """A network that diverged reads nothing: argmax alone would call each digit a 0."""
    broken = nn.Sequential(nn.Flatten(), nn.Linear(784, 10))
    with torch.no_grad():
        broken[1].weight.fill_(torch.nan)
    assert accuracy_curve(broken, images, "right", [0, 5]) == [(0, 0.0), (5, 0.0)]


def test_the_strongest_patches_are_those_of_all_maps_of_all_images(
    network: nn.Sequential, images: WholeTestSet
) -> None:
    """Nine images of each map, the highest first, and the unit there has that value; vectors have none."""
    found = strongest_patches(network, images)
    maps = images.as_input(images.images.images.astype(np.float32) / 255)
    with torch.no_grad():
        for layer, module in enumerate(network):
            maps = module(maps)
            assert (found[layer] is None) == (maps.dim() == 2)
            for channel, patches in enumerate(found[layer] or []):
                values = maps[:, channel].flatten(1).amax(1)
                best = values.topk(9).values.clamp(min=0)
                np.testing.assert_allclose([patch[3] for patch in patches], best[best > 0], rtol=1e-3)
                assert len({number for number, *_ in patches}) == len(patches)
                for number, row, column, value in patches:
                    assert maps[number, channel, row, column].item() == pytest.approx(value, rel=1e-3)


def test_a_map_that_is_dark_on_every_image_has_no_patch(images: WholeTestSet) -> None:
    """Nor one that is no number; what is above 0 in two images alone has two."""
    layers = nn.Sequential(nn.Conv2d(1, 3, 28), nn.ReLU())
    with torch.no_grad():
        layers[0].weight.zero_()
        layers[0].bias.copy_(torch.tensor([-1.0, torch.nan, 1.0]))
    few = WholeTestSet(LabelledImages(*(part[:2] for part in images.images)), images.config)
    found = strongest_patches(layers, few)
    assert [[len(patches) for patches in layer] for layer in found] == [[0, 0, 2], [0, 0, 2]]


def test_a_large_networks_patches_stay_few(
    network: nn.Sequential, images: WholeTestSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each layer's first maps have theirs."""
    monkeypatch.setattr(limits, "MAX_PATCHES", 9 * 30)
    found = [layer for layer in strongest_patches(network, images) if layer]
    assert {len(layer) for layer in found} == {5}  # 30 maps for 6 layers


def test_the_command_answers_in_json(
    monkeypatch: pytest.MonkeyPatch, images: WholeTestSet, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """With the step of the weights, and how far it is beside it."""
    monkeypatch.setattr(whole_test_set, "read_test_images", lambda data: images.images)
    assert study.main(SHIPPED["simple"], "invert") == 0
    written, said = capfdbinary.readouterr()
    assert json.loads(written)["step"] == read_run(SHIPPED["simple"])["step"]
    assert len(json.loads(written)["answer"]) == 11
    assert said.splitlines()[-1] == b"progress 1203 1203"


def test_a_test_set_that_is_not_there_is_said(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """With the way to it."""
    monkeypatch.setattr(whole_test_set, "read_test_images", lambda data: None)
    assert study.main(SHIPPED["simple"], "invert") == EXPLAINED
    text, numbers = json.loads(capfd.readouterr().out)
    assert "Train once" in text
    assert numbers == {"title": "MNIST"}


@pytest.mark.parametrize("name", SHIPPED)
def test_what_ships_has_all_answers(name: str) -> None:
    """Of its own weights: accuracy without a change is what its run says it reached."""
    run = read_run(SHIPPED[name])
    answers = {
        question: json.loads((SHIPPED[name] / STUDIES / f"{question}.json").read_bytes()) for question in QUESTIONS
    }
    assert {answer["step"] for answer in answers.values()} == {run["step"]}
    layers = answers.pop(PATCHES)["answer"]["layers"]
    assert len(layers) == len(run["settings"]["network"])
    for question, kept in answers.items():
        neutral = dict(map(tuple, kept["answer"]))[TRANSFORMATIONS[question].neutral]
        assert neutral == pytest.approx(run["epochs"][-1]["test_accuracy"], abs=1e-6)


def test_a_study_needs_no_torchvision() -> None:
    """Importing it takes as long as torch itself."""
    code = "import sys, explorer.training.study; print('torchvision' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
