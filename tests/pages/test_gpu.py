"""The GPU page: what is found, what a move that is left out does, and the measuring."""

import threading
from collections.abc import Callable

import pytest

from explorer.core.errors import SettingError
from explorer.core.network.layers import NetworkSpec
from explorer.core.network.link import encode
from explorer.core.network.networks import DENSE
from explorer.core.run.throughput import DeviceCurve, Throughput
from explorer.runs.devices import Devices, Gpu
from explorer.runs.throughputs import Throughputs
from explorer.runs.torch_process import Ended
from explorer.ui.gpu import devices, measuring
from tests.pages.app import link_of, open_page, shown_text
from tests.runs.following import SECONDS

ERROR = "RuntimeError: as this GPU says it"
FOUND = Throughput(
    "2.99",
    2,
    (
        DeviceCurve("cuda", "NVIDIA T4", ((1, 500.0), (64, 30000.0)), {"network": ERROR}),
        DeviceCurve("cpu", "", ((1, 1000.0), (64, 8000.0)), {}),
    ),
)


class FakeProcess:
    """Answers when it is told to."""

    def __init__(self) -> None:
        self.goes_on, self.ended, self.began = threading.Event(), False, threading.Event()

    def answer(self, on_progress: Callable[[int, int], None]) -> bytes:
        on_progress(3, 12)
        self.began.set()
        assert self.goes_on.wait(SECONDS)
        if self.ended:
            raise Ended
        return FOUND.as_json().encode()

    def end(self) -> None:
        self.ended = True
        self.goes_on.set()


@pytest.fixture
def process(monkeypatch):
    made = FakeProcess()
    server = Throughputs(lambda stack: made)
    monkeypatch.setattr(measuring, "server_throughputs", lambda: server)
    yield made
    server.close()


def said(at) -> str:
    shown = (*at.markdown, *at.info, *at.error, *at.success, *at.caption)
    return shown_text("\n".join(one.value for one in shown))


def wait_for_answer(made: FakeProcess) -> None:
    made.goes_on.set()
    for thread in threading.enumerate():
        if thread.name == "throughput":
            thread.join(SECONDS)


def test_the_first_screen_has_a_curve_and_the_devices() -> None:
    """The curve says that it comes from elsewhere, and that none of a GPU was measured."""
    at = open_page("gpu")
    assert not at.exception
    assert len(at.get("plotly_chart")) == 1
    assert "Measured on another machine: The simple CNN" in said(at)
    assert "none was ever measured" in said(at)
    assert "**CPU**" in said(at)
    assert link_of(at) == {}


@pytest.mark.parametrize(
    ("found", "words", "missing"),
    [
        (Devices("AMD", 4, True, (), is_apple=False), "AMD, 4 cores, with bfloat16", "**CUDA**"),
        (Devices("", 1, None, (Gpu("NVIDIA T4", 15_800_000_000),), is_apple=False), "NVIDIA T4, 15.8 GB", "No GPU"),
        (Devices("Apple M3", 8, None, (), is_apple=True), "**MPS**", "No GPU"),
    ],
)
def test_devices_are_told_with_their_memory(monkeypatch, found: Devices, words: str, missing: str) -> None:
    """Without a GPU, where to get one; with one, nothing of that."""
    monkeypatch.setattr(devices, "server_devices", lambda: found)
    text = said(open_page("gpu"))
    assert words in text
    assert missing not in text
    assert ("Google Colab" in text) == (not (found.gpus or found.is_apple))


def test_a_move_that_is_left_out_fails_at_its_line() -> None:
    """The recorded message, said to be one; the script without the move, the line marked; a link that restores it."""
    at = open_page("gpu")
    assert "It runs: network, images, labels" in said(at)
    at.toggle(key="gpu_network_moved").set_value(False).run()
    script = at.code[-1].value
    line = next(number for number, text in enumerate(script.splitlines(), 1) if text.endswith("✗"))
    assert f"Line {line}: " in said(at)
    assert "net = Net().to(memory_format=torch.channels_last)  # ②" in script
    assert at.code[0].value.startswith("RuntimeError: Input type (torch.cuda.FloatTensor)")
    assert "not run here" in said(at)
    assert link_of(at) == {"gpu_network_moved": "false"}
    again = open_page("gpu", **link_of(at))
    assert script == again.code[-1].value


def test_row_numbers_may_stay() -> None:
    """It runs, and costs a copy a batch."""
    at = open_page("gpu", gpu_rows_moved="false")
    assert "batch after batch" in said(at)
    assert not at.error


def test_it_is_the_learners_own_script() -> None:
    """The network of the Train page, whose first layer decides the message."""
    at = open_page("gpu", train_network=encode(NetworkSpec(DENSE)), gpu_network_moved="false")
    assert "self.fc1 = torch.nn.Linear(784, 11)" in at.code[-1].value
    assert "wrapper_CUDA_addmm" in at.code[0].value


def test_a_measurement_replaces_the_stored_curve(process: FakeProcess) -> None:
    """It shows how far it is, cannot be begun twice, and its GPU's own error is shown from then on."""
    at = open_page("gpu")
    at.button(key="gpu_measure").click().run()
    assert process.began.wait(SECONDS)
    at.run()
    assert at.button(key="gpu_measure").disabled
    assert "3 of 12 points" in [one.proto.text for one in at.get("progress")]
    wait_for_answer(process)
    at.run()
    assert "Measured here: The simple CNN, CUDA (NVIDIA T4), CPU, torch 2.99." in said(at)
    assert "On the CUDA a batch of 64 makes 60.0 times" in said(at)
    at.toggle(key="gpu_network_moved").set_value(False).run()
    assert at.code[0].value == ERROR
    assert "Run here, torch 2.99, on NVIDIA T4." in said(at)


def test_stop_leaves_the_stored_curve(process: FakeProcess) -> None:
    """And the button to begin again."""
    at = open_page("gpu")
    at.button(key="gpu_measure").click().run()
    at.button(key="gpu_stop").click().run()
    assert process.ended
    assert not at.button(key="gpu_measure").disabled
    assert "Measured on another machine" in said(at)


def test_a_busy_server_says_so(process: FakeProcess) -> None:
    """Somebody else measures."""
    measuring.server_throughputs().start("x", "somebody else")
    at = open_page("gpu")
    at.button(key="gpu_measure").click().run()
    assert "somebody else just now" in said(at)
    with pytest.raises(SettingError):
        measuring.server_throughputs().start("x", "me")
