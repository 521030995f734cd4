"""A learner's file of weights: its tensors, whichever of the two kinds it is of."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from explorer.core import limits
from explorer.core.errors import DataError, Sentence, say
from explorer.core.file_kinds import HEAD_BYTES, file_kind
from explorer.weights.pickled_words import another_pickle
from explorer.weights.safetensors_file import is_safetensors, read_safetensors
from explorer.weights.torch_file import as_safetensors, is_torch_file

_WRAPPINGS = ("module.", "_orig_mod.")  # what DataParallel and torch.compile put before every name


@dataclass(frozen=True)
class WeightsFile:
    """The file's tensors by their names, float32 and finite; ``remarks`` is what is to be told of how it was read.

    They stand in the order in which the module had them; safetensors sorts, there it is that of the names.
    """

    tensors: Mapping[str, np.ndarray] = field(repr=False)
    remarks: tuple[Sentence, ...] = ()

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """Each tensor's, in the file's order."""
        return {name: tensor.shape for name, tensor in self.tensors.items()}


def read_weights(data: bytes) -> WeightsFile:
    """What is in a file's bytes. Never runs anything of it. Raises DataError: one sentence, with the way out."""
    if len(data) > limits.MAX_WEIGHTS_BYTES:
        raise DataError(
            "The file has {size} MB, more than the {most} MB that are taken: {parameters} parameters have four bytes "
            "each. Save model.state_dict() alone, without an optimizer's.",
            size=f"{len(data) / 1e6:.1f}",
            most=f"{limits.MAX_WEIGHTS_BYTES / 1e6:g}",
            parameters=limits.MAX_PARAMETERS,
        )
    if not data:
        raise DataError("The file is empty. Choose another.")
    if is_torch_file(data):
        data, order, remarks = as_safetensors(data)
        tensors = read_safetensors(data)
        return _unwrapped({name: tensors[name] for name in order if name in tensors}, remarks)
    if is_safetensors(data):
        tensors = read_safetensors(data)
        return _unwrapped({name: tensors[name] for name in sorted(tensors, key=_numbers_by_size)}, [])
    raise _another_kind(file_kind(data[:HEAD_BYTES]))


def _numbers_by_size(name: str) -> list[tuple[int, str]]:
    """By this key features.3 comes before features.10."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"([0-9]{1,9})", name)]


def _unwrapped(tensors: dict[str, np.ndarray], remarks: list[Sentence]) -> WeightsFile:
    wrapped = True
    while wrapped:
        wrapped = next((one for one in _WRAPPINGS if all(name.startswith(one) for name in tensors)), "")
        if wrapped:
            tensors = {name.removeprefix(wrapped): tensor for name, tensor in tensors.items()}
            remarks = [*remarks, say("All names begin with {beginning}, which is left out.", beginning=wrapped)]
    return WeightsFile(tensors, tuple(remarks))


def _another_kind(kind: str) -> DataError:
    if kind == "pickle":
        return another_pickle()
    if not kind:
        return DataError(
            "The file is neither safetensors nor written by torch.save, or it is damaged. Save model.state_dict() with "
            "torch.save, or as safetensors, and choose that file."
        )
    return DataError(
        "The file is of the kind {kind}, and holds no weights. Save model.state_dict() with torch.save, or as "
        "safetensors, and choose that file.",
        kind=kind,
    )
