"""The learner's own picture: uploaded, decoded elsewhere, kept small for the session; the file itself is dropped."""

from collections.abc import Callable

import numpy as np
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from explorer.core import limits
from explorer.core.errors import DataError, say
from explorer.core.events import tell
from explorer.pictures.bounded import Decoded, decode_image
from explorer.ui.cookie_text import upload_caption
from explorer.ui.language import explain, t

UPLOAD = "upload"  # its name among the inputs; it has its own proportions
SHARED = "image"  # the key by which the pages share one picture
LUMA = np.array([0.299, 0.587, 0.114])  # red, green, blue in a grey: ITU-R 601
DECODED_KEPT = 64  # pictures that the server remembers by their files' content: 240 kB each


def image_uploader(key: str, *, on_image: Callable[[np.ndarray], None] = lambda image: None) -> None:
    """Draws the field that takes a picture, and one sentence about the last file where there is something to say.

    ``on_image`` is given each new picture, (C, H, W) in 0 … 1, before the page runs again. Fields of one ``key`` share
    their picture: several pages may draw it.
    """
    field = f"{key}_field_{st.session_state.get(_name(key, 'files'), 0)}"
    st.file_uploader(
        t("Your image (PNG, JPEG, WEBP, GIF, BMP)"),  # of any name: what it is, its content says
        key=field,
        on_change=lambda: _read_upload(key, field, on_image),
        max_upload_size=max(1, limits.MAX_UPLOAD_BYTES // 1_000_000),
    )
    upload_caption()
    _remark(key)
    if st.session_state.get(_name(key, "image")) is None:
        st.caption(t("No image of yours is here; a reload drops it. A drawn one stands in until you upload one."))
        return
    st.caption(
        t(
            "Your image stays in this session; the link does not carry it. Bright is a large value: the light theme "
            "paints large values dark, so that a photo looks like its negative."
        )
    )


def uploaded_image(key: str, *, channels: int) -> np.ndarray | None:
    """The picture that ``key`` was given, grey (1, H, W) or RGB (3, H, W), 0 … 1, sides ≤ MAX_INPUT_SIZE; else None."""
    image = st.session_state.get(_name(key, "image"))
    if image is None or len(image) == channels:
        return image
    return np.repeat(image, 3, axis=0) if channels == 3 else np.tensordot(LUMA, image, 1)[None]


def _remark(key: str) -> None:
    if remark := st.session_state.get(_name(key, "remark")):
        refused, sentence = remark
        kept = refused and st.session_state.get(_name(key, "image")) is not None
        text = explain(sentence)
        st.warning(t("{refusal} The picture before it stays.", refusal=text) if kept else text)


def _read_upload(key: str, field: str, on_image: Callable[[np.ndarray], None]) -> None:
    """Reads the file just chosen; a new, empty field takes the place of this one, which lets go of the file."""
    file = st.session_state.get(field)
    if file is None:
        return
    st.session_state[_name(key, "files")] = st.session_state.get(_name(key, "files"), 0) + 1
    try:
        decoded = _decoded(file.getvalue())
    except DataError as error:
        tell("upload_refused", kind="image", reason=error.sentence.text)
        st.session_state[_name(key, "remark")] = (True, error.sentence)
    else:
        cut_off = say("The {kind} file is cut off or damaged; what could be read of it is shown.", kind=decoded.kind)
        st.session_state[_name(key, "remark")] = (False, cut_off) if decoded.damaged else None
        st.session_state[_name(key, "image")] = decoded.pixels
        on_image(decoded.pixels)
    finally:
        context = get_script_run_ctx()
        context.uploaded_file_mgr.remove_file(context.session_id, file.file_id)


@st.cache_data(max_entries=DECODED_KEPT, show_spinner=False)
def _decoded(data: bytes) -> Decoded:
    """Decodes a file once: the same content again, in any session, costs nothing."""
    return decode_image(data)


def _name(key: str, what: str) -> str:
    return f"{key}_{what}"
