"""The router: which pages there are, in learning order, and in which language. `streamlit run app.py` starts it."""

import streamlit as st
from starlette.middleware import Middleware

from explorer.components.files import files_route
from explorer.ui.address import open_page, restore_from_history, show_address
from explorer.ui.app.freeze_garbage import freeze_garbage
from explorer.ui.app.late_states import WithoutLateStates
from explorer.ui.app.link_notice import link_notice
from explorer.ui.app.navigation import navigation_bar
from explorer.ui.app.page_style import PageStyle
from explorer.ui.language import in_context, keep_language_in_link, read_languages, t
from explorer.ui.learner_cookie import LearnerCookie
from explorer.ui.session_runs import keep_run_in_link


def main() -> None:
    """Draws the navigation and runs the chosen page."""
    restore_from_history()
    st.set_page_config(layout="wide")
    pages = [
        st.Page("explorer/pages/convolution.py", title=t(in_context("page", "Convolution")), default=True),
        st.Page("explorer/pages/channels.py", title=t(in_context("page", "Channels"))),
        st.Page("explorer/pages/pooling.py", title=t(in_context("page", "Pooling"))),
        st.Page("explorer/pages/network.py", title=t(in_context("page", "Network"))),
        st.Page("explorer/pages/train.py", title=t(in_context("page", "Train"))),
        st.Page("explorer/pages/compare.py", title=t(in_context("page", "Compare"))),
    ]
    page = st.navigation(pages, position="hidden")
    open_page(page.url_path)
    keep_language_in_link()
    keep_run_in_link()
    navigation_bar(pages)
    notice = st.empty()
    page.run()
    show_address()
    link_notice(notice)
    freeze_garbage()


# This file has three readers: `streamlit run` imports it for the server, and runs it as a script for each visit;
# worker processes import it again, as __mp_main__, and must do neither.
if __name__ == "__main__":
    main()
elif __name__ != "__mp_main__":
    read_languages()  # 0.1 s, before anybody waits for a page
    middleware = [Middleware(layer) for layer in (PageStyle, LearnerCookie, WithoutLateStates)]
    app = st.App(__file__, middleware=middleware, routes=[files_route()])
