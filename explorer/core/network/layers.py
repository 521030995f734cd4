"""A network as a list of layers: what the module is built from, the ledger shows and the code panel prints."""

import keyword
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from explorer.core import limits
from explorer.core.errors import SettingError, mark
from explorer.core.network.layer_kinds import KINDS, PREFIXES, Option, Value

IMAGE = (1, 28, 28)  # C, H, W of an MNIST digit
CLASSES = 10
_NAME = re.compile(r"[a-z][a-z0-9_]{0,29}", re.ASCII)


@dataclass(frozen=True)
class LayerSpec:
    """One layer: the attribute's ``name`` in the module, torch.nn's class as ``kind``, and its arguments.

    Raises SettingError, naming the layer, where ``kind`` is not one of ``KINDS``, or an argument is unknown, missing
    or outside its bounds: a list of layers may come from a file or a link.
    """

    name: str
    kind: str
    options: tuple[tuple[str, Value], ...] = ()

    def __post_init__(self) -> None:
        if not (isinstance(self.name, str) and _NAME.fullmatch(self.name)) or keyword.iskeyword(self.name):
            raise SettingError(
                "A layer is called {name}. Use small letters, digits and underscores, 30 at most, and no word of "
                "Python's.",
                name=self.name,
            )
        if self.kind not in KINDS:
            raise SettingError(
                "Layer {name} is a {kind}. Known are {known}.",
                name=self.name,
                kind=self.kind,
                known=", ".join(KINDS),
            )
        known = {option.name: option for option in KINDS[self.kind]}
        given = dict(self.options)
        for name in (*given, *known):
            if name not in known:
                raise SettingError("Layer {name} has no argument {option}.", name=self.name, option=name)
            if name in given:
                self._check(known[name], given[name])
            elif known[name].default is None:
                raise SettingError("Layer {name} lacks its argument {option}.", name=self.name, option=name)

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - a number, a pair or a word, as the option has it
        """The argument of that name: as given, else torch's default."""
        given = dict(self.options)
        if name in given:
            return given[name]
        default = next(option.default for option in KINDS[self.kind] if option.name == name)
        return self["kernel_size"] if (name, default) == ("stride", 0) else default

    def pair(self, name: str) -> tuple[int, int]:
        """The argument of that name for (height, width), whether it was given as one number or as two."""
        value = self[name]
        return value if isinstance(value, tuple) else (value, value)

    def but(self, **options: Value) -> "LayerSpec":
        """The same layer with these arguments changed; those at torch's default are left out. Raises SettingError."""
        return layer(self.name, self.kind, **dict(self.options) | options)

    def as_dict(self) -> dict[str, Any]:
        """The layer as JSON holds it."""
        options = {name: list(value) if isinstance(value, tuple) else value for name, value in self.options}
        return {"name": self.name, "kind": self.kind, "options": options}

    @staticmethod
    def from_dict(values: dict[str, Any]) -> "LayerSpec":
        """The layer that ``as_dict`` gave. Raises SettingError; KeyError or TypeError for what is no layer at all."""
        return layer(values["name"], values["kind"], **values["options"])

    def _check(self, option: Option, value: object) -> None:
        if option.word and value == option.word:
            return
        pair = option.is_pair and isinstance(value, tuple) and len(value) == 2
        for number in value if pair else (value,):
            if not _fits(option, number):  # 2.0 or True, which JSON may hold, or more decimals than a link
                raise SettingError(
                    "Layer {name} has {option} {value}, which is no {sort}.",
                    name=self.name,
                    option=option.name,
                    value=value,
                    sort=_KIND_OF_VALUE[bool if option.is_switch else option.number],
                )
            if not option.lowest <= number <= option.highest:
                raise SettingError(
                    "Layer {name} has {option} {value}, outside {lowest} … {highest}.",
                    name=self.name,
                    option=option.name,
                    value=value,
                    lowest=option.lowest,
                    highest=option.highest,
                )


_KIND_OF_VALUE = {
    int: mark("whole number"),
    float: mark("number of four decimals at most"),
    bool: mark("True or False"),
}


def _fits(option: Option, number: object) -> bool:
    whole_number_for_a_float = option.number is float and type(number) is int
    return whole_number_for_a_float or (type(number) is option.number and number == round(number, 4))


def layer(name: str, kind: str, **options: Value | list[int]) -> LayerSpec:
    """``layer("conv1", "Conv2d", in_channels=1, …)``: a LayerSpec written as torch writes the layer.

    There is one way to write it: arguments come in torch's order, those at torch's default left out, and a pair of
    equal numbers (a list, where it comes from JSON) is one number. Raises SettingError.
    """
    tupled = {name: tuple(value) if isinstance(value, list) else value for name, value in options.items()}
    spec = LayerSpec(name, kind, tuple(tupled.items()))
    given = {
        name: value[0] if isinstance(value, tuple) and value[0] == value[1] else value for name, value in spec.options
    }
    defaults = {option.name: option.default for option in KINDS[kind]}
    if defaults.get("stride") == 0:
        defaults["stride"] = given["kernel_size"]
    kept = tuple((name, given[name]) for name in defaults if name in given and given[name] != defaults[name])
    return replace(spec, options=kept)


def numbered(layers: Iterable[LayerSpec]) -> tuple[LayerSpec, ...]:
    """The layers named after what they do: conv1, pool1, relu1, conv2, … and a single one without a number: fc."""
    layers = tuple(layers)
    prefixes = [PREFIXES[spec.kind] for spec in layers]
    names = [
        prefix if prefixes.count(prefix) == 1 else f"{prefix}{prefixes[: index + 1].count(prefix)}"
        for index, prefix in enumerate(prefixes)
    ]
    return tuple(replace(spec, name=name) for spec, name in zip(layers, names, strict=True))


@dataclass(frozen=True)
class NetworkSpec:
    """A network and the shape (C, H, W) of the images it is given.

    Raises SettingError where there are more layers than ``limits`` allows, two of one name, or no such images.
    """

    layers: tuple[LayerSpec, ...]
    image: tuple[int, int, int] = IMAGE

    def __post_init__(self) -> None:
        names = [spec.name for spec in self.layers]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise SettingError("More than one layer is called {name}. Give each its own name.", name=twice[0])
        limits.within(mark("number of layers"), len(names), 0, limits.MAX_LAYERS)
        limits.within(mark("number of input channels"), self.image[0], 1, limits.MAX_LAYER_CHANNELS)
        for size in self.image[1:]:
            limits.within(mark("input size"), size, 1, limits.MAX_IMAGE_SIZE)
