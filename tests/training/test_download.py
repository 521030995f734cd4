"""Fetching, against hosts of our own on the loopback: no other network is used."""

import base64
import hashlib
import os
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

import pytest

from explorer.core.data.data_sets import SOURCES
from explorer.core.errors import DataError
from explorer.training import transfer
from explorer.training.download import Resource, fetch
from explorer.training.transfer import Cancelled

MNIST = SOURCES["mnist"]
MIRROR_VARIABLE = MNIST.mirror_variable
BODIES = {"first.gz": os.urandom(300_000), "second.gz": os.urandom(5_000)}
RESOURCES = [Resource(name, len(body), hashlib.md5(body).hexdigest()) for name, body in BODIES.items()]
TOTAL = 305_000
HTML = b"<html>please log in</html>"


class Reply(NamedTuple):
    """What a host answers; ``announced`` is its Content-Length, None for none at all."""

    status: int
    body: bytes
    announced: int | None


class Host(ThreadingHTTPServer):
    """A mirror that answers as told: ``replies[name]`` in turn, then whole files."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.replies: dict[str, list[Reply]] = {}
        self.asked: list[str] = []
        self.password = ""
        self.name = f"127.0.0.1:{self.server_port}"
        self.address = f"http://{self.name}/mnist"

    def answer(self, name: str, body: bytes, status: int = 200, announced: int | None = None, times: int = 1):
        self.replies.setdefault(name, []).extend([Reply(status, body, announced)] * times)

    def handle_error(self, request, client_address) -> None:
        """A client that cancels breaks the connection, as it should."""


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        name = self.path.rpartition("/")[2]
        self.server.asked.append(name)
        if self.server.password:
            signed = "Basic " + base64.b64encode(self.server.password.encode()).decode()
            if self.headers["Authorization"] != signed:
                self.send_error(401)
                return
        waiting = self.server.replies.get(name)
        reply = waiting.pop(0) if waiting else Reply(200, BODIES[name], len(BODIES[name]))
        self.send_response(reply.status)
        if reply.announced is not None:
            self.send_header("Content-Length", str(reply.announced))
        self.end_headers()
        self.wfile.write(reply.body)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture(autouse=True)
def only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.delenv(MIRROR_VARIABLE, raising=False)


def started() -> Iterator[Host]:
    with Host() as host:
        thread = threading.Thread(target=host.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield host
        host.shutdown()
        thread.join()


host = pytest.fixture(started, name="host")
other_host = pytest.fixture(started, name="other_host")


@pytest.fixture
def closed() -> str:
    """The address of a port where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"http://127.0.0.1:{server.getsockname()[1]}/"


