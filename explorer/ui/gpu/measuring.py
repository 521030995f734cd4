"""Images a second on this machine: the curve that came with the app until one was measured, a button, Stop."""

from functools import cache
from pathlib import Path

import streamlit as st

from explorer.components.run_looks import LOOKS
from explorer.core import limits
from explorer.core.errors import Sentence, SettingError
from explorer.core.network.link import decode, encode
from explorer.core.run.throughput import DeviceCurve, Throughput, read_throughput
from explorer.runs.throughputs import Measurement, Throughputs
from explorer.ui.language import explain, join_sentences, say_number, t
from explorer.ui.markdown_escape import escape_markdown
from explorer.ui.network_names import network_name
from explorer.ui.network_setting import DEFAULT
from explorer.ui.session_runs import learner
from explorer.ui.train_settings import NETWORK

SECONDS = 0.5  # between two looks at how far it is
_STORED = Path(__file__).parents[2] / "lessons" / "throughput.json"
_REFUSED = "gpu_refused"  # why no measurement began
KINDS = {"cpu": "CPU", "cuda": "CUDA", "mps": "MPS"}


@st.cache_resource(on_release=Throughputs.close, show_spinner=False)
def server_throughputs() -> Throughputs:
    """All measurements of this server."""
    return Throughputs()


def measured_here() -> Throughput | None:
    """What this learner measured last."""
    measurement = server_throughputs().of(learner())
    return measurement.found if measurement else None


def shown_throughput() -> Throughput:
    """The measurement that the curve shows: this learner's last, or the one that came with the app."""
    return measured_here() or _stored()


def throughput_view() -> None:
    """Draws the curve, and in a fragment that runs by itself while it is measured the button and the progress."""
    st.fragment(_screen, run_every=_drawing_seconds())(_drawing_seconds())


def _screen(drawn_every: float | None) -> None:
    measurement = server_throughputs().of(learner())
    here = measurement is not None and measurement.found is not None
    _draw(shown_throughput())
    _said(measurement.stack if measurement and here else DEFAULT, shown_throughput(), here=here)
    _controls(measurement)
    if _drawing_seconds() != drawn_every:
        st.rerun()  # drawing by itself begins, or ends; the devices' real errors are there


def _drawing_seconds() -> float | None:
    measurement = server_throughputs().of(learner())
    return SECONDS if measurement and measurement.state == "running" else None


@cache
def _stored() -> Throughput:
    return read_throughput(_STORED.read_bytes())


def _draw(found: Throughput) -> None:
    from explorer.figures.throughput import DeviceLine, throughput_figure  # with plotly, for who sees it

    ink = st.get_option(f"theme.{st.context.theme.type or 'light'}.textColor")
    lines = [
        DeviceLine(_device_name(curve), curve.points, look.drawn_on(ink), look.marker)
        for curve, look in zip(found.curves, LOOKS, strict=False)
    ]
    words = {"size": t("Batch size"), "rate": t("Images a second")}
    said = [
        f"{_device_name(curve)}: "
        + t(", ").join(f"{say_number(size, ',')}: {say_number(rate, ',.0f')}" for size, rate in curve.points)
        for curve in found.curves
    ]
    alt = t("{rate} over {size}, both axes logarithmic. {points}.", points=t("; ").join(said), **words)
    figure = throughput_figure(lines, **words, ink=ink)
    st.plotly_chart(figure, alt=alt, config={"displayModeBar": False}, key="gpu_curve")


def _said(stack: str, found: Throughput, *, here: bool) -> None:
    """Where and of what the curve was measured, and by how much larger batches are faster."""
    curve = found.curves[0]
    machine = escape_markdown(", ".join(_device_name(one) for one in found.curves))
    names = {"network": network_name(decode(stack)), "machine": machine, "torch": found.torch}
    where = (
        t("Measured here: {network}, {machine}, torch {torch}.", **names)
        if here
        else t(
            "Measured on another machine: {network}, {machine}, torch {torch}. No CUDA curve came with the app: none "
            "was ever measured for it.",
            **names,
        )
    )
    (smallest, slow), (best, fast) = curve.points[0], max(curve.points, key=lambda point: point[1])
    gain = t(
        "On the {device} a batch of {best} makes {times} times the images a second of a batch of {smallest}.",
        device=KINDS[curve.kind],
        best=best,
        times=say_number(fast / slow, ".1f"),
        smallest=smallest,
    )
    st.caption(join_sentences(where, gain))


def _controls(measurement: Measurement | None) -> None:
    running = measurement is not None and measurement.state == "running"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            t("Measure this machine"), key="gpu_measure", type="primary", disabled=running, on_click=_start,
            help=t("Steps of training on noise, every batch size on every device, {seconds} s in all. While a run "
                   "trains here it measures what that leaves.", seconds=limits.MAX_THROUGHPUT_SECONDS),
        )  # fmt: skip
        st.button(t("Stop"), key="gpu_stop", disabled=not running, on_click=_stop)
    if measurement and running:
        share = measurement.done / measurement.total if measurement.total else 0.0
        text = (
            t("{done} of {total} points", done=measurement.done, total=measurement.total)
            if measurement.total
            else t("PyTorch starts …")
        )
        st.progress(share, text)
    if problem := _problem(measurement):
        st.error(problem)


def _problem(measurement: Measurement | None) -> str:
    refused: Sentence | None = st.session_state.get(_REFUSED)
    error = refused or (measurement.error if measurement and measurement.state == "failed" else None)
    return explain(error) if error else ""


def _start() -> None:
    st.session_state.pop(_REFUSED, None)
    try:
        server_throughputs().start(encode(NETWORK.value), learner())
    except SettingError as error:
        st.session_state[_REFUSED] = error.sentence


def _stop() -> None:
    server_throughputs().stop(learner())


def _device_name(curve: DeviceCurve) -> str:
    return f"{KINDS[curve.kind]} ({curve.name})" if curve.name else KINDS[curve.kind]
