"""The ledger in words: one row of texts for each layer, what is wrong included."""

from collections.abc import Sequence
from dataclasses import replace

from explorer.components.network_view import LedgerRow
from explorer.core.network.code import layer_code
from explorer.core.network.diagnosis import Diagnosis
from explorer.core.network.layer_kinds import WINDOWED
from explorer.core.network.layer_window import Adaptive, Sliding, windows_of
from explorer.core.network.layers import LayerSpec
from explorer.core.network.ledger import Ledger, Row
from explorer.core.network.seen_pixels import Fields
from explorer.ui.finding_text import with_findings
from explorer.ui.language import mark, plural, say_number, t

LOSS = "CrossEntropyLoss"
WORDS = {
    "layer": mark("Layer"),
    "shape": mark("Shape, for a batch of 64"),
    "params": mark("Parameters"),
    "mult_adds": mark("Mult-adds"),
    "memory": mark("Memory"),
    "field": mark("Receptive field"),
    "step": mark("Effective stride"),
    "total": mark("Total"),
    "table": mark("The ledger: one row for each layer"),
    "picture": mark("The shapes, to scale"),
    "block": mark("{name}, {shape}"),
    "features": mark("Feature extraction"),
    "classifier": mark("Classification"),
    "hint": mark("Point at a map: which pixels does this unit see?"),
    "hint_touch": mark("Tap a map: which pixels does this unit see?"),
    "pixel": mark("{name}: row {row}, column {column}"),
    "sees": mark("{name}: the unit in row {row}, column {column} sees {height}×{width} pixels"),
    "sees_flattened": mark(
        "{name}: number {feature} was channel {channel}, row {row}, column {column}; it sees {height}×{width} pixels"
    ),
    "sees_vector": mark("{name}: number {feature} sees {height}×{width} pixels"),
    "sees_nothing": mark("{name}: this unit sees nothing but padding"),
    "sees_unknown": mark("{name}: this is no row of one image any more"),
    "sees_too_large": mark("{name}: this map is too large to follow what a unit sees"),
    "fails": mark("fails"),
    "remark": mark("works, with a remark"),
    "waits": mark("not reached"),
    "blamed": mark("responsible"),
    "message": mark("PyTorch says"),
}


def ledger_rows(ledger: Ledger, fields: list[Fields | None], findings: Sequence[Diagnosis]) -> list[LedgerRow]:
    """The layers that work, the one that does not, those behind it; the loss is the last row. ``findings`` stand in
    the rows that they are about."""
    rows = [_row(row, reach, ledger) for row, reach in zip(ledger.rows, fields, strict=True)]
    if not ledger.stack.layers:
        first = t(
            "No layer yet. Choose a kind under “Add behind input”, for example Conv2d, and press Add; or take a ready "
            "network under “Start from”. Before the loss come Flatten and a Linear layer with 10 outputs."
        )
        return [LedgerRow(t("loss"), LOSS, (str(ledger.output), ""), advice=first, chooses=False)]
    waiting = ledger.stack.layers[len(rows) :]
    rows += [LedgerRow(spec.name, layer_code(spec), ("", ""), state="waits") for spec in waiting]
    loss = LedgerRow(t("loss"), LOSS, (str(ledger.output), t("a number")), notes=(t("with 64 labels"),), chooses=False)
    rows.append(replace(loss, shapes=("", ""), notes=(), state="waits") if waiting else loss)
    return with_findings(rows, str(ledger.output), findings)


