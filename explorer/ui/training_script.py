"""The training script on screen, with what a plain script cannot do as the app does, and its download."""

import streamlit as st

from explorer.core.errors import SettingError
from explorer.core.network.layers import NetworkSpec
from explorer.core.network.trainable import require_batches
from explorer.core.run.script_words import notes
from explorer.core.run.train_config import TrainConfig
from explorer.core.run.training_script import train_code
from explorer.ui.language import explain, explain_error, join_sentences, t

MOST_COLOURED = 20  # layers; the browser takes 20 ms to colour 30 of them


def training_script(stack: NetworkSpec, config: TrainConfig, key: str) -> None:
    """Draws the script that trains the stack with these settings, and its download; or why torch would break off."""
    try:
        require_batches(stack.layers, config.training_images, config.batch_size)
    except SettingError as problem:
        st.info(join_sentences(t("There is no script for this network."), explain_error(problem)))
        return
    program(train_code(stack, config), stack, "train.py", key)
    st.caption(join_sentences(*map(explain, notes(config))))


def program(text: str, stack: NetworkSpec, file: str, key: str) -> None:
    """Draws a program about the stack, and its download under the name ``file``."""
    language = "python" if len(stack.layers) <= MOST_COLOURED else None
    st.code(text, language=language, height=620)
    st.download_button(t("Download"), text, file, key=key, on_click="ignore")
