"""What of a training script goes to the GPU, each by its ``.to(device)``, and what fails where one is left out."""

import re
from dataclasses import dataclass

from explorer.core.errors import Sentence, say
from explorer.core.network.layers import LayerSpec

# What is moved -> the line that moves it, in every script of ``train_code``.
MOVES = {
    "network": re.compile(r"^net = Net\(\)\.to\(device.*$", re.MULTILINE),
    "images": re.compile(r"^ +images = pixels\.to\(device\).*$", re.MULTILINE),
    "labels": re.compile(r"^ +return .*labels\.to\(device\)$", re.MULTILINE),
    "rows": re.compile(r"^ +order = torch\.randperm\(len\(labels\).*\.to\(device\)$", re.MULTILINE),
}
_DEVICE = re.compile(r"^device = .*$", re.MULTILINE)
_USES = {part: re.compile(rf"^ +.*\b{part}\[rows\].*$", re.MULTILINE) for part in ("images", "labels")}
SIGNS = "①②③④⑤"  # the device, then MOVES
FAILS = "✗"
_COMMENT = re.compile(r" +#.*")

# Recorded, not run: what torch 2.x says on an NVIDIA GPU, as users report it in public issues and notebooks. The second
# wording of "same device" is torch 2.9's. {one} and {other} are devices.
INDEX = "RuntimeError: indices should be either on cpu or on the same device as the indexed tensor (cpu)"
BATCH_ON_CPU = (
    "RuntimeError: Input type (torch.FloatTensor) and weight type (torch.cuda.FloatTensor) should be the same or input "
    "should be a MKLDNN tensor and weight is a dense tensor"
)
NETWORK_ON_CPU = (
    "RuntimeError: Input type (torch.cuda.FloatTensor) and weight type (torch.FloatTensor) should be the same"
)
LINEAR = (
    "RuntimeError: Expected all tensors to be on the same device, but got mat1 is on {one}, different from other "
    "tensors on {other} (when checking argument in method wrapper_CUDA_addmm)"
)
LOSS = (
    "RuntimeError: Expected all tensors to be on the same device, but found at least two devices, {one} and {other}! "
    "(when checking argument for argument target in method wrapper_CUDA_nll_loss_forward)"
)
GPU, CPU = "cuda:0", "cpu"


@dataclass(frozen=True)
class Outcome:
    """What a script does with some moves left out.

    ``fails_on`` is the part whose use fails, "images" or "labels", "" where it runs; ``recorded`` is what torch says
    then, "" where that was not recorded.
    """

    why: Sentence
    fails_on: str = ""
    recorded: str = ""


def outcome(left_out: frozenset[str], layers: tuple[LayerSpec, ...]) -> Outcome:
    """Of a step of training on a GPU without the moves ``left_out``, some of MOVES; in the order in which it computes.

    Row numbers may pick from a tensor on the same device, and on the CPU from any.
    """
    place = {part: CPU if part in left_out else GPU for part in MOVES}
    first = next((spec for spec in layers if spec.kind in ("Conv2d", "Linear", "BatchNorm2d", "BatchNorm1d")), None)
    if place["images"] == CPU and place["rows"] == GPU:
        return _index("images")
    if first and place["images"] != place["network"]:
        return _first_layer(first, place["images"], place["network"])
    if place["labels"] == CPU and place["rows"] == GPU:
        return _index("labels")
    if place["labels"] != place["network"]:
        return _loss(place["network"], place["labels"])
    return _runs(place)


def marked_script(script: str, left_out: frozenset[str], fails_on: str) -> str:
    """The script without those moves, its lines about the device numbered by SIGNS, the one that fails by FAILS."""
    for sign, (part, line) in zip(SIGNS[1:], MOVES.items(), strict=True):
        script = line.sub(lambda found, part=part, sign=sign: _marked(found[0], sign, part in left_out), script)
    script = _DEVICE.sub(lambda found: _marked(found[0], SIGNS[0], left_out=False), script)
    if fails_on:
        script = _USES[fails_on].sub(lambda found: f"{found[0]}  # {FAILS}", script, count=1)
    return script


def marked_lines(script: str) -> str:
    """The lines with a mark alone, each behind its number in ``marked_script``'s text and the mark.

    At a long line's end the mark would be out of sight.
    """
    lines = [(number, line) for number, line in enumerate(script.splitlines(), 1) if line[-1:] in [*SIGNS, FAILS]]
    return "\n".join(f"{number:3} {line[-1]} {_COMMENT.sub('', line.strip())}" for number, line in lines)


def move_lines(script: str) -> dict[str, str]:
    """What is moved -> the line of the script that moves it, as it stands there."""
    return {part: _COMMENT.sub("", found[0].strip()) for part, line in MOVES.items() if (found := line.search(script))}


def failing_line(script: str, fails_on: str) -> int:
    """The number of the line that uses ``fails_on`` first, from 1."""
    found = _USES[fails_on].search(script)
    return script.count("\n", 0, found.start()) + 1 if found else 0


def _marked(line: str, sign: str, left_out: bool) -> str:
    if left_out:
        line = line.replace(".to(device, ", ".to(").replace(".to(device)", "")
    return f"{_COMMENT.sub('', line)}  # {sign}"


def _index(part: str) -> Outcome:
    why = say(
        "The row numbers are on the GPU, and {part} is in the CPU’s memory: from there a GPU’s numbers pick nothing.",
        part=part,
    )
    return Outcome(why, part, INDEX)


def _first_layer(first: LayerSpec, images: str, network: str) -> Outcome:
    if images == CPU:
        why = say(
            "The batch is in the CPU’s memory, the weights of {layer} are on the GPU: it cannot multiply the two.",
            layer=first.name,
        )
    else:
        why = say(
            "The batch is on the GPU, the weights of {layer} are in the CPU’s memory, where a network is made: it "
            "cannot multiply the two.",
            layer=first.name,
        )
    recorded = {
        "Conv2d": BATCH_ON_CPU if images == CPU else NETWORK_ON_CPU,
        "Linear": LINEAR.format(one=images, other=network),
    }
    return Outcome(why, "images", recorded.get(first.kind, ""))


def _loss(outputs: str, labels: str) -> Outcome:
    why = say(
        "The network’s outputs are on {one}, the labels on {other}: the loss cannot compare the two.",
        one=outputs,
        other=labels,
    )
    return Outcome(why, "labels", LOSS.format(one=outputs, other=labels))


def _runs(place: dict[str, str]) -> Outcome:
    if CPU not in place.values():
        return Outcome(
            say("It runs: network, images, labels and row numbers are all on the GPU, and nothing is copied meanwhile.")
        )
    if GPU not in place.values():
        return Outcome(say("It runs, on the CPU alone: nothing was moved, and the GPU has nothing to do. No message."))
    return Outcome(
        say(
            "It runs. Row numbers in the CPU’s memory may pick from a tensor on the GPU; but they are sent there batch "
            "after batch, and each time the GPU waits."
        )
    )
