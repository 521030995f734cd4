"""Test images at an address: those that are on this server, in bounded numbers, and nothing else."""

from pathlib import Path

import numpy as np
import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match

from explorer.core import limits
from explorer.core.data.offline_file import offline_file
from explorer.exchange import published_files, test_images
from explorer.exchange.published_files import FILES
from explorer.ui import test_digits
from explorer.ui.test_digits import ImagesAtHand, digits_address, digits_route

RNG = np.random.default_rng(0)
IMAGES = RNG.integers(0, 256, (10_000, 28, 28), dtype=np.uint8)
LABELS = RNG.integers(0, 10, 10_000, dtype=np.uint8)


def ask(data: str, numbers: str = "0") -> Response | None:
    """What the server answers; None where this route has nothing to do with the path."""
    route = digits_route()
    query = f"numbers={numbers}".encode()
    scope = {"type": "http", "method": "GET", "path": f"/digits/{data}", "headers": [], "query_string": query}
    matched, found = route.matches(scope)
    return route.endpoint(Request(scope | found)) if matched is Match.FULL else None


def write_set(folder: Path) -> None:
    """A data set as it is published; of the training files, which nobody reads here, the names alone."""
    folder.mkdir(parents=True)
    for file in FILES[:2]:
        (folder / file.name).touch()
    for file, numbers in zip(FILES[2:], (IMAGES, LABELS), strict=True):
        header = (0x0800 + numbers.ndim, *numbers.shape)
        content = b"".join(size.to_bytes(4, "big") for size in header) + numbers.tobytes()
        (folder / file.name).write_bytes(content)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder, no folder named, and a server that has looked for nothing yet."""
    monkeypatch.setattr(test_digits, "_IMAGES", ImagesAtHand())
    for module in (published_files, test_images):
        monkeypatch.setattr(module, "cache_folder", lambda: tmp_path / "cache")
    for variable in ("CNN_EXPLORER_DATA", "CNN_EXPLORER_FASHION_DATA"):
        monkeypatch.delenv(variable, raising=False)
    return tmp_path / "cache"


def sent(data: str, numbers: list[int]) -> tuple[list[int], np.ndarray]:
    """The labels and images (N, 28, 28) of an answer."""
    answer = ask(data, ",".join(map(str, numbers)))
    assert answer.status_code == 200
    assert answer.headers["x-content-type-options"] == "nosniff"
    rows = np.frombuffer(answer.body, np.uint8).reshape(len(numbers), 785)
    return rows[:, 0].tolist(), rows[:, 1:].reshape(-1, 28, 28)


def test_what_a_run_has_fetched_is_sent(cache: Path) -> None:
    """In the order asked for."""
    write_set(cache / "MNIST" / "raw")
    labels, images = sent("mnist", [9_999, 0, 17])
    assert labels == LABELS[[9_999, 0, 17]].tolist()
    np.testing.assert_array_equal(images, IMAGES[[9_999, 0, 17]])
    assert digits_address("mnist") == "digits/mnist"


def test_the_owners_own_folder_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """CNN_EXPLORER_DATA, for the other sets as torchvision keeps them."""
    write_set(tmp_path / "own" / "FashionMNIST" / "raw")
    monkeypatch.setenv("CNN_EXPLORER_DATA", str(tmp_path / "own"))
    assert sent("fashion", [5])[0] == [LABELS[5]]
    assert digits_address("mnist") == ""  # what lies there is another set's


def test_drawn_digits_are_sent(cache: Path) -> None:
    """The test's, not those that are trained with."""
    cache.mkdir()
    tests = IMAGES[:20], LABELS[:20].astype(np.int64)
    np.savez(cache / offline_file(limits.OFFLINE_DIGITS), IMAGES[20:], LABELS[20:], *tests)
    assert sent("offline", [0, 19])[0] == LABELS[[0, 19]].tolist()
    assert ask("offline", "20").status_code == 400


def test_without_files_there_is_no_address(cache: Path) -> None:
    """And a broken file is as good as none."""
    assert digits_address("mnist") == ""
    assert ask("mnist").status_code == ask("nothing").status_code == 404
    write_set(cache / "KMNIST" / "raw")
    (cache / "KMNIST" / "raw" / FILES[2].name).write_bytes(b"\x00\x00\x08\x03")
    assert digits_address("kmnist") == ""


def test_those_that_come_later_are_found(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run has fetched them; and the server looks at the disk no more than every LOOK_AGAIN_SECONDS."""
    assert digits_address("mnist") == ""
    write_set(cache / "MNIST" / "raw")
    assert digits_address("mnist") == ""
    monkeypatch.setattr(test_digits, "LOOK_AGAIN_SECONDS", 0.0)
    assert digits_address("mnist") == "digits/mnist"


WRONG = ("", "x", "-1", "10000", "1,,2", "1,2,", "9" * 30, "٣", ",".join(map(str, range(limits.MAX_DIGITS_SENT + 1))))


@pytest.mark.parametrize("numbers", WRONG)
def test_other_numbers_get_a_sentence(cache: Path, numbers: str) -> None:
    """None, too many, beyond the last, or no numbers at all."""
    write_set(cache / "MNIST" / "raw")
    answer = ask("mnist", numbers.encode().decode("latin-1"))
    assert answer.status_code == 400
    assert b"0 to 9999" in answer.body
