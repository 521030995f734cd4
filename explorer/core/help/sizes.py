"""Messages of view, of windows that do not fit, and of a batch whose number of rows has changed."""

import re
from math import prod

from explorer.core.errors import Sentence, say
from explorer.core.help.reading import BATCH, Reading, ending_in_vector, stack_of, whole_numbers
from explorer.core.network.layers import LayerSpec, layer
from explorer.core.network.networks import BROKEN

FLATTEN = "x = torch.flatten(x, 1)"


def read_view(found: re.Match[str]) -> Reading:
    """``shape '[-1, 300]' is invalid for input of size 20480``."""
    shape, size = whole_numbers(found[1]), int(found[2])
    rest = prod(number for number in shape[1:] if number > 0)
    numbers = {"shape": tuple(shape), "size": size, "rest": rest}
    if shape[:1] == [-1] and rest:
        said = [
            say(
                "view(-1, …) is to cut {size} numbers into rows of {rest}, and {size} / {rest} = {quotient} is not "
                "whole.",
                **numbers,
                quotient=f"{size / rest:.4g}",
            )
        ]
        if size % BATCH == 0:
            said.append(
                say(
                    "With {batch} images each has {size} / {batch} = {each} numbers. Flatten counts them itself, and "
                    "never mixes two images.",
                    size=size,
                    batch=BATCH,
                    each=size // BATCH,
                )
            )
        stack = stack_of(lambda: _viewed(size // BATCH, rest)) if size % BATCH == 0 and len(shape) == 2 else None
        return Reading("view", found[0], tuple(said), FLATTEN, stack)
    said = say("The shape {shape} has {product} numbers, and there are {size}.", **numbers, product=prod(shape))
    if len(shape) > 1 and rest and size % rest == 0:
        last = say(
            "There are {images} images of {rest} numbers, not {first}. An epoch’s last batch is smaller: write no "
            "number of images, let Flatten keep it.",
            images=size // rest,
            rest=rest,
            first=shape[0],
        )
        return Reading("view", found[0], (said, last), FLATTEN)
    return Reading("view", found[0], (said,), FLATTEN)


def read_strides(found: re.Match[str]) -> Reading:
    """``view size is not compatible with input tensor's size and stride``."""
    said = say(
        "The numbers do not lie in memory in the order in which view would read them: a permute or a transpose stands "
        "before it. reshape copies them first."
    )
    return Reading("view", found[0], (said,), "x = x.reshape(x.shape[0], -1)")


def read_rows(found: re.Match[str]) -> Reading:
    """``Expected input batch_size (128) to match target batch_size (64).``."""
    rows, labels = int(found[1]), int(found[2])
    said = say(
        "The network made {rows} rows of outputs of a batch with {labels} labels: one row an image is wanted. Some "
        "view has cut the batch anew; the layers behind it never noticed.",
        rows=rows,
        labels=labels,
    )
    if rows == 2 * labels > 0:
        return Reading("batch_rows", found[0], (said, _half(rows, labels)), FLATTEN, stack_of(_broken_view))
    return Reading("batch_rows", found[0], (said,), FLATTEN)


def read_kernel(found: re.Match[str]) -> Reading:
    """``Calculated padded input size per channel: (2 x 2). Kernel size: (3 x 3). Kernel size can't be …``."""
    height, width, rows, columns = map(int, found.groups())
    said = say(
        "The map, padding included, is {height}×{width}, and the kernel spans {rows}×{columns}: not one window fits. "
        "The layers before have made the map too small.",
        height=height,
        width=width,
        rows=rows,
        columns=columns,
    )
    why = say("A padding of {padding} makes room for one window; so does one pooling less.", padding=_padding(found))
    conv = {"in_channels": 1, "out_channels": 1, "kernel_size": [rows, columns]}
    stack = stack_of(lambda: ([layer("conv", "Conv2d", **conv)], (1, height, width)))
    return Reading("kernel", found[0], (said, why), f"nn.Conv2d(…, padding={_padding(found)})", stack)


def read_pooling(found: re.Match[str]) -> Reading:
    """``Given input size: (30x1x1). Calculated output size: (30x0x0). Output size is too small``."""
    channels, height, width, _, rows, columns = map(int, found.groups())
    said = say(
        "The pooling gets {channels} maps of {height}×{width}, and would make {rows}×{columns} of each: its window is "
        "larger than the map. Take this pooling out, or give a convolution before it padding.",
        channels=channels,
        height=height,
        width=width,
        rows=rows,
        columns=columns,
    )
    window = [height + 1 if rows < 1 else 1, width + 1 if columns < 1 else 1]
    if (height, width) == (1, 1):
        window = [2, 2]
    stack = stack_of(lambda: ([layer("pool", "MaxPool2d", kernel_size=window)], (channels, height, width)))
    return Reading("kernel", found[0], (said,), stack=stack)


def _viewed(each: int, rest: int) -> tuple[list[LayerSpec], tuple[int, int, int]]:
    layers, image = ending_in_vector(each)
    kept = layers[:-1]  # view stands in Flatten's place
    return [*kept, layer("view", "View", size=rest), layer("fc", "Linear", in_features=rest, out_features=10)], image


def _broken_view() -> tuple[list[LayerSpec], tuple[int, int, int]]:
    return list(BROKEN["view"]), (1, 28, 28)


def _half(rows: int, labels: int) -> Sentence:
    return say(
        "{rows} / {labels} = 2: each image became two rows. view(-1, 160) does that to 320 numbers an image.",
        rows=rows,
        labels=labels,
    )


def _padding(found: re.Match[str]) -> int:
    height, width, rows, columns = map(int, found.groups())
    return max(1, -(-max(rows - height, columns - width) // 2))
