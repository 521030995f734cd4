"""A server of its own, as `streamlit run app.py` starts it, with a folder of runs that it takes up by itself."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import psutil

from explorer.core.errors import DataError
from explorer.exchange.json_text import json_text
from explorer.exchange.run_folder import read_run
from explorer.exchange.run_lock import UNFINISHED
from explorer.runs.unfinished import Unfinished

ROOT = Path(__file__).parents[2]
SECONDS = 240.0  # a generous bound: with all cores busy importing torch alone takes a minute


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def leave(folder: Path, *runs: Unfinished) -> None:
    """As a server that has ended leaves them to the next one."""
    (folder / UNFINISHED).mkdir(parents=True, exist_ok=True)
    for run in runs:
        (folder / UNFINISHED / f"{run.id}.json").write_text(json_text(run.as_dict()))


def left_by(folder: Path) -> list[str]:
    """The ids of the runs that wait or are under way there, or were as their server ended."""
    return sorted(file.stem for file in (folder / UNFINISHED).glob("*.json"))


class ServerProcess:
    """With ``settings`` as its environment; as a context it is gone afterwards, with whatever it started."""

    def __init__(self, folder: Path, port: int = 0, **settings: str) -> None:
        self.checkpoints, self.log_file = folder / "checkpoints", folder / "log"
        self.port = port = port or free_port()
        self.url = f"http://127.0.0.1:{port}"
        options = [f"--server.port={port}", "--server.address=127.0.0.1", "--server.headless=true"]
        with self.log_file.open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "streamlit", "run", "app.py", *options],
                cwd=ROOT,
                env={**os.environ, "CNN_EXPLORER_CHECKPOINTS": str(self.checkpoints), **settings},
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def __enter__(self) -> "ServerProcess":
        return self

    def __exit__(self, *error: object) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def log(self) -> str:
        return self.log_file.read_text("utf-8")

    def get(self, path: str) -> tuple[int, str]:
        """The answer's status and text; (0, "") where there is none."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.read().decode()
        except OSError:
            return 0, ""

    def wait(self, until: Callable[[], bool], seconds: float = SECONDS) -> None:
        """Returns when it is so; the server must live as long."""
        deadline = time.monotonic() + seconds
        while not until():
            assert self.process.poll() is None, self.log()
            assert time.monotonic() < deadline, self.log()
            time.sleep(0.05)

    def runs(self) -> list[dict]:
        """What the folders of its runs say of them now."""
        found = []
        for folder in sorted(self.checkpoints.glob("*/")):
            try:
                found.append(read_run(folder))
            except DataError:  # it has just been made
                continue
        return found

    def left(self, seconds: float = SECONDS) -> int:
        """How many of the processes that it has started are there, the server itself apart; 0 once there are none."""
        deadline = time.monotonic() + seconds
        while found := sum(_in_session(one, self.process.pid) for one in psutil.process_iter()):
            if time.monotonic() > deadline:
                break
            time.sleep(0.05)
        return found

    def end(self, number: signal.Signals, *, all_of_it: bool = False) -> int:
        """Sends the signal, to all of its processes as a terminal does or to itself alone; its exit status."""
        if all_of_it:
            os.killpg(self.process.pid, number)
        else:
            self.process.send_signal(number)
        return self.process.wait(SECONDS)


def _in_session(process: psutil.Process, leader: int) -> bool:
    try:
        mine = process.pid != leader and os.getsid(process.pid) == leader
        return mine and process.status() != psutil.STATUS_ZOMBIE
    except (ProcessLookupError, psutil.NoSuchProcess):
        return False
