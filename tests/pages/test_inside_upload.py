"""Weights of one's own on the Inside page: taken, compared with lists of layers, opened, and what is said of it all."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
import safetensors.numpy
import safetensors.torch
import torch
from streamlit.testing.v1 import AppTest
from torch import Tensor

from explorer.core.network.networks import DENSE, LENET_5, PRESETS, SIMPLE_CNN
from explorer.training.state_dict import rewritten
from explorer.ui.kept_weights import KeptWeights, kept_weights
from explorer.weights.torch_file import READER
from tests.components.trained import trained
from tests.pages.app import open_page, sent, shown_text, widget
from tests.ui.test_weights import ask
from tests.weights.saved import torch_saved


@pytest.fixture(autouse=True)
def _torch_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(READER, "answer_to", lambda data, most_bytes: rewritten(data)[:most_bytes])


def uploaded(at: AppTest, data: bytes, name: str = "mine.pt") -> AppTest:
    return at.file_uploader[0].set_value((name, data, "")).run()


def served(at: AppTest) -> dict[str, np.ndarray]:
    """The tensors that the browser fetches, from the one address that it is told."""
    ((_, address),) = sent(at)["weights"]
    return safetensors.numpy.load(ask(f"/{address}").body)


def assert_same(found: Mapping[str, np.ndarray], state: Mapping[str, Tensor]) -> None:
    assert found.keys() == state.keys()
    for name, tensor in state.items():
        np.testing.assert_array_equal(found[name], tensor.numpy())


def said(at: AppTest) -> str:
    return shown_text("\n".join(one.value for one in (*at.markdown, *at.caption, *at.warning)))


def compared_with(at: AppTest) -> Any:
    return next(box for box in at.selectbox if box.key.startswith("inside_compared"))


def press(at: AppTest, label: str) -> AppTest:
    return next(button for button in at.button if button.label == label).click().run()


def test_a_file_that_fits_is_opened_at_once() -> None:
    """Under the network's own names, and by a link that says what it is; the renaming is told."""
    state = trained(SIMPLE_CNN, 3).state_dict()
    theirs = {name.replace("conv", "features.").replace("fc", "out"): tensor for name, tensor in state.items()}
    at = open_page("inside")
    before = widget(at.selectbox, "inside_network_box").key
    uploaded(at, torch_saved(theirs))
    assert not at.exception
    # A new box: what the browser tells of the old one while a file is read is late.
    assert before != widget(at.selectbox, "inside_network_box").key
    assert_same(served(at), state)
    assert at.query_params["inside_network"] == "upload"
    assert widget(at.selectbox, "inside_network_box").options[-1] == "Uploaded: mine.pt"
    assert "features.1 → conv1, features.2 → conv2, out → fc" in said(at)
    assert "**mine.pt** is open as **The simple CNN**." in said(at)
    assert not [button for button in at.button if button.label.startswith("Open as")]
    widget(at.selectbox, "inside_network_box").set_value("simple").run()
    assert "is open" not in said(at)
    press(at, "Open as The simple CNN")
    assert "**mine.pt** is open as **The simple CNN**." in said(at)


def test_a_file_of_another_network_is_compared_and_offered() -> None:
    """With the one that it fits, whose button opens it; and row by row with whichever one chooses."""
    state = trained(LENET_5, 3).state_dict()
    at = uploaded(open_page("inside"), safetensors.torch.save(state), "lenet.safetensors")
    assert sent(at)["weights"][-1][1] == "weights/simple/step-0"  # what was in view stays
    compared = compared_with(at)
    assert (compared.value, "All its tensors fit." in said(at)) == ("LeNet-5", True)
    assert len(compared.options) == len(set(compared.options)) == len(PRESETS)  # in view is one of them
    compared.set_value("The simple CNN").run()
    assert "conv1.weight is (6, 1, 5, 5), this network's is (10, 1, 5, 5): choose a network whose" in said(at)
    press(at, "Open as LeNet-5")
    assert_same(served(at), state)
    assert [layer["name"] for layer in sent(at)["layers"]] == [spec.name for spec in LENET_5]
    assert "**lenet.safetensors** is open as **LeNet-5**." in said(at)
    assert not at.exception


