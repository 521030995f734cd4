"""The Pooling page's exercises: a maximum, a mean, sizes, what is dropped, where the gradient goes."""

from explorer.core.errors import SettingError, mark, say
from explorer.core.exercises.exercise import Exercise
from explorer.core.exercises.pooling_gradients import max_gradient, mean_gradient
from explorer.core.exercises.pooling_places import first_unread_row, gradient_cell, winner
from explorer.core.exercises.pooling_state import PoolingState, draw_pooling
from explorer.core.exercises.question import Question, question
from explorer.core.exercises.screens import pooling_layer, pooling_numbers
from explorer.core.exercises.window_size import applicable, map_shape, windows
from explorer.core.exercises.worked import Worked, product, result, spell

PAGE = "pooling"
MAPS = 10  # channels of the shape that is asked for: the simple CNN's first pooling has as many


def _maximum(state: PoolingState) -> Question:
    return _value(state, "max")


def _average(state: PoolingState) -> Question:
    return _value(state, "mean")


def _value(state: PoolingState, way: str) -> Question:
    state.require_plain(way)
    row, column = state.cell
    rows, columns = state.shown.window.stride
    cells = [float(value) for value in state.window(row * rows, column * columns).ravel()]
    near = [float(value) for value in state.window(row, column).ravel()]

    def compute(slip: str) -> Worked:
        used = near if slip == "stride_forgotten" else cells
        return (
            _largest(used)
            if (way == "max") != (slip in ("mean_for_largest", "largest_for_mean"))
            else _mean(used, slip)
        )

    names = {"max": "MaxPool2d", "mean": "AvgPool2d"}
    asked = say(
        "{layer}: which value stands in its output, row {row}, column {column}?",
        layer=names[way],
        row=row + 1,
        column=column + 1,
    )
    slips = ("mean_for_largest",) if way == "max" else ("largest_for_mean", "sum_for_mean", "root_for_count")
    moved = ("stride_forgotten",) if state.shown.window.stride != (1, 1) and (row or column) else ()
    return question(asked, compute, (*slips, *moved), decimals=2)


def _largest(cells: list[float]) -> Worked:
    return result(max(cells), f"max({', '.join(map(spell, cells))}) = {spell(max(cells))}")


def _mean(cells: list[float], slip: str) -> Worked:
    total, count = sum(cells), len(cells)
    count = round(count**0.5) if slip == "root_for_count" else count
    first = f"{' + '.join(map(spell, cells))} = {spell(total)}"
    return (
        result(total, first)
        if slip == "sum_for_mean"
        else result(total / count, first, f"{spell(total)} / {count} = {spell(total / count)}")
    )


def _size(state: PoolingState) -> Question:
    axes = state.max_axes
    asked = say("What is the max pooling's output size, rows × columns?")
    return question(asked, lambda slip: map_shape(*axes, slip), applicable(*axes))


def _rounded_up(state: PoolingState) -> Question:
    axes = state.max_axes
    if not axes[0].ceil_mode:
        raise SettingError("This is asked with ceil_mode=True. Press “New numbers”.")
    asked = say("With ceil_mode=True, what is the max pooling's output size, rows × columns?")
    slips = ("floor_for_ceil", "plus_one_forgotten", "stride_forgotten")
    return question(asked, lambda slip: map_shape(*axes, slip), slips)


def _shape(state: PoolingState) -> Question:
    axes = state.max_axes
    own = {"channels_merged": 1, "channels_pooled": MAPS // axes[0].kernel}

    def compute(slip: str) -> Worked:
        return map_shape(*axes, "" if slip in own else slip, (own.get(slip, MAPS),))

    asked = say("{channels} maps of this size go into the max pooling. Which shape C×H×W comes out?", channels=MAPS)
    return question(asked, compute, (*own, *applicable(*axes)))


def _dropped(state: PoolingState) -> Question:
    rows = state.dropped_rows
    count = int(windows(rows).answer[0])

    def compute(slip: str) -> Worked:
        if slip == "rows_left_over_forgotten":
            return result(0, "0")
        if slip == "window_for_stride":
            left = rows.size - count * rows.stride
            return result(left, f"{rows.size} − {count}·{rows.stride} = {spell(left)}")
        read = (count - 1) * rows.stride + rows.kernel
        return result(
            rows.size - read,
            f"({count} − 1)·{rows.stride} + {rows.kernel} = {read}",
            f"{rows.size} − {read} = {rows.size - read}",
        )

    slips = ("rows_left_over_forgotten", *(("window_for_stride",) if rows.stride != rows.kernel else ()))
    asked = say("How many rows at the lower end of the input lie in no window?")
    return question(asked, compute, slips)


def _parameters(state: PoolingState) -> Question:
    side = state.shown.window.kernel_size[0]

    def compute(slip: str) -> Worked:
        if slip == "pooling_has_weights":
            return result(side * side, f"{product(side, side)} = {side * side}")
        return result(0, "0")

    asked = say("How many parameters does MaxPool2d({side}) have?", side=side)
    return question(asked, compute, ("pooling_has_weights",))


EXERCISES = (
    Exercise(
        "pool_max_cell", PAGE, mark("A maximum"), _maximum, draw_pooling, "cell", "Max output", given=pooling_numbers
    ),
    Exercise(
        "pool_mean_cell", PAGE, mark("A mean"), _average, draw_pooling, "cell", "Average output", given=pooling_numbers
    ),
    Exercise(
        "pool_winner",
        PAGE,
        mark("The cell that wins"),
        winner,
        draw_pooling,
        "output",
        picks="cell",
        given=pooling_numbers,
    ),
    Exercise(
        "pool_output_size", PAGE, mark("A pooling's output size"), _size, draw_pooling, "output", given=pooling_layer
    ),
    Exercise(
        "pool_output_shape", PAGE, mark("A pooling's channels"), _shape, draw_pooling, "output", given=pooling_layer
    ),
    Exercise("pool_parameters", PAGE, mark("What a pooling learns"), _parameters, draw_pooling),
    Exercise(
        "pool_dropped_rows", PAGE, mark("Rows in no window"), _dropped, draw_pooling, "output", given=pooling_layer
    ),
    Exercise(
        "pool_first_unread",
        PAGE,
        mark("The first row in no window"),
        first_unread_row,
        draw_pooling,
        "output",
        picks="row",
        given=pooling_layer,
    ),
    Exercise(
        "pool_max_gradient",
        PAGE,
        mark("A maximum's gradient"),
        max_gradient,
        draw_pooling,
        "output",
        given=pooling_layer,
    ),
    Exercise(
        "pool_gradient_cell",
        PAGE,
        mark("Where the gradient goes"),
        gradient_cell,
        draw_pooling,
        "output",
        picks="cell",
        given=pooling_numbers,
    ),
    Exercise("pool_mean_gradient", PAGE, mark("A mean's gradient"), mean_gradient, draw_pooling, "output"),
    Exercise(
        "pool_ceil_mode",
        PAGE,
        mark("Size with ceil_mode"),
        _rounded_up,
        lambda random: draw_pooling(random, ceil_mode=True),
        "output",
        given=pooling_layer,
    ),
)
