"""All runs of this server: start one, steer it, follow it, find it again."""

import gc
import logging
import secrets
import threading
import time
from concurrent.futures import Future as Promise
from pathlib import Path
from typing import TYPE_CHECKING

from explorer.core import limits
from explorer.core.explained import ExplainedError, SettingError
from explorer.core.run_folder import write_run
from explorer.core.topics import COMMANDS, REPORTS
from explorer.core.train_config import TrainConfig
from explorer.runs import task
from explorer.runs.run import Run

if TYPE_CHECKING:
    from distributed import Client, Future

LOG = logging.getLogger(__name__)
WATCH_SECONDS = 5.0  # how often a page that looks says so
HEAD_START_SECONDS = 2.0  # for the first page: importing Dask and starting workers take both cores for as long


class Runs:
    """Runs by their unguessable id; safe to use from all sessions' threads.

    The workers start in the background, HEAD_START_SECONDS after the first page was asked for or with the first run.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._runs: dict[str, Run] = {}
        self._futures: dict[str, Future] = {}
        self._watched: dict[str, float] = {}
        self._lock = threading.Lock()
        self._wanted = threading.Event()
        self._client = self._connect()

    def start(self, config: TrainConfig) -> Run:
        """Queues a run; pages follow it by ``find``. Raises SettingError where too many runs wait already."""
        run = Run(secrets.token_urlsafe(9), config)
        with self._lock:
            self._make_room()
            self._runs[run.id] = run
        self._wanted.set()
        _in_background(self._submit, run)
        return run

    def find(self, run_id: str | None) -> Run | None:
        """The run of that id, while the server remembers it."""
        return self._runs.get(run_id or "")

    def steer(self, run: Run, command: str) -> None:
        """Sends "pause", "resume" or "stop"; a worker that begins later reads it then."""
        self._client.result().log_event(COMMANDS, [run.id, command])
        future = self._futures.get(run.id)
        if command == "stop" and run.state == "queued" and future:
            future.cancel()

    def watch(self, run: Run) -> None:
        """Tells the worker that somebody looks; without it the run ends after ``limits.IDLE_SECONDS``."""
        now = time.monotonic()
        if run.state in ("running", "paused") and now - self._watched.get(run.id, 0) > WATCH_SECONDS:
            self._watched[run.id] = now
            self.steer(run, "watch")

    def close(self) -> None:
        """Ends the workers; runs end with them."""
        from explorer.runs import cluster

        self._wanted.set()
        if not self._client.exception():
            cluster.close(self._client.result())

    def _connect(self) -> "Promise[Client]":
        promise: Promise[Client] = Promise()

        def connect() -> None:
            self._wanted.wait(HEAD_START_SECONDS)
            from explorer.runs import cluster  # imports Dask: 0.3 s that the first page shall not wait for

            try:
                client = cluster.connect()
                client.subscribe_topic(REPORTS, lambda event: self._take(*event[1]))
                self._prepared = client.submit(task.prepare, pure=False)  # kept: Dask drops what nobody holds
                promise.set_result(client)
                gc.freeze()  # Dask's modules too: see explorer.ui.settle
            except (OSError, RuntimeError) as error:  # no answer; workers that do not start
                promise.set_exception(error)

        _in_background(connect)
        return promise

    def _take(self, run_id: str, kind: str, values: dict) -> None:
        run = self._runs.get(run_id)  # another server's run, where they share a scheduler, is not here
        if run:
            run.take(kind, values)

    def _submit(self, run: Run) -> None:
        try:
            client = self._client.result()
        except (OSError, RuntimeError) as error:
            self._client = self._connect()  # for the next try
            _fail(run, SettingError("The workers cannot be reached: {reason}", reason=str(error)))
            return
        future = client.submit(task.train, run.id, run.config, key=f"run-{run.id}", pure=False)
        self._futures[run.id] = future
        future.add_done_callback(lambda done: self._end(run, done))

    def _end(self, run: Run, future: "Future") -> None:
        """Runs on a thread of the client when the task is over, whichever way."""
        self._futures.pop(run.id, None)
        if future.status == "finished":
            self._keep(run, future.result())
        elif future.status == "error":
            LOG.error("run %s failed", run.id, exc_info=future.exception())
            _fail(run, future.exception())
        else:  # cancelled, or its scheduler is gone
            run.end("cancelled", None)

    def _keep(self, run: Run, result: task.Result) -> None:
        try:
            weights = result["weights"]
            folder = write_run(self.folder, weights, result["description"]) if weights else None
        except ExplainedError as error:
            _fail(run, error)
        else:
            run.end(result["state"], result["error"], folder)

    def _make_room(self) -> None:
        """Keeps memory bounded: the oldest ended run goes, its folder stays."""
        if len(self._runs) < limits.MAX_RUNS_KEPT:
            return
        ended = next((run for run in self._runs.values() if not run.unfinished), None)
        if not ended:
            raise SettingError(
                "{count} runs are waiting or under way, all that this server takes. Try again in a few minutes.",
                count=len(self._runs),
            )
        del self._runs[ended.id]
        self._watched.pop(ended.id, None)


def _fail(run: Run, error: BaseException) -> None:
    if not isinstance(error, ExplainedError):
        error = SettingError("The training broke off: {reason}", reason=f"{type(error).__name__}: {error}")
    run.end("failed", (error.sentence, error.numbers))


def _in_background(target: object, *arguments: object) -> None:
    threading.Thread(target=target, args=arguments, daemon=True).start()
