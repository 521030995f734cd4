"""The devices of the machine that the app runs on, in words."""

import streamlit as st

from explorer.runs.devices import Devices, find_devices
from explorer.ui.language import join_sentences, join_words, plural, say_number, t
from explorer.ui.markdown_escape import escape_markdown

GB = 1e9


@st.cache_resource(show_spinner=False)
def server_devices() -> Devices:
    """Those of this server, looked for once."""
    return find_devices()


def devices_list() -> None:
    """Draws what this machine computes on, each GPU with its memory; without a GPU, how to get one."""
    found = server_devices()
    st.markdown(f"**{t('Found on this machine')}**")
    lines = [_processor(found), *(_gpu(one.name, one.memory) for one in found.gpus)]
    if found.is_apple:
        lines.append(t("**MPS**: the GPU of Apple’s processor, which shares the memory with the CPU"))
    st.markdown("\n".join(f"- {line}" for line in lines))
    if not (found.gpus or found.is_apple):
        st.info(
            join_sentences(
                t("No GPU that PyTorch can use was found."),
                t(
                    "Google Colab lends one without charge: Runtime, Change runtime type, GPU; then paste the script "
                    "below."
                ),
                t("A lab’s machine or a rented one runs it as well: wherever nvidia-smi lists a GPU."),
            )
        )


def _processor(found: Devices) -> str:
    parts = [t(plural("{count} core", "{count} cores"), count=found.cores)]
    if found.bfloat16 is not None:
        parts.append(t("with bfloat16") if found.bfloat16 else t("without bfloat16"))
    if found.processor:
        parts.insert(0, escape_markdown(found.processor))
    return f"**CPU**: {join_words(parts)}"


def _gpu(name: str, memory: int) -> str:
    return f"**CUDA**: {escape_markdown(name)}, {say_number(memory / GB, '.1f')} GB"
