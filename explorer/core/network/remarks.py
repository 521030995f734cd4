"""Mistakes that PyTorch takes in silence: each a fact about the layers that can be proved, and the change that ends it.

``tests/core/network/test_remarks.py`` proves each on torch's own layers.
"""

from collections.abc import Iterable, Iterator

from explorer.core.errors import Sentence, mark, say
from explorer.core.network.diagnosis import FLATTEN, Diagnosis, Layers
from explorer.core.network.idle_layers import changes_nothing
from explorer.core.network.layers import LayerSpec, layer
from explorer.core.network.ledger import Ledger
from explorer.core.network.proposal import propose

RELU = layer("relu", "ReLU")
WEIGHTED = ("Conv2d", "Linear")
NORMS = ("BatchNorm1d", "BatchNorm2d")
# Once trained these are linear, or change nothing: a chain of weighted layers goes on through them.
LINEAR = ("AvgPool2d", "AdaptiveAvgPool2d", "Flatten", "Dropout", *NORMS)
NEVER_NEGATIVE = ("ReLU", "Softmax")
KEEP_SIGN = ("MaxPool2d", "AvgPool2d", "AdaptiveAvgPool2d", "Dropout", "Flatten", "View")


def remarks(ledger: Ledger) -> list[Diagnosis]:
    """All of them about the layers that work, in their order; those about the end only where the loss takes it."""
    case = _Network(ledger)
    found = [*_chains(case), *_idle(case), *_dropouts_before_norms(case), *_softmaxes(case), *_views(case)]
    if not ledger.problem:
        found += _at_the_end(case)
    return sorted(found, key=lambda remark: remark.index)


class _Network:
    """The layers of a ledger, with the ways to say what is odd about one and how to change it."""

    def __init__(self, ledger: Ledger) -> None:
        self.rows, self.layers, self.image = ledger.rows, ledger.stack.layers, ledger.stack.image
        self.kinds = [row.spec.kind for row in ledger.rows]

    def name(self, index: int) -> str:
        return self.layers[index].name

    def last_weighted(self) -> int:
        """-1 where no layer has weights."""
        return max((index for index, kind in enumerate(self.kinds) if kind in WEIGHTED), default=-1)

    def remark(
        self, index: int, advice: Sentence, action: Sentence, layers: Layers, blames: int | None = None
    ) -> Diagnosis:
        """About row ``index``; ``blames`` is the responsible one where that is another."""
        offer = propose(self.image, layers)
        blames = index if blames is None else blames
        return Diagnosis(index, "", advice, blames, action, offer.stack, offer.forbidden)

    def instead(self, index: int, *new: LayerSpec) -> Layers:
        return lambda: (*self.layers[:index], *new, *self.layers[index + 1 :])

    def without(self, index: int, advice: Sentence) -> Diagnosis:
        return self.remark(index, advice, say("Remove {layer}", layer=self.name(index)), self.instead(index))


def _chains(case: _Network) -> Iterator[Diagnosis]:
    """Layers with weights that follow one another without anything between them that is not linear."""
    chain: list[int] = []
    for index, kind in enumerate([*case.kinds, "end"]):
        if kind in WEIGHTED:
            chain.append(index)
        elif kind not in LINEAR:
            if len(chain) > 1:
                yield _chain(case, chain)
            chain = []


def _chain(case: _Network, chain: list[int]) -> Diagnosis:
    advice = say(
        "Between {layers} stands no activation: together they compute no more than one linear map does, however many "
        "they are. A ReLU behind each but the last makes them worth their parameters.",
        layers=", ".join(map(case.name, chain)),
    )
    action = say("Insert ReLU behind {layers}", layers=", ".join(map(case.name, chain[:-1])))
    layers = [part for n, spec in enumerate(case.layers) for part in ((spec, RELU) if n in chain[:-1] else (spec,))]
    return case.remark(chain[1], advice, action, lambda: layers, blames=chain[0])


