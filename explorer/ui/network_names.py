"""What networks are called."""

from collections.abc import Sequence
from functools import lru_cache

from explorer.core.network.layers import NetworkSpec
from explorer.core.network.ledger import trace
from explorer.core.network.networks import preset_name
from explorer.ui.language import mark, say_number, t

NAMES = {
    "simple": mark("The simple CNN"),
    "intro": mark("The introduction's network"),
    "exercise": mark("The exercise: three of each"),
    "dense": mark("Dense layers only, as many parameters"),
    "lenet": mark("LeNet-5"),
}
SHORT_NAMES = {  # several stand in a legend
    "simple": mark("simple CNN"),
    "intro": mark("introduction's network"),
    "exercise": mark("exercise's network"),
    "dense": mark("dense net"),
    "lenet": mark("LeNet-5"),
}


def network_name(stack: NetworkSpec) -> str:
    """The ready-made network that it is, or that it is the learner's own."""
    name = preset_name(stack)
    return t(NAMES[name]) if name else t("A network of your own")


def short_name(stack: NetworkSpec) -> str:
    """``simple CNN``, or ``own network, 105,866 parameters``: its layers stand in the run's card."""
    name = preset_name(stack)
    return (
        t(SHORT_NAMES[name])
        if name
        else t("own network, {count} parameters", count=say_number(_num_params(stack), ","))
    )


def short_names(stacks: Sequence[NetworkSpec]) -> list[str]:
    """Each network's short name; different networks of one name are numbered, in the order given."""
    names = [short_name(stack) for stack in stacks]
    alike: dict[str, list[NetworkSpec]] = {}
    for name, stack in zip(names, stacks, strict=True):
        others = alike.setdefault(name, [])
        if stack not in others:
            others.append(stack)
    return [
        name if len(alike[name]) == 1 else t("{name} (no. {number})", name=name, number=alike[name].index(stack) + 1)
        for name, stack in zip(names, stacks, strict=True)
    ]


@lru_cache(maxsize=256)  # a comparison of eight runs says their names 74 times: 2 ms each
def _num_params(stack: NetworkSpec) -> int:
    return trace(stack).num_params
