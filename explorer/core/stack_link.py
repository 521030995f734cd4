"""A stack as a link and a command line write it: ``1_1x28x28_c1-10-5_m2_r_f_l1440-10``.

First the version, then the images (C×H×W), then a letter for each layer with the arguments it must have, joined by
``-``, and those that differ from torch's default by a letter each: ``c1-10-5s2p1``. No character needs escaping.
"""

import re
from collections.abc import Callable

from explorer.core.explained import SettingError
from explorer.core.layer_kinds import KINDS, Option
from explorer.core.layers import LayerSpec, Stack, layer, numbered

VERSION = "1"
MOST_CHARACTERS = 2000  # 40 layers of 50
LETTERS = {
    "Conv2d": "c",
    "MaxPool2d": "m",
    "AvgPool2d": "a",
    "ReLU": "r",
    "Dropout": "d",
    "BatchNorm2d": "b",
    "Flatten": "f",
    "Linear": "l",
    "Softmax": "x",
    "View": "v",
}
_KIND_OF = {letter: kind for kind, letter in LETTERS.items()}
_NUMBER = r"\d{1,9}(?:\.\d{1,4})?"
_LAYER = re.compile(rf"([a-z])({_NUMBER}(?:-{_NUMBER})*)?((?:[a-z]{_NUMBER})*)", re.ASCII)


def encode(stack: Stack) -> str:
    """The stack's text. Layers are named by their order when it is read again."""
    return "_".join([VERSION, "x".join(map(str, stack.image)), *map(_layer_text, stack.layers)])


def decode(text: str) -> Stack:
    """The stack of that text. Raises SettingError for one that is broken, of another version, or beyond limits."""
    try:
        if len(text) > MOST_CHARACTERS:
            raise ValueError
        version, image, *layers = text.split("_")
        if version != VERSION or not re.fullmatch(r"\d{1,4}x\d{1,4}x\d{1,4}", image, re.ASCII):
            raise ValueError
        channels, height, width = map(int, image.split("x"))
        return Stack(numbered(map(_layer_of, layers)), (channels, height, width))
    except SettingError:
        raise
    except (ValueError, KeyError) as error:
        raise SettingError(
            "The link's network {text} cannot be read. It is cut off, or of another version of this app.",
            text=text[:40] + "…" * (len(text) > 40),
        ) from error


def _layer_text(spec: LayerSpec) -> str:
    given = dict(spec.options)
    must = "-".join(_text(spec[option.name]) for option in _required(spec.kind))
    others = (option for option in KINDS[spec.kind] if option.default is not None and option.name in given)
    return LETTERS[spec.kind] + must + "".join(option.name[0] + _text(given[option.name]) for option in others)


def _layer_of(text: str) -> LayerSpec:
    found = _LAYER.fullmatch(text)
    if not found:
        raise ValueError(text)
    kind = _KIND_OF[found[1]]
    required = _required(kind)
    numbers = found[2].split("-") if found[2] else []
    options = {option.name: option.lowest for option in KINDS[kind] if option.lowest == option.highest}
    options |= {option.name: _parse(option)(number) for option, number in zip(required, numbers, strict=True)}
    others = {option.name[0]: option for option in KINDS[kind] if option.default is not None}
    given = re.findall(rf"([a-z])({_NUMBER})", found[3])
    if len(given) > len(dict(given)):
        raise ValueError(text)  # an argument twice
    for letter, number in given:
        options[others[letter].name] = _parse(others[letter])(number)
    return layer(kind.lower(), kind, **options)


def _required(kind: str) -> list[Option]:
    """What the text always holds: what torch must be given, except for Softmax's only dim."""
    return [option for option in KINDS[kind] if option.default is None and option.lowest < option.highest]


def _parse(option: Option) -> Callable[[str], float]:
    return type(option.lowest)


def _text(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
