"""How large a part of the image one unit sees, by the usual formula."""

from dataclasses import dataclass

from explorer.core.layer_window import Adaptive, Pair, Sliding, Windows

Sizes = tuple[int | None, int | None]


@dataclass(frozen=True)
class Sight:
    """What one unit sees of the image, in pixels (height, width), the padding included.

    ``step`` is the distance between the fields of two neighbours, 0 where all see the same. ``grid`` is the number of
    units: they stay where they are when the map is flattened. Behind windows of several sizes along an axis, as an
    adaptive pooling may have, the fields of an axis differ: step and field are None there.
    """

    field: Sizes
    step: Sizes
    grid: Pair

    def through(self, windows: Windows) -> "Sight":
        """After a layer with these windows along the rows and along the columns."""
        axes = zip(self.field, self.step, windows, strict=True)
        fields, steps = zip(*(_seen(field, step, window) for field, step, window in axes), strict=True)
        return Sight(fields, steps, (windows[0].count, windows[1].count))

    def merged(self, axes: tuple[int, ...]) -> "Sight":
        """After a layer whose every unit reads all units along these axes."""
        field, step = list(self.field), list(self.step)
        for axis in axes:
            if step[axis]:
                field[axis] += (self.grid[axis] - 1) * step[axis]
            step[axis] = 0
        return Sight(tuple(field), tuple(step), self.grid)


def _seen(field: int | None, step: int | None, window: Sliding | Adaptive) -> Sizes:
    """Field and step behind a window, along one axis."""
    if step == 0:
        return field, step
    if step is None or window.stride is None:
        return None, None
    return field + (window.span - 1) * step, step * window.stride
