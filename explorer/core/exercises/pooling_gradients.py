"""Questions about where a pooling's gradient goes."""

from explorer.core.errors import SettingError, say
from explorer.core.exercises.pooling_state import PoolingState
from explorer.core.exercises.question import Question, question
from explorer.core.exercises.worked import Worked, product, result, spell


def mean_gradient(state: PoolingState) -> Question:
    """What each cell of a mean gets."""
    side = state.shown.window.kernel_size[0]
    if side == 1:
        raise SettingError("This is asked of a window of several cells. Press “New numbers”.")

    def compute(slip: str) -> Worked:
        if slip == "gradient_for_largest":
            return result(1.0, "1")
        count, text = (side, str(side)) if slip == "root_for_count" else (side**2, product(side, side))
        return result(1 / count, f"1 / {text} = {spell(1 / count, 4)}")

    asked = say(
        "A gradient of 1 reaches one value of AvgPool2d({side}). How much of it does each cell of its window get?",
        side=side,
    )
    return question(asked, compute, ("gradient_for_largest", "root_for_count"), decimals=3)


def max_gradient(state: PoolingState) -> Question:
    """What the largest cell of a maximum gets."""
    state.require_plain("max")
    row, column = state.cell
    rows, columns = state.shown.window.stride
    count = state.window(row * rows, column * columns).size
    if count == 1:
        raise SettingError("This is asked of a window of several cells. Press “New numbers”.")

    def compute(slip: str) -> Worked:
        return (
            result(1 / count, f"1 / {count} = {spell(1 / count, 4)}") if slip == "gradient_shared" else result(1.0, "1")
        )

    asked = say(
        "A gradient of 1 reaches the maximum in row {row}, column {column}. How much of it does the largest cell get?",
        row=row + 1,
        column=column + 1,
    )
    return question(asked, compute, ("gradient_shared",), decimals=3)
