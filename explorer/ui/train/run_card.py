"""A run's card: everything that is needed to repeat it."""

from collections.abc import Sequence

import streamlit as st

from explorer.core.environment import environment
from explorer.core.network.code import layer_code
from explorer.core.network.layers import NetworkSpec
from explorer.core.network.ledger import trace
from explorer.core.network.networks import preset_name
from explorer.core.run.train_config import TrainConfig
from explorer.exchange.run_folder import STOPPED
from explorer.runs.run import Run
from explorer.ui.data_names import TITLES
from explorer.ui.language import in_context, join_words, say_number, t
from explorer.ui.network_names import network_name
from explorer.ui.setting_text import setting_text
from explorer.ui.train.run_charts import change_text
from explorer.ui.train.shown_settings import set_config

# Said elsewhere on the card, or in no words at all.
ELSEWHERE = {"network", "changes", "seed", "device", "threads", "data", "data_folder"}


def run_card(run: Run, config: TrainConfig) -> None:
    """Draws it, and offers its settings for the next run; ``config`` are those on screen."""
    rows = {**_settings_rows(run.config), **_environment_rows(run)}
    first, *others = (f"| {name} | {value} |" for name, value in rows.items() if value)
    st.markdown("\n".join([first, "|---|---|", *others]))
    if command := _command(run, config):
        st.markdown(t("The command that repeats it:"))
        st.code(command, language="bash", wrap_lines=True)
    st.button(
        t("Take these settings"),
        key="train_take_settings",
        on_click=set_config,
        args=(run.config,),
        disabled=run.unfinished,
        help=t("They are this run's already, while it is under way.")
        if run.unfinished
        else t("Sets all fields as they were for this run."),
    )
    if run.folder and not environment().profile:
        st.caption(t("Kept in {folder}", folder=f"`{run.folder.parent.name}/{run.folder.name}`"))


def _command(run: Run, config: TrainConfig) -> str:
    """What repeats the run to the step that it was stopped at; empty where it stands on the page already."""
    command = run.config.command(run.step if run.state in STOPPED else None)
    return "" if command == config.command() else command


def _settings_rows(config: TrainConfig) -> dict[str, str]:
    stack = NetworkSpec(config.network)
    return {
        t("Network"): _phrases([network_name(stack), _parameters(stack)]),
        t("Layers"): "" if preset_name(stack) else join_words(f"`{layer_code(layer)}`" for layer in stack.layers),
        t("Data"): t(TITLES[config.data]),
        t("Unlike the lecture's"): differences(config) or t("nothing: it is the lecture's recipe"),
        t("Seed"): str(config.seed),
        t("Changed meanwhile"): t("; ").join(
            t("after step {step} {change}", step=say_number(one.step, ","), change=change_text(one.lr, one.momentum))
            for one in config.changes
        ),
    }


def _environment_rows(run: Run) -> dict[str, str]:
    """What it ran on, known from its first report on."""
    if not run.started:
        return {}
    started = run.started
    loops = {"eager": t("step by step"), "graphs": t("whole steps captured in CUDA graphs")}
    return {
        t("Training images"): say_number(started.num_images, ","),
        t("Device"): _phrases([started.device, t("threads: {count}", count=started.threads), loops[started.loop]]),
        t("Versions"): join_words(f"{name} {version}" for name, version in started.versions.items()),
        t("Stop and resume"): _exactness(started.device),
        t("Workers lost"): str(run.deaths or ""),
        t("Reached"): "" if run.unfinished else _reached(run),
    }


def _phrases(parts: Sequence[str]) -> str:
    return t(in_context("between phrases that may have commas", ", ")).join(parts)


def _parameters(stack: NetworkSpec) -> str:
    return t("{count} parameters", count=say_number(trace(stack).num_params, ","))


def _reached(run: Run) -> str:
    parts = [
        t("step {step} of {steps}", step=say_number(run.step, ","), steps=say_number(run.started.total_steps, ","))
    ]
    if run.accuracy is not None:
        last, share = run.epochs[-1], say_number(run.accuracy, ".2%")
        at_the_end = last.step == run.step
        parts.append(
            t("{share} right", share=share)
            if at_the_end
            else t("{share} right at the last test, after step {step}", share=share, step=say_number(last.step, ","))
        )
    return _phrases(parts)


def _exactness(device: str) -> str:
    """What a resumed run may promise on that device."""
    if device.startswith("cpu"):
        return t("exact: the same weights to the last bit as without the stop")
    if device.startswith("cuda"):
        return t("the same steps; equal to the last bit only where CUDA's operations are deterministic")
    return t("the same steps; equal last bits are not promised on this device")


def differences(config: TrainConfig) -> str:
    """The settings that are not the lecture's, in words, each by itself: a recipe's name would not repeat the run."""
    return join_words([setting_text(config, name) for name in config.differences() if name not in ELSEWHERE])
