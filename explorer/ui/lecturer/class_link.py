"""A link by which a class sees a page as its lecturer wants it: what the link says, and what decides it."""

import streamlit as st

from explorer.core.errors import SettingError
from explorer.ui.address import link_to
from explorer.ui.full_link import full_link
from explorer.ui.language import explain_error, t
from explorer.ui.lecturer import settings
from explorer.ui.lecturer.links import link_with_qr_code
from explorer.ui.view_options import controls_of
from explorer.ui.visited_pages import page_path


def class_link() -> None:
    """Draws the link to the chosen page, as it was left and as the choices beside it say."""
    page = page_path(settings.page_choice().value)
    spoken = settings.language_choice().value
    try:
        view = settings.class_view(controls_of(page)).text()
    except SettingError as error:
        st.warning(explain_error(error))
        return
    changed = {"view": view, "lang": "" if spoken == settings.BROWSERS else spoken}
    link = full_link(page, link_to(page, **changed))
    link_with_qr_code(link)
    st.link_button(t("See it as your class does"), link)


def class_link_controls() -> None:
    """Draws the choices; controls are on offer once their page has been looked at."""
    page = settings.page_choice()
    page.select(t("Page"))
    settings.language_choice().select(t("Language"))
    settings.SIZE.select(t("Size of type"))
    controls = controls_of(page_path(page.value))
    if controls:
        settings.HIDDEN.choose(t("Controls that are hidden"), controls)
        settings.FIXED.choose(t("Controls that are shown, and fixed"), controls)
    else:
        st.caption(t("Look at the page first: then its controls can be hidden or fixed here."))
    settings.TEXT_SHOWN.toggle(t("With the text"))
    settings.EXERCISES_SHOWN.toggle(t("With exercises"))
    st.caption(t("The page is shown as you left it. Students can always ask for everything, at its end."))
