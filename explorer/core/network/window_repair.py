"""What is wrong with a layer that moves a window over maps, and what repairs it."""

from dataclasses import replace

from explorer.core.errors import say
from explorer.core.network.diagnosis import Case, Diagnosis
from explorer.core.network.layer_window import reads_padding_alone, windows_of
from explorer.core.sentence_forms import plural


def convolution(case: Case) -> Diagnosis:
    """Groups, stride, maps, channels, size: in torch's order."""
    spec = case.spec
    if spec["in_channels"] % spec["groups"] or spec["out_channels"] % spec["groups"]:
        advice = say(
            "{layer} shall divide {in_channels} input and {out_channels} output channels into {groups} groups, and "
            "that leaves a remainder.",
            layer=spec.name,
            in_channels=spec["in_channels"],
            out_channels=spec["out_channels"],
            groups=spec["groups"],
        )
        return case.set(advice, case.index, case.index, groups=1)
    if spec["padding"] == "same" and spec["stride"] != 1:
        advice = say(
            "{layer} pads so that the map keeps its size, and its stride of {stride} would make it smaller: 'same' "
            "needs a stride of 1.",
            layer=spec.name,
            stride=spec["stride"],
        )
        return case.set(advice, case.index, case.index, stride=1)
    if len(case.shape) != 4:
        return needs_maps(case)
    if case.shape[1] != spec["in_channels"]:
        return other_channels(case, "in_channels")
    return _kernel_too_large(case)


def other_channels(case: Case, option: str) -> Diagnosis:
    """A layer that expects another number of channels than it gets."""
    source, found = case.last("Conv2d"), case.shape[1]
    advice = say(
        plural(
            "{layer} expects {count} channel. {source} puts out {found}.",
            "{layer} expects {count} channels. {source} puts out {found}.",
        ),
        layer=case.spec.name,
        count=case.spec[option],
        source=case.name(source),
        found=found,
    )
    return case.set(advice, source, case.index, **{option: found})


def needs_maps(case: Case) -> Diagnosis:
    """A layer for maps behind one that made vectors of them."""
    source = case.first_vectors()
    advice = say(
        "{layer} needs maps (N, C, H, W). {source} has already made vectors of them, {shape}.",
        layer=case.spec.name,
        source=case.name(source),
        shape=case.shape,
    )
    return case.move(advice, case.index, source)


def _kernel_too_large(case: Case) -> Diagnosis:
    spec, source = case.spec, case.last_smaller()
    windows = windows_of(spec, case.shape[2:])
    axis = next(axis for axis, window in enumerate(windows) if window.span > window.padded)
    window = windows[axis]
    numbers = {"layer": spec.name, "span": window.span, "source": case.name(source)}
    numbers |= {"size": window.size, "padded": window.padded}
    advice = (
        say(
            "The kernel of {layer} spans {span} columns. The map from {source} has {size}, with its padding {padded} "
            "in all.",
            **numbers,
        )
        if axis
        else say(
            "The kernel of {layer} spans {span} rows. The map from {source} has {size}, with its padding {padded} in "
            "all.",
            **numbers,
        )
    )
    dilation = tuple(1 if window.span > window.padded else window.dilation for window in windows)
    kernel = tuple(min(window.kernel_size, window.padded) for window in windows)
    if kernel == spec.pair("kernel_size"):
        return case.set(advice, source, case.index, dilation=dilation)
    return case.set(advice, source, case.index, kernel_size=kernel, dilation=dilation)


def pooling(case: Case) -> Diagnosis:
    """Maps, padding, size: in torch's order."""
    spec = case.spec
    if len(case.shape) != 4:
        return needs_maps(case)
    windows = windows_of(spec, case.shape[2:])
    most = tuple(window.kernel_size // 2 for window in windows)
    too_wide = [axis for axis in (0, 1) if windows[axis].padding[0] > most[axis]]
    if too_wide:
        axis = too_wide[0]
        advice = say(
            "{layer} pads by {padding}. A window of {kernel_size} takes {most} at most: beyond that it could hold "
            "padding alone.",
            layer=spec.name,
            padding=windows[axis].padding[0],
            kernel_size=windows[axis].kernel_size,
            most=most[axis],
        )
        padding = tuple(map(min, most, spec.pair("padding")))
        return case.set(advice, case.index, case.index, padding=padding)
    source = case.last_smaller()
    advice = say(
        "{layer} has a window of {window}, and {source} leaves it a map of {height}×{width}: nothing would "
        "remain. Fewer poolings, smaller kernels or some padding before it keep the map larger.",
        layer=spec.name,
        window=_sides(*(window.span for window in windows)),
        source=case.name(source),
        height=case.shape[2],
        width=case.shape[3],
    )
    return case.remove(advice, source, case.index)


def _sides(height: int, width: int) -> str:
    return str(height) if height == width else f"{height}×{width}"


def empty_windows(case: Case) -> Diagnosis | None:
    """A dilated max pooling that torch lets compute −∞; None where there is none."""
    for index, row in enumerate(case.rows):
        if row.spec.kind == "MaxPool2d" and row.spec["dilation"] != 1 and reads_padding_alone(row.spec, row.input[2:]):
            advice = say(
                "With its dilation {layer} has windows that hold padding alone. The maximum of nothing is −∞, and no "
                "number behind it is one any more. PyTorch says nothing.",
                layer=row.spec.name,
            )
            return replace(case.set(advice, index, index, dilation=1), index=index)
    return None
