"""Files of weights that nobody should trust, made by number: damaged, oversized, of wrong types, with code in them."""

import io
import json
import pickle
import random
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import safetensors.torch
import torch

from explorer.core import limits
from explorer.core.network.networks import PRESETS
from tests.components.trained import trained
from tests.weights.saved import torch_saved

Maker = Callable[[random.Random, Path], bytes]


class Code:
    """What a pickle runs when it is loaded: it leaves a file, the canary."""

    def __init__(self, canary: Path) -> None:
        self.canary = canary

    def __reduce__(self) -> tuple[object, ...]:
        return open, (str(self.canary), "w")


class ShellCode(Code):
    """The same by the shell."""

    def __reduce__(self) -> tuple[object, ...]:
        import os

        return os.system, (f"touch '{self.canary}'",)


class TextCode(Code):
    """The same by Python's own interpreter."""

    def __reduce__(self) -> tuple[object, ...]:
        return exec, (f"open({str(self.canary)!r}, 'w')",)


def hostile_file(number: int, canary: Path) -> tuple[str, bytes]:
    """The kind and the bytes of the file of that number, always the same; code in it would make ``canary``."""
    name = list(MAKERS)[number % len(MAKERS)]
    return name, MAKERS[name](random.Random(number), canary)


def _weights(chance: random.Random) -> dict[str, torch.Tensor]:
    return dict(trained(PRESETS[chance.choice(["simple", "intro"])], chance.randrange(100)).state_dict())


def _truncated_safetensors(chance: random.Random, _: Path) -> bytes:
    data = safetensors.torch.save(_weights(chance))
    return data[: chance.randrange(1, len(data))]


def _truncated_torch(chance: random.Random, _: Path) -> bytes:
    data = torch_saved(_weights(chance), old=chance.random() < 0.3)
    return data[: chance.randrange(1, len(data))]


def _changed_byte(chance: random.Random, _: Path) -> bytes:
    """Of what says where the tensors are; a changed number of theirs is another number."""
    data = bytearray(safetensors.torch.save(_weights(chance)))
    data[chance.randrange(8)] ^= 1 << chance.randrange(8)
    return bytes(data)


def _wrong_type(chance: random.Random, _: Path) -> bytes:
    kind = chance.choice([torch.int64, torch.int32, torch.uint8, torch.bool, torch.complex64])
    tensors = {name: tensor.to(kind) for name, tensor in _weights(chance).items()}
    return torch_saved(tensors) if chance.random() < 0.5 or kind is torch.complex64 else safetensors.torch.save(tensors)


def _no_numbers(chance: random.Random, _: Path) -> bytes:
    tensors = _weights(chance)
    tensors["conv2.weight"].view(-1)[chance.randrange(200)] = chance.choice([float("nan"), float("inf")])
    return torch_saved(tensors) if chance.random() < 0.5 else safetensors.torch.save(tensors)


def _header(chance: random.Random, _: Path) -> bytes:
    """Giant, nested, negative, overlapping, of a shape that no memory holds."""
    entry = {"dtype": "F32", "shape": [4], "data_offsets": [0, 16]}
    headers: list[object] = [
        {f"{number}.weight": entry for number in range(5000)},
        {"a.weight": entry, "b.weight": entry},
        {"a.weight": entry | {"shape": [2**40, 2**40]}},
        {"a.weight": entry | {"shape": [-4]}},
        {"a.weight": entry | {"data_offsets": [16, 0]}},
        {"a.weight": entry | {"data_offsets": [0, 2**63]}},
        {"a.weight": entry | {"dtype": chance.choice(["F31", "", "object", 7])}},
        {"a.weight": [entry]},
        {"__metadata__": {"x": "y" * chance.randrange(200_000)}},
        [],
    ]
    text = json.dumps(chance.choice(headers)).encode()
    if chance.random() < 0.2:
        text = b'{"a":' * chance.randrange(1000, 15_000)
    length = len(text) if chance.random() < 0.8 else chance.randrange(2**64)
    return struct.pack("<Q", length) + text + bytes(16)


def _twice(chance: random.Random, _: Path) -> bytes:
    """One name for two tensors."""
    entry = '"a.weight": {"dtype": "F32", "shape": [4], "data_offsets": [%d, %d]}'
    text = "{%s, %s}" % (entry % (0, 16), entry % (16, 32))  # noqa: UP031 - braces
    return struct.pack("<Q", len(text)) + text.encode() + chance.randbytes(32)


def _bare_pickle(chance: random.Random, canary: Path) -> bytes:
    code = _code(chance, canary)
    return pickle.dumps(chance.choice([code, [code], {"fc.weight": code}]), protocol=chance.randrange(6))


