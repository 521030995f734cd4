"""The lines of a script that use a GPU: each found in every script, and what a step does without it."""

from dataclasses import replace
from itertools import combinations

import pytest

from explorer.core.network.layers import NetworkSpec, layer, numbered
from explorer.core.network.networks import DENSE, PRESETS, SIMPLE_CNN
from explorer.core.run.device_moves import MOVES, SIGNS, failing_line, marked_lines, marked_script, move_lines, outcome
from explorer.core.run.train_config import TrainConfig
from explorer.core.run.training_script import train_code

CONFIGS = {
    "lecture": TrainConfig(),
    "steps": TrainConfig(schedule="onecycle", epochs=0.5, max_seconds=5),
    "bf16": TrainConfig(precision="bf16", label_smoothing=0.1),
    "offline": TrainConfig(data="offline", shuffled_pixels=True, images=1000, device="cuda"),
    "own files": TrainConfig(data="fashion", data_folder="files", optimizer="adam"),
}
CHOICES = [frozenset(chosen) for count in range(5) for chosen in combinations(MOVES, count)]


def script(name: str = "lecture") -> str:
    return train_code(NetworkSpec(SIMPLE_CNN), CONFIGS[name])


@pytest.mark.parametrize("name", CONFIGS)
def test_every_script_has_each_move_once(name: str) -> None:
    """Marked with its sign; the program itself stays as it was."""
    marked = marked_script(script(name), frozenset(), "")
    assert [1] * 5 == [marked.count(f"# {sign}") for sign in SIGNS]
    assert set(MOVES) == set(move_lines(script(name)))
    assert script(name).count(".to(device") == len(MOVES)
    compile(marked, "train.py", "exec")


@pytest.mark.parametrize("name", CONFIGS)
@pytest.mark.parametrize("part", MOVES)
def test_a_move_that_is_left_out_is_not_in_the_script(name: str, part: str) -> None:
    """Only this one; what remains is a program."""
    without = marked_script(script(name), frozenset({part}), "images")
    assert without.count(".to(device") == len(MOVES) - 1
    compile(without, "train.py", "exec")
    line = without.splitlines()[failing_line(without, "images") - 1]
    assert "images[rows]" in line
    assert line.endswith("✗")
    assert {*SIGNS, "✗"} == {one[4] for one in marked_lines(without).splitlines()}, "in front, never cut off"
    assert (
        f"{failing_line(without, 'images'):3} ✗ {line.strip().partition('  #')[0]}"
        in marked_lines(without).splitlines()
    )


def test_without_any_move_a_script_trains_on_the_cpu() -> None:
    """What the page says of all four left out: ``device`` is named and never used."""
    bare = marked_script(script(), frozenset(MOVES), "")
    assert ".to(device" not in bare
    assert not outcome(frozenset(MOVES), SIMPLE_CNN).fails_on


@pytest.mark.parametrize("left_out", CHOICES, ids=lambda chosen: "+".join(sorted(chosen)))
def test_a_step_runs_only_where_all_is_in_one_place(left_out: frozenset[str]) -> None:
    """Network, images and labels on one device, and row numbers there or on the CPU."""
    on_gpu = {part: part not in left_out for part in MOVES}
    together = len({on_gpu[part] for part in ("network", "images", "labels")}) == 1
    runs = together and (on_gpu["images"] or not on_gpu["rows"])
    assert runs == (not outcome(left_out, DENSE).fails_on)


@pytest.mark.parametrize(
    ("left_out", "layers", "fails_on", "words"),
    [
        (("network",), SIMPLE_CNN, "images", "Input type (torch.cuda.FloatTensor) and weight type (torch.FloatTensor)"),
        (("network",), DENSE, "images", "mat1 is on cuda:0, different from other tensors on cpu"),
        (("images",), SIMPLE_CNN, "images", "indices should be either on cpu"),
        (
            (
                "images",
                "rows",
            ),
            SIMPLE_CNN,
            "images",
            "Input type (torch.FloatTensor) and weight type (torch.cuda.",
        ),
        (
            (
                "images",
                "rows",
            ),
            DENSE,
            "images",
            "mat1 is on cpu, different from other tensors on cuda:0",
        ),
        (("labels",), SIMPLE_CNN, "labels", "indices should be either on cpu"),
        (
            (
                "labels",
                "rows",
            ),
            SIMPLE_CNN,
            "labels",
            "found at least two devices, cuda:0 and cpu!",
        ),
        (
            (
                "network",
                "images",
                "rows",
            ),
            SIMPLE_CNN,
            "labels",
            "found at least two devices, cpu and cuda:0!",
        ),
        (("rows",), SIMPLE_CNN, "", ""),
        (set(), SIMPLE_CNN, "", ""),
    ],
)
def test_the_first_thing_that_fails_is_told(left_out, layers, fails_on: str, words: str) -> None:
    """In the order in which a step computes: pick the images, the first layer, pick the labels, the loss."""
    told = outcome(frozenset(left_out), layers)
    assert fails_on == told.fails_on
    assert words in told.recorded


def test_what_was_not_recorded_is_not_made_up() -> None:
    """A network that begins with BatchNorm fails too; torch's words for it are not at hand."""
    layers = numbered([layer("norm", "BatchNorm2d", num_features=1), *SIMPLE_CNN])
    told = outcome(frozenset({"network"}), layers)
    assert (told.fails_on, told.recorded) == ("images", "")
    assert "norm" in str(told.why)


def test_every_network_is_told_its_own_layer() -> None:
    """The first with weights."""
    for stack in PRESETS.values():
        first = next(spec.name for spec in stack if spec.kind in ("Conv2d", "Linear"))
        assert first in str(outcome(frozenset({"network"}), stack).why)


def test_the_device_of_the_settings_does_not_matter() -> None:
    """A script for the CPU has the same moves."""
    cpu = train_code(NetworkSpec(SIMPLE_CNN), replace(TrainConfig(), device="cpu"))
    assert set(MOVES) == set(move_lines(cpu))
