"""Starting workers, or finding them: how many there are, and how they are set up. The only module that loads Dask."""

import logging
import signal
import threading
from collections import Counter
from copy import deepcopy
from typing import Any

import dask
from distributed import Client, LocalCluster, Queue, Variable, Worker, WorkerPlugin
from distributed.client import ClosedClientError

from explorer.core import limits
from explorer.core.environment import environment
from explorer.exchange.processor import has_bfloat16
from explorer.exchange.protocol import REPORTS_AT_ONCE, answer_name
from explorer.runs import task
from explorer.runs.devices import nvidia_gpus
from explorer.runs.encryption import named_certificate, own_certificate

# Dask's defaults suit data frames. Its memory trimming takes back what every step frees and asks for again, its
# profiler stops the training thread a hundred times a second: together a quarter of the images a second.
# Threads that wait for one another must not spin: two of them on two cores, with anything else running, are ten
# times as fast so. OpenMP reads this before torch is imported.
FOR_TRAINING = {
    "distributed.nanny.pre-spawn-environ": {"OMP_WAIT_POLICY": "PASSIVE"},
    "distributed.worker.profile.enabled": False,
    "distributed.admin.system-monitor.log-length": 100,  # samples of CPU and memory: an hour of them by default
    "distributed.admin.low-level-log-length": 20,  # messages of each connection, with curves: 1,000 by default
    "distributed.scheduler.allowed-failures": limits.MAX_DEATHS,
    # Where no other worker has taken a dead one's place after 15 s, none ever would: a busy machine needs longer.
    "distributed.deploy.lost-worker-timeout": "1 hour",
    # Each of Dask's processes has a web page as well, which asks for no certificate: it has nothing to show.
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
}
CONNECT_SECONDS = 5
# What Dask raises where a scheduler does not answer, or no longer; a closed client lacks the attribute
# `scheduler`, one that was started anew its queues, and a worker elsewhere perhaps this project.
GONE = (OSError, RuntimeError, ClosedClientError, AttributeError, KeyError, ImportError)


def connect() -> Client:
    """A client of the named scheduler, or of a cluster of ``worker_count()`` processes started here (0.8 s).

    Raises OSError where the named scheduler does not answer within CONNECT_SECONDS.
    """
    if address := environment().scheduler:
        return Client(address, timeout=CONNECT_SECONDS, set_as_default=False, security=named_certificate())
    # For good, not as a context: some of it is read when a worker dies. A copy: Dask may add to its lists of routes.
    dask.config.set(deepcopy(FOR_TRAINING))
    cluster = LocalCluster(
        n_workers=worker_count(),
        threads_per_worker=1,  # one run at a time; how many cores it uses is torch's affair
        processes=True,
        dashboard_address="127.0.0.1:0",  # any free port: the usual one may be another app's
        scheduler_kwargs={"dashboard": False},  # Bokeh's, where somebody has it installed: it has no routes of its own
        security=own_certificate(),
        silence_logs=logging.ERROR,
    )
    client = Client(cluster, set_as_default=False)
    client.register_plugin(EndWithTheApp())
    return client


def worker_count() -> int:
    """``limits.WORKERS``, or one for each NVIDIA GPU, at least one: seen without torch, which would cost 3 s."""
    return limits.WORKERS or max(1, len(nvidia_gpus()))


def count(client: Client) -> tuple[int, int]:
    """(workers, the most of them on one machine), each at least 1; those that are being restarted count here."""
    if client.cluster is not None:
        return worker_count(), worker_count()
    addresses = client.nthreads()
    machines = Counter(address.rpartition(":")[0] for address in addresses)
    return max(1, len(addresses)), max(1, *machines.values(), 1)


def there(client: Client) -> int:
    """How many workers there are at this moment."""
    return len(client.nthreads())


def bfloat16(client: Client) -> bool | None:
    """``has_bfloat16`` of all workers together, where each can tell: what one of them lacks may meet any run."""
    found = list(client.run(has_bfloat16, on_error="return").values())  # an older worker has no such function
    if False in found:
        return False
    return True if found and all(one is True for one in found) else None


class EndWithTheApp(WorkerPlugin):
    """Keeps the app's own workers from what Ctrl-C, or a service's end, tells all of its processes at once.

    They are to save what they train first; the app ends them then, and they end by themselves where it is no more.
    """

    name = "cnn-explorer-end-with-the-app"

    def setup(self, worker: Worker) -> None:
        """Runs in the worker's main thread, as signals need it."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)


class Prepare(WorkerPlugin):
    """Has each worker, those to come included, import torch before a run waits for it.

    In a thread: as a task it would have Dask move the run that waits behind it to a busy worker.
    """

    name = "cnn-explorer-prepare"

    def setup(self, worker: Worker) -> None:
        """Runs when the worker starts, or hears of this."""
        threading.Thread(target=task.prepare, daemon=True).start()


def open_queue(client: Client, name: str) -> Queue:
    """The app's queue of that name, bounded: workers wait for an app that is behind."""
    return Queue(name, client=client, maxsize=REPORTS_AT_ONCE)


def answer(client: Client, attempt: str, values: dict[str, Any]) -> None:
    """Answers an attempt that has begun."""
    Variable(answer_name(attempt), client=client).set(values)


def forget(client: Client, attempt: str) -> None:
    """Drops an answer that no worker has read."""
    Variable(answer_name(attempt), client=client).delete()


def close(client: Client) -> None:
    """Ends the client, and the workers where they are ours."""
    cluster = client.cluster
    client.close()
    if cluster is not None:
        cluster.close()
