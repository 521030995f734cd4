"""The Train page's settings that few change, each group behind a button; and what they are, in a line."""

import streamlit as st

from explorer.core.data.data_sets import SOURCES
from explorer.ui import train_settings
from explorer.ui.language import join_sentences, say_number, t
from explorer.ui.run_text import automatic_threads_text
from explorer.ui.session_runs import server_runs
from explorer.ui.train_settings import (
    NETWORK,
    UPDATE,
    choice_setting,
    number_setting,
    setting,
    switch_setting,
    train_config,
)


def rare_controls(locked: bool) -> None:
    """Draws the buttons and what each opens; ``locked`` while a run has these settings."""
    with st.container(horizontal=True):
        with st.popover(t("Optimizer")):
            _optimizer(locked)
        with st.popover(t("Images")):
            _data(locked)
        with st.popover(t("Stop and test")):
            _stop(locked)
        with st.popover(t("Device")):
            _device(locked)


def _optimizer(locked: bool) -> None:
    choice_setting("optimizer").select(
        t("Optimizer"),
        disabled=locked,
        on_change=train_settings.set_optimizer_defaults,
        help=t("Choosing one also sets the learning rate and the momentum that suit it."),
    )
    optimizer = setting("optimizer").value
    if optimizer != "sgd":
        why = t("Nesterov's momentum is SGD's.")
    else:
        why = None if setting("momentum").value else t("Without momentum there is no Nesterov's.")
    switch_setting("nesterov").toggle(t("Nesterov momentum"), disabled=locked or why is not None, help=why)
    choice_setting("schedule").select(t("Schedule of the learning rate"), disabled=locked)
    number_setting("weight_decay").field(t("Weight decay"), disabled=locked)
    why = t(
        "The right one of ten classes is to get less than 100%: with 0.1 it is 91%. The loss then cannot fall below "
        "0.50, and that is no fault."
    )
    number_setting("label_smoothing").field(t("Label smoothing"), disabled=locked, help=why)


def _data(locked: bool) -> None:
    number_setting("images").field(
        t("Training images"), disabled=locked, help=t("The first so many of them; 0 for all.")
    )
    switch_setting("shuffled_pixels").toggle(
        t("Shuffled pixels"), disabled=locked, help=t("Every image's pixels in one other order, the same for all.")
    )
    number_setting("seed").field(t("Seed"), disabled=locked)
    data = setting("data").value
    if SOURCES[data].published and train_settings.is_local():
        st.text_input(
            t("Folder with the four {title} files", title=SOURCES[data].title),
            key=train_settings.folder_key(data),
            disabled=locked,
            help=t("Packed (.gz) or not, in one folder or each in its own. They are only read."),
            persist_state="session",
        )


def _stop(locked: bool) -> None:
    number_setting("target_accuracy").field(
        t("Stop at a test accuracy of"),
        disabled=locked,
        help=t("0.98 stands for 98%; 0 for no such end."),
    )
    number_setting("max_seconds").field(
        t("Stop after seconds of training"), disabled=locked, help=t("0 for no such end.")
    )
    number_setting("evaluate_every").field(
        t("Test every so many steps"),
        disabled=locked,
        help=t("Beside each epoch's end; 0 for not. A test takes a moment, which is not counted as training."),
    )
    UPDATE.select(t("Picture drawn anew"))


def _device(locked: bool) -> None:
    choice_setting("device").select(t("Device"), disabled=locked)
    number_setting("threads").field(
        t("Threads"),
        disabled=locked,
        help=t(
            "Of the CPU; 0 for all cores but one. More are not always faster: they wait for one another, and with one "
            "more than there are idle cores training took four times as long. Their number decides the last bits."
        ),
    )
    if not setting("threads").value:
        st.caption(automatic_threads_text())
    choice_setting("precision").select(t("Precision"), disabled=locked, help=_bfloat16())
    if setting("precision").value == "bf16" and server_runs().bfloat16 is False:
        st.caption(t("This processor imitates bfloat16: expect about a sixth of the images a second."))


def _bfloat16() -> str:
    """What products in bfloat16 give or cost on the processors that train."""
    there = server_runs().bfloat16
    if there is False:
        return t(
            "The processor that trains here has no bfloat16. Torch imitates it, at 0.16 times the images a second "
            "where that was measured; what it does to the accuracy can be seen all the same."
        )
    gain = t(
        "1.07 and 1.18 times as fast on two processors that have bfloat16, the test accuracy within 0.02 points; 0.16 "
        "times as fast on one that has not."
    )
    return join_sentences(t("The processor that trains here has bfloat16."), gain) if there else gain


def rare_settings_text() -> str:
    """The most important of these settings, which the closed buttons hide, in a line."""
    optimizer = train_settings.CHOICES["optimizer"][setting("optimizer").value]
    parts = [optimizer + (" (Nesterov)" if train_config(NETWORK.value).nesterov else "")]
    parts.append(t(train_settings.CHOICES["schedule"][setting("schedule").value]))
    if images := setting("images").value:
        parts.append(t("{count} images", count=say_number(images, ",")))
    if setting("shuffled_pixels").value:
        parts.append(t("Shuffled pixels"))
    parts.append(t("seed {seed}", seed=str(setting("seed").value)))
    return " · ".join(parts)
