"""A file of torch.save: what can be refused without torch is; the rest is read by torch in a process of its own."""

import json
from io import BytesIO
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from explorer.bounded.process import BoundedProcess, NoRoomError, TooCostlyError
from explorer.core import limits
from explorer.core.errors import DataError, Sentence, say
from explorer.weights.pickled_words import damaged, require_tensors_only
from explorer.weights.safetensors_file import too_many_words

READER = BoundedProcess(
    "explorer.training.state_dict",
    seconds=limits.MAX_WEIGHTS_SECONDS,
    memory=limits.MAX_WEIGHTS_MEMORY,
    at_once=limits.MAX_WEIGHTS_READERS,
)
ZIP = b"PK\3\4"
BEFORE_1_6 = b"\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19."  # how a file begins that an older torch.save wrote
_ENTRY = b"PK\1\2"  # before each entry of a ZIP file's directory
_MOST_ENTRIES = 2000
_PICKLES_BEFORE_1_6 = 4  # the mark above, a version, the machine's sizes, the state_dict


def is_torch_file(data: bytes) -> bool:
    """Whether the file begins as torch.save's do."""
    return data.startswith((ZIP, BEFORE_1_6))


def as_safetensors(data: bytes) -> tuple[bytes, list[str], list[Sentence]]:
    """The file's tensors as safetensors, their names in the file's order, and what is to be told of it.

    Costs at most MAX_WEIGHTS_SECONDS of a processor and MAX_WEIGHTS_MEMORY. Raises DataError for code, whole modules,
    packed or damaged archives, what costs too much, and where the server has no room.
    """
    if data.startswith(ZIP):
        require_tensors_only(BytesIO(_pickle_of(data)))
    else:
        file = BytesIO(data)
        for _ in range(_PICKLES_BEFORE_1_6):
            require_tensors_only(file)
    try:
        answer = READER.answer_to(data, 6 * limits.MAX_WEIGHTS_WORDS + 2 * limits.MAX_WEIGHTS_BYTES)
    except NoRoomError as error:
        raise DataError("The server is reading many files just now. Choose the file again in a moment.") from error
    except TooCostlyError:
        raise _too_costly() from None
    return _understood(answer)


def _pickle_of(data: bytes) -> bytes:
    """The pickle in a ZIP file of torch.save's, in which nothing is packed."""
    if data.count(_ENTRY) > _MOST_ENTRIES:  # before a directory of them is read
        raise too_many_words()
    try:
        with ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            pickles = [entry for entry in entries if entry.filename.endswith("/data.pkl")]
            if len(pickles) != 1:
                raise DataError(
                    "The ZIP file is none that torch.save writes. Unpack it, if the weights are in it, and choose the "
                    "unpacked file."
                )
            _require_unpacked(entries, len(data))
            if pickles[0].file_size > limits.MAX_WEIGHTS_WORDS:
                raise too_many_words()
            return archive.read(pickles[0])
    except DataError:
        raise
    except (BadZipFile, OSError, ValueError, LookupError, NotImplementedError, RuntimeError, EOFError, OverflowError):
        raise damaged() from None


def _require_unpacked(entries: list[ZipInfo], size: int) -> None:
    packed = any(entry.compress_type != ZIP_STORED for entry in entries)
    if packed or sum(entry.file_size for entry in entries) > size:
        raise DataError(
            "The ZIP file is packed, and unpacked it may be of any size: torch.save packs nothing. Choose the file as "
            "torch.save has written it."
        )


def _understood(answer: bytes) -> tuple[bytes, list[str], list[Sentence]]:
    """Raises DataError: the process's own, and where it is not itself any more."""
    head, _, body = answer.partition(b"\n")
    try:
        told = json.loads(head)
        if "sentence" in told:
            text, numbers = told["sentence"]
            refusal = DataError(text, **numbers)
        else:
            return body, list(map(str, told["names"])), [say(text, **numbers) for text, numbers in told["remarks"]]
    except (ValueError, LookupError, TypeError):
        raise _too_costly() from None
    raise refusal


def _too_costly() -> DataError:
    return DataError(
        "Reading the file takes more than the {seconds} s or {memory} MB that one may cost. Save model.state_dict() as "
        "safetensors, and choose that file.",
        seconds=limits.MAX_WEIGHTS_SECONDS,
        memory=f"{limits.MAX_WEIGHTS_MEMORY / 1e6:g}",
    )