def totals_row(ledger: Ledger) -> LedgerRow:
    """What all layers cost together, as far as they work."""
    return LedgerRow(
        t("Total so far") if len(ledger.rows) < len(ledger.stack.layers) else t("Total"),
        t(plural("{count} layer", "{count} layers"), count=len(ledger.rows)),
        ("", ""),
        params=_whole(ledger.num_params),
        mult_adds=_whole(ledger.mult_adds // ledger.batch),
        memory=_bytes(ledger.activation_bytes),
    )


def _row(row: Row, reach: Fields | None, ledger: Ledger) -> LedgerRow:
    return LedgerRow(
        row.spec.name,
        layer_code(row.spec),
        (str(row.input), str(row.output)),
        _notes(row),
        _params(row),
        _whole(row.mult_adds // ledger.batch),
        _bytes(row.activation_bytes),
        _field(row, reach),
        _step(row),
    )


def _notes(row: Row) -> tuple[str, ...]:
    """Where the new size comes from."""
    spec = row.spec
    if spec.kind in WINDOWED and len(row.input) == 4:
        windows = windows_of(spec, row.input[2:])
        return tuple(dict.fromkeys(map(_size_formula, windows)))  # once, where height and width have the same
    if spec.kind == "Flatten" and len(row.input) == 4:
        return (f"{'·'.join(map(str, row.input[1:]))} = {_whole(row.output[1])}",)
    if spec.kind == "View":
        return (f"{'·'.join(_whole(n) for n in row.input)} / {_whole(spec['size'])} = {row.output[0]:,}",)
    return (t("only while it trains"),) if spec.kind == "Dropout" else ()


def _size_formula(window: Sliding | Adaptive) -> str:
    if isinstance(window, Adaptive):
        smallest, largest = window.spans
        span = str(largest) if smallest == largest else f"{smallest}–{largest}"
        windows = plural("{size} in {count} window of {span}", "{size} in {count} windows of {span}")
        return t(windows, size=window.size, count=window.count, span=span)
    before, after = window.padding
    padding = (f" + 2·{before}" if before else "") if before == after else f" + {before} + {after}"
    quotient = f"({window.size}{padding} − {window.span}) / {window.stride}"
    steps = -(-(window.padded - window.span) // window.stride) if window.ceil_mode else window.count - 1
    text = f"⌈{quotient}⌉ + 1" if window.ceil_mode else f"⌊{quotient}⌋ + 1"
    if steps == window.count:
        return f"{text} − 1 = {window.count} · " + t("one more would begin beyond the map")
    text += f" = {window.count}"
    if window.beyond > 0:
        return text + " · " + t("the last reaches {count} beyond", count=window.beyond)
    return text + " · " + t("the floor drops {count}", count=-window.beyond) if window.beyond else text


def _params(row: Row) -> str:
    spec = row.spec
    if spec.kind == "Conv2d":
        divided = f"/{spec['groups']}" if spec["groups"] > 1 else ""
        height, width = spec.pair("kernel_size")
        weights = f"{height}·{width}·{spec['in_channels']}{divided}"
        return f"{_with_bias(spec, weights)}·{spec['out_channels']} = {_whole(row.num_params)}"
    if spec.kind == "Linear":
        weights = _whole(spec["in_features"])
        return f"{_with_bias(spec, weights)}·{_whole(spec['out_features'])} = {_whole(row.num_params)}"
    if spec.kind in ("BatchNorm2d", "BatchNorm1d"):
        return f"2·{_whole(spec['num_features'])} = {_whole(row.num_params)}"
    return "0"


def _with_bias(spec: LayerSpec, weights: str) -> str:
    return f"({weights} + 1)" if spec["bias"] else weights


def _field(row: Row, reach: Fields | None) -> str:
    """The receptive field by its formula; where all units see the same, what that is: an image ends somewhere."""
    if row.receptive_field is None or reach is None:
        return "–"
    largest = [max(0, int((axis.last - axis.first).max()) + 1) for axis in reach]
    axes = zip(row.receptive_field.size, row.receptive_field.effective_stride, largest, strict=True)
    sizes = [field if step else seen for field, step, seen in axes]
    return ("≤ " if None in row.receptive_field.effective_stride else "") + f"{sizes[0]}×{sizes[1]}"


def _step(row: Row) -> str:
    if row.receptive_field is None:
        return "–"
    steps = [t("uneven") if step is None else str(step or "–") for step in row.receptive_field.effective_stride]
    return steps[0] if steps[0] == steps[1] else "×".join(steps)


def _bytes(count: int) -> str:
    return f"{say_number(count / 1e6, ',.2f')} MB" if count >= 1e6 else f"{say_number(count / 1e3, '.1f')} kB"


def _whole(count: int) -> str:
    return say_number(count, ",")
