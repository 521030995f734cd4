"""A file of safetensors: plain numbers behind a header that names them."""

import numpy as np
from safetensors import SafetensorError, deserialize

from explorer.core import limits
from explorer.core.errors import DataError

LENGTH_BYTES = 8  # of the header's length, in front of it
_COUNTER = "num_batches_tracked"  # of BatchNorm: no weight, and nothing that a trained network computes with
_FLOATS = {"F64": "<f8", "F32": "<f4", "F16": "<f2"}


def is_safetensors(data: bytes) -> bool:
    """Whether the file claims to be one: a length, and a header that begins as JSON does."""
    return data[LENGTH_BYTES : LENGTH_BYTES + 1] == b"{"


def read_safetensors(data: bytes) -> dict[str, np.ndarray]:
    """The file's tensors by their names, float32, whatever floats it has; they are finite.

    Raises DataError for a header that is too long or does not fit the tensors behind it, numbers that are no floats,
    and NaN or infinity.
    """
    length = int.from_bytes(data[:LENGTH_BYTES], "little")
    if limits.MAX_WEIGHTS_WORDS < length <= len(data) - LENGTH_BYTES:
        raise too_many_words()
    try:
        found = deserialize(data)
    except SafetensorError:
        raise DataError(
            "The safetensors file is cut off or damaged: its header and its tensors do not fit together. Save the "
            "weights again, and choose that file."
        ) from None
    parts = {name: part for name, part in found if name.rpartition(".")[2] != _COUNTER}
    if not parts:
        raise DataError(
            "The file holds no weights. Save model.state_dict() of a trained network, and choose that file."
        )
    return {name: _as_float32(name, **part) for name, part in parts.items()}


def too_many_words() -> DataError:
    """Where the names alone are longer than those of any network here."""
    return DataError(
        "The names of the file's tensors take more than {most} kB: no network that is shown here has so many. Save "
        "model.state_dict() alone, and choose that file.",
        most=f"{limits.MAX_WEIGHTS_WORDS / 1000:g}",
    )


def _as_float32(name: str, shape: list[int], dtype: str, data: bytes) -> np.ndarray:
    if dtype == "BF16":  # the upper half of a float32
        numbers = (np.frombuffer(data, "<u2").astype("<u4") << 16).view("<f4")
    elif dtype in _FLOATS:
        with np.errstate(over="ignore"):  # it is infinite then, and refused below
            numbers = np.frombuffer(data, _FLOATS[dtype]).astype("<f4")
    else:
        raise DataError(
            "{name} holds numbers of the type {dtype}, and weights are floats. Save model.float().state_dict(), and "
            "choose that file.",
            name=name,
            dtype=dtype,
        )
    if broken := int(np.count_nonzero(~np.isfinite(numbers))):
        raise DataError(
            "{name}: {count} of its {size} numbers are NaN or infinite, and no output comes of them. Choose weights "
            "from before the training went wrong.",
            name=name,
            count=broken,
            size=numbers.size,
        )
    return numbers.reshape(shape)
