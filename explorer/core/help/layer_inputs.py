"""Messages of a layer that is given another shape than it is made for: the sides, the channels, the dimensions."""

import re
from math import isqrt

from explorer.core.errors import Sentence, say
from explorer.core.help.reading import MOST_SIDE, Reading, ending_in_vector, stack_of, whole_numbers
from explorer.core.network.layers import LayerSpec, layer

CONVOLUTION = {"kernel_size": 5}


def read_products(found: re.Match[str]) -> Reading:
    """``mat1 and mat2 shapes cannot be multiplied (64x320 and 300x10)``."""
    rows, given, expected, outputs = map(int, found.groups())
    linear = {"in_features": expected, "out_features": outputs}
    if images := _images_of_maps(rows, given, expected):
        return _unflattened(found[0], rows, given, linear, images)
    if rows == 1 and given > expected and given % expected == 0:
        return _flattened_batch(found[0], given, expected)
    said = say(
        "The batch has {rows} rows of {given} numbers, and the Linear layer is made for {expected} numbers and "
        "{outputs} outputs. Both must be the same: {given} is what arrives, so the layer has to take {given}.",
        rows=rows,
        given=given,
        expected=expected,
        outputs=outputs,
    )
    return Reading(
        "shapes",
        found[0],
        (said, *_other_map(given, expected)),
        f"nn.Linear({given}, {outputs})",
        stack_of(lambda: _with_linear(given, linear)),
    )


def read_channels(found: re.Match[str]) -> Reading:
    """``Given groups=1, weight of size [10, 1, 5, 5], expected input[64, 3, 32, 32] to have 1 channels, but got …``."""
    groups, expected, channels = int(found[1]), int(found[4]), int(found[5])
    kernels, *window = whole_numbers(found[2])
    window, shape = window[1:], whole_numbers(found[3])
    numbers = {"expected": expected, "channels": channels, "shape": tuple(shape), "kernels": kernels}
    said = say(
        "The convolution’s in_channels is {expected}, and it has {kernels} kernels. The input’s shape is {shape}: its "
        "second number counts the channels, and that is {channels}.",
        **numbers,
    )
    why, code = _why_channels(shape, expected, channels, kernels, window)
    other = _other_channels(shape, expected)
    sizes = {"in_channels": expected, "out_channels": kernels, "kernel_size": window, "groups": groups}
    is_image = len(window) == 2 and len(shape) == 4  # else it is a sound's or a film's convolution
    stack = stack_of(lambda: ([layer("conv", "Conv2d", **sizes)], (shape[1], shape[2], shape[3]))) if is_image else None
    return Reading("channels", found[0], (said, why, *other), code, stack)


def read_dimensions(found: re.Match[str]) -> Reading:
    """``Expected 3D (unbatched) or 4D (batched) input to conv2d, but got input of size: [64, 784]``."""
    shape = whole_numbers(found[1])
    said = say(
        "A convolution takes batches of shape (N, C, H, W), four numbers: images, channels, rows, columns. This input "
        "has {count}: {shape}.",
        count=len(shape),
        shape=tuple(shape),
    )
    side = isqrt(shape[-1])
    if len(shape) == 2 and side > 1 and side**2 == shape[1]:
        why = say(
            "{pixels} = {side}·{side}: the images are flattened. Give them their rows and columns back, or flatten "
            "only behind the convolutions.",
            pixels=shape[1],
            side=side,
        )
        conv = layer("conv", "Conv2d", in_channels=1, out_channels=10, **CONVOLUTION)
        stack = stack_of(lambda: ([layer("flatten", "Flatten"), conv], (1, side, side)))
        return Reading("dimensions", found[0], (said, why), f"x = x.view(-1, 1, {side}, {side})", stack)
    if len(shape) == 2:
        why = say("This is one image without its channel, or vectors from a Linear layer. An image needs both:")
        return Reading("dimensions", found[0], (said, why), f"x = x.view(1, 1, {shape[0]}, {shape[1]})")
    if len(shape) > 4 and 1 in shape:
        why = say("A side of 1 is one too many: take it out.")
        return Reading("dimensions", found[0], (said, why), f"x = x.squeeze({shape.index(1, min(1, len(shape) - 1))})")
    return Reading("dimensions", found[0], (said, say("Print x.shape in front of the layer, and bring it to four.")))


