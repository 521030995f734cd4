"""Why a layer refuses what it is given, which earlier row is responsible, and the change that repairs it."""

from math import prod

from explorer.core.errors import say
from explorer.core.network.diagnosis import FLATTEN, Case, Diagnosis
from explorer.core.network.layers import layer
from explorer.core.network.ledger import Ledger
from explorer.core.network.loss_repair import at_the_loss, regrouped
from explorer.core.network.remarks import remarks
from explorer.core.network.window_repair import convolution, needs_maps, other_channels, pooling
from explorer.core.sentence_forms import plural


def findings(ledger: Ledger) -> list[Diagnosis]:
    """What torch refuses in this ledger's stack, then all that it takes in silence although it is a mistake."""
    case = Case(ledger)
    refused = at_the_loss(case) if case.index == len(case.layers) else _DIAGNOSES[case.spec.kind](case)
    return [*([refused] if refused else []), *remarks(ledger)]


def diagnose(ledger: Ledger) -> Diagnosis | None:
    """The gravest finding; None for a sound stack."""
    return next(iter(findings(ledger)), None)


def _normalization(case: Case) -> Diagnosis:
    """BatchNorm2d, for maps, and BatchNorm1d, for vectors."""
    maps, (rows, found) = len(case.shape) == 4, case.shape[:2]
    if maps != (case.spec.kind == "BatchNorm2d"):
        return _other_normalization(case, "BatchNorm2d" if maps else "BatchNorm1d")
    if maps:
        return other_channels(case, "num_features")
    return regrouped(case) if rows == 1 else _features(case, "num_features", found)


def _other_normalization(case: Case, kind: str) -> Diagnosis:
    spec, found = case.spec, case.shape[1]
    shape = "×".join(map(str, case.shape[1:]))
    numbers = {"layer": spec.name, "kind": spec.kind, "shape": shape, "other": kind}
    advice = (
        say("{layer} is a {kind}, for vectors, and gets maps of {shape}. For maps there is {other}.", **numbers)
        if kind == "BatchNorm2d"
        else say(
            "{layer} is a {kind}, for maps, and gets vectors of {shape} numbers. For vectors there is {other}.",
            **numbers,
        )
    )
    action = say("{other} instead of {layer}", other=kind, layer=spec.name)
    return case.replace(advice, case.index, action, case.index, lambda: [layer("norm", kind, num_features=found)])


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
    return _features(case, "in_features", case.shape[1])


def _features(case: Case, option: str, found: int) -> Diagnosis:
    """A layer that expects longer or shorter vectors than it gets."""
    spec, source = case.spec, case.last("Flatten", "View", "Linear", "AdaptiveAvgPool2d")
    numbers = {"layer": spec.name, "count": spec[option], "source": case.name(source), "found": found}
    advice = say(
        plural(
            "{layer} expects {count} number an image. {source} gives {found}.",
            "{layer} expects {count} numbers an image. {source} gives {found}.",
        ),
        **numbers,
    )
    if case.layers[source].kind == "Flatten" and len(case.rows[source].input) == 4:
        numbers["product"] = "·".join(map(str, case.rows[source].input[1:]))
        advice = say(
            plural(
                "{layer} expects {count} number an image. {source} gives {product} = {found}.",
                "{layer} expects {count} numbers an image. {source} gives {product} = {found}.",
            ),
            **numbers,
        )
    return case.set(advice, source, case.index, **{option: found})


def _view(case: Case) -> Diagnosis:
    advice = say(
        "view(-1, {size}) shall cut the {found} numbers of the batch into rows of {width}, and that leaves a "
        "remainder.",
        size=str(case.spec["size"]),
        width=case.spec["size"],
        found=prod(case.shape),
    )
    return case.flatten_instead(advice, case.index)


_DIAGNOSES = {
    "Conv2d": convolution,
    "MaxPool2d": pooling,
    "AvgPool2d": pooling,
    "AdaptiveAvgPool2d": needs_maps,
    "BatchNorm2d": _normalization,
    "BatchNorm1d": _normalization,
    "Linear": _linear,
    "View": _view,
}
