"""Why a layer refuses what it is given, which earlier row is responsible, and the change that repairs it."""

from math import prod

from explorer.core.diagnosis import FLATTEN, Case, Diagnosis, say
from explorer.core.ledger import Ledger, window_span
from explorer.core.loss_repair import at_the_loss


def diagnose(ledger: Ledger) -> Diagnosis | None:
    """What torch refuses in this ledger's stack; else what it takes in silence although it is a mistake; else None."""
    case = Case(ledger)
    return at_the_loss(case) if case.index == len(case.layers) else _DOCTORS[case.spec.kind](case)


def _convolution(case: Case) -> Diagnosis:
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
    if len(case.shape) != 4:
        return _needs_maps(case)
    if case.shape[1] != spec["in_channels"]:
        return _channels(case, "in_channels")
    return _kernel_too_large(case)


def _normalization(case: Case) -> Diagnosis:
    return _channels(case, "num_features") if len(case.shape) == 4 else _needs_maps(case)


def _channels(case: Case, option: str) -> Diagnosis:
    """A layer that expects another number of channels than it gets."""
    source, found = case.last("Conv2d"), case.shape[1]
    advice = say(
        "{layer} expects {expected} channels. {source} puts out {found}.",
        layer=case.spec.name,
        expected=case.spec[option],
        source=case.name(source),
        found=found,
    )
    return case.set(advice, source, case.index, **{option: found})


def _needs_maps(case: Case) -> Diagnosis:
    """A layer for maps behind one that made vectors of them."""
    source = next(i for i in range(case.index) if len(case.rows[i].output) == 2)
    advice = say(
        "{layer} needs maps (N, C, H, W). {source} has already made vectors of them, {shape}.",
        layer=case.spec.name,
        source=case.name(source),
        shape=case.shape,
    )
    return case.move(advice, source)


def _kernel_too_large(case: Case) -> Diagnosis:
    spec, size, source = case.spec, min(case.shape[2:]), case.last_smaller()
    padded = size + 2 * spec["padding"]
    advice = say(
        "The kernel of {layer} spans {span} rows. The map from {source} has {size}, with its padding {padded} in all.",
        layer=spec.name,
        span=window_span(spec),
        source=case.name(source),
        size=size,
        padded=padded,
    )
    if spec["kernel_size"] <= padded:
        return case.set(advice, source, case.index, dilation=1)
    return case.set(advice, source, case.index, kernel_size=padded, dilation=1)


def _pooling(case: Case) -> Diagnosis:
    spec, most = case.spec, case.spec["kernel_size"] // 2
    if len(case.shape) != 4:
        return _needs_maps(case)
    if spec["padding"] > most:
        advice = say(
            "{layer} pads by {padding}. A window of {kernel_size} takes {most} at most: beyond that it could hold "
            "padding alone.",
            layer=spec.name,
            padding=spec["padding"],
            kernel_size=spec["kernel_size"],
            most=most,
        )
        return case.set(advice, case.index, case.index, padding=most)
    source = case.last_smaller()
    advice = say(
        "{layer} has a window of {kernel_size}, and {source} leaves it a map of {height}×{width}: nothing would "
        "remain. Fewer poolings, smaller kernels or some padding before it keep the map larger.",
        layer=spec.name,
        kernel_size=spec["kernel_size"],
        source=case.name(source),
        height=case.shape[2],
        width=case.shape[3],
    )
    return case.remove(advice, source, case.index)


def _linear(case: Case) -> Diagnosis:
    spec = case.spec
    if len(case.shape) == 4:
        advice = say(
            "{layer} needs one vector an image, and gets maps of {shape}: without Flatten, Linear multiplies their "
            "last axis, of {width}, alone.",
            layer=spec.name,
            shape="×".join(map(str, case.shape[1:])),
            width=case.shape[-1],
        )
        return case.insert(
            advice, case.index - 1, say("Insert Flatten in front of {layer}", layer=spec.name), lambda: FLATTEN
        )
    source, found = case.last("Flatten", "View", "Linear"), case.shape[1]
    numbers = {"layer": spec.name, "expected": spec["in_features"], "source": case.name(source), "found": found}
    advice = say("{layer} expects {expected} numbers an image. {source} gives {found}.", **numbers)
    if case.layers[source].kind == "Flatten":
        numbers["product"] = "·".join(map(str, case.rows[source].input[1:]))
        advice = say("{layer} expects {expected} numbers an image. {source} gives {product} = {found}.", **numbers)
    return case.set(advice, source, case.index, in_features=found)


def _view(case: Case) -> Diagnosis:
    advice = say(
        "view(-1, {size}) shall cut the {found} numbers of the batch into rows of {size}, and that leaves a remainder.",
        size=case.spec["size"],
        found=prod(case.shape),
    )
    return case.flatten_instead(advice, case.index)


_DOCTORS = {
    "Conv2d": _convolution,
    "MaxPool2d": _pooling,
    "AvgPool2d": _pooling,
    "BatchNorm2d": _normalization,
    "Linear": _linear,
    "View": _view,
}