def _saved_code(chance: random.Random, canary: Path) -> bytes:
    """Code where tensors are expected, deep in a checkpoint, or as a key's value beside sound tensors."""
    code = _code(chance, canary)
    content = chance.choice([code, {"model_state_dict": {"fc.weight": code}}, _weights(chance) | {"fc.bias": code}])
    return torch_saved(content, old=chance.random() < 0.3)


def _zipped_code(chance: random.Random, canary: Path) -> bytes:
    """An archive laid out as torch's, whose pickle is another one, of any protocol."""
    return _archive(
        {"a/data.pkl": pickle.dumps(_code(chance, canary), protocol=chance.randrange(6)), "a/version": b"3"}
    )


def _named_in_torch(chance: random.Random, _: Path) -> bytes:
    """A pickle that names functions of torch's own modules, and calls them."""
    name = chance.choice(["torch load", "torch._utils _import_dotted_name", "torch.storage _load_from_bytes",
                          "torch.serialization load", "collections namedtuple"])  # fmt: skip
    module, function = name.split()
    call = f"\x80\x02c{module}\n{function}\n(X\5\0\0\0a.b.ctR.".encode("latin-1")
    return _archive({"a/data.pkl": call, "a/version": b"3", "a/byteorder": b"little"})


def _whole_module(chance: random.Random, _: Path) -> bytes:
    return torch_saved(trained(PRESETS["intro"], chance.randrange(100)), old=chance.random() < 0.3)


def _bomb(chance: random.Random, _: Path) -> bytes:
    size = chance.randrange(1, 60) * 1_000_000
    return _archive({"a/data.pkl": b"\x80\x02}.", "a/data/0": bytes(size)}, zipfile.ZIP_DEFLATED)


def _claimed_size(chance: random.Random, _: Path) -> bytes:
    """A ZIP file whose directory says another size than there is."""
    data = bytearray(torch_saved(_weights(chance)))
    place = data.rindex(b"PK\1\2") + chance.choice([20, 24])
    data[place : place + 4] = struct.pack("<I", chance.randrange(2**32))
    return bytes(data)


def _many_entries(chance: random.Random, _: Path) -> bytes:
    return _archive({f"a/data/{number}": b"" for number in range(chance.randrange(2100, 3000))})


def _polyglot(chance: random.Random, canary: Path) -> bytes:
    """Two kinds of files in one."""
    tensors, code = safetensors.torch.save({"a": torch.zeros(2)}), _zipped_code(chance, canary)
    return chance.choice([tensors + code, code + tensors, b"%PDF-1.7\n" + code, b"\x89PNG\r\n\x1a\n" + code])


def _magic(chance: random.Random, _: Path) -> bytes:
    """A known beginning, and anything behind it."""
    beginnings = [b"PK\3\4", b"PK\5\6", b"\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19.", b"\x93NUMPY", b"\x89HDF\r\n\x1a\n"]
    return chance.choice([*beginnings, struct.pack("<Q", 40) + b"{"]) + chance.randbytes(chance.randrange(5000))


def _random_bytes(chance: random.Random, _: Path) -> bytes:
    return chance.randbytes(chance.randrange(1, 20_000))


def _views(chance: random.Random, _: Path) -> bytes:
    """A tensor of gigabytes, all of them the same number."""
    return torch_saved({"fc.weight": torch.zeros(1).expand(10**9, chance.randrange(1, 9))})


def _too_large(chance: random.Random, _: Path) -> bytes:
    return b"PK\3\4" + bytes(limits.MAX_WEIGHTS_BYTES + chance.randrange(1, 1000))


def _other_contents(chance: random.Random, _: Path) -> bytes:
    contents = [[1, 2], {"epoch": 3}, {}, "weights", torch.zeros(3), {1: torch.zeros(3)}, {"a": {"b": torch.zeros(3)}}]
    return torch_saved(chance.choice(contents))


def _code(chance: random.Random, canary: Path) -> Code:
    return chance.choice([Code, ShellCode, TextCode])(canary)


def _archive(entries: dict[str, bytes], packing: int = zipfile.ZIP_STORED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", packing) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return file.getvalue()


MAKERS: dict[str, Maker] = {
    "truncated safetensors": _truncated_safetensors,
    "truncated torch file": _truncated_torch,
    "changed length": _changed_byte,
    "wrong type": _wrong_type,
    "NaN": _no_numbers,
    "header": _header,
    "one name twice": _twice,
    "bare pickle with code": _bare_pickle,
    "code in a torch file": _saved_code,
    "code in a ZIP file": _zipped_code,
    "torch's own functions": _named_in_torch,
    "whole module": _whole_module,
    "ZIP bomb": _bomb,
    "claimed size": _claimed_size,
    "many entries": _many_entries,
    "polyglot": _polyglot,
    "magic": _magic,
    "random bytes": _random_bytes,
    "gigabytes of views": _views,
    "too large": _too_large,
    "other contents": _other_contents,
}
