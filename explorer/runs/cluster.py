"""The workers: an embedded Dask cluster, or the one that CNN_EXPLORER_SCHEDULER=tcp://… names. Pages can't tell."""

import logging
import os

import dask
from distributed import Client, LocalCluster

from explorer.core import limits

# Dask's defaults suit data frames. Its memory trimming takes back what every step frees and asks for again, its
# profiler stops the training thread a hundred times a second: together a quarter of the images a second.
FOR_TRAINING = {"distributed.nanny.pre-spawn-environ": {}, "distributed.worker.profile.enabled": False}


def connect() -> Client:
    """A client of the named scheduler, or of a cluster of ``limits.WORKERS`` processes started here (0.7 s).

    Raises OSError where the named scheduler does not answer within 5 s.
    """
    address = os.environ.get("CNN_EXPLORER_SCHEDULER")
    if address:
        return Client(address, timeout=5, set_as_default=False)
    with dask.config.set(FOR_TRAINING):
        cluster = LocalCluster(
            n_workers=limits.WORKERS,
            threads_per_worker=1,  # one run at a time; how many cores it uses is torch's affair
            processes=True,
            dashboard_address="127.0.0.1:0",  # any free port: the usual one may be another app's
            silence_logs=logging.ERROR,
        )
    return Client(cluster, set_as_default=False)


def close(client: Client) -> None:
    """Ends the client, and the workers where they are ours."""
    cluster = client.cluster
    client.close()
    if cluster is not None:
        cluster.close()
