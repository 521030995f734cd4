"""Which lists of layers an uploaded file fits: buttons that open it, and in what it differs from the others."""

import streamlit as st

from explorer.core.errors import ExplainedError, SettingError
from explorer.core.network.code import layer_code
from explorer.core.network.deduced_layers import deduced_layers
from explorer.core.network.layers import NetworkSpec
from explorer.core.network.trainable import require_trainable
from explorer.core.network.weights_fit import fit_weights
from explorer.ui.inside.layer_lists import Layers
from explorer.ui.inside.network_choice import NETWORK, UPLOAD
from explorer.ui.inside.upload import OpenedUpload, Upload, open_upload, opened_upload, refuse_upload
from explorer.ui.language import explain, explain_error, plural, t
from explorer.ui.markdown_escape import escape_markdown

MOST_DIFFERENCES = 8  # that are listed


def offers(upload: Upload, lists: dict[str, Layers], number: int) -> None:
    """Draws the buttons of what fits, and in what the session's file of that ``number`` differs from another list.

    It is compared with the list that it differs least from, until the learner chooses another.
    """
    fits = {name: fit_weights(upload.shapes, layers) for name, layers in lists.items()}
    fitting = [name for name, fit in fits.items() if not fit.differences]
    for place, name in enumerate(fitting):
        _offer(f"list_{place}", t("Open as {name}", name=escape_markdown(name)), upload, lists[name])
    deduced = [layers for layers in deduced_layers(upload.shapes) if layers not in lists.values()]
    _offer_deduced(upload, deduced, first=not fitting)
    nearest = min(lists, key=lambda name: len(fits[name].differences))
    if not fitting and not deduced:
        st.markdown(
            t("It fits none of the networks here. It differs least from {name}.", name=escape_markdown(nearest))
        )
    names = list(lists)
    label, key = t("Compared with the layers of"), f"inside_compared_{number}_{nearest}"
    compared = st.selectbox(label, names, index=names.index(nearest), key=key)
    differences = [f"- {escape_markdown(explain(one))}" for one in fits[compared].differences]
    if len(differences) > MOST_DIFFERENCES:
        more = t("{count} more", count=len(differences) - MOST_DIFFERENCES)
        differences = [*differences[:MOST_DIFFERENCES], f"- {more}"]
    st.markdown("\n".join(differences) or t("All its tensors fit."))


def open_as(upload: Upload, layers: Layers) -> None:
    """Looks into the file with these layers, or keeps why not."""
    try:
        open_upload(upload, layers)
        NETWORK.set(UPLOAD)
    except ExplainedError as error:
        refuse_upload(upload.file_name, error)


def upload_in_view() -> OpenedUpload | None:
    """The upload that is looked into; None where it is another network."""
    return opened_upload() if NETWORK.value == UPLOAD else None


def _offer(key: str, label: str, upload: Upload, layers: Layers) -> None:
    """Draws the button, but for what is open already."""
    opened = upload_in_view()
    if opened and (opened.upload, opened.layers) == (upload, layers):
        return
    try:
        require_trainable(NetworkSpec(layers))
    except SettingError as error:
        st.caption(escape_markdown(explain_error(error)))
        return
    why_not = t("Your lecturer’s link fixes the network.") if NETWORK.is_fixed else None
    args = upload, layers
    st.button(label, key=f"inside_open_{key}", on_click=open_as, args=args, disabled=bool(why_not), help=why_not)


def _offer_deduced(upload: Upload, found: list[Layers], *, first: bool) -> None:
    """Draws the lists that the shapes alone lead to; folded, unless they are the ``first`` that fit."""
    if not found:
        return
    label = plural(
        "{count} list of layers made from the file’s shapes", "{count} lists of layers made from the file’s shapes"
    )
    with st.expander(t(label, count=len(found)), expanded=first):
        st.caption(
            t("ReLU and pooling have no weights, the file does not tell them: compare the layers with your code.")
        )
        for number, layers in enumerate(found):
            st.code("\n".join(map(layer_code, layers)), language=None)
            _offer(f"deduced_{number}", t("Open with these layers"), upload, layers)
