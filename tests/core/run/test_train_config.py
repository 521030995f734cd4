"""The settings of a run check themselves."""

import json
import math
import pickle
import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core import limits
from explorer.core.errors import SettingError
from explorer.core.network.layers import NetworkSpec, layer, numbered
from explorer.core.network.link import decode
from explorer.core.network.networks import PRESETS, SIMPLE_CNN
from explorer.core.run.recipes import RECIPES
from explorer.core.run.records import Change
from explorer.core.run.train_config import TrainConfig, parse_change
from explorer.training.arguments import config_of, parse
from tests.configs import configs


def test_the_defaults_are_the_lectures_recipe() -> None:
    """Ten epochs, batches of 64, SGD with rate 0.01 and momentum 0.5."""
    config = TrainConfig()
    assert (10, 64, 0.01, 0.5) == (config.epochs, config.batch_size, config.lr, config.momentum)
    assert config.network == SIMPLE_CNN


def test_settings_survive_json() -> None:
    """What a file holds is the same settings again."""
    config = TrainConfig(data="offline", epochs=3, lr=0.05, seed=7, data_folder="digits")
    assert config == TrainConfig.from_dict(json.loads(json.dumps(config.as_dict())))


def test_layers_survive_json() -> None:
    """Fractions too, beside whole numbers."""
    network = numbered([layer("dropout", "Dropout", p=0.25), *PRESETS["lenet"]])
    config = TrainConfig(network=network)
    assert config == TrainConfig.from_dict(json.loads(json.dumps(config.as_dict())))


def named_network(config: TrainConfig) -> str | None:
    """What the command says behind --network."""
    words = shlex.split(config.command())
    return words[words.index("--network") + 1] if "--network" in words else None


@pytest.mark.parametrize("name", PRESETS)
def test_the_command_names_a_ready_made_network(name: str) -> None:
    """By its own name; the lecture's simple CNN goes without saying."""
    expected = None if name == "simple" else name
    assert expected == named_network(TrainConfig(network=PRESETS[name]))


def test_the_command_spells_any_other_network() -> None:
    """As a link does, so that it can be read again: here the simple CNN with a dropout before its last layer."""
    network = (*SIMPLE_CNN[:-1], layer("dropout", "Dropout", p=0.2), SIMPLE_CNN[-1])
    text = named_network(TrainConfig(network=network))
    assert "1_1x28x28_c1-10-5_m2_r_c10-20-5_m2_r_f_dp0.2_l320-10" == text
    assert NetworkSpec(network) == decode(text)


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("epochs", 0),
        ("epochs", limits.MAX_EPOCHS + 1),
        ("batch_size", limits.MAX_BATCH_SIZE + 1),
        ("lr", -0.01),
        ("lr", math.nan),
        ("momentum", 1.0),
        ("seed", -1),
        ("threads", 257),
    ],
)
def test_a_number_out_of_bounds_is_refused_with_its_bounds(setting: str, value: float) -> None:
    """The sentence names the setting and its number, and still does after a journey by pickle."""
    with pytest.raises(
        SettingError, match=f"{setting[:5].replace('lr', 'learning rate')}.* is {value}, outside"
    ) as refused:
        TrainConfig(**{setting: value}).within_limits()
    travelled = pickle.loads(pickle.dumps(refused.value))
    assert (refused.value.sentence.text, str(refused.value)) == (travelled.sentence.text, str(travelled))


def test_what_another_server_allows_is_read() -> None:
    """Or this one did, when the run was started; what no server needs is not."""
    large = TrainConfig(epochs=limits.MAX_EPOCHS + 1, batch_size=limits.MAX_BATCH_SIZE + 1, max_seconds=10**6)
    assert large == TrainConfig.from_dict(large.as_dict())
    for setting, value in {"epochs": 1e7, "batch_size": 60_001, "max_seconds": math.inf}.items():
        with pytest.raises(SettingError, match="outside"):
            TrainConfig(**{setting: value})


@pytest.mark.parametrize(("setting", "value"), [("images", 2.5), ("batch_size", 64.0), ("seed", True)])
def test_counts_are_whole_numbers(setting: str, value: object) -> None:
    """Two and a half images are no setting, and neither is 64.0 for a batch; half an epoch is one."""
    with pytest.raises(SettingError, match="not a whole number"):
        TrainConfig(**{setting: value})
    assert 0.5 == TrainConfig(epochs=0.5).epochs


@pytest.mark.parametrize(
    ("setting", "value"),
    [("data", "cifar"), ("device", "tpu"), ("optimizer", "lion"), ("schedule", "warm"), ("precision", "fp8")],
)
def test_an_unknown_choice_is_answered_with_the_known_ones(setting: str, value: str) -> None:
    """The sentence says what there is to choose from."""
    with pytest.raises(SettingError, match=f"{value} is unknown. Choose one of "):
        TrainConfig(**{setting: value})


@pytest.mark.parametrize("change", [Change(5, lr=-1.0), Change(5, momentum=1.0), Change(-1, lr=0.1)])
def test_a_change_has_the_settings_bounds(change: Change) -> None:
    """What may not be set at the beginning may not be set later."""
    with pytest.raises(SettingError, match="outside"):
        TrainConfig(changes=(change,))


@pytest.mark.parametrize("text", ["", "5", "five:lr=1", "5:rate=1", "5:lr", "5:lr=quick"])
def test_a_change_that_cannot_be_read_is_explained(text: str) -> None:
    """The sentence shows how one is written."""
    with pytest.raises(SettingError, match=r"500:lr=0\.1,momentum=0\.9"):
        parse_change(text)


def test_nesterov_needs_a_momentum() -> None:
    """As torch says, in a sentence; Adam has none of it."""
    for settings in ({"momentum": 0.0}, {"optimizer": "adam"}):
        with pytest.raises(SettingError, match="needs a momentum above 0"):
            TrainConfig(nesterov=True, **settings)


@given(st.data())
def test_the_command_and_json_say_every_setting(data: st.DataObject) -> None:
    """Whatever is set, the command line parses to the same settings again, and so does run.json."""
    config = data.draw(configs())
    assert config == config_of(parse(shlex.split(config.command())[3:]))
    assert config == TrainConfig.from_dict(json.loads(json.dumps(config.as_dict())))


def test_the_command_of_a_stopped_run_stops_there_too() -> None:
    """As the command line's own option spells it."""
    assert TrainConfig().command(500).endswith(" --stop-after 500")
    assert 500 == parse(shlex.split(TrainConfig().command(500))[3:]).stop_after


@pytest.mark.parametrize("recipe", RECIPES)
def test_every_recipe_is_one_that_can_be_set(recipe: str) -> None:
    """And only the lecture's is the default."""
    assert (recipe == "lecture") == (TrainConfig(**RECIPES[recipe]) == TrainConfig())