def _unflattened(message: str, rows: int, given: int, linear: dict[str, int], images: int) -> Reading:
    """Maps in front of a Linear layer."""
    expected = linear["in_features"]
    numbers = {"rows": rows, "given": given, "expected": expected, "images": images}
    said = say(
        "The Linear layer is made for {expected} numbers an image. It was given {rows} rows of {given}: of a map it "
        "takes the last side only, so each row of the map became a row of its own.",
        **numbers,
    )
    count = say(
        "{rows}·{given} / {expected} = {images}: just so many images of {expected} numbers. A flatten is missing in "
        "front of the layer.",
        **numbers,
    )
    other = say("If your images are flattened already, the layer is to take {given} numbers instead.", given=given)
    image = expected // given**2, given, given
    stack = stack_of(lambda: ([layer("fc", "Linear", **linear)], image))
    return Reading("shapes", message, (said, count, other), "x = torch.flatten(x, 1)", stack)


def _flattened_batch(message: str, given: int, expected: int) -> Reading:
    """A flatten that has taken all images together."""
    said = say(
        "One row of {given} numbers arrives, where the Linear layer is made for {expected} an image. {given} / "
        "{expected} = {images}: the flatten took all images together. The 1 keeps them apart:",
        given=given,
        expected=expected,
        images=given // expected,
    )
    return Reading("shapes", message, (said,), "x = torch.flatten(x, 1)")


def _images_of_maps(rows: int, given: int, expected: int) -> int:
    """How many images' square maps, given row by row, these are; 0 where they are none."""
    whole = given > 1 and expected > given and expected % given**2 == 0 and rows * given % expected == 0
    return rows * given // expected if whole else 0


def _with_linear(size: int, linear: dict[str, int]) -> tuple[list[LayerSpec], tuple[int, int, int]]:
    layers, image = ending_in_vector(size)
    return [*layers, layer("fc", "Linear", **linear)], image


def _other_map(given: int, expected: int) -> tuple[Sentence, ...]:
    """Where both numbers may be as many maps, of another side each: which sides."""
    sides = [
        (given // side**2, side, other)
        for side in range(1, MOST_SIDE + 1)
        for other in range(1, MOST_SIDE + 1)
        if given % side**2 == 0 and side != other and expected == given // side**2 * other**2 and given > side**2
    ]
    if not sides:
        return ()
    maps, side, other = max(sides)
    return (
        say(
            "It may be the map's size: {given} = {maps}·{side}·{side}, and {expected} = {maps}·{other}·{other}. The "
            "maps that arrive are {side}×{side}, not {other}×{other}.",
            given=given,
            expected=expected,
            maps=maps,
            side=side,
            other=other,
        ),
    )


def _why_channels(
    shape: list[int], expected: int, channels: int, kernels: int, window: list[int]
) -> tuple[Sentence, str]:
    """Why it has so many channels, and what to write."""
    size = window[0] if len(set(window)) == 1 else tuple(window)
    if _are_channels_last(shape, expected):
        said = say(
            "{expected} is the last number: the channels stand last, where PyTorch wants them second.",
            expected=expected,
        )
        return said, "x = x.permute(0, 3, 1, 2)"
    if shape[0] == 1 and expected == 1 and channels > 4 and shape[-1] > 1:
        said = say(
            "It looks as if {channels} images had come without a channel, and were taken for one image of {channels} "
            "channels.",
            channels=channels,
        )
        return said, "x = x.unsqueeze(1)"
    if (expected, channels) == (1, 3):
        said = say("The images are in colour (3 channels), the network is made for grey ones (1). Make them grey:")
        return said, "transforms.Grayscale()"
    said = say("Where the input is right, the layer has to take {channels} channels:", channels=channels)
    return said, f"nn.Conv2d({channels}, {kernels}, kernel_size={size})"


def _are_channels_last(shape: list[int], expected: int) -> bool:
    """Whether that is the likelier reading; of a square map, whose side is that number by chance, it is not."""
    return len(shape) == 4 and shape[-1] == expected != shape[-2]


def _other_channels(shape: list[int], expected: int) -> tuple[Sentence, ...]:
    """Of such a square map, the other reading."""
    if len(shape) != 4 or not shape[-1] == expected == shape[-2]:
        return ()
    return (
        say(
            "Only if your input’s channels stand last, and are its {expected}, is it x.permute(0, 3, 1, 2) instead.",
            expected=expected,
        ),
    )
