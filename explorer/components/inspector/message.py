"""What the browser gets of a scene; messages.d.ts says the same to its scripts."""

from typing import Literal, TypedDict

from explorer.components.words import Template

WORDS = (
    *("cell", "open", "open_value", "before", "channel", "weighted", "products", "bias_note", "comma", "row", "column"),
    *("used", "used_max", "unused", "winner", "tie", "mean_gradient", "sentences", "titled"),
    *("padding_zero", "padding_pool", "padding_copy", "padded_by", "never_used", "weight_padded"),
    *("mode_reflect", "mode_replicate", "mode_circular", "output_channel", "maps", "partial"),
    *("player", "play", "pause", "step", "step_back", "speed", "position", "zoom", "zoom_needless"),
    *("copy", "copied", "unfold", "fold", "edit", "invalid", "hint", "hint_touch", "hint_fixed", "hint_fixed_touch"),
)
FORMS = ("weight_once", "weight_used", "weight_inside", "weight_outside")  # of which there is one for each number
Layout = Literal["row", "stack", "fan"]
Reduce = Literal["sum", "max", "mean"]
PaddingMode = Literal["zeros", "reflect", "replicate", "circular"]


class PackedMatrix(TypedDict):
    """Many numbers; see packed.py."""

    columns: int
    bytes: Literal[0, 1, 2]
    palette: str
    cells: str


Matrix = list[list[float]] | PackedMatrix


class GridMessage(TypedDict):
    """A scene's Grid."""

    name: str
    title: str
    values: Matrix
    label: str
    largest: float
    signed: bool
    edit: str
    before: Matrix | None
    asked: tuple[int, int] | Literal["grid"] | None


class AxisMessage(TypedDict):
    """One axis of an index map: for each output and kernel position the padded position that is read, −1 for none, and
    for each padded position the input's, −1 for a zero."""

    at: list[list[int]]
    source: list[int]
    before: int
    size: int


class OperationMessage(TypedDict):
    """A scene's Operation; ``parts`` are an input grid's number and its kernel's."""

    reduce: Reduce
    rows: AxisMessage
    columns: AxisMessage
    parts: list[tuple[int, int | None]]
    output: int
    bias: float | None
    relu: bool
    title: str
    first: int


class RefusalMessage(TypedDict):
    """A scene's Refusal."""

    place: int
    title: str
    sentence: str


class SceneMessage(TypedDict):
    """A Scene."""

    layout: Layout
    grids: list[GridMessage]
    operations: list[OperationMessage]
    padding_mode: PaddingMode
    maps: list[Matrix]
    chosen: int
    remark: str
    refusals: list[RefusalMessage]
    pick: str
    question: str


class InspectorMessage(TypedDict):
    """All that the cell inspector gets; ``open`` is a grid's name, a row and a column."""

    scene: SceneMessage
    open: tuple[str, int, int]
    limit: float
    player: bool
    words: dict[str, Template]
