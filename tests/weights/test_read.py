"""What a sound file of weights comes to: float32 by name, in the module's order, whichever way it was saved."""

import sys
from collections.abc import Callable

import numpy as np
import pytest
import safetensors.torch
import torch
from torch import Tensor, nn

from explorer.core import limits
from explorer.core.errors import DataError
from explorer.core.network.networks import SIMPLE_CNN
from explorer.training.state_dict import WRAPPERS, rewritten
from explorer.weights import torch_file
from explorer.weights.read import read_weights
from explorer.weights.torch_file import READER
from tests.components.trained import trained
from tests.weights.saved import torch_saved

NET = trained(SIMPLE_CNN, 1)
STATE = dict(NET.state_dict())


@pytest.fixture(autouse=True)
def torch_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Torch reads in this process, which has loaded it, unless a test is about the other one."""
    if "processes" not in request.keywords:
        monkeypatch.setattr(READER, "answer_to", lambda data, most_bytes: rewritten(data)[:most_bytes])


def assert_holds(data: bytes, expected: dict[str, Tensor], rounding: float = 0) -> None:
    found = read_weights(data).tensors
    assert found.keys() == expected.keys()
    for name, tensor in expected.items():
        assert found[name].dtype == np.float32
        np.testing.assert_allclose(found[name], tensor.numpy(), rtol=rounding, atol=0)


SAVED: dict[str, Callable[[dict[str, Tensor]], bytes]] = {
    "torch.save": torch_saved,
    "torch.save before 1.6": lambda state: torch_saved(state, old=True),
    "of parameters": lambda state: torch_saved({name: nn.Parameter(tensor) for name, tensor in state.items()}),
    "safetensors": safetensors.torch.save,
}


@pytest.mark.parametrize("way", SAVED)
def test_weights_come_back_to_the_last_bit(way: str) -> None:
    """As torch.save and safetensors write them."""
    assert_holds(SAVED[way](STATE), STATE)


@pytest.mark.parametrize("kind", [torch.float64, torch.float16, torch.bfloat16])
@pytest.mark.parametrize("way", ["torch.save", "safetensors"])
def test_other_floats_become_float32(kind: torch.dtype, way: str) -> None:
    """Exactly: each of their numbers is one of float32's too, but for float64's."""
    state = {name: tensor.to(kind) for name, tensor in STATE.items()}
    assert_holds(SAVED[way](state), {name: tensor.float() for name, tensor in state.items()})


@pytest.mark.parametrize("key", WRAPPERS)
def test_a_checkpoint_is_unwrapped(key: str) -> None:
    """Beside the optimizer's state and the epoch; which is told."""
    optimizer = torch.optim.Adam(NET.parameters())
    checkpoint = {"epoch": 3, "loss": torch.tensor(0.1), key: STATE, "optimizer": optimizer.state_dict()}
    file = read_weights(torch_saved(checkpoint))
    assert file.tensors.keys() == STATE.keys()
    assert [str(remark) for remark in file.remarks] == [f"The file is a checkpoint: what is under {key} in it is read."]


@pytest.mark.parametrize("beginning", ["module.", "_orig_mod.", "module._orig_mod."])
def test_what_wrappers_put_before_the_names_is_left_out(beginning: str) -> None:
    """DataParallel and torch.compile; which is told."""
    file = read_weights(torch_saved({f"{beginning}{name}": tensor for name, tensor in STATE.items()}))
    assert file.tensors.keys() == STATE.keys()
    assert beginning.startswith(file.remarks[0].numbers["beginning"])


def test_the_order_is_the_modules_and_numbers_go_by_size() -> None:
    """safetensors sorts by name, where 10 comes before 2."""
    layers = [nn.Linear(2, 2) for _ in range(12)]
    state = dict(nn.Sequential(*layers).state_dict())
    order = [f"{number}.weight" for number in range(12)]
    for data in (torch_saved(state), safetensors.torch.save(state)):
        assert [name for name in read_weights(data).tensors if name.endswith("weight")] == order


def test_batch_normalisations_counter_is_no_weight() -> None:
    """Its averages are."""
    state = dict(nn.BatchNorm1d(3).state_dict())
    for data in (torch_saved(state), safetensors.torch.save(state)):
        assert read_weights(data).shapes.keys() == {"weight", "bias", "running_mean", "running_var"}


REFUSED = {
    "empty": (b"", "The file is empty"),
    "too large": (bytes(limits.MAX_WEIGHTS_BYTES + 1), r"The file has 10\.0 MB, more than the 10 MB .* 2,000,000"),
    "a picture": (b"\x89PNG\r\n\x1a\n", "of the kind PNG, and holds no weights"),
    "nothing known": (b"\1\2\3" * 50, "neither safetensors nor written by torch.save"),
    "cut off": (torch_saved(STATE)[:-40], "cut off or damaged"),
    "a whole module": (
        torch_saved(NET),
        r"names torch\.nn\.modules\.container\.Sequential.*Save model\.state_dict\(\)",
    ),
    "another protocol": (torch_saved(STATE, pickle_protocol=4), "without another pickle_protocol"),
    "whole numbers": (torch_saved({"a": torch.arange(3)}), "a holds numbers of the type I64"),
    "no number": (torch_saved({"a": torch.tensor([1.0, float("nan")])}), "a: 1 of its 2 numbers are NaN or infinite"),
    "too large for float32": (torch_saved({"a": torch.tensor([1e300]).double()}), "a holds|a: 1 of its 1 numbers"),
    "sparse": (torch_saved({"a": torch.zeros(2, 2).to_sparse()}), "a holds numbers of the type sparse_coo"),
    "no tensors": (torch_saved({"a": torch.zeros(1), "b": 3}), "b in the file is of the type int"),
    "a list": (torch_saved([1]), "of the type list, and no state_dict"),
    "no weights": (safetensors.torch.save({"num_batches_tracked": torch.zeros(1)}), "holds no weights"),
}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_with_the_way_out(name: str) -> None:
    """One sentence, with what is wrong in it."""
    data, sentence = REFUSED[name]
    with pytest.raises(DataError, match=sentence):
        read_weights(data)


@pytest.mark.processes
def test_torch_reads_in_a_process_of_its_own() -> None:
    """The same weights, and what is told of them."""
    assert_holds(torch_saved({"state_dict": STATE}), STATE)


@pytest.mark.parametrize(
    "code", ["while True: pass", "held = b'1' * 2 * 10**9; input()", "print('no line')", "print('{}')", "print('[1]')"]
)
@pytest.mark.processes
def test_a_process_that_is_not_itself_any_more_is_given_up(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that costs too much, and one that answers what it never says."""
    monkeypatch.setattr(READER, "command", [sys.executable, "-c", code])
    monkeypatch.setattr(READER, "seconds", 0.5)
    with pytest.raises(DataError, match="Reading the file takes more than the 10 s or 1000 MB that one may cost"):
        torch_file.as_safetensors(torch_saved(STATE))
