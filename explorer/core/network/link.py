"""A stack as a link and a command line write it: ``1_1x28x28_c1-10-5_m2_r_f_l1440-10``.

First the version, then the images (C×H×W), then a letter for each layer with the arguments it must have, joined by
``-``, and those that differ from torch's default by a letter each: ``c1-10-5s2p1``. A pair is ``5x3``, True ``1`` and
'same' itself: ``c1-10-5x3psame``. No character needs escaping.
"""

import re
from functools import lru_cache

from explorer.core.errors import SettingError
from explorer.core.network.layer_kinds import KINDS, Option, Value
from explorer.core.network.layers import LayerSpec, NetworkSpec, layer, numbered

VERSION = "1"
MOST_CHARACTERS = 2000  # 40 layers of 50
LETTERS = {
    "Conv2d": "c",
    "MaxPool2d": "m",
    "AvgPool2d": "a",
    "AdaptiveAvgPool2d": "g",
    "ReLU": "r",
    "Dropout": "d",
    "BatchNorm2d": "b",
    "BatchNorm1d": "n",
    "Flatten": "f",
    "Linear": "l",
    "Softmax": "x",
    "View": "v",
}
_KIND_OF = {letter: kind for kind, letter in LETTERS.items()}
_NUMBER = r"\d{1,9}(?:\.\d{1,4})?(?:x\d{1,9})?"
_WORDS = {option.word for options in KINDS.values() for option in options if option.word}
_VALUE = "|".join([_NUMBER, *_WORDS])
_LAYER = re.compile(rf"([a-z])({_NUMBER}(?:-{_NUMBER})*)?((?:[a-z](?:{_VALUE}))*)", re.ASCII)


def encode(stack: NetworkSpec) -> str:
    """The stack's text. Layers are named by their order when it is read again."""
    return "_".join([VERSION, "x".join(map(str, stack.image)), *map(_layer_text, stack.layers)])


@lru_cache(maxsize=200)  # a page's run asks some 70 times for the same: 10 ms each time for 40 layers
def decode(text: str) -> NetworkSpec:
    """The stack of that text. Raises SettingError for one that is broken, of another version, or beyond limits."""
    try:
        if len(text) > MOST_CHARACTERS:
            raise ValueError
        version, image, *layers = text.split("_")
        if version != VERSION or not re.fullmatch(r"\d{1,4}x\d{1,4}x\d{1,4}", image, re.ASCII):
            raise ValueError
        channels, height, width = map(int, image.split("x"))
        return NetworkSpec(numbered(map(_layer_of, layers)), (channels, height, width))
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
    return LETTERS[spec.kind] + must + "".join(option.letter + _text(given[option.name]) for option in others)


def _layer_of(text: str) -> LayerSpec:
    found = _LAYER.fullmatch(text)
    if not found:
        raise ValueError(text)
    kind = _KIND_OF[found[1]]
    required = _required(kind)
    values = found[2].split("-") if found[2] else []
    options = {option.name: option.lowest for option in KINDS[kind] if option.lowest == option.highest}
    options |= {option.name: _parse(option, value) for option, value in zip(required, values, strict=True)}
    others = {option.letter: option for option in KINDS[kind] if option.default is not None}
    given = re.findall(rf"([a-z])({_VALUE})", found[3])
    if len(given) > len(dict(given)):
        raise ValueError(text)  # an argument twice
    for letter, value in given:
        options[others[letter].name] = _parse(others[letter], value)
    return layer(kind.lower(), kind, **options)


def _required(kind: str) -> list[Option]:
    """What the text always holds: what torch must be given, except for Softmax's only dim."""
    return [option for option in KINDS[kind] if option.default is None and option.lowest < option.highest]


def _parse(option: Option, text: str) -> Value:
    """Raises ValueError or KeyError for what this argument cannot be."""
    if option.word and text == option.word:
        return text
    if option.is_switch:
        return {"0": False, "1": True}[text]
    if option.is_pair and "x" in text:
        height, width = map(option.number, text.split("x"))
        return height, width
    return option.number(text)


def _text(value: Value) -> str:
    if isinstance(value, tuple):
        return "x".join(map(str, value))
    if isinstance(value, bool):
        return str(int(value))
    return f"{value:.4f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
