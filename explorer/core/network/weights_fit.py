"""Whether a file's tensors are those of a network: matched by name, else by shape and order, and told row by row."""

from collections.abc import Iterator
from dataclasses import dataclass

from explorer.core.errors import Sentence, say
from explorer.core.network.flattened_maps import Maps, flattened_maps
from explorer.core.network.layers import LayerSpec
from explorer.core.network.weight_shapes import Shape, Shapes, by_layer, layer_text, weight_shapes
from explorer.core.sentence_forms import plural

Parts = dict[str, Shape]


@dataclass(frozen=True)
class FitRow:
    """One tensor: its name and shape in the network and in the file; "" and None where it lacks it.

    ``difference`` says what does not fit, and the way out; None where it fits.
    """

    name: str
    wanted: Shape | None
    file_name: str
    found: Shape | None
    difference: Sentence | None = None


@dataclass(frozen=True)
class WeightsFit:
    """A file beside a network: a row for each tensor of either, the network's order first."""

    rows: tuple[FitRow, ...]

    @property
    def differences(self) -> tuple[Sentence, ...]:
        """What does not fit, row by row."""
        return tuple(row.difference for row in self.rows if row.difference)

    @property
    def names(self) -> dict[str, str]:
        """The network's names of the tensors, and the file's, where both have them."""
        return {row.name: row.file_name for row in self.rows if row.name and row.file_name}

    @property
    def renamed(self) -> dict[str, str]:
        """The file's names of layers that the network calls otherwise, and what it calls them."""
        pairs = {theirs.rpartition(".")[0]: ours.rpartition(".")[0] for ours, theirs in self.names.items()}
        return {theirs: ours for theirs, ours in pairs.items() if theirs != ours}


def fit_weights(shapes: Shapes, layers: tuple[LayerSpec, ...]) -> WeightsFit:
    """Compares the file's ``shapes``, in its order, with those of ``layers``.

    Layers with tensors of equal shapes belong together: by their names where all of that shape have the same names on
    both sides, else in order. What is left over is compared by name, and then in order.
    """
    wanted, found = by_layer(weight_shapes(layers)), by_layer(shapes)
    pairs, maps = _pairs(wanted, found), flattened_maps(layers)
    rows = [row for ours in wanted for row in _rows(ours, wanted[ours], pairs.get(ours), found, maps.get(ours))]
    surplus = [theirs for theirs in found if theirs not in pairs.values()]
    for theirs in surplus:
        rows += [_surplus(theirs, part, found[theirs][part], layer_text(found[theirs])) for part in found[theirs]]
    return WeightsFit(tuple(rows))


def _pairs(wanted: dict[str, Parts], found: dict[str, Parts]) -> dict[str, str]:
    """The network's layers, and the file's layer that each is compared with, where there is one."""
    pairs: dict[str, str] = {}
    for pair in (_of_equal_shapes, _of_equal_names, _of_equal_kind):
        ours = {name: parts for name, parts in wanted.items() if name not in pairs}
        theirs = {name: parts for name, parts in found.items() if name not in pairs.values()}
        pairs |= pair(ours, theirs)
    return pairs


def _of_equal_shapes(wanted: dict[str, Parts], found: dict[str, Parts]) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for parts in wanted.values():
        ours = [name for name, one in wanted.items() if one == parts]
        theirs = [name for name, one in found.items() if one == parts]
        pairs |= zip(ours, ours if set(ours) <= set(theirs) else theirs, strict=False)
    return pairs


def _of_equal_names(wanted: dict[str, Parts], found: dict[str, Parts]) -> dict[str, str]:
    return {name: name for name in wanted if name in found}


def _of_equal_kind(wanted: dict[str, Parts], found: dict[str, Parts]) -> dict[str, str]:
    """In order; a weight's dimensions are four in a convolution, two in a linear layer, one in a normalisation."""
    pairs: dict[str, str] = {}
    for dimensions in (4, 2, 1):
        ours, theirs = (
            [name for name, parts in side.items() if len(parts.get("weight", ())) == dimensions]
            for side in (wanted, found)
        )
        pairs |= zip(ours, theirs, strict=False)
    return pairs


def _rows(ours: str, wanted: Parts, theirs: str | None, found: dict[str, Parts], maps: Maps | None) -> Iterator[FitRow]:
    """``maps`` are those that the layer gets flattened, if it does."""
    given = {} if theirs is None else found[theirs]
    for part, shape in wanted.items():
        name = f"{ours}.{part}"
        if theirs is None or part not in given:
            yield FitRow(name, shape, "", None, _missing(name, shape))
            continue
        file_name = _joined(theirs, part)
        if given[part] == shape:
            differs = None
        elif maps and part == "weight" and len(given[part]) == 2 and given[part][1] != shape[1]:
            differs = _other_maps(file_name, given[part], wanted, maps)
        else:
            differs = _differing(file_name, given, part, ours, shape)
        yield FitRow(name, shape, file_name, given[part], differs)
    if theirs is not None:
        yield from (_surplus(theirs, part, given[part], part) for part in given if part not in wanted)


def _differing(file_name: str, given: Parts, part: str, ours: str, shape: Shape) -> Sentence:
    return say(
        "{tensor} is {found}, this network's is {wanted}: choose a network whose {layer} is {like}.",
        tensor=file_name,
        found=str(given[part]),
        wanted=str(shape),
        layer=ours,
        like=layer_text(given),
    )


def _other_maps(file_name: str, given: Shape, wanted: Parts, maps: Maps) -> Sentence:
    """A linear layer behind Flatten that takes more or fewer numbers than the ``maps`` before it are made of."""
    channels, height, width = maps
    return say(
        plural(
            "{tensor} is {found}, this network's is {wanted}: {count} map of {height}×{width} makes {features} numbers "
            "here, not {given}. Build layers whose maps make {given} on the Network page, or train yours with {like}.",
            "{tensor} is {found}, this network's is {wanted}: {count} maps of {height}×{width} make {features} numbers "
            "here, not {given}. Build layers whose maps make {given} on the Network page, or train yours with {like}.",
        ),
        tensor=file_name,
        found=str(given),
        wanted=str(wanted["weight"]),
        count=channels,
        height=height,
        width=width,
        features=wanted["weight"][1],
        given=given[1],
        like=layer_text(wanted),
    )


def _missing(name: str, shape: Shape) -> Sentence:
    return say(
        "The file has nothing for {tensor}, {wanted} in this network: choose a network without it.",
        tensor=name,
        wanted=str(shape),
    )


def _surplus(theirs: str, part: str, shape: Shape, lacked: str) -> FitRow:
    name = _joined(theirs, part)
    difference = say(
        "This network has no place for {tensor}, {found} in the file: choose a network that has {lacked} too.",
        tensor=name,
        found=str(shape),
        lacked=lacked,
    )
    return FitRow("", None, name, shape, difference)


def _joined(layer: str, part: str) -> str:
    return f"{layer}.{part}" if layer else part
