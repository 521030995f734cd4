"""A training loop as learners write it, for a GPU: which of its parts are moved there, and the line that fails.

The index of a line in a program counts from 0, its number on screen from 1.
"""

from dataclasses import dataclass
from itertools import product, starmap
from typing import Literal, get_args

from explorer.core.errors import say
from explorer.core.exercises.question import Question, question
from explorer.core.exercises.worked import Worked, result

# ``net.to(device)`` moves a network where it is; a tensor's ``.to`` makes a copy, which "lost" does not keep.
NetworkMove = Literal["kept", "in place", "missing"]
TensorMove = Literal["kept", "lost", "missing"]
# A phone shows 36 characters of a line, its number among them.
FORWARD, LOSS, BACKWARD = "    out = net(images)", "    loss = criterion(out, labels)", "    loss.backward()"
BATCH, CLEARED = "for images, labels in loader:", "    optimizer.zero_grad()"
GPU, CPU = "cuda", "cpu"
_NETWORK = {
    "kept": ("net = Net().to(device)",),
    "in place": ("net = Net()", "net.to(device)"),
    "missing": ("net = Net()",),
}


@dataclass(frozen=True)
class DeviceProgram:
    """How network, images and labels are moved; whether the gradients are ``cleared_late``, behind the loss."""

    network: NetworkMove
    images: TensorMove
    labels: TensorMove
    cleared_late: bool = False

    @property
    def lines(self) -> tuple[str, ...]:
        """The program, without what makes its data, from the line that names the device."""
        forward = [FORWARD, LOSS, CLEARED] if self.cleared_late else [CLEARED, FORWARD, LOSS]
        return (
            f'device = torch.device("{GPU}")',
            *_NETWORK[self.network],
            "criterion = nn.CrossEntropyLoss()",
            "optimizer = SGD(net.parameters())",
            BATCH,
            *_tensor("images", self.images),
            *_tensor("labels", self.labels),
            *forward,
            BACKWARD,
            "    optimizer.step()",
        )

    @property
    def numbered(self) -> tuple[str, ...]:
        """The lines behind their numbers."""
        return tuple(f"{number:2} {line}" for number, line in enumerate(self.lines, 1))

    @property
    def devices(self) -> dict[str, str]:
        """Where network, images and labels are when they meet."""
        is_moved = {
            "net": self.network != "missing",
            "images": self.images == "kept",
            "labels": self.labels == "kept",
        }
        return {part: GPU if moved else CPU for part, moved in is_moved.items()}

    @property
    def meetings(self) -> dict[str, tuple[str, str]]:
        """The lines in which two parts meet, in their order -> on which devices these are."""
        at = self.devices
        return {FORWARD: (at["net"], at["images"]), LOSS: (at["net"], at["labels"])}

    @property
    def failing(self) -> str:
        """The first line in which two devices meet; "" where there is none."""
        return next((line for line, (one, other) in self.meetings.items() if one != other), "")

    @property
    def unmoved(self) -> str:
        """The line that lacks the move of what the failing line finds in the CPU's memory, or loses it."""
        if self.devices["net"] == CPU:
            return "net = Net()"
        part = "images" if self.failing == FORWARD else "labels"
        return next((line for line in _tensor(part, "lost") if line in self.lines), BATCH)

    def number(self, line: str) -> int:
        """The number of that line on screen."""
        return self.lines.index(line) + 1


_MOVES = get_args(NetworkMove), get_args(TensorMove), get_args(TensorMove)
FAILING = tuple(program for program in starmap(DeviceProgram, product(*_MOVES, (False, True))) if program.failing)


def failing_line(program: DeviceProgram) -> Question:
    """Which line of a program, one of FAILING, raises the error."""
    first = ", ".join(f"{part}: {device}" for part, device in program.devices.items())
    other = LOSS if program.failing == FORWARD else FORWARD

    def compute(slip: str) -> Worked:
        if slip == "move_for_meeting":
            return _ends_at(program, program.unmoved)
        last = {"devices_not_compared": other, "way_back_fails": BACKWARD}.get(slip, program.failing)
        met = [line for line in program.meetings if program.number(line) < program.number(last)]
        passed = [f"{program.number(line)}: {_met(program, line)} ✓" for line in met]
        return _ends_at(program, last, first, *passed)

    asked = say("This program trains on a GPU, and one of its lines raises an error. What is the line’s number?")
    return question(asked, compute, ("move_for_meeting", "devices_not_compared", "way_back_fails"))


def _tensor(name: str, move: TensorMove) -> tuple[str, ...]:
    return {"kept": (f"    {name} = {name}.to(device)",), "lost": (f"    {name}.to(device)",), "missing": ()}[move]


def _met(program: DeviceProgram, line: str) -> str:
    """``net(images): cuda, cpu``."""
    call = line.partition(" = ")[2]
    return f"{call}: {', '.join(program.meetings[line])}"


def _ends_at(program: DeviceProgram, line: str, *before: str) -> Worked:
    said = _met(program, line) if line in program.meetings else line.strip()
    return result(program.number(line), *before, f"{program.number(line)}: {said} ✗")
