"""A pasted text -> what the message in it says; the first that is recognised in the order of READERS."""

import re

from explorer.core import limits
from explorer.core.errors import SettingError
from explorer.core.help import layer_inputs, machine, sizes, tensors
from explorer.core.help.reading import Reader, Reading

_N = r"(\d{1,9})"
_SHAPE = r"(-?\d{1,9}(?:, -?\d{1,9}){0,7})"
_DEVICE = r"([a-z]{2,8}(?::\d{1,2})?)"
_BYTES = r"(\d{1,6}(?:\.\d{1,2})? [KMGT]?i?B)"
# What torch says, blanks and line ends taken as one blank -> who reads it. Each pattern is linear in the text.
READERS: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(pattern), reader)
    for pattern, reader in (
        (rf"mat1 and mat2 shapes cannot be multiplied \({_N}x{_N} and {_N}x{_N}\)", layer_inputs.read_products),
        (
            rf"Given groups={_N}, weight of size \[{_SHAPE}\], expected input\[{_SHAPE}\] to have {_N} "
            rf"channels, but got {_N} channels instead",
            layer_inputs.read_channels,
        ),
        (
            rf"Expected 3D \(unbatched\) or 4D \(batched\) input to conv2d, but got input of size: \[{_SHAPE}\]",
            layer_inputs.read_dimensions,
        ),
        (rf"shape '\[{_SHAPE}\]' is invalid for input of size {_N}", sizes.read_view),
        (r"view size is not compatible with input tensor's size and stride", sizes.read_strides),
        (rf"Expected input batch_size \({_N}\) to match target batch_size \({_N}\)", sizes.read_rows),
        (
            rf"Calculated padded input size per channel: \({_N} x {_N}\)\. Kernel size: \({_N} x {_N}\)",
            sizes.read_kernel,
        ),
        (
            rf"Given input size: \({_N}x{_N}x{_N}\)\. Calculated output size: \({_N}x(-?\d{{1,9}})x(-?\d{{1,9}})\)",
            sizes.read_pooling,
        ),
        (
            rf"Expected all tensors to be on the same device, but (?:found at least two devices, {_DEVICE} and "
            rf"{_DEVICE}|got \w{{1,40}} is on {_DEVICE}, different from other tensors on {_DEVICE})",
            tensors.read_devices,
        ),
        (
            r"Input type \(([\w. ]{1,40})\) and (?:weight|bias) type \(([\w. ]{1,40})\) should be the same",
            tensors.read_input_type,
        ),
        (r"indices should be either on cpu or on the same device", tensors.read_indices),
        (r"Torch not compiled with CUDA enabled|Found no NVIDIA driver", tensors.read_no_gpu),
        (
            r"expected target dtype to be Long or Byte, but got (\w{1,20})"
            r"|expected scalar type Long but found (\w{1,20})",
            tensors.read_label_type,
        ),
        (
            r"mat1 and mat2 must have the same dtype, but got (\w{1,20}) and (\w{1,20})"
            r"|expected scalar type (\w{1,20}) but found (\w{1,20})",
            tensors.read_types,
        ),
        (r"Target (-?\d{1,9}) is out of bounds", tensors.read_bounds),
        (
            r"0D or 1D target tensor expected|Expected floating point type for target with class probabilities",
            tensors.read_label_shape,
        ),
        (
            rf"out of memory\. Tried to allocate {_BYTES}(?: \(GPU \d+; {_BYTES} total capacity"
            rf"|\. GPU \d+ has a total capacity of {_BYTES})?",
            machine.read_memory,
        ),
        (
            rf"Expected more than 1 value per channel when training, got input size torch\.Size\(\[{_SHAPE}\]\)",
            machine.read_single,
        ),
        (r"freeze_support|bootstrapping phase|DataLoader worker \(pid", machine.read_workers),
        (r"CERTIFICATE_VERIFY_FAILED", machine.read_certificate),
        (r"HTTP Error (\d{3})|urlopen error|Error downloading", machine.read_download),
    )
)


def read_message(text: str) -> Reading | None:
    """What the message in ``text``, a whole traceback or a part, says; None where none is recognised.

    Raises SettingError for a text that is too long.
    """
    if len(text) > limits.MAX_PASTED_CHARACTERS:
        raise SettingError(
            "The text has {count} characters, and {most} are read at most. Paste the last lines: the message stands at "
            "the end.",
            count=len(text),
            most=limits.MAX_PASTED_CHARACTERS,
        )
    words = " ".join(text.split())  # a terminal has broken its lines anywhere
    return next((reader(found) for pattern, reader in READERS if (found := pattern.search(words))), None)
