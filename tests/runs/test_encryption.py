"""Another account of this machine reaches every port of its loopback: what it finds there of the workers."""

import json
import re
import sys
import urllib.error
import urllib.request

import psutil
import pytest
from distributed import Client
from distributed.security import Security

from explorer.runs import workers
from explorer.runs.runs import Runs
from tests.runs.following import LONG, ME, SHORT, finish, stop, wait

pytestmark = pytest.mark.processes

SECONDS = 5


def ports(runs: Runs) -> dict[str, list[int]]:
    """Where the scheduler and its workers listen, for each other and as web servers, by this machine's own list."""
    client = runs._scheduler._cluster._client
    scheduler = psutil.Process().net_connections("tcp")
    mine = [connection.laddr for connection in scheduler if connection.status == psutil.CONN_LISTEN]
    info = client.scheduler_info()
    pairs = [[address, worker["nanny"]] for address, worker in info["workers"].items()]
    dask = [int(address.rpartition(":")[2]) for pair in pairs for address in pair]
    dask.append(int(info["address"].rpartition(":")[2]))
    web = [worker["services"]["dashboard"] for worker in info["workers"].values()] + [info["services"]["dashboard"]]
    assert {address.ip for address in mine if address.port in (*dask, *web)} == {"127.0.0.1"}
    return {"dask": dask, "web": web}


@pytest.fixture(scope="module")
def listening(runs: Runs) -> dict[str, list[int]]:
    """The ports of a server that trains."""
    run = runs.start(LONG, ME)
    wait(run, lambda: run.state == "running")
    found = ports(runs)
    stop(runs, run)
    return found


STRANGERS = {
    "without a certificate": ("tcp", lambda: None),
    "with one of their own": ("tls", Security.temporary),
}


@pytest.mark.parametrize("who", STRANGERS)
def test_a_stranger_on_this_machine_gets_no_connection(listening: dict[str, list[int]], who: str) -> None:
    """Neither to the scheduler nor to a worker nor to what watches over it; and the server trains on."""
    protocol, certificate = STRANGERS[who]
    for port in listening["dask"]:
        with pytest.raises(OSError, match=r"Timed out|certificate|SSL|closed|failed"):
            Client(f"{protocol}://127.0.0.1:{port}", timeout=SECONDS, security=certificate(), set_as_default=False)


def test_a_strangers_run_is_no_matter(runs: Runs, listening: dict[str, list[int]]) -> None:
    """After all that was tried."""
    finish(runs, SHORT)


def test_the_web_servers_of_dask_show_nothing(listening: dict[str, list[int]]) -> None:
    """Their pages would say what runs, with its log; and they can be asked without a certificate."""
    for port in listening["web"]:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/sitemap.json", timeout=SECONDS) as answer:
            assert json.load(answer) == {"paths": ["/sitemap.json"]}
        for page in ("info/main/workers.html", "metrics", "health", "json/identity.json", "status", "statics/", ""):
            with pytest.raises(urllib.error.HTTPError, match="404"):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/{page}", timeout=SECONDS)


def test_an_older_installation_is_told_what_it_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The run's page says so, as it does of workers that do not start: it would wait for ever."""
    monkeypatch.setitem(sys.modules, "cryptography", None)
    with pytest.raises(workers.GONE, match=r"cryptography is missing; install requirements.txt anew"):
        workers.connect()


def test_the_certificate_is_told_to_nobody(runs: Runs, listening: dict[str, list[int]]) -> None:
    """Commands and environments of processes can be read by other accounts, or by a worker's run."""
    for process in psutil.Process().children(recursive=True):
        told = " ".join([*process.cmdline(), *process.environ().values()])
        assert not re.search("PRIVATE KEY|BEGIN CERT", told)
