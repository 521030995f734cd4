"""The workers: an embedded Dask cluster, or the one that CNN_EXPLORER_SCHEDULER=tcp://… names. Runs can't tell.

Dask is talked to on two threads of this module's own, so that no page ever waits for a scheduler.
"""

import gc
import logging
import queue
import secrets
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from explorer.core.environment import environment
from explorer.core.run.train_config import TrainConfig
from explorer.exchange.processor import has_bfloat16
from explorer.exchange.protocol import COMMANDS, Assignment
from explorer.runs import task
from explorer.runs.errands import Errand, Errands

if TYPE_CHECKING:
    from distributed import Client, Future, Queue

LOG = logging.getLogger(__name__)
HEAD_START_SECONDS = 2.0  # for the first page: importing Dask and starting workers take both cores for as long
TICK_SECONDS = 1.0
CLOSE_SECONDS = 5.0


class Cluster:
    """A connection to the workers, made in the background and made anew when it is wanted after it was lost.

    ``record_report`` gets every report, ``look_after_runs`` is called about once a second: both on one thread.
    ``end_without_workers`` gets the reason where there are no workers, or no longer.
    """

    def __init__(
        self,
        record_report: Callable[[list[Any]], None],
        look_after_runs: Callable[[], None],
        end_without_workers: Callable[[str], None],
    ) -> None:
        self._record_report, self._look_after_runs = record_report, look_after_runs
        self._end_without_workers = end_without_workers
        self.slots, self.workers_a_machine = 1, 1
        self.bfloat16 = None if environment().scheduler else has_bfloat16()  # of the workers
        self.reports = ""
        self._errands = Errands()
        self._wanted, self._closing = threading.Event(), threading.Event()
        self._giving_up = threading.Lock()
        self._futures: dict[str, Future] = {}
        self._client: Client | None = None
        self._listener: threading.Thread | None = None
        self._errands.add(lambda client: None, connects=True)
        self._worker = threading.Thread(target=self._run_errands, daemon=True)
        self._worker.start()

    def submit(
        self, run_id: str, submission: str, config: TrainConfig, idle_seconds: float, run_seconds: float
    ) -> None:
        """Has a worker train the run; at its end, whichever it is, a report "over" comes."""

        def submit(client: "Client") -> None:
            assignment = Assignment(run_id, submission, self.reports, self.workers_a_machine, idle_seconds, run_seconds)
            key = f"run-{run_id}-{submission}"
            future = client.submit(task.train, assignment, config, key=key, pure=False)
            self._futures[submission] = future
            future.add_done_callback(lambda done: self._over(done, client, run_id, submission))

        self._wanted.set()
        self._errands.add(submit, connects=True)

    def cancel(self, submission: str) -> None:
        """Takes back what no worker has begun."""

        def cancel(client: "Client") -> None:
            if future := self._futures.pop(submission, None):
                future.cancel()

        self._errands.add(cancel)

    def command(self, submission: str, number: int, command: str, values: dict[str, Any]) -> None:
        """Tells the run's worker."""
        self._errands.add(lambda client: client.log_event(COMMANDS, [submission, number, command, values]))

    def answer(self, attempt: str, answer: dict[str, Any]) -> None:
        """Answers an attempt that has begun."""
        self._errands.add(lambda client: self._workers.answer(client, attempt, answer))

    def forget(self, attempt: str) -> None:
        """Drops an answer that perhaps no worker has read: the one that asked may have died first."""
        if attempt:
            self._errands.add(lambda client: self._workers.forget(client, attempt))

    def close(self) -> None:
        """Ends the connection, and the workers where they are ours."""
        self._closing.set()
        self._wanted.set()
        self._errands.close()
        for thread in (self._worker, self._listener):
            if thread:
                thread.join(CLOSE_SECONDS)
        if self._client:
            self._workers.close(self._client)

    def _run_errands(self) -> None:
        self._wanted.wait(HEAD_START_SECONDS)
        from explorer.runs import workers  # imports Dask: 0.3 s that the first page shall not wait for

        self._workers = workers
        while (errand := self._next_errand()) is not None:
            client = self._client
            try:
                if not client and errand.connects and not self._closing.is_set():
                    self._connect()
                    client = self._client
                if client:
                    errand.do(client)
            except workers.GONE as error:  # no answer; workers that do not start
                self._give_up(client, error)
        if self._client:
            _wake(self._queue)

    def _next_errand(self) -> Errand | None:
        """What is to be done; where nothing is for TICK_SECONDS, the listener is woken for its tick."""
        try:
            return self._errands.wait_for_next(TICK_SECONDS)
        except queue.Empty:
            return Errand(lambda client: _wake(self._queue))

    def _connect(self) -> None:
        workers = self._workers
        client = workers.connect()
        try:
            self.reports = f"cnn-explorer-reports-{secrets.token_hex(8)}"  # of this connection: old items are of no use
            self._queue = workers.open_queue(client, self.reports)
            client.register_plugin(workers.Prepare())
            self.slots, self.workers_a_machine = workers.count(client)
            if client.cluster is None:  # other machines than this one
                self.bfloat16 = workers.bfloat16(client)
        except workers.GONE:
            workers.close(client)
            raise
        self._client = client
        self._listener = threading.Thread(target=self._listen, args=(client, self._queue), daemon=True)
        self._listener.start()
        gc.freeze()  # Dask's modules too: see explorer.ui.app.freeze_garbage

    def _listen(self, client: "Client", reports: "Queue") -> None:
        ticked = time.monotonic()
        while not self._closing.is_set() and client is self._client:
            try:
                # Without a timeout, which the scheduler would put into its log each time.
                items = [reports.get(), *reports.get(batch=True)]
                if ticks := time.monotonic() - ticked > TICK_SECONDS:
                    self.slots, self.workers_a_machine = self._workers.count(client)
            except self._workers.GONE as error:
                if not self._closing.is_set():
                    self._give_up(client, error)
                return
            for item in filter(None, items):
                self._record_report(item)
            if ticks:
                self._look_after_runs()
                ticked = time.monotonic()

    def _give_up(self, client: "Client | None", error: Exception) -> None:
        """Once a connection: both threads may find the same one lost, and runs that wait for the next one stay."""
        with self._giving_up:
            if client is not self._client:
                return
            self._client = None
        LOG.warning("the workers cannot be reached: %s", error)
        self._futures.clear()
        self._errands.drop()  # or each of them would try to connect again, one after the other
        if client:
            threading.Thread(target=self._workers.close, args=(client,), daemon=True).start()
        self._end_without_workers(str(error) or type(error).__name__)

    def _over(self, future: "Future", client: "Client", run_id: str, submission: str) -> None:
        """On a thread of the client, when the task is over, whichever way; it comes after the worker's last report."""
        self._futures.pop(submission, None)
        error = future.exception() if future.status == "error" else None
        killed = type(error).__name__ == "KilledWorker"
        reason = f"{type(error).__name__}: {error}" if error else future.status

        item = [run_id, submission, "", "over", {"killed": killed, "reason": reason}]
        if client is self._client:
            self._errands.add(lambda client: self._queue.put(item))


def _wake(reports: "Queue") -> None:
    if not reports.qsize():
        reports.put(None)