def _idle(case: _Network) -> Iterator[Diagnosis]:
    """Layers whose output is their input."""
    positive = ""  # the layer from which on no number is negative
    for index, row in enumerate(case.rows):
        if row.spec.kind == "ReLU" and positive:
            yield case.without(
                index,
                say(
                    "{layer} changes nothing: behind {source} no number is negative.",
                    layer=row.spec.name,
                    source=positive,
                ),
            )
        elif changes_nothing(row):
            advice = say("{layer} changes nothing: what it gives is what it gets.", layer=row.spec.name)
            yield case.without(index, advice)
        if row.spec.kind in NEVER_NEGATIVE:
            positive = row.spec.name
        elif row.spec.kind not in KEEP_SIGN:
            positive = ""


def _dropouts_before_norms(case: _Network) -> Iterator[Diagnosis]:
    dropped = -1
    for index, row in enumerate(case.rows):
        if row.spec.kind in NORMS and dropped >= 0:
            order = [*case.layers[:dropped], *case.layers[dropped + 1 : index + 1], case.layers[dropped]]
            yield case.remark(
                dropped,
                say(
                    "{layer} stands before {norm}: while it trains, {norm} learns the spread of numbers of which a "
                    "share is 0 and the rest enlarged. In a test nothing is dropped, and the spread is another.",
                    layer=case.name(dropped),
                    norm=row.spec.name,
                ),
                say("Move {layer} behind {norm}", layer=case.name(dropped), norm=row.spec.name),
                lambda order=order, index=index: (*order, *case.layers[index + 1 :]),
            )
            dropped = -1
        elif row.spec.kind == "Dropout" and row.spec["p"] > 0:
            dropped = index
        elif row.spec.kind in (*WEIGHTED, "Softmax", "View"):
            dropped = -1


def _softmaxes(case: _Network) -> Iterator[Diagnosis]:
    """A softmax in the middle; the last one is the end's."""
    for index, kind in enumerate(case.kinds):
        if kind == "Softmax" and index < case.last_weighted():
            advice = say(
                "{layer} stands between layers: the numbers it gives sum to 1, so that each is small and hardly any "
                "gradient passes. An activation there is ReLU; CrossEntropyLoss does the softmax itself.",
                layer=case.name(index),
            )
            action = say("ReLU instead of {layer}", layer=case.name(index))
            yield case.remark(index, advice, action, case.instead(index, RELU))


def _views(case: _Network) -> Iterator[Diagnosis]:
    """Those that cut no image apart, with these numbers."""
    for index, row in enumerate(case.rows):
        if row.spec.kind == "View" and row.input[0] == row.output[0]:
            advice = say(
                "view(-1, {size}) fits here. With another size it could cut images apart without a word; Flatten "
                "never does.",
                size=str(row.spec["size"]),
            )
            action = say("Flatten instead of {layer}", layer=row.spec.name)
            yield case.remark(index, advice, action, case.instead(index, FLATTEN))


def _at_the_end(case: _Network) -> Iterable[Diagnosis]:
    """What stands between the last layer with weights and the loss."""
    texts = {
        "ReLU": mark(
            "{layer} cuts the logits off at 0, right before the loss: no digit can get less than 0, and where all are "
            "cut off nothing is learned. CrossEntropyLoss takes any numbers."
        ),
        "Dropout": mark(
            "{layer} drops some of the ten logits at random, right before the loss: while it trains, a digit's answer "
            "is 0 whatever the image shows."
        ),
        "Softmax": mark(
            "CrossEntropyLoss takes logits and does the softmax itself. With a second one in front of it, even a "
            "network that is right and sure has a loss of 1.461 instead of 0, and it learns slowly. PyTorch says "
            "nothing."
        ),
    } | dict.fromkeys(
        NORMS,
        mark(
            "{layer} normalises the logits: each digit's answer gets the same mean and spread over the batch, so that "
            "what an image gets depends on the others beside it."
        ),
    )
    for index in range(case.last_weighted() + 1, len(case.kinds)):
        if text := texts.get(case.kinds[index]):
            yield case.without(index, say(text, layer=case.name(index)))
