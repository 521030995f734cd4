"""A run's records while another process writes them."""

from pathlib import Path

from explorer.core.run.records import Change, Record, Started, Steps
from explorer.exchange.record_follower import RecordFollower
from explorer.exchange.run_folder import METRICS, append, cut

STARTED = Started("cpu", 1, 8490, 640, 10, 20, {"torch": "2"})


def steps(number: int) -> Steps:
    return Steps(number, [1.0], 1.0, 64.0, accuracies=[0.5])


def test_each_record_is_read_once(tmp_path: Path) -> None:
    """As they come; before the file is there, there are none."""
    follower = RecordFollower(tmp_path)
    assert (False, []) == follower.read()
    first, more = [STARTED, steps(1)], [steps(2), Change(2, lr=0.5)]
    append(tmp_path, first)
    assert (True, first) == follower.read()
    assert (False, []) == follower.read()
    append(tmp_path, more)
    assert (False, more) == follower.read()


def test_a_line_that_is_not_whole_yet_is_read_later(tmp_path: Path) -> None:
    """It may be cut within a character; a line that is none is passed over."""
    append(tmp_path, [STARTED, steps(1)])
    whole = (tmp_path / METRICS).read_bytes()
    (tmp_path / METRICS).write_bytes(whole[:-10])
    follower = RecordFollower(tmp_path)
    assert (True, [STARTED]) == follower.read()
    with (tmp_path / METRICS).open("ab") as file:
        file.write(whole[-10:] + b'7\n{"kind": "nonsense"}\n\xff\n')
    assert (False, [steps(1)]) == follower.read()


def test_a_run_that_has_gone_back_is_read_anew(tmp_path: Path) -> None:
    """To its last saved state: what came after it comes again, or something else."""
    records: list[Record] = [STARTED, steps(1), steps(2)]
    append(tmp_path, records)
    follower = RecordFollower(tmp_path)
    follower.read()
    cut(tmp_path, 1, 0)
    append(tmp_path, [steps(2)])
    assert (True, [*records[:2], steps(2)]) == follower.read()
