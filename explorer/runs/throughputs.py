"""Measurements of images a second on the server's devices: one at a time, each learner's last one kept."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from explorer.core import limits
from explorer.core.errors import ExplainedError, Sentence, SettingError
from explorer.core.run.throughput import Throughput, read_throughput
from explorer.runs.studies import Process
from explorer.runs.torch_process import Ended, TorchProcess

START_SECONDS = 20  # of the clock, for torch to be there and the last step to end on a busy machine


@dataclass
class Measurement:
    """One of the network whose text in a link is ``stack``.

    ``state`` is "running", "done" (``found`` is what was measured), "failed" (``error`` says why) or "cancelled";
    ``done`` of ``total`` points are there, of 0 while torch starts.
    """

    stack: str
    process: Process
    state: str = "running"
    done: int = 0
    total: int = 0
    found: Throughput | None = None
    error: Sentence | None = None


class Throughputs:
    """All of a server; safe to use from all sessions' threads."""

    def __init__(self, measure: Callable[[str], Process] | None = None) -> None:
        self._measure = measure or _torch
        self._lock = threading.Lock()
        self._last: OrderedDict[str, Measurement] = OrderedDict()  # of each learner

    def start(self, stack: str, learner: str) -> Measurement:
        """Measures. Raises SettingError while another measurement is under way: each would slow the other down."""
        with self._lock:
            if any(one.state == "running" for one in self._last.values()):
                raise SettingError(
                    "This server is being measured for somebody else just now, {seconds} s at most. Two measurements "
                    "at once would both be wrong: press again then.",
                    seconds=limits.MAX_THROUGHPUT_SECONDS,
                )
            measurement = Measurement(stack, self._measure(stack))
            self._last[learner] = measurement
            self._last.move_to_end(learner)
            while len(self._last) > limits.MAX_THROUGHPUTS_KEPT:
                self._last.popitem(last=False)
        threading.Thread(target=_follow, args=(measurement,), name="throughput", daemon=True).start()
        return measurement

    def of(self, learner: str) -> Measurement | None:
        """This learner's last one."""
        return self._last.get(learner)

    def stop(self, learner: str) -> None:
        """Ends this learner's, if it is under way."""
        if (measurement := self._last.get(learner)) and measurement.state == "running":
            measurement.state = "cancelled"
            measurement.process.end()

    def close(self) -> None:
        """Ends whatever is under way."""
        for learner in list(self._last):
            self.stop(learner)


def _follow(measurement: Measurement) -> None:
    def show(done: int, total: int) -> None:
        measurement.done, measurement.total = done, total

    try:
        found = read_throughput(measurement.process.answer(show))
    except Ended:
        return  # by ``stop``
    except ExplainedError as error:
        measurement.error = error.sentence
        state = "failed"
    else:
        measurement.found = found
        state = "done"
    if measurement.state == "running":
        measurement.state = state


def _torch(stack: str) -> Process:
    return TorchProcess("explorer.training.throughput", stack, seconds=limits.MAX_THROUGHPUT_SECONDS + START_SECONDS)
