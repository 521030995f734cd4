"""The messages are torch's own, raised here; what is said of them has their numbers."""

import re
from collections.abc import Callable

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as some
from torch import nn
from torch.nn.functional import cross_entropy

from explorer.core import limits
from explorer.core.errors import SettingError
from explorer.core.help.read_message import READERS, read_message
from explorer.core.help.reading import Reading
from explorer.core.network.ledger import trace
from tests.hypothesis_profiles import examples

LABELS = torch.zeros(64, dtype=torch.long)


def message_of(fails: Callable[[], object]) -> str:
    with pytest.raises((RuntimeError, ValueError, IndexError)) as raised:
        fails()
    return f"{type(raised.value).__name__}: {raised.value}"


def read(message: str) -> Reading:
    reading = read_message(message)
    assert reading, message
    return reading


def said(reading: Reading) -> str:
    return " ".join(map(str, reading.sentences))


FAILURES: dict[str, tuple[Callable[[], object], str, str]] = {  # what fails -> its topic, what repairs it
    "features": (lambda: nn.Linear(300, 10)(torch.rand(64, 320)), "shapes", "nn.Linear(320, 10)"),
    "no flatten": (lambda: nn.Linear(320, 10)(torch.rand(64, 20, 4, 4)), "shapes", "x = torch.flatten(x, 1)"),
    "all in one": (lambda: nn.Linear(320, 10)(torch.rand(1, 20480)), "shapes", "x = torch.flatten(x, 1)"),
    "colour": (lambda: nn.Conv2d(1, 10, 5)(torch.rand(64, 3, 32, 32)), "channels", "transforms.Grayscale()"),
    "no channel": (lambda: nn.Conv2d(1, 10, 5)(torch.rand(64, 28, 28)), "channels", "x = x.unsqueeze(1)"),
    "last": (lambda: nn.Conv2d(1, 10, 5)(torch.rand(64, 28, 28, 1)), "channels", "x = x.permute(0, 3, 1, 2)"),
    "behind": (
        lambda: nn.Conv2d(5, 20, (3, 5))(torch.rand(64, 10, 12, 12)),
        "channels",
        "nn.Conv2d(10, 20, kernel_size=(3, 5))",
    ),
    "flattened": (lambda: nn.Conv2d(1, 10, 5)(torch.rand(64, 784)), "dimensions", "x = x.view(-1, 1, 28, 28)"),
    "one image": (lambda: nn.Conv2d(1, 10, 5)(torch.rand(28, 28)), "dimensions", "x = x.view(1, 1, 28, 28)"),
    "five": (lambda: nn.Conv2d(1, 10, 5)(torch.rand(64, 1, 1, 28, 28)), "dimensions", "x = x.squeeze(1)"),
    "view": (lambda: torch.rand(64, 20, 4, 4).view(-1, 300), "view", "x = torch.flatten(x, 1)"),
    "last batch": (lambda: torch.rand(32, 20, 4, 4).view(64, 320), "view", "x = torch.flatten(x, 1)"),
    "strides": (
        lambda: torch.rand(64, 20, 4, 4).permute(0, 2, 3, 1).view(64, -1),
        "view",
        "x = x.reshape(x.shape[0], -1)",
    ),
    "rows": (lambda: cross_entropy(torch.rand(128, 10), LABELS), "batch_rows", "x = torch.flatten(x, 1)"),
    "kernel": (lambda: nn.Conv2d(20, 30, 3)(torch.rand(64, 20, 2, 2)), "kernel", "nn.Conv2d(…, padding=1)"),
    "pool": (lambda: nn.MaxPool2d(2)(torch.rand(64, 30, 1, 1)), "kernel", ""),
    "target": (lambda: cross_entropy(torch.rand(64, 10), LABELS + 10), "target", "nn.Linear(…, 11)"),
    "negative": (lambda: cross_entropy(torch.rand(64, 10), LABELS - 1), "target", "y = y + 1"),
    "bytes": (lambda: nn.Conv2d(1, 10, 5)(torch.zeros(4, 1, 28, 28).byte()), "dtype", "x = x.float() / 255"),
    "doubles": (lambda: nn.Linear(784, 10)(torch.zeros(4, 784).double()), "dtype", "x = x.float()"),
    "no bias": (lambda: nn.Conv2d(1, 10, 5, bias=False)(torch.zeros(4, 1, 28, 28).double()), "dtype", "x = x.float()"),
    "float labels": (
        lambda: cross_entropy(torch.rand(64, 10), LABELS.float()),
        "target_shape",
        "loss = cross_entropy(outputs, y.long())",
    ),
    "single": (lambda: nn.BatchNorm1d(10)(torch.rand(1, 10)), "single", "DataLoader(…, drop_last=True)"),
}


