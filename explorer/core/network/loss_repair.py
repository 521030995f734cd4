"""What goes wrong at the cross-entropy loss."""

from dataclasses import replace
from math import prod

from explorer.core.errors import say
from explorer.core.network.diagnosis import FLATTEN, Case, Diagnosis
from explorer.core.network.layers import CLASSES, layer
from explorer.core.network.window_repair import empty_windows


def at_the_loss(case: Case) -> Diagnosis | None:
    """What the loss refuses, or takes although there are more numbers than classes; None for a stack that trains."""
    if case.shape[0] != case.batch:
        return regrouped(case)
    if len(case.shape) == 4:
        advice = say(
            "Cross entropy needs one vector an image, and gets maps of {shape}.",
            shape="×".join(map(str, case.shape[1:])),
        )
        return case.insert(advice, case.index - 1, say("Append Flatten"), lambda: FLATTEN)
    if case.shape[1] != CLASSES:
        return _wrong_classes(case)
    return empty_windows(case)


def regrouped(case: Case) -> Diagnosis:
    """A row before made more or fewer rows than there are images, and torch noticed only here."""
    source = case.last_regrouped()
    if case.layers[source].kind == "AdaptiveAvgPool2d":
        advice = say(
            "{layer} got vectors, took the whole batch for one map, and made a single number of it. It belongs where "
            "there still are maps. PyTorch said nothing.",
            layer=case.name(source),
        )
        return replace(case.move(advice, source, case.first_vectors()), blames=source)
    advice = say(
        "{layer} made {rows} rows of {batch} images: its rows have {size} numbers, and an image has {found}. No layer "
        "behind it noticed; the loss finds {batch} labels for {rows} rows.",
        layer=case.name(source),
        rows=case.shape[0],
        batch=case.batch,
        size=case.layers[source]["size"],
        found=prod(case.rows[source].input[1:]),
    )
    return case.flatten_instead(advice, source)


def _wrong_classes(case: Case) -> Diagnosis:
    """Too few numbers, which torch refuses, or too many, which it takes."""
    found, last = case.shape[1], case.last("Linear", "Flatten", "View")
    advice = say(
        "There are {classes} classes, and the network ends in {found} numbers an image: it needs one for each class.",
        classes=CLASSES,
        found=found,
    )
    if case.layers[last].kind == "Linear":
        return case.set(advice, last, last, out_features=CLASSES)
    action = say("Append Linear({found}, {classes})", found=str(found), classes=CLASSES)
    new = {"in_features": found, "out_features": CLASSES}
    return case.insert(advice, last, action, lambda: layer("fc", "Linear", **new))
