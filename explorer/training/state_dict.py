"""``python -m explorer.training.state_dict < file``: a state_dict of torch.save, rewritten as safetensors.

The process that ``explorer.weights`` starts for a learner's file. Writes a line of JSON, and after it the tensors, if
any. It ends itself, or is ended, and then there is no line.
"""

import json
import re
import struct
import sys
from collections.abc import Mapping
from io import BytesIO
from pickle import UnpicklingError
from typing import cast

import safetensors.torch
import torch
from torch import Tensor

from explorer.bounded.myself import bound_myself
from explorer.core import limits
from explorer.core.errors import DataError, Sentence, say
from explorer.weights.pickled_words import damaged, more_than_tensors

# Under which keys checkpoints have the state_dict, beside an optimizer's and the epoch.
WRAPPERS = ("model_state_dict", "state_dict", "model_state", "model", "network", "net", "weights", "params")
# What torch.load raises, by the place where a file breaks.
BROKEN = (
    *(OSError, RuntimeError, ValueError, TypeError, LookupError, EOFError, ArithmeticError, AttributeError),
    *(AssertionError, UnpicklingError, struct.error),
)
_NAMED = re.compile(r"GLOBAL (\S+)")
# What safetensors holds; of whole numbers, but for BatchNorm's counters, its reader says that they are no weights.
_HELD = {torch.float32, torch.float64, torch.float16, torch.bfloat16, torch.int64, torch.int32, torch.uint8}


def main() -> None:
    """Rewrites standard input on standard output."""
    bound_myself(limits.MAX_WEIGHTS_SECONDS, limits.MAX_WEIGHTS_MEMORY, written=3 * limits.MAX_WEIGHTS_BYTES)
    sys.stdout.buffer.write(rewritten(sys.stdin.buffer.read(limits.MAX_WEIGHTS_BYTES)))


def rewritten(data: bytes) -> bytes:
    """The line, and the tensors behind it."""
    try:
        tensors, remarks = state_dict_of(data)
        head = {"names": list(tensors), "remarks": [remark.as_list() for remark in remarks]}
        body = safetensors.torch.save(tensors)
    except DataError as error:
        head, body = {"sentence": error.sentence.as_list()}, b""
    return json.dumps(head).encode() + b"\n" + body


def state_dict_of(data: bytes) -> tuple[dict[str, Tensor], list[Sentence]]:
    """The tensors in the file, each of its own memory, and what is to be told of it. Raises DataError."""
    try:
        loaded = torch.load(BytesIO(data), map_location="cpu", weights_only=True)
    except BROKEN as error:
        raise _refusal(str(error)) from error
    found, remarks = _unwrapped(loaded)
    sizes = [tensor.numel() * tensor.element_size() for tensor in found.values()]
    if sum(sizes) > limits.MAX_WEIGHTS_BYTES:  # many views of one small memory
        raise DataError(
            "The file's tensors have {size} MB, more than the {most} MB that are taken.",
            size=f"{sum(sizes) / 1e6:.1f}",
            most=f"{limits.MAX_WEIGHTS_BYTES / 1e6:g}",
        )
    return {name: _plain(name, tensor) for name, tensor in found.items()}, remarks


def _refusal(message: str) -> DataError:
    if named := _NAMED.search(message):
        return more_than_tensors(named[1])
    return damaged()


def _unwrapped(loaded: object) -> tuple[Mapping[str, Tensor], list[Sentence]]:
    kind = type(loaded).__name__
    if state := _state_dict(loaded):
        return state, []
    contents: Mapping[object, object] = cast("Mapping[object, object]", loaded) if isinstance(loaded, Mapping) else {}
    for key in WRAPPERS:
        if state := _state_dict(contents.get(key)):
            return state, [say("The file is a checkpoint: what is under {key} in it is read.", key=key)]
    for name, value in contents.items():
        if not isinstance(value, Tensor):
            raise DataError(
                "{name} in the file is of the type {kind}, and no tensor. Save model.state_dict() alone, and choose "
                "that file.",
                name=str(name)[:60],
                kind=type(value).__name__,
            )
    raise DataError(
        "The file holds what is of the type {kind}, and no state_dict. Save model.state_dict() with torch.save, and "
        "choose that file.",
        kind=kind,
    )


def _state_dict(value: object) -> Mapping[str, Tensor] | None:
    """The value, where it is one, and not empty."""
    contents: Mapping[object, object] = cast("Mapping[object, object]", value) if isinstance(value, Mapping) else {}
    is_one = all(isinstance(name, str) and isinstance(tensor, Tensor) for name, tensor in contents.items())
    return cast("Mapping[str, Tensor]", contents) if contents and is_one else None


def _plain(name: str, tensor: Tensor) -> Tensor:
    """A copy in reading order; what safetensors cannot hold is refused by name."""
    is_dense = tensor.layout is torch.strided and not tensor.is_meta
    if not is_dense or tensor.dtype not in _HELD:
        raise DataError(
            "{name} holds numbers of the type {dtype}, and weights are floats. Save model.float().state_dict(), and "
            "choose that file.",
            name=name,
            dtype=str(tensor.dtype if is_dense else tensor.layout).removeprefix("torch."),
        )
    return tensor.detach().clone(memory_format=torch.contiguous_format)


if __name__ == "__main__":
    main()
