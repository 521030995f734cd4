"""By what a learner is known again, and what it costs where the browser keeps no cookie: blocked, or in a frame."""

import streamlit as st

from explorer.ui.language import t
from explorer.ui.session_runs import has_cookie


def memory_caption() -> None:
    """Draws what makes the learner's runs theirs: a cookie, of which pages, or nothing beyond this visit."""
    if not has_cookie():
        cookie_caption()
    elif st.context.is_embedded:
        st.caption(t("A cookie keeps your runs yours in this browser, in the frame on this site alone."))
    else:
        st.caption(t("A cookie keeps your runs yours in this browser."))


def cookie_caption() -> None:
    """Draws, where there is no cookie, that runs are one's own for this visit only, and what helps."""
    if not has_cookie():
        st.caption(
            t(
                "Your browser keeps no cookie of this page: after a reload, or in another tab, your runs count as "
                "somebody else's. To steer them, keep this tab open, or allow cookies for this page; in a frame, open "
                "it in a tab of its own."
            )
        )


def upload_caption() -> None:
    """Draws, where there is no cookie, that no file gets here: the server takes only what comes with its own cookie."""
    if not has_cookie() and st.get_option("server.enableXsrfProtection"):
        st.caption(
            t(
                "Your browser keeps no cookie of this page, and without it no file is taken. Allow cookies for this "
                "page; in a frame, open it in a tab of its own."
            )
        )
