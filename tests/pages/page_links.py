"""Links of every page, drawn at random, each setting at its limits, between and beyond; and what opening one costs."""

import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from hypothesis import strategies as st
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

from explorer.core import limits
from explorer.core.data.transformations import TRANSFORMATIONS
from explorer.ui.channels import settings as channel_settings
from explorer.ui.compare import cost as compare_cost
from explorer.ui.compare import curves as compare_curves
from explorer.ui.convolution import settings as conv_settings
from explorer.ui.gpu import settings as gpu_settings
from explorer.ui.help import settings as help_settings
from explorer.ui.inside.network_choice import SHIPPED_NAMES, UPLOAD
from explorer.ui.network import code as network_code
from explorer.ui.pooling import settings as pool_settings
from explorer.ui.setting import Choice, Number, Switch
from explorer.ui.train_recipes import RECIPE_NAMES
from explorer.ui.train_settings import BOUNDS, CHOICES, UPDATE, setting
from tests.stacks import deep_links, stack_links

Link = dict[str, str]
SCRIPT_THREAD = "ScriptRunner.scriptThread"  # Streamlit's name for it; a cluster's threads may begin beside it
NONSENSE = ["", "nan", "-1", "1e9", "x" * 200]


def _settings(*modules: ModuleType) -> list[Number | Choice | Switch]:
    found = [one for module in modules for one in vars(module).values() if isinstance(one, Number | Choice | Switch)]
    return list({one.key: one for one in found}.values())


def _value(one: Number | Choice | Switch) -> st.SearchStrategy[str]:
    if isinstance(one, Choice):
        return st.sampled_from([*[*one.names] * 3, *NONSENSE])
    if isinstance(one, Switch):
        return st.sampled_from(["true", "false", "1"])
    ends = [one.lowest, *[one.highest] * 5, one.highest + 1]
    between = st.integers(int(one.lowest), int(one.highest)) if one.highest - one.lowest >= 1 else st.just(one.lowest)
    return st.sampled_from([f"{end:.12g}" for end in ends] + NONSENSE[:1]) | between.map(str)


def _link(values: Mapping[str, st.SearchStrategy[str]]) -> st.SearchStrategy[Link]:
    """Every parameter as often absent as there; some of them hidden, and some fixed, by a lecturer's link."""
    names = st.lists(st.sampled_from([*values]), unique=True, min_size=1, max_size=20).map(".".join)
    view = st.builds("larger.150~hidden.{}~fixed.{}".format, names, names) | st.sampled_from(["hidden.x", *NONSENSE])
    return st.fixed_dictionaries({}, optional={**values, "view": view})


_CELL = st.sampled_from(["0_0", "9999_9999", "63_63", "Kernel_1_1", "Input_0_0", "Nothing_1_1", "1_"])
_EDITS = st.lists(
    st.tuples(st.integers(0, limits.MAX_INPUT_SIZE), st.integers(0, 20), st.floats(-9999, 9999)), max_size=150
).map(lambda edits: "~".join(f"{row}_{column}_{value:.12g}" for row, column, value in edits))
_CONVOLUTION = {one.key: _value(one) for one in _settings(conv_settings)}
_CHANNELS = {one.key: _value(one) for one in _settings(channel_settings)}
_POOLING = {one.key: _value(one) for one in _settings(pool_settings)}
_NETWORK = {one.key: _value(one) for one in _settings(network_code)}
_COMPARE = {one.key: _value(one) for one in _settings(compare_curves, compare_cost)}
_AT = st.sampled_from(["-1_0_0", "39_999999_999999", "3_1_1", "x"])
_TRAIN = {
    f"train_{name}": st.deferred(lambda name=name: _value(setting(name)))
    for name in (*BOUNDS, *CHOICES, "nesterov", "shuffled_pixels")
}

LINKS: dict[str, st.SearchStrategy[Link]] = {
    "home": _link(
        {"home_drawing": st.sampled_from(["none", "~9999", "A0Bz" * 300, "A" * 1300]), "home_steps_off": st.just("pen")}
    ),
    "convolution": _link(_CONVOLUTION | {"conv_cell": _CELL, "conv_edits_input": _EDITS, "conv_edits_kernel": _EDITS}),
    "channels": _link(_CHANNELS | {"channels_cell": _CELL}),
    "pooling": _link(_POOLING | {"pool_cell": _CELL}),
    "network": _link(_NETWORK | {"network_stack": stack_links() | deep_links(), "network_at": _AT}),
    "train": _link(
        _TRAIN
        | {"train_network": stack_links(), "train_recipe": st.sampled_from([*RECIPE_NAMES, "x"])}
        | {UPDATE.key: _value(UPDATE)}
    ),
    "inside": _link(
        {"inside_network": st.sampled_from([*SHIPPED_NAMES, UPLOAD, "x"]), "run": st.sampled_from(["", "x"])}
        | {"inside_map": st.sampled_from(["5_19", "99_9999999", *NONSENSE]), "inside_cell": _CELL}
        | {"inside_beside": st.sampled_from(["kernels.untrained", *NONSENSE])}
        | {"inside_curve": st.sampled_from([*TRANSFORMATIONS, *NONSENSE])}
        | {"inside_images": st.sampled_from(["120", "9999", *NONSENSE]), "inside_cover": st.sampled_from("39x")}
        | {"inside_terms": st.sampled_from(["all", *NONSENSE])}
    ),
    "gpu": _link({one.key: _value(one) for one in gpu_settings.MOVED.values()} | {"train_network": stack_links()}),
    "help": _link({one.key: _value(one) for one in _settings(help_settings)}),
    "task": _link(
        {"network_stack": stack_links() | deep_links(), "task_guess": st.sampled_from(["simple", "none", "x"])}
        | {"task_runs": st.sampled_from(["x,y", "x," * 100]), "task_sentence": st.text(max_size=300)}
    ),
    "compare": _link(_COMPARE | {"compare_runs": st.sampled_from(["example-simple,example-exercise", "x," * 100])}),
}


@dataclass
class Cost:
    """What opening a page took: the ``bytes`` of all its messages, and the ``calls`` of functions, which no clock
    counts: half a million are about 0.1 s."""

    bytes: int = 0
    calls: int = 0


@contextmanager
def counted() -> Iterator[Cost]:
    """Counts what a script run sends and calls, in the thread that AppTest gives it."""
    cost, enqueue = Cost(), ForwardMsgQueue.enqueue

    def count_bytes(queue: ForwardMsgQueue, message: Any) -> None:
        cost.bytes += message.ByteSize()
        enqueue(queue, message)

    def count_call(frame: object, event: str, argument: object) -> None:
        if event in ("call", "c_call"):
            cost.calls += 1

    def begin(frame: object, event: str, argument: object) -> None:
        sys.setprofile(count_call if threading.current_thread().name == SCRIPT_THREAD else None)

    ForwardMsgQueue.enqueue = count_bytes
    profile = threading.getprofile()
    threading.setprofile(begin)
    try:
        yield cost
    finally:
        ForwardMsgQueue.enqueue = enqueue
        threading.setprofile(profile)
        sys.setprofile(None)
