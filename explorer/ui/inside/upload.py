"""The weights that a learner has uploaded: read, compared with lists of layers, opened with one that fits."""

from dataclasses import dataclass

import safetensors.numpy
import streamlit as st

from explorer.core.errors import DataError, ExplainedError, Sentence, SettingError
from explorer.core.network.layers import LayerSpec
from explorer.core.network.weight_shapes import Shapes
from explorer.core.network.weights_fit import WeightsFit, fit_weights
from explorer.ui.kept_weights import kept_weights
from explorer.weights.read import read_weights
from explorer.weights.safetensors_file import read_safetensors

_READ, _OPENED, _REFUSED = "inside_upload_read", "inside_upload_opened", "inside_upload_refused"


@dataclass(frozen=True)
class Upload:
    """A file that was read: the server keeps its tensors, float32, under the name ``kept``; shapes in its order."""

    file_name: str
    kept: str
    shapes: Shapes
    remarks: tuple[Sentence, ...]


@dataclass(frozen=True)
class OpenedUpload:
    """An upload's tensors under the names of ``layers``, which the server keeps as ``kept``."""

    upload: Upload
    kept: str
    layers: tuple[LayerSpec, ...]
    fit: WeightsFit


@dataclass(frozen=True)
class Refused:
    """A file, by its name, and why it is not taken, or not opened."""

    file_name: str
    why: Sentence


def read_upload(file_name: str, data: bytes) -> Upload:
    """Makes the file the session's upload; the one before is past, opened or not. Raises DataError."""
    st.session_state.pop(_READ, None)
    st.session_state.pop(_REFUSED, None)
    file = read_weights(data)
    kept = kept_weights().keep(safetensors.numpy.save(dict(file.tensors)))
    upload = st.session_state[_READ] = Upload(file_name, kept, file.shapes, file.remarks)
    return upload


def current_upload() -> Upload | None:
    """The file that was chosen last; None where it could not be read."""
    return st.session_state.get(_READ)


def open_upload(upload: Upload, layers: tuple[LayerSpec, ...]) -> None:
    """Makes it the network that "upload" names.

    Raises DataError where it does not fit, SettingError where it is kept no more.
    """
    fit = fit_weights(upload.shapes, layers)
    if fit.differences:
        first = fit.differences[0]
        raise DataError(first.text, **first.numbers)
    content = kept_weights().find(upload.kept)
    if content is None:
        raise gone()
    tensors = read_safetensors(content)
    renamed = {ours: tensors[theirs] for ours, theirs in fit.names.items()}
    st.session_state.pop(_REFUSED, None)
    st.session_state[_OPENED] = OpenedUpload(upload, kept_weights().keep(safetensors.numpy.save(renamed)), layers, fit)


def opened_upload() -> OpenedUpload | None:
    """The upload that can be looked into; None where there is none, or it is kept no more."""
    opened = st.session_state.get(_OPENED)
    return opened if opened and kept_weights().find(opened.kept) else None


def refuse_upload(file_name: str, error: ExplainedError) -> None:
    """Keeps why the file was refused, until another is read or it is opened."""
    st.session_state[_REFUSED] = Refused(file_name, error.sentence)


def refused_upload() -> Refused | None:
    """The file that was refused last, if none was taken since."""
    return st.session_state.get(_REFUSED)


def gone() -> SettingError:
    """Where the server has dropped an upload, or the link names another session's."""
    return SettingError(
        "No uploaded weights are here: they are kept for a while only, and no link has them. Upload the file."
    )
