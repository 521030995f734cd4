"""The workers: an embedded Dask cluster, or the one that CNN_EXPLORER_SCHEDULER=tcp://… names. Runs can't tell.

Dask is talked to on two threads of this module's own, so that no page ever waits for a scheduler.
"""

import gc
import queue
import secrets
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from explorer.core.environment import environment
from explorer.core.events import tell
from explorer.core.run.train_config import TrainConfig
from explorer.exchange.processor import has_bfloat16
from explorer.exchange.protocol import COMMANDS, Assignment
from explorer.runs import task
from explorer.runs.errands import Errand, Errands
from explorer.runs.report_listener import TICK_SECONDS, Hearer, ReportListener

if TYPE_CHECKING:
    from distributed import Client, Future

# For the first page, from the server's start on: importing Dask and starting workers take both cores for two seconds.
HEAD_START_SECONDS = 4.0
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
        self.workers_there = 0  # those that a run could be given to now
        self.bfloat16 = None if environment().scheduler else has_bfloat16()  # of the workers
        self.reports = ""
        self._errands = Errands()
        self._wanted, self._closing = threading.Event(), threading.Event()
        self._giving_up = threading.Lock()
        self._futures: dict[str, Future] = {}
        self._client: Client | None = None
        self._listener: ReportListener | None = None
        self._errands.add(lambda client: None, connects=True)
        self._worker = threading.Thread(target=self._run_errands, daemon=True)
        self._worker.start()

    def submit(
        self, run_id: str, submission: str, config: TrainConfig, idle_seconds: float, run_seconds: float
    ) -> None:
        """Has a worker train the run; at its end, whichever it is, a report "over" comes."""

        def submit(client: "Client") -> None:
            assignment = Assignment(run_id, submission, self.reports, self.workers_a_machine, idle_seconds, run_seconds)
            key = ("run", run_id, submission)  # its first word is its kind, of which Dask keeps a book for good
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

    def want_workers(self) -> None:
        """Has them started, or looked for again, where they are not there: soon, and not for the caller to wait for."""
        self._wanted.set()
        if self._client is None and self._errands.empty:
            self._errands.add(lambda client: None, connects=True)

    def close(self) -> None:
        """Ends the connection, and the workers where they are ours."""
        self._closing.set()
        self._wanted.set()
        self._errands.close()
        if self._listener:
            self._listener.stop()
        for thread in filter(None, (self._worker, self._listener)):
            thread.join(CLOSE_SECONDS)
        if self._client:
            self._workers.close(self._client)

    def _run_errands(self) -> None:
        self._wanted.wait(HEAD_START_SECONDS)
        if self._closing.is_set():
            return
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
            self._listener.wake()

    def _next_errand(self) -> Errand | None:
        """What is to be done; where nothing is for TICK_SECONDS, the listener is woken for its tick."""
        try:
            return self._errands.wait_for_next(TICK_SECONDS)
        except queue.Empty:
            return Errand(lambda client: self._listener.wake())

    def _connect(self) -> None:
        workers = self._workers
        client = workers.connect()
        try:
            self.reports = f"cnn-explorer-reports-{secrets.token_hex(8)}"  # of this connection: old items are of no use
            self._queue = workers.open_queue(client, self.reports)
            client.register_plugin(workers.Prepare())
            self._count(client)
            if client.cluster is None:  # other machines than this one
                self.bfloat16 = workers.bfloat16(client)
        except workers.GONE:
            workers.close(client)
            raise
        self._client = client
        hearer = Hearer(
            self._record_report,
            lambda: self._count(client),
            self._look_after_runs,
            lambda error: self._give_up(client, error),
        )
        self._listener = ReportListener(self._queue, hearer, workers.GONE)
        tell("workers_found", count=self.workers_there)
        gc.freeze()  # Dask's modules too: see explorer.ui.app.freeze_garbage

    def _count(self, client: "Client") -> None:
        self.workers_there = self._workers.there(client)
        self.slots, self.workers_a_machine = self._workers.count(client)

    def _give_up(self, client: "Client | None", error: Exception) -> None:
        """Once a connection: both threads may find the same one lost, and runs that wait for the next one stay."""
        with self._giving_up:
            if client is not self._client or self._closing.is_set():
                return
            self._client, self.workers_there = None, 0
        if self._listener:
            self._listener.stop()
        tell("workers_lost", reason=str(error) or type(error).__name__)
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
