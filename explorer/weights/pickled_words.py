"""What a pickle names, without running it: whether torch is to be asked for the tensors at all."""

import pickletools
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

from explorer.core import limits
from explorer.core.errors import DataError

# Whose functions and classes a state_dict names; which of them are harmless, torch.load(weights_only=True) says.
_MODULES = {"collections", "torch", "torch._utils", "torch.nn.parameter", "torch.serialization", "torch.storage"}
# The opcodes that torch.load(weights_only=True) reads; torch.save writes no others.
_OPCODES = {
    *("PROTO", "GLOBAL", "REDUCE", "BUILD", "NEWOBJ", "BINPERSID", "MARK", "STOP", "APPEND", "APPENDS", "SETITEM"),
    *("SETITEMS", "BINGET", "LONG_BINGET", "BINPUT", "LONG_BINPUT", "NONE", "NEWFALSE", "NEWTRUE", "BININT", "BININT1"),
    *("BININT2", "LONG1", "BINFLOAT", "BINUNICODE", "SHORT_BINSTRING", "TUPLE", "TUPLE1", "TUPLE2", "TUPLE3"),
    *("EMPTY_DICT", "EMPTY_LIST", "EMPTY_SET", "EMPTY_TUPLE"),
}


def require_tensors_only(pickle: BinaryIO) -> None:
    """Looks through one pickle, and leaves ``pickle`` behind it.

    Raises DataError where it names anything but torch's and Python's containers, says it in a way that torch does not
    read, is too long, or is none.
    """
    for name in _names(pickle):
        if name.split(" ")[0] not in _MODULES:
            raise more_than_tensors(name.replace(" ", "."))


def more_than_tensors(name: str) -> DataError:
    """Where the file names a class or a function that is no part of a state_dict."""
    return DataError(
        "The file names {name}: it holds more than tensors, such as a whole module. Nothing of it is run. Save "
        "model.state_dict() with torch.save, and choose that file.",
        name=name,
    )


def another_pickle() -> DataError:
    """Where the file is a pickle of another kind than torch.load(weights_only=True) reads."""
    return DataError(
        "The file is a pickle, but none that torch.save writes by itself. Nothing of it is run. Save "
        "model.state_dict() with torch.save, without another pickle_protocol, and choose that file."
    )


def damaged() -> DataError:
    """Where torch could not read the file either."""
    return DataError(
        "The file is cut off or damaged, or torch.save has not written it. Save model.state_dict() with torch.save, or "
        "as safetensors, and choose that file."
    )


def _names(pickle: BinaryIO) -> Iterator[str]:
    """The names of classes and functions, "module name", in their order."""
    opcode = None
    try:
        for opcode, argument, _ in islice(pickletools.genops(pickle), limits.MAX_WEIGHTS_WORDS):  # of a byte at least
            if opcode.name not in _OPCODES:
                raise another_pickle()
            if opcode.name == "GLOBAL":
                yield str(argument)
    except (ValueError, EOFError, OverflowError, MemoryError, LookupError) as error:
        raise (error if isinstance(error, DataError) else damaged()) from None
    if opcode is None or opcode.name != "STOP":
        raise damaged()
