"""The lines of the learner's own script that use a GPU, a switch for each move, and what comes of leaving one out."""

from dataclasses import replace

import streamlit as st

from explorer.core.network.layers import NetworkSpec
from explorer.core.run.device_moves import Outcome, failing_line, marked_lines, marked_script, outcome
from explorer.core.run.train_config import TrainConfig
from explorer.core.run.training_script import train_code
from explorer.ui.address import link_to
from explorer.ui.gpu.measuring import measured_here
from explorer.ui.gpu.settings import MOVED, left_out
from explorer.ui.language import explain, mark, t
from explorer.ui.network_names import network_name
from explorer.ui.train_settings import NETWORK, train_config
from explorer.ui.training_script import program

LABELS = {
    "network": mark("② the network, once"),
    "images": mark("③ the images"),
    "labels": mark("④ the labels"),
    "rows": mark("⑤ the row numbers of each batch"),
}


def moves() -> None:
    """Draws the switches with what comes of them, and the script beside."""
    NETWORK.write()
    stack = NETWORK.value
    config = replace(train_config(stack), device="auto")
    plain = train_code(stack, config)
    said = outcome(left_out(), stack.layers)
    script = marked_script(plain, left_out(), said.fails_on)
    switches, code = st.columns([2, 3], gap="large")
    with switches:
        _switches()
        _outcome(said, script, stack)
    with code:
        _script(script, stack, config)


def _switches() -> None:
    st.markdown(f"#### {t('The lines that use a GPU')}")
    st.markdown(t("① names the device: the GPU where there is one. Every **.to(device)** then moves something to it:"))
    for part, switch in MOVED.items():
        switch.toggle(t(LABELS[part]))


def _outcome(said: Outcome, script: str, stack: NetworkSpec) -> None:
    if not said.fails_on:
        st.success(explain(said.why))
        return
    message, where = _message(said)
    st.error(t("Line {line}: {reason}", line=failing_line(script, said.fails_on), reason=explain(said.why)))
    if message:
        st.code(message, language=None, wrap_lines=True)
    st.caption(where)


def _message(said: Outcome) -> tuple[str, str]:
    """PyTorch's own, and where it comes from: this machine's GPU where it was measured, else a recorded one."""
    found = measured_here()
    for curve in found.curves if found else ():
        name = "+".join(part for part in MOVED if part in left_out())
        if name in curve.errors:
            return curve.errors[name], t("Run here, torch {torch}, on {device}.", torch=found.torch, device=curve.name)
    if not said.recorded:
        return "", t("PyTorch’s words for this first layer were not recorded; it says which device each tensor is on.")
    return said.recorded, t(
        "Recorded with torch 2 on an NVIDIA GPU, not run here: without a GPU the device is the CPU, and no line fails."
    )


def _script(script: str, stack: NetworkSpec, config: TrainConfig) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(t("The training script of **{name}**", name=network_name(stack)), width="content")
        st.page_link("explorer/pages/network.py", label=t("Change it"), query_params=link_to("network"))
    st.code(marked_lines(script), language="python")
    program(script, stack, "train.py", "gpu_download")
