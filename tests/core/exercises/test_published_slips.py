"""The slips as they were seen in forums and issues, with the wrong and the right number that stood there."""

import pytest

from explorer.core.exercises.every import BY_NAME
from explorer.core.exercises.parameter_count import Kernels, conv_parameters, linear_parameters
from explorer.core.exercises.stack_maps import NetworkState, maps
from explorer.core.exercises.training_state import TrainingState
from explorer.core.exercises.window_size import Axis, windows
from explorer.core.network.layers import NetworkSpec, layer
from explorer.core.network.networks import SIMPLE_CNN

TUTORIALS = [  # PyTorch's own: 16 channels of 6×6 behind kernels of 3
    layer("conv1", "Conv2d", in_channels=1, out_channels=6, kernel_size=3),
    layer("pool1", "MaxPool2d", kernel_size=2),
    layer("conv2", "Conv2d", in_channels=6, out_channels=16, kernel_size=3),
    layer("pool2", "MaxPool2d", kernel_size=2),
]


@pytest.mark.parametrize(
    ("axis", "slip", "wrong", "right"),
    [
        (Axis(28, 4), "plus_one_forgotten", 24, 25),
        (Axis(8, 3, padding=1), "padding_once", 7, 8),
        (Axis(22, 3, stride=2), "ceil_for_floor", 11, 10),
        (Axis(28, 3, stride=3), "tensorflow_same", 10, 9),
    ],
)
def test_sizes(axis: Axis, slip: str, wrong: int, right: int) -> None:
    """28 by a kernel of 4; 8 by 3 with padding 1; 22 by 3 in steps of 2; 28 by 3 in steps of 3."""
    assert (right,) == windows(axis).answer
    assert (wrong,) == windows(axis, slip).answer


def test_parameters() -> None:
    """608 and 208 of the course forums; 5,020 and 520 of the lecture's second layer; 33,024 and 32,896."""
    assert (608,) == conv_parameters(Kernels(3, 8, 5, 5)).answer
    assert (208,) == conv_parameters(Kernels(3, 8, 5, 5), "input_channels_forgotten").answer
    assert (5020,) == conv_parameters(Kernels(10, 20, 5, 5)).answer
    assert (520,) == conv_parameters(Kernels(10, 20, 5, 5), "input_channels_forgotten").answer
    assert (33_024,) == linear_parameters(128, 256).answer
    assert (32_896,) == linear_parameters(128, 256, "bias_per_input").answer


def test_the_tutorials_map_of_six_is_not_its_kernel() -> None:
    """32×32 pixels come to 16·6·6, of which 16·3·3 is the kernel's slip."""
    assert (16, 6, 6) == maps(TUTORIALS, (1, 32, 32)).answer
    assert (16, 5, 5) == maps(TUTORIALS).answer  # MNIST's 28×28
    assert (16, 6, 6) == maps(TUTORIALS, slip="image_32").answer


def test_the_lectures_own_numbers() -> None:
    """320 features, 8,490 parameters, 938 steps an epoch at 64."""
    simple = NetworkState(NetworkSpec(SIMPLE_CNN))
    assert (320,) == BY_NAME["network_in_features"].ask(simple).right.answer
    assert (8490,) == BY_NAME["network_parameters"].ask(simple).right.answer
    assert (14 + 2,) == BY_NAME["network_field"].ask(simple).right.answer
    steps = BY_NAME["train_steps"].ask(TrainingState())
    assert (938,) == steps.right.answer
    assert (937,) == steps.slips["floor_for_ceil"].answer
