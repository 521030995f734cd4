"""Whatever a file of weights holds, it gets a sentence, and nothing of it is run."""

import io
import pickle
import random
from pathlib import Path

import pytest
import torch

from explorer.core import limits
from explorer.core.errors import DataError
from explorer.training.state_dict import rewritten
from explorer.weights.read import read_weights
from explorer.weights.torch_file import READER
from tests.weights.hostile_files import MAKERS, hostile_file

FILES = 1000  # benchmarks/hostile_weights.py reads them as the app does, some by processes
REACH_TORCH = ("wrong type", "torch's own functions", "gigabytes of views")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Torch reads in this process, which has loaded it; the sizes of the files that it was asked for."""
    sizes: list[int] = []

    def answer(data: bytes, most_bytes: int) -> bytes:
        sizes.append(len(data))
        return rewritten(data)[:most_bytes]

    monkeypatch.setattr(READER, "answer_to", answer)
    return sizes


@pytest.mark.filterwarnings("ignore")
def test_a_thousand_hostile_files_are_refused(asked: list[int], tmp_path: Path) -> None:
    """Each by a sentence, without code run; most before torch, and so a process, is needed."""
    canary = tmp_path / "canary"
    for number in range(FILES):
        kind, data = hostile_file(number, canary)
        with pytest.raises(DataError):
            read_weights(data)
        assert not canary.exists(), f"file {number}, {kind}, ran its code"
    assert len(asked) < FILES // 4
    assert max(asked) <= limits.MAX_WEIGHTS_BYTES


@pytest.mark.parametrize("kind", ["bare pickle with code", "code in a torch file", "code in a ZIP file"])
def test_the_code_in_these_files_works(kind: str, tmp_path: Path) -> None:
    """Whoever unpickles one makes the canary: what the test above looks for would be there."""
    canary = tmp_path / "canary"
    data = MAKERS[kind](random.Random(0), canary)
    load = pickle.loads if kind.startswith("bare") else lambda data: torch.load(io.BytesIO(data), weights_only=False)
    load(data)
    assert canary.exists()


@pytest.mark.processes
@pytest.mark.parametrize("kind", REACH_TORCH)
def test_what_torch_is_asked_about_is_refused_in_its_own_process(kind: str, tmp_path: Path) -> None:
    """The sentence comes back from there, with its numbers."""
    number = list(MAKERS).index(kind)
    with pytest.raises(DataError, match=r"choose that file|more than the 10 MB") as caught:
        read_weights(hostile_file(number, tmp_path / "canary")[1])
    assert caught.value.sentence.numbers
    assert not (tmp_path / "canary").exists()
