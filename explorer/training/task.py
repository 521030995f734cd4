"""A training run inside a Dask worker: reports go out on one topic, commands come in on another."""

import threading
import time
from collections.abc import Callable
from typing import Any

from distributed import get_client, get_worker

from explorer.core import limits
from explorer.core.explained import ExplainedError
from explorer.core.run_folder import describe
from explorer.core.topics import COMMANDS, REPORTS
from explorer.core.train_config import Epoch, TrainConfig, as_message
from explorer.training.checkpoint import weights_bytes
from explorer.training.data import load
from explorer.training.device import pick_device, use_threads
from explorer.training.loop import Training
from explorer.training.transfer import Cancelled

Report = Callable[[str, dict[str, Any]], None]  # a kind and its values, to the app


class Steering:
    """The learner's latest wish for one run; commands arrive on the worker's own event loop while torch computes."""

    def __init__(self, run_id: str, report: Report) -> None:
        self._report = report
        self._command, self._sent = "resume", 0.0
        self._began = self._seen = time.monotonic()
        self._changed = threading.Event()
        self._run_id = run_id
        client = get_client()
        client.subscribe_topic(COMMANDS, self._take)  # in place of the run before: a worker trains one at a time
        for event in client.get_events(COMMANDS):  # those sent before this worker listened
            self._take(event)

    def _take(self, event: tuple[float, tuple[str, str]]) -> None:
        sent, (run_id, command) = event
        if run_id != self._run_id:
            return
        if sent < self._sent:
            return  # read among the old ones after a newer one had come
        self._sent, self._seen = sent, time.monotonic()
        if command != "watch":
            self._command = command
            self._changed.set()

    def ended(self) -> str | None:
        """Why the run shall end now: "stopped", "idle" or "timeout"; else None."""
        now = time.monotonic()
        if self._command == "stop":
            return "stopped"
        if now - self._seen > limits.IDLE_SECONDS:
            return "idle"
        return "timeout" if now - self._began > limits.MAX_RUN_SECONDS else None

    def wait_while_paused(self) -> None:
        """Returns at once, or when the learner resumes or the run ends."""
        if self._command != "pause":
            return
        self._report("state", {"state": "paused"})
        while self._command == "pause" and not self.ended():
            self._changed.wait(timeout=1.0)
            self._changed.clear()
        self._report("state", {"state": "running"})


def train(run_id: str, config: TrainConfig) -> dict[str, Any]:
    """Trains until the end, a stop or an error, and returns an ``explorer.runs.task.Result``."""
    worker = get_worker()

    def report(kind: str, values: dict[str, Any]) -> None:
        worker.log_event(REPORTS, [run_id, kind, values])

    steering = Steering(run_id, report)
    try:
        device = pick_device(config.device)
        use_threads(config.threads, limits.WORKERS)
        data = load(
            config,
            device,
            on_progress=_fetching(report),
            cancelled=lambda: steering.ended() is not None,
            on_broken=lambda error: report("notice", {"sentence": error.sentence, "numbers": error.numbers}),
        )
        return _follow(Training(config, data), steering, report)
    except Cancelled:
        return _nothing("cancelled")
    except ExplainedError as error:  # the worker's edge: a sentence for the learner
        return _nothing("failed", (error.sentence, error.numbers))


def _follow(training: Training, steering: Steering, report: Report) -> dict[str, Any]:
    state, epochs = "finished", []
    for record in training.records():
        if isinstance(record, Epoch):
            epochs.append(record)
        if record is not None:
            report(*as_message(record))
        steering.wait_while_paused()
        if ended := steering.ended():
            state = ended
            break
    if not training.step:
        return _nothing("cancelled")
    description = describe(training.config, training.started(), epochs, training.step)
    return {"state": state, "error": None, "weights": weights_bytes(training.network), "description": description}


def _nothing(state: str, error: tuple[str, dict[str, Any]] | None = None) -> dict[str, Any]:
    return {"state": state, "error": error, "weights": None, "description": None}


def _fetching(report: Report) -> Callable[[int, int], None]:
    """Reports progress ten times a second at most: a download says something every 64 KiB."""
    last = 0.0

    def on_progress(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last > 0.1 or done == total:
            last = time.monotonic()
            report("fetching", {"done": done, "total": total})

    return on_progress
