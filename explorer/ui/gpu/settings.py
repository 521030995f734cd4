"""What the GPU page's link holds: which parts of the script's data are moved to the GPU."""

from explorer.core.run.device_moves import MOVES
from explorer.ui.setting import Switch

MOVED = {part: Switch(f"gpu_{part}_moved", default=True) for part in MOVES}


def left_out() -> frozenset[str]:
    """The parts, of MOVES, that stay where they are."""
    return frozenset(part for part, switch in MOVED.items() if not switch.value)


def write_moved() -> None:
    """Puts them into the link before their switches are drawn: an exercise above those shows the address."""
    for switch in MOVED.values():
        switch.write()
