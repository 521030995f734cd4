"""A run that grows by one press: made-up losses and accuracies for the live curves."""

import math
import random

import streamlit as st

from explorer.components.files import files_route
from explorer.components.live_curves import Chart, Curve, live_curves

TOTAL, EPOCH = 4690, 469
WORDS = {
    "en": {
        "empty": "The curve appears with the first step",
        "keys_hint": "Arrow keys move the cursor, plus and minus zoom, 0 resets",
        "log_scale": "Log scale",
        "reset_zoom": "Reset zoom",
        "reset_zoom_disabled": "Nothing is zoomed yet: drag across a chart",
        "x_marks": "lines mark epochs",
        "zoom_hint": "Drag across to zoom; double-click to reset",
        "zoom_hint_touch": "Tap to read; draw a finger across to zoom",
    },
    "zh": {
        "empty": "第一步之后曲线就会出现",
        "keys_hint": "方向键移动光标，加减键缩放，0 复位",
        "log_scale": "对数坐标",
        "reset_zoom": "复位缩放",
        "reset_zoom_disabled": "还没有缩放：在图上横向拖动",
        "x_marks": "竖线为各轮结束",
        "zoom_hint": "横向拖动可放大，双击复位",
        "zoom_hint_touch": "点一下读数，手指横向划过可放大",
    },
}


def raw_loss(step: int) -> float:
    """A noisy decay, the same for a step at every call; one gap."""
    if 700 <= step < 740:
        return math.nan
    noise = random.Random(step).lognormvariate(0, 0.35)
    return (2.3 * math.exp(-step / 250) + 0.25 * math.exp(-step / 1500) + 0.04) * noise


def smooth_loss(step: int) -> float:
    """What raw_loss is noise around."""
    return 2.3 * math.exp(-step / 250) + 0.25 * math.exp(-step / 1500) + 0.04


def charts(step: int, zh: bool) -> list[Chart]:
    """The loss of each 4th step so far, the accuracies of the epochs so far."""
    xs = list(range(4, step + 1, max(4, math.ceil(step / 1200))))
    ends = list(range(EPOCH, step + 1, EPOCH))
    train = [1 - 0.12 / (k + 1) for k in range(len(ends))]
    test = [0.988 - 0.06 / (k + 1) for k in range(len(ends))]
    loss = (
        Curve("每步" if zh else "Each step", xs, [raw_loss(x) for x in xs], "raw"),
        Curve("平滑" if zh else "Smoothed", xs, [smooth_loss(x) for x in xs], "smooth"),
    )
    accuracy = (
        Curve("训练" if zh else "Train", ends, train, "points", "orange"),
        Curve("测试" if zh else "Test", ends, test, "points", "blue"),
    )
    later = "第一轮结束后出现" if zh else "The first point appears at the end of the first epoch"
    return [
        Chart("损失" if zh else "Loss", loss, log_switch=True),
        Chart("准确率" if zh else "Accuracy", accuracy, "percent", empty=later),
    ]


def page() -> None:
    """A button feeds the charts; the learner's zoom must survive it."""
    st.session_state.setdefault("step", 0)
    zh = st.toggle("中文")
    changed = st.toggle("Marks")
    st.text("with marks" if changed else "without marks")
    row = st.container(horizontal=True)
    if row.button("Train"):
        st.session_state.step = min(TOTAL, st.session_state.step + 500)
    if row.button("Finish"):
        st.session_state.step = TOTAL
    if row.button("Again"):
        st.session_state.step = 0
    st.text(f"at step {st.session_state.step}")
    marks = [EPOCH * k for k in range(1, 11)]
    words = WORDS["zh" if zh else "en"]
    label = "步" if zh else "Step"
    live_curves(
        charts(st.session_state.step, zh),
        x_max=TOTAL,
        x_label=label,
        words=words,
        key="curves",
        x_marks=marks,
        marks=[(500, "lr 0.1"), (520, "lr 0.01")] if changed else (),
    )


if __name__ == "__main__":
    st.set_page_config(layout="wide")
    page()
else:
    app = st.App(__file__, routes=[files_route()])
