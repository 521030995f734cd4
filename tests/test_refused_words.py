"""A refused setting is called by its Chinese name, whoever refuses it."""

from collections.abc import Callable
from functools import partial

import pytest

from explorer.core import limits
from explorer.core.arithmetic.convolution import ConvSpec
from explorer.core.arithmetic.pooling import PoolSpec
from explorer.core.errors import WORD_FIELDS, SettingError
from explorer.core.network.layers import NetworkSpec, layer, numbered
from explorer.core.run.train_config import BOUNDS, CHOICES, TrainConfig
from tests.chinese import chinese


@pytest.mark.parametrize("name", [*BOUNDS, *CHOICES, "nesterov", "shuffled_pixels"])
@pytest.mark.parametrize("value", [-1, 1e12, "nonsense", 0.5])
def test_a_refused_setting_of_a_run_is_called_by_its_chinese_name(name: str, value: object) -> None:
    """Whatever is wrong with it."""
    try:
        TrainConfig(**{name: value})
    except SettingError as error:
        assert_words_are_known(error)
    except TypeError:
        assert isinstance(value, str)  # which a link's reading and the command line's have refused before


CONV = (
    *({name: (number, number)} for name in ("padding", "stride", "dilation") for number in (-1, 99)),
    *({name: number} for name in ("in_channels", "out_channels", "groups") for number in (0, 99)),
    *({"input_size": size} for size in ((0, 5), (999, 5), (2, 2))),
    *({"kernel_size": size} for size in ((0, 3), (3, 8), (6, 6), (1, 7), (7, 1))),
    {"output_padding": (99, 99)},
    {"padding_mode": "nonsense"},
    {"transposed": True, "input_size": (64, 64), "stride": (5, 5)},
)
POOL = ((9, 1, 0, 1), (2, 9, 0, 1), (2, 1, 9, 1), (2, 1, 0, 9), (2, 1, 2, 1), (7, 1, 0, 1))
LAYERS = (
    ("Conv2d", {"in_channels": 1.5, "out_channels": 1, "kernel_size": 1}),
    ("Dropout", {"p": 0.123456}),
    ("MaxPool2d", {"kernel_size": 2, "ceil_mode": 3}),
)
REFUSED: tuple[Callable[[], object], ...] = (
    *(partial(ConvSpec, **({"input_size": (5, 5), "kernel_size": (3, 3), "padding": (0, 0)} | one)) for one in CONV),
    *(partial(PoolSpec, (5, 5), *((number, number) for number in numbers)) for numbers in POOL),
    *(partial(NetworkSpec, (), image) for image in ((0, 28, 28), (1, 0, 28), (1, 28, 999))),
    lambda: NetworkSpec(numbered([layer("relu", "ReLU")] * (limits.MAX_LAYERS + 1))),
    *(partial(layer, "one", kind, **options) for kind, options in LAYERS),
)


@pytest.mark.parametrize("make", REFUSED)
def test_a_refused_setting_of_a_layer_is_called_by_its_chinese_name(make: Callable[[], object]) -> None:
    """On every page."""
    with pytest.raises(SettingError) as refused:
        make()
    assert_words_are_known(refused.value)


def assert_words_are_known(error: SettingError) -> None:
    assert {word for name, word in error.sentence.numbers.items() if name in WORD_FIELDS} <= set(chinese())
