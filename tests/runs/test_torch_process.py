"""A process that answers one question: its answer, its sentence, its failure, and its end by the clock or by hand."""

import pytest

from explorer.core.errors import DataError, SettingError
from explorer.runs.torch_process import Ended, TorchProcess


def process(how: str, seconds: float = 30) -> TorchProcess:
    """One that behaves so."""
    return TorchProcess("tests.runs.answering_process", how, seconds=seconds)


def test_its_answer_is_what_it_writes_and_how_far_it_is_comes_before() -> None:
    """Bytes as they are; what libraries say is neither."""
    seen = []
    assert process("answer").answer(lambda done, total: seen.append((done, total))) == b"\x00\xffbytes"
    assert seen == [(1, 3), (2, 3)]


def test_its_sentence_is_the_learners() -> None:
    """With its numbers, to be said in any language."""
    with pytest.raises(SettingError) as raised:
        process("explain").answer()
    assert raised.value.sentence.as_list() == ["{title} is not here.", {"title": "MNIST"}]


def test_a_failure_is_a_sentence_with_the_last_word() -> None:
    """And no traceback."""
    with pytest.raises(DataError, match=r"could not be computed: .*MemoryError: no room"):
        process("fail").answer()


def test_it_ends_when_its_time_is_over() -> None:
    """However long it would go on."""
    with pytest.raises(DataError, match="longer than the 1 s"):
        process("wait", seconds=1).answer()


def test_it_ends_when_nobody_waits() -> None:
    """While it computes, and before it has begun."""
    one = process("wait")
    with pytest.raises(Ended):
        one.answer(lambda done, total: one.end())
    other = process("wait")
    other.end()
    with pytest.raises(Ended):
        other.answer()
