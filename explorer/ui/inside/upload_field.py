"""The field that takes a file of trained weights, and what has become of the file."""

from contextlib import AbstractContextManager, nullcontext

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from explorer.core import limits
from explorer.core.errors import DataError
from explorer.core.events import tell
from explorer.core.network.code import layer_code
from explorer.core.network.weights_fit import fit_weights
from explorer.ui.cookie_text import upload_caption
from explorer.ui.inside.layer_lists import IN_VIEW, Layers, layer_lists
from explorer.ui.inside.networks import TrainedNetwork
from explorer.ui.inside.upload import Upload, current_upload, read_upload, refuse_upload, refused_upload
from explorer.ui.inside.upload_offers import offers, open_as, upload_in_view
from explorer.ui.language import explain, join_words, t
from explorer.ui.markdown_escape import escape_markdown
from explorer.weights.torch_file import is_torch_file

_FILES = "inside_upload_files"


def upload_field(shown: TrainedNetwork) -> None:
    """Draws the field; beneath it why a file was refused, or what the last one is open as, and whose layers it fits."""
    field = f"inside_upload_{st.session_state.get(_FILES, 0)}"
    chooser, reading = st.container(), st.container()
    chooser.file_uploader(
        t("Trained weights: safetensors, or a state_dict of torch.save"),
        key=field,
        on_change=_take_file,
        args=(field, shown.config.network, reading),
        max_upload_size=max(1, limits.MAX_WEIGHTS_BYTES // 1_000_000),
    )
    upload_caption()
    st.caption(
        t(
            "The file is read and never run. Its network takes the digits’ 28×28 pixels, and has {most} parameters at "
            "most. It stays here for a while, and no link has it.",
            most=limits.MAX_PARAMETERS,
        )
    )
    if refused := refused_upload():
        st.warning(f"**{escape_markdown(refused.file_name)}**  \n{escape_markdown(explain(refused.why))}")
    upload, in_view = current_upload(), upload_in_view()
    if in_view and in_view.upload != upload:
        st.markdown(t("In view is still {name}.", name=f"**{escape_markdown(in_view.upload.file_name)}**"))
    if upload:
        lists = layer_lists(shown)
        _say_how_read(upload, lists)
        offers(upload, lists, number=st.session_state[_FILES])


def _take_file(field: str, shown: Layers, reading: DeltaGenerator) -> None:
    """Reads the file just chosen, and opens it where it fits the layers that are ``shown``.

    While torch reads it, seconds, ``reading`` says so. A new, empty field takes the place of this one, which lets go of
    the file.
    """
    file = st.session_state.get(field)
    if not isinstance(file, UploadedFile):  # taken out of the field, perhaps while it was read
        return
    st.session_state[_FILES] = st.session_state.get(_FILES, 0) + 1
    data = file.getvalue()
    try:
        with reading, _reading_spinner(data):
            upload = read_upload(file.name, data)
        if not fit_weights(upload.shapes, shown).differences:
            open_as(upload, shown)
    except DataError as error:
        tell("upload_refused", kind="weights", reason=error.sentence.text)
        refuse_upload(file.name, error)
    finally:
        context = get_script_run_ctx()
        context.uploaded_file_mgr.remove_file(context.session_id, file.file_id)


def _reading_spinner(data: bytes) -> AbstractContextManager[None]:
    if not is_torch_file(data):
        return nullcontext()
    return st.spinner(t("PyTorch reads the file; that takes a few seconds."))


def _say_how_read(upload: Upload, lists: dict[str, Layers]) -> None:
    """What the file is open as, if it is, and what is to be told of it."""
    name = f"**{escape_markdown(upload.file_name)}**"
    remarks = [escape_markdown(explain(remark)) for remark in upload.remarks]
    opened = upload_in_view()
    if opened is None or opened.upload != upload:
        st.markdown("  \n".join([name, *remarks]))
        return
    known = next((one for one, layers in lists.items() if layers == opened.layers), "")
    if known != t(IN_VIEW):
        st.markdown(t("{name} is open as {network}.", name=name, network=f"**{escape_markdown(known)}**"))
    else:
        st.markdown(t("{name} is open with these layers:", name=name))
        st.code("\n".join(map(layer_code, opened.layers)), language=None)
    remarks.append(t("Its images are normalised as MNIST’s are here: if yours were not, turn that step off."))
    if opened.fit.renamed:
        pairs = join_words(f"{theirs} → {ours}" for theirs, ours in opened.fit.renamed.items())
        remarks.append(t("Layers are called by this network’s names: {pairs}.", pairs=escape_markdown(pairs)))
    st.markdown("  \n".join(remarks))
