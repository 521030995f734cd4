"""Training loops for a GPU: the line that PyTorch itself stops at, and what is no move at all."""

import pytest

from explorer.core.exercises.device_program import FAILING, FORWARD, LOSS, DeviceProgram, failing_line
from tests.core.exercises import torch_programs


@pytest.mark.parametrize("program", FAILING, ids=lambda program: f"{program.network}-{program.images}-{program.labels}")
def test_every_program_fails_where_pytorch_says(program: DeviceProgram) -> None:
    """Run as it stands, with the device that has no memory for the GPU."""
    ran = torch_programs.failing_line("\n".join(program.lines))
    assert ran == program.number(program.failing) == failing_line(program).right.answer[0]
    assert max(map(len, program.numbered)) <= 36, "no line is broken on a phone"
    assert program.numbered[ran - 1] == f"{ran:2} {program.failing}"


@pytest.mark.parametrize(
    ("program", "failing", "unmoved"),
    [
        (DeviceProgram("missing", "kept", "kept"), FORWARD, "net = Net()"),
        (DeviceProgram("in place", "lost", "kept"), FORWARD, "    images.to(device)"),
        (DeviceProgram("kept", "missing", "kept"), FORWARD, "for images, labels in loader:"),
        (DeviceProgram("kept", "kept", "lost"), LOSS, "    labels.to(device)"),
        (DeviceProgram("missing", "lost", "kept"), LOSS, "net = Net()"),
    ],
)
def test_the_line_that_lacks_its_move_is_another(program: DeviceProgram, failing: str, unmoved: str) -> None:
    """A network moves where it is; a tensor's copy that nobody keeps is no move."""
    assert (failing, unmoved) == (program.failing, program.unmoved)
    assert (program.number(unmoved),) == failing_line(program).slips["move_for_meeting"].answer


@pytest.mark.parametrize(
    "program", [DeviceProgram("in place", "kept", "kept"), DeviceProgram("missing", "lost", "missing")]
)
def test_what_lies_on_one_device_runs(program: DeviceProgram) -> None:
    """All of it moved, or nothing: no question."""
    assert program.failing == ""
    assert program not in FAILING
    assert torch_programs.failing_line("\n".join(program.lines)) == 0
