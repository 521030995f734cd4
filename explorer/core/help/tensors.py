"""Messages of tensors that lie on two devices, hold numbers of two types, or labels that are none."""

import re

from explorer.core.errors import say
from explorer.core.help.reading import Reading, stack_of
from explorer.core.network.layers import layer
from explorer.core.network.networks import SIMPLE_CNN

TO_DEVICE = "x, y = x.to(device), y.to(device)"
CLASSES = 10


def read_devices(found: re.Match[str]) -> Reading:
    """``Expected all tensors to be on the same device, but found at least two devices, cuda:0 and cpu!``."""
    one, other = (found[1], found[2]) if found[1] else (found[3], found[4])
    said = say(
        "One tensor lies on {one}, another on {other}, and an operation needs both on the same device. Network and "
        "batch have to be moved, images and labels alike:",
        one=one,
        other=other,
    )
    return Reading("device", found[0], (said,), f"net.to(device)\n{TO_DEVICE}")


def read_input_type(found: re.Match[str]) -> Reading:
    """``Input type (torch.cuda.FloatTensor) and weight type (torch.FloatTensor) should be the same``."""
    given, weights = found[1], found[2]
    if ("cuda" in given) == ("cuda" in weights):
        return _types(found[0], given, weights)
    if "cuda" in given:
        said = say("The batch is on the GPU, the network’s weights are still in the CPU’s memory. Move the network:")
        return Reading("device", found[0], (said,), "net = Net().to(device)")
    said = say("The network is on the GPU, the batch is still in the CPU’s memory. Move each batch:")
    return Reading("device", found[0], (said,), TO_DEVICE)


def read_indices(found: re.Match[str]) -> Reading:
    """``indices should be either on cpu or on the same device as the indexed tensor (cpu)``."""
    said = say(
        "Row numbers on the GPU are to pick rows of a tensor in the CPU’s memory. Either move that tensor to the "
        "device, or leave the row numbers on the CPU."
    )
    return Reading("device", found[0], (said,), "images = images.to(device)")


def read_no_gpu(found: re.Match[str]) -> Reading:
    """``Torch not compiled with CUDA enabled``, ``Found no NVIDIA driver on your system``."""
    said = say(
        "The program asks for a GPU that this PyTorch cannot use: there is none, or the installed PyTorch is the "
        "CPU’s. Ask for one only where it is there:"
    )
    code = 'device = torch.device("cuda" if torch.cuda.is_available() else "cpu")'
    return Reading("no_gpu", found[0], (said,), code)


def read_types(found: re.Match[str]) -> Reading:
    """``mat1 and mat2 must have the same dtype, but got Byte and Float``, ``expected scalar type Float but …``."""
    given, weights = (found[1], found[2]) if found[1] else (found[4], found[3])
    return _types(found[0], weights, given) if given == "Float" else _types(found[0], given, weights)


def read_label_type(found: re.Match[str]) -> Reading:
    """``expected target dtype to be Long or Byte, but got Float``, ``expected scalar type Long but found Float``."""
    kind = found[1] or found[2]
    said = say(
        "The labels are numbers of type {kind}. cross_entropy counts classes, and wants whole numbers: Long, which is "
        "torch.int64.",
        kind=kind,
    )
    return Reading("target_shape", found[0], (said,), "loss = cross_entropy(outputs, y.long())")


def read_bounds(found: re.Match[str]) -> Reading:
    """``Target 10 is out of bounds.``."""
    label = int(found[1])
    if label < 0:
        said = say("A label is {label}, and classes are counted from 0. Add what is missing.", label=label)
        return Reading("target", found[0], (said,), f"y = y + {-label}")
    said = say(
        "A label is {label}. Classes are counted from 0, so the network needs at least {wanted} outputs, and it has "
        "{label} at most.",
        label=label,
        wanted=label + 1,
    )
    more = ()
    if label == CLASSES:
        more = (say("Ten classes have the labels 0 … 9: where the smallest of yours is 1, subtract 1 instead."),)
    linear = {"in_features": 320, "out_features": max(1, label)}
    is_shown = label < CLASSES  # the app's labels are 0 … 9
    stack = stack_of(lambda: ([*SIMPLE_CNN[:-1], layer("fc", "Linear", **linear)], (1, 28, 28))) if is_shown else None
    return Reading("target", found[0], (said, *more), f"nn.Linear(…, {label + 1})", stack)


def read_label_shape(found: re.Match[str]) -> Reading:
    """``0D or 1D target tensor expected, multi-target not supported``."""
    said = say(
        "The labels have two sides. cross_entropy wants one number an image: the shape (64,). Labels of shape (64, 1) "
        "lose a side; one-hot rows of shape (64, 10) become the place of their 1:"
    )
    code = "y = y.squeeze(1)  # (64, 1) → (64,)\ny = y.argmax(1)   # (64, 10) → (64,)"
    return Reading("target_shape", found[0], (said,), code)


def _types(message: str, given: str, wanted: str) -> Reading:
    said = say(
        "The batch’s numbers are of type {given}, the weights’ of type {wanted}. Both must be the same, and weights "
        "are float32, which PyTorch calls Float.",
        given=given,
        wanted=wanted,
    )
    if given.lower().replace("torch.", "").startswith(("byte", "unsigned", "uint8")):
        why = say("Bytes of 0 … 255 are pixels as they lie in the file: turn them into numbers of 0 … 1.")
        return Reading("dtype", message, (said, why), "x = x.float() / 255")
    return Reading("dtype", message, (said,), "x = x.float()")