@pytest.mark.parametrize("name", FAILURES)
def test_torchs_own_message_is_read_and_repaired(name: str) -> None:
    """Of the installed torch, alone and within a traceback whose lines a terminal has broken."""
    fails, topic, code = FAILURES[name]
    message = message_of(fails)
    reading = read(message)
    assert (topic, code) == (reading.topic, reading.code)
    broken = "Traceback (most recent call last):\n  x = self.fc(x)\n" + message.replace(" ", "\n", 4)
    assert reading == read(broken)


@pytest.mark.parametrize("name", FAILURES)
def test_the_network_that_is_opened_gives_that_message(name: str) -> None:
    """The ledger, which says what torch says, breaks with the pasted words."""
    reading = read(message_of(FAILURES[name][0]))
    if reading.stack and name != "no channel":  # whose batch, one image, the ledger does not have
        problem = trace(reading.stack).problem
        assert problem
        assert reading.message in problem.message


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("features", "64 rows of 320 numbers"),
        ("no flatten", "5120·4 / 320 = 64"),
        ("all in one", "20,480 / 320 = 64"),
        ("colour", "(64, 3, 32, 32)"),
        ("no channel", "64 images had come without a channel"),
        ("flattened", "784 = 28·28"),
        ("view", "20,480 / 300 = 68.27"),
        ("last batch", "There are 32 images of 320 numbers, not 64."),
        ("rows", "128 / 64 = 2"),
        ("target", "at least 11 outputs"),
        ("bytes", "type unsigned char"),
        ("no bias", "The batch’s numbers are of type Double"),
    ],
)
def test_the_messages_numbers_are_explained(name: str, numbers: str) -> None:
    """Those of this message, and no example's."""
    assert numbers in said(read(message_of(FAILURES[name][0])))


def test_a_map_of_the_wrong_size_is_named() -> None:
    """500 for 320: the kernel's 5×5 taken for the map's 4×4; 784 and 300 have no such reading."""
    assert "320 = 20·4·4, and 500 = 20·5·5" in said(
        read("mat1 and mat2 shapes cannot be multiplied (64x320 and 500x10)")
    )
    assert "·" not in said(read("mat1 and mat2 shapes cannot be multiplied (64x784 and 300x10)"))


@examples(300)
@given(
    maps=some.lists(some.integers(2, 40), min_size=2, max_size=2, unique=True),
    side=some.integers(1, 40),
    images=some.integers(2, 4),
)
def test_square_maps_have_their_channels_second(maps: list[int], side: int, images: int) -> None:
    """Whatever their side: it may be the number of channels that the layer is made for, by chance."""
    expected, channels = maps
    if (expected, channels) == (1, 3):
        return
    batch, layer = torch.empty(images, channels, side, side), nn.Conv2d(expected, 20, 1)
    reading = read(message_of(lambda: layer(batch)))
    assert f"nn.Conv2d({channels}, 20, kernel_size=1)" == reading.code
    assert (side == expected) == ("permute" in said(reading))
    if side != channels:
        last = read(message_of(lambda: nn.Conv2d(channels, 20, 1)(batch.permute(0, 2, 3, 1))))
        assert "x = x.permute(0, 3, 1, 2)" == last.code


