"""A worker's connection to the app: reports leave in order, by a thread of their own; commands arrive, each once."""

import queue
import threading
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from distributed import Client, Queue, Variable, get_client

from explorer.core.run.records import Record, Started, as_message
from explorer.exchange.protocol import COMMANDS, REPORTS_AT_ONCE, Assignment, answer_name
from explorer.training.drive import Saved
from explorer.training.steering import Steering

WAITING = 64  # reports that wait here, so that the training seldom waits for the scheduler (0.3 ms on one machine)
ECHO_SECONDS = 0.02  # between two calls; a new worker's subscription counts after 10 ms or so
APP_SECONDS = 60.0  # an app that takes no report, or gives no answer, for as long is gone


class ReportSender:
    """The sink of a drive in a worker. Raises ConnectionError where the app is gone.

    To be used in the worker's task, as a context: what has been reported is on its way when it closes.
    """

    def __init__(self, assignment: Assignment, attempt: str) -> None:
        self._address = [assignment.run_id, assignment.submission, attempt]
        self._client = get_client()
        self._reports = Queue(assignment.reports, client=self._client, maxsize=REPORTS_AT_ONCE)
        self._waiting: queue.Queue[list | None] = queue.Queue(WAITING)
        self._sender = threading.Thread(target=self._send, daemon=True)
        self._started = False

    def __enter__(self) -> "ReportSender":
        self._sender.start()
        return self

    def __exit__(self, *error: object) -> None:
        if self._sender.is_alive():
            self._put(None)
            self._sender.join()

    def report(self, kind: str, **values: object) -> None:
        """Any report, in its turn."""
        self._put([*self._address, kind, values])

    def record(self, record: Record) -> None:
        """What has been trained or evaluated; of two Started the second is dropped."""
        if isinstance(record, Started):
            if self._started:
                return
            self._started = True
        kind, values = as_message(record)
        self.report(kind, **values)

    def state(self, name: str) -> None:
        """ "paused" or "running"."""
        self.report("state", state=name)

    def save(self, saved: Saved) -> None:
        """A state for the run's folder."""
        self.report("saved", **asdict(saved))

    def probe(self, probe: bytes) -> None:
        """What the ten digits look like; left out where the app is behind."""
        if self._waiting.qsize() < WAITING // 2:
            self.report("probe", probe=probe)

    def _put(self, item: list | None) -> None:
        while True:
            try:
                self._waiting.put(item, timeout=1.0)
            except queue.Full:
                if self._sender.is_alive():
                    continue
            if self._sender.is_alive():
                return
            raise ConnectionError("the app takes no reports")

    def _send(self) -> None:
        """Ends with the last report, or where the app has not taken one for too long, or the scheduler is gone."""
        while (item := self._waiting.get()) is not None:
            try:
                self._reports.put(item, timeout=APP_SECONDS)
            except (
                OSError,
                RuntimeError,
                AttributeError,
            ):  # TimeoutError is the first; a closed client lacks a scheduler
                return


class CommandListener:
    """Hands ``steering`` the commands for one run: those of the app's answer, then those with a higher number.

    It listens from the beginning: an attempt that is reported later misses no command. Raises TimeoutError.
    """

    def __init__(self, assignment: Assignment, steering: Steering) -> None:
        self._submission, self._steering = assignment.submission, steering
        self._lock = threading.Lock()
        self._last_number: int | None = None
        self._early: list[Sequence[Any]] = []
        self._listens = threading.Event()
        self._client: Client = get_client()
        self._client.subscribe_topic(COMMANDS, self._hear)  # in place of the run before: a worker trains one at a time
        self._listen()

    def answer(self, attempt: str) -> dict[str, Any]:
        """What the app answers: ``go``, ``state``, ``threads``; its commands have been taken. Raises TimeoutError."""
        variable = Variable(answer_name(attempt), client=self._client)
        answer = variable.get(timeout=APP_SECONDS)
        variable.delete()
        with self._lock:
            for command, values in answer["commands"]:
                self._steering.obey(command, **values)
            self._last_number = answer["number"]
            for message in self._early:
                self._obey(*message)
        return answer

    def _listen(self) -> None:
        """Returns when the subscription counts. It may reach the scheduler later than what is said to it afterwards,
        for that takes another connection: so this calls until it hears itself.
        """
        for _ in range(round(APP_SECONDS / ECHO_SECONDS)):
            self._client.log_event(COMMANDS, [self._submission, 0, "listen", {}])
            if self._listens.wait(ECHO_SECONDS):
                return
        raise TimeoutError("the scheduler does not pass commands on")

    def _hear(self, event: tuple[float, Sequence[Any]]) -> None:
        """Runs on the worker's event loop while torch computes."""
        self._listens.set()
        with self._lock:
            if self._last_number is None:
                self._early.append(event[1])
            else:
                self._obey(*event[1])

    def _obey(self, submission: str, number: int, command: str, values: dict[str, float]) -> None:
        if submission != self._submission:
            return
        if command == "watch":
            self._steering.obey(command)
        elif number > self._last_number:
            self._last_number = number
            self._steering.obey(command, **values)