@pytest.fixture
def silent() -> Iterator[str]:
    """The address of a host that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"


class Fetched(NamedTuple):
    progress: list[tuple[int, int]]
    broken: list[DataError]


def fetch_all(folder: Path, *mirrors: str, cancelled=lambda: False) -> Fetched:
    seen = Fetched([], [])
    fetch(MNIST, RESOURCES, mirrors, folder, lambda *bar: seen.progress.append(bar), cancelled, seen.broken.append)
    return seen


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*")}


def test_whole_files_arrive_and_the_bar_runs_to_its_end(tmp_path: Path, host: Host):
    """Every file lies in the folder, and progress grows from file to file up to the total."""
    seen = fetch_all(tmp_path / "new" / "folder", host.address)
    assert contents(tmp_path / "new" / "folder") == BODIES
    done = [bar[0] for bar in seen.progress]
    assert done == sorted(done)
    assert len(set(done)) >= 4
    assert seen.progress[-1] == (TOTAL, TOTAL)
    assert {bar[1] for bar in seen.progress} == {TOTAL}
    assert not seen.broken


def test_files_in_place_are_not_fetched_again(tmp_path: Path, host: Host, closed: str):
    """Once the files are there no host is needed, and the bar is full at once."""
    fetch_all(tmp_path, host.address)
    seen = fetch_all(tmp_path, closed)
    assert seen.progress == [(300_000, TOTAL), (TOTAL, TOTAL)]
    assert host.asked == list(BODIES)


def test_a_truncated_download_is_named_and_asked_for_again(tmp_path: Path, host: Host):
    """Half a file is not kept; its sentence names file, host and sizes, and the next attempt is whole."""
    half = BODIES["first.gz"][:150_000]
    host.answer("first.gz", half, announced=300_000)
    seen = fetch_all(tmp_path, host.address)
    assert contents(tmp_path) == BODIES
    assert host.asked == ["first.gz", "first.gz", "second.gz"]
    numbers = seen.broken[0].sentence.numbers
    assert (numbers["name"], numbers["source"]) == ("first.gz", host.name)
    assert (numbers["found"], numbers["expected"]) == (150_000, 300_000)
    assert numbers["found_md5"] == hashlib.md5(half).hexdigest()
    done = [bar[0] for bar in seen.progress]
    assert done == sorted(done)


def test_a_host_that_announces_no_length_is_checked_all_the_same(tmp_path: Path, host: Host):
    """The size is known beforehand: a body without Content-Length that ends early is broken, too."""
    host.answer("second.gz", BODIES["second.gz"][:-1])
    seen = fetch_all(tmp_path, host.address)
    assert [error.sentence.numbers["found"] for error in seen.broken] == [4_999]
    assert contents(tmp_path) == BODIES


@pytest.mark.parametrize(
    "body",
    [HTML, bytes(300_000), BODIES["first.gz"] + b"more", bytes(2_000_000), b""],
    ids=["html", "wrong sum", "four bytes too many", "far too many", "empty"],
)
def test_a_file_broken_everywhere_is_an_error_that_names_it(tmp_path: Path, host: Host, other_host: Host, body: bytes):
    """Two attempts on each host, then a sentence with file, hosts, sizes and sums; nothing is left behind."""
    for each in (host, other_host):
        each.answer("first.gz", body, announced=len(body), times=2)
    with pytest.raises(DataError) as caught:
        fetch_all(tmp_path, host.address, other_host.address)
    assert host.asked == other_host.asked == ["first.gz"] * 2
    sentence = str(caught.value)
    for part in (
        "first.gz",
        host.name,
        other_host.name,
        "/ 300,000 bytes",
        RESOURCES[0].md5,
        "CNN_EXPLORER_DATA",
    ):
        assert part in sentence
    if len(body) <= 300_000:
        assert f"{len(body):,} / 300,000 bytes, md5 {hashlib.md5(body).hexdigest()}" in sentence
    assert contents(tmp_path) == {}


def test_far_too_many_bytes_are_not_taken_in(tmp_path: Path, host: Host):
    """Reading ends within one chunk of the size a file should have."""
    host.answer("first.gz", bytes(5_000_000), announced=5_000_000)
    seen = fetch_all(tmp_path, host.address)
    assert 300_000 < seen.broken[0].sentence.numbers["found"] <= 300_000 + transfer.CHUNK_BYTES


def test_the_next_mirror_is_asked_when_one_answers_404(tmp_path: Path, host: Host, other_host: Host):
    """A host without the file is asked once, and the mirror that had it goes first from then on."""
    host.answer("first.gz", HTML, status=404)
    fetch_all(tmp_path, host.address, other_host.address)
    assert contents(tmp_path) == BODIES
    assert (host.asked, other_host.asked) == (["first.gz"], ["first.gz", "second.gz"])


def test_the_next_mirror_is_asked_when_one_refuses(tmp_path: Path, host: Host, closed: str):
    """A port where nobody listens costs one attempt."""
    fetch_all(tmp_path, closed, host.address)
    assert contents(tmp_path) == BODIES


def test_a_silent_host_is_given_up(tmp_path: Path, host: Host, silent: str, monkeypatch: pytest.MonkeyPatch):
    """A host that connects and sends nothing loses its turn when its time is over."""
    monkeypatch.setattr(transfer, "SILENCE_SECONDS", 3.0)  # the other host is to answer within them
    fetch_all(tmp_path, silent, host.address)
    assert contents(tmp_path) == BODIES


def test_without_network_the_sentence_says_what_was_tried(
    tmp_path: Path, closed: str, silent: str, monkeypatch: pytest.MonkeyPatch
):
    """Every host is named with its reason, and three ways out are offered; no folder is left behind."""
    monkeypatch.setattr(transfer, "SILENCE_SECONDS", 0.2)
    with pytest.raises(DataError) as caught:
        fetch_all(tmp_path / "cache", closed, silent)
    assert caught.value.sentence.numbers["name"] == "first.gz"
    refused, unanswered = caught.value.sentence.numbers["tried"].split("; ")
    assert refused.startswith(closed.split("/")[2] + ": ")
    assert unanswered == f"{silent.split('/')[2]}: no answer in 0.2 s"
    for way_out in ("CNN_EXPLORER_MNIST_MIRROR", "CNN_EXPLORER_DATA", "offline digits"):
        assert way_out in str(caught.value)
    assert not (tmp_path / "cache").exists()


def test_the_named_mirror_goes_first(tmp_path: Path, host: Host, other_host: Host, monkeypatch: pytest.MonkeyPatch):
    """CNN_EXPLORER_MNIST_MIRROR is asked before the usual hosts, with or without a slash at its end."""
    monkeypatch.setenv(MIRROR_VARIABLE, other_host.address)
    fetch_all(tmp_path, host.address)
    assert (host.asked, other_host.asked) == ([], list(BODIES))


def test_the_usual_mirrors_follow_a_named_one_that_fails(
    tmp_path: Path, host: Host, closed: str, monkeypatch: pytest.MonkeyPatch
):
    """A mirror that is down does not keep the data away."""
    monkeypatch.setenv(MIRROR_VARIABLE, closed)
    fetch_all(tmp_path, host.address)
    assert contents(tmp_path) == BODIES


@pytest.mark.parametrize("mirror", ["ftp://example.org/", "file:///tmp/", "example.org/mnist", "https://"])
def test_a_mirror_is_a_web_address(tmp_path: Path, mirror: str, monkeypatch: pytest.MonkeyPatch):
    """Anything but http and https is refused by name, before any host is asked."""
    monkeypatch.setenv(MIRROR_VARIABLE, mirror)
    with pytest.raises(DataError, match="CNN_EXPLORER_MNIST_MIRROR is " + mirror):
        fetch_all(tmp_path)


def test_a_mirror_with_a_password_works_and_keeps_it(tmp_path: Path, host: Host, monkeypatch: pytest.MonkeyPatch):
    """The host is asked with it; where the files are broken, neither sentences nor reasons hold it."""
    host.password = "me:s3cret/word"
    monkeypatch.setenv(MIRROR_VARIABLE, host.address.replace("//", "//me:s3cret%2Fword@"))
    fetch_all(tmp_path / "whole")
    assert contents(tmp_path / "whole") == BODIES
    host.answer("first.gz", HTML, times=2)
    with pytest.raises(DataError) as caught:
        fetch_all(tmp_path / "broken")
    assert "s3cret" not in str(caught.value)
    assert caught.value.sentence.numbers["tried"].startswith("CNN_EXPLORER_MNIST_MIRROR: 26 / 300,000 bytes")
    monkeypatch.setenv(MIRROR_VARIABLE, host.address)
    with pytest.raises(DataError, match="HTTP 401"):
        fetch_all(tmp_path / "broken")


def test_cancel_in_the_middle_of_a_file_leaves_nothing(tmp_path: Path, host: Host):
    """The first bytes have arrived when the cancel comes; no part is kept, no other file asked for."""
    progress: list[int] = []
    with pytest.raises(Cancelled):
        fetch(
            MNIST,
            RESOURCES,
            [host.address],
            tmp_path,
            lambda done, _: progress.append(done),
            lambda: bool(progress),
            print,
        )
    assert 0 < progress[-1] <= transfer.CHUNK_BYTES
    assert contents(tmp_path) == {}
    assert host.asked == ["first.gz"]


def test_cancel_between_files_keeps_the_whole_one(tmp_path: Path, host: Host):
    """What arrived whole need not be fetched again next time."""
    with pytest.raises(Cancelled):
        fetch_all(tmp_path, host.address, cancelled=lambda: (tmp_path / "first.gz").exists())
    assert contents(tmp_path) == {"first.gz": BODIES["first.gz"]}


def test_cancel_does_not_wait_for_a_silent_host(tmp_path: Path, silent: str):
    """A cancel is seen while a host keeps silent, long before it would be given up."""
    answers = iter([False, False, True])
    with pytest.raises(Cancelled):
        fetch_all(tmp_path, silent, cancelled=lambda: next(answers))
    assert contents(tmp_path) == {}


def test_a_broken_file_in_the_folder_is_replaced(tmp_path: Path, host: Host):
    """A file that was cut off on disk is named with its folder and fetched again."""
    (tmp_path / "first.gz").write_bytes(BODIES["first.gz"][:7])
    seen = fetch_all(tmp_path, host.address)
    assert contents(tmp_path) == BODIES
    assert [(error.sentence.numbers["source"], error.sentence.numbers["found"]) for error in seen.broken] == [
        (str(tmp_path), 7)
    ]


def test_two_runs_at_once_do_not_disturb_each_other(tmp_path: Path, host: Host):
    """Both end well, and the folder holds whole files and nothing else."""
    with ThreadPoolExecutor() as runs:
        list(runs.map(lambda _: fetch_all(tmp_path, host.address), range(4)))
    assert contents(tmp_path) == BODIES


def refuse_replacing(*_: object) -> None:
    raise PermissionError(13, "in use")


def test_a_file_another_run_put_there_first_is_as_good(tmp_path: Path, host: Host, monkeypatch: pytest.MonkeyPatch):
    """Windows refuses to replace a file that is being read; when that one is whole, nothing is amiss."""

    def lose_the_race(part: str, path: Path) -> None:
        path.write_bytes(Path(part).read_bytes())
        refuse_replacing()

    monkeypatch.setattr(os, "replace", lose_the_race)
    fetch_all(tmp_path, host.address)
    assert contents(tmp_path) == BODIES


def test_a_folder_that_does_not_take_the_file_is_named(tmp_path: Path, host: Host, monkeypatch: pytest.MonkeyPatch):
    """The sentence has the folder, the size and the reason; the part that was written is gone."""
    monkeypatch.setattr(os, "replace", refuse_replacing)
    with pytest.raises(DataError, match=r"first.gz \(300,000 bytes\) cannot be kept in .*: in use\. Make room"):
        fetch_all(tmp_path, host.address)
    assert contents(tmp_path) == {}


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path, host: Host):
    """A file stands where a folder should."""
    (tmp_path / "taken").write_text("")
    with pytest.raises(DataError, match="cannot be kept in"):
        fetch_all(tmp_path / "taken" / "raw", host.address)