def test_vectors_are_not_taken_for_maps() -> None:
    """64 rows of 160 for 320 are half the features, not 32 images without a flatten."""
    assert read("mat1 and mat2 shapes cannot be multiplied (64x160 and 320x10)").code == "nn.Linear(160, 10)"


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (
            "Input type (torch.cuda.FloatTensor) and weight type (torch.FloatTensor) should be the same",
            "net = Net().to(device)",
        ),
        (
            "Input type (torch.FloatTensor) and weight type (torch.cuda.FloatTensor) should be the same or input",
            "x, y = x.to(device), y.to(device)",
        ),
        (
            "Expected all tensors to be on the same device, but found at least two devices, cuda:0 and cpu! (when",
            "net.to(device)\nx, y = x.to(device), y.to(device)",
        ),
        (
            "Expected all tensors to be on the same device, but got mat1 is on cpu, different from other tensors on "
            "cuda:0 (when checking argument in method wrapper_CUDA_addmm)",
            "net.to(device)\nx, y = x.to(device), y.to(device)",
        ),
        (
            "indices should be either on cpu or on the same device as the indexed tensor (cpu)",
            "images = images.to(device)",
        ),
    ],
)
def test_two_devices_are_told_apart(message: str, code: str) -> None:
    """Whether the network or the batch is the one that was left behind; as torch says it on a GPU."""
    assert ("device", code) == (read(message).topic, read(message).code)


@pytest.mark.parametrize(
    ("message", "topic", "words"),
    [
        (
            "CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 14.75 GiB of which",
            "memory",
            "2.00 GiB more. It has 14.75 GiB",
        ),
        (
            "CUDA out of memory. Tried to allocate 20.00 MiB (GPU 0; 7.80 GiB total capacity; 6.5 GiB already",
            "memory",
            "20.00 MiB more. It has 7.80 GiB",
        ),
        ("urllib.error.HTTPError: HTTP Error 403: Forbidden", "download", "answered 403"),
        ("URLError: <urlopen error [SSL: CERTIFICATE_VERIFY_FAILED] certificate", "download", "certificates"),
        ("URLError: <urlopen error [Errno -2] Name or service not known>", "download", "not reached"),
        ("DataLoader worker (pid(s) 4242) exited unexpectedly", "workers", "num_workers"),
        ("freeze_support()", "workers", "Windows"),
        ("AssertionError: Torch not compiled with CUDA enabled", "no_gpu", "GPU"),
        ("0D or 1D target tensor expected, multi-target not supported", "target_shape", "(64,)"),
        ("expected scalar type Float but found Byte", "dtype", "0 … 255"),
        ("expected scalar type Long but found Float", "target_shape", "Long"),
    ],
)
def test_what_cannot_be_raised_here_is_read_too(message: str, topic: str, words: str) -> None:
    """Without a GPU, a network, Windows; and what older torch says."""
    reading = read(message)
    assert topic == reading.topic
    assert words in said(reading)


def test_other_texts_are_none() -> None:
    """What is no message known here has no made-up answer."""
    assert read_message("") is None
    assert read_message("NameError: name 'x' is not defined") is None


def test_a_text_that_is_too_long_says_so() -> None:
    """With its length and the bound."""
    most = limits.MAX_PASTED_CHARACTERS
    assert read_message("x" * most) is None
    with pytest.raises(SettingError, match=f"{most + 1:,}.*{most:,}"):
        read_message("x" * (most + 1))


@pytest.fixture(scope="module")
def messages() -> list[str]:
    return [message_of(fails) for fails, _, _ in FAILURES.values()]


@examples(500)
@given(data=some.data())
def test_any_numbers_are_read(messages: list[str], data: some.DataObject) -> None:
    """Zero, sides too many and beyond every limit too: an answer, or none, but no traceback."""
    message = data.draw(some.sampled_from(messages))
    numbers = data.draw(some.lists(some.integers(0, 30) | some.integers(0, 10**9), min_size=12, max_size=12))
    drawn = iter(numbers)
    message = re.sub(r"\d+", lambda found: str(next(drawn, found[0])), message)
    message = message.replace(", ", data.draw(some.sampled_from([", ", ", 1, ", ", 0, 7, "])))
    reading = read_message(message)
    assert reading is None or (said(reading) and reading.topic)


def test_every_reader_is_bounded() -> None:
    """No pattern repeats a repetition: each takes a text of the largest size in a moment, whatever it holds."""
    for pattern, _ in READERS:
        assert not pattern.search(("mat1 and mat2 shapes cannot be multiplied (" + "9" * 50 + "[ ,") * 100)