def test_a_file_is_compared_with_the_network_that_it_differs_least_from() -> None:
    """Whatever is in view: here PyTorch's own example; its one fault stands alone, with where 320 comes from."""
    example = state_of(conv1=(32, 1, 3, 3), conv2=(64, 32, 3, 3), fc1=(128, 9216), fc2=(10, 128))
    at = uploaded(open_page("inside"), safetensors.torch.save(example), "example.safetensors")
    press(at, "Open with these layers")
    assert "**example.safetensors** is open with these layers:" in said(at)
    assert "MaxPool2d(2)" in at.code[0].value
    assert compared_with(at).value == "the network in view"
    state = trained(SIMPLE_CNN, 3).state_dict()
    state["fc.weight"] = state["fc.weight"][:, :300].contiguous()
    uploaded(at, torch_saved(state), "fc300.pt")
    assert compared_with(at).value == "The simple CNN"
    assert "It fits none of the networks here. It differs least from The simple CNN." in said(at)
    (fault,) = [line for line in said(at).splitlines() if line.startswith("- ")]
    assert "20 maps of 4×4 make 320 numbers here, not 300." in fault
    assert "In view is still **example.safetensors**." in said(at)


def test_layers_that_no_list_has_are_made_from_the_shapes() -> None:
    """With what the file cannot tell; their button opens it."""
    state = {"hidden.weight": trained(DENSE, 1).state_dict()["fc1.weight"].repeat(2, 1)}
    state |= {"last.weight": state["hidden.weight"][:10, :22].contiguous()}
    at = uploaded(open_page("inside"), torch_saved(state))
    assert "ReLU and pooling have no weights" in said(at)
    assert at.code[-1].value == ("Flatten()\nLinear(784, 22, bias=False)\nReLU()\nLinear(22, 10, bias=False)")
    press(at, "Open with these layers")
    assert served(at).keys() == {"fc1.weight", "fc2.weight"}


def state_of(**shapes: tuple[int, ...]) -> dict[str, Tensor]:
    """Weights without biases."""
    return {f"{name}.weight": torch.zeros(shape) for name, shape in shapes.items()}


def test_pytorchs_own_example_for_mnist_is_opened() -> None:
    """Its pooling follows from the shapes: 9,216 numbers of 64 maps of 24×24."""
    state = state_of(conv1=(32, 1, 3, 3), conv2=(64, 32, 3, 3), fc1=(128, 9216), fc2=(10, 128))
    at = uploaded(open_page("inside"), safetensors.torch.save(state))
    assert "MaxPool2d(2)" in at.code[-1].value
    press(at, "Open with these layers")
    assert_same(served(at), state)


def test_layers_beyond_this_servers_limits_say_so() -> None:
    """With the number, and without a button."""
    state = state_of(conv1=(64, 1, 3, 3), conv2=(64, 64, 3, 3), fc1=(128, 9216), fc2=(10, 128))
    at = uploaded(open_page("inside"), safetensors.torch.save(state))
    assert "mult-adds per image: 22,803,968. This server allows 12,000,000" in said(at)
    assert "Open with these layers" not in [button.label for button in at.button if button.key.endswith("deduced_0")]


def test_a_refused_file_leaves_the_one_before() -> None:
    """In view; the sentence beneath the field is about the new file alone, and says what is in view."""
    at = uploaded(open_page("inside"), torch_saved(trained(SIMPLE_CNN, 3).state_dict()))
    before = sent(at)["weights"]
    uploaded(at, b"%PDF-1.7", "paper.pdf")
    assert "of the kind PDF, and holds no weights" in at.warning[0].value
    assert "**paper.pdf**" in at.warning[0].value
    assert sent(at)["weights"] == before
    assert "In view is still **mine.pt**." in said(at)
    assert not [box for box in at.selectbox if box.key.startswith("inside_compared")]
    assert "All its tensors fit." not in said(at)


def test_weights_that_are_kept_no_more_are_told_in_a_sentence() -> None:
    """And the network that ships stands there."""
    at = uploaded(open_page("inside"), torch_saved(trained(SIMPLE_CNN, 3).state_dict()))
    kept_weights.clear()
    at.run()
    assert not at.exception
    assert sent(at)["weights"][-1][1] == "weights/simple/step-0"
    assert "No uploaded weights are here" in at.info[0].value


def test_a_server_keeps_so_many_bytes_and_what_was_asked_for_last() -> None:
    """By names that nobody guesses."""
    kept = KeptWeights(30)
    first, second = kept.keep(bytes(10)), kept.keep(bytes(12))
    assert kept.find(first) == bytes(10)
    third = kept.keep(bytes(14))
    assert [kept.find(name) is not None for name in (first, second, third)] == [True, False, True]
    assert len({first, second, third}) == 3
    assert min(map(len, (first, second, third))) >= 32
    assert kept.find(kept.keep(bytes(99))) == bytes(99)
