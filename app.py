"""The router: which pages there are, in learning order, and in which language. `streamlit run app.py` starts it."""

import streamlit as st
from starlette.middleware import Middleware

st.secrets.load_if_toml_exists()  # to the environment, where some providers keep the owner's settings in secrets.toml

from explorer.components.files import files_route
from explorer.core.environment import environment
from explorer.operating.failed_page import tell_failed_page
from explorer.operating.lifespan import lifespan
from explorer.operating.measuring import measuring_middleware
from explorer.operating.readiness import ready_route
from explorer.ui.address import open_page, restore_from_history, show_address
from explorer.ui.app.answer_headers import AnswerHeaders
from explorer.ui.app.foot import larger_type, page_foot
from explorer.ui.app.freeze_garbage import freeze_garbage
from explorer.ui.app.late_states import WithoutLateStates
from explorer.ui.app.link_notice import link_notice
from explorer.ui.app.navigation import PRODUCT, navigation_bar
from explorer.ui.app.old_links import OldLinks
from explorer.ui.app.own_hosts import OwnHosts
from explorer.ui.app.packed_files import PackedFiles
from explorer.ui.app.page_messages import PageMessages
from explorer.ui.app.page_style import PageStyle
from explorer.ui.app.private_paths import PrivatePaths
from explorer.ui.app.tour import tour
from explorer.ui.app.upload_cookie import UploadCookie
from explorer.ui.language import in_context, keep_language_in_link, read_languages, t
from explorer.ui.learner_cookie import LearnerCookie
from explorer.ui.patches import patches_route
from explorer.ui.predictions import predictions_route
from explorer.ui.session_runs import keep_run_in_link
from explorer.ui.test_digits import digits_route
from explorer.ui.view_options import keep_view_in_link
from explorer.ui.visited_pages import remember_page
from explorer.ui.weights import weights_route


def main() -> None:
    """Draws the navigation and runs the chosen page."""
    restore_from_history()
    st.set_page_config(layout="wide")
    task = st.Page("explorer/pages/task.py", title=t(in_context("page", "Exercise")))
    pages = [
        st.Page("explorer/pages/home.py", title=t(in_context("page", "Home")), default=True),
        st.Page("explorer/pages/convolution.py", title=t(in_context("page", "Convolution"))),
        st.Page("explorer/pages/channels.py", title=t(in_context("page", "Channels"))),
        st.Page("explorer/pages/pooling.py", title=t(in_context("page", "Pooling"))),
        st.Page("explorer/pages/network.py", title=t(in_context("page", "Network"))),
        st.Page("explorer/pages/train.py", title=t(in_context("page", "Train"))),
        st.Page("explorer/pages/inside.py", title=t(in_context("page", "Inside"))),
        st.Page("explorer/pages/compare.py", title=t(in_context("page", "Compare"))),
        task,
        st.Page("explorer/pages/gpu.py", title=t(in_context("page", "GPU"))),
        st.Page("explorer/pages/help.py", title=t(in_context("page", "Help"))),
    ]
    lecturer = st.Page("explorer/pages/lecturer.py", title=t("For lecturers"))
    in_class = st.Page("explorer/pages/in_class.py", title=t("In class"), url_path="class")
    unlisted = [lecturer, in_class]
    if environment().owner_password:
        unlisted.append(st.Page("explorer/pages/owner.py", title=t("Runs on this server")))
    page = st.navigation([*pages, *unlisted], position="hidden")
    st.set_page_config(page_title=f"{page.title} · {PRODUCT}" if page.url_path else PRODUCT)
    open_page(page.url_path)
    keep_language_in_link()
    keep_run_in_link()
    keep_view_in_link()
    remember_page({one.url_path: one.title for one in pages}, page.url_path)
    larger_type()
    navigation_bar([one for one in pages if one is not task])  # which holds ten names
    notice = st.empty()
    with st.container(key="page"):  # what a fragment of it draws anew takes nothing beneath it away
        page.run()
    if page in pages:
        tour(pages, page)
    page_foot(lecturer if page in pages else None)
    show_address()
    link_notice(notice)
    freeze_garbage()


# This file has three readers: `streamlit run` imports it for the server, and runs it as a script for each visit;
# worker processes import it again, as __mp_main__, and must do neither.
if __name__ == "__main__":
    main()
elif __name__ != "__mp_main__":
    read_languages()  # 0.1 s, before anybody waits for a page
    # The first is the outermost: what it answers or refuses reaches none of the others.
    guards = (OwnHosts, PackedFiles, AnswerHeaders, PrivatePaths, PageMessages, UploadCookie)
    layers = (*guards, OldLinks, PageStyle, LearnerCookie, WithoutLateStates)
    middleware = [*measuring_middleware(), *map(Middleware, layers)]
    routes = [files_route(), weights_route(), predictions_route(), digits_route(), patches_route(), ready_route()]
    app = st.App(__file__, lifespan=lifespan, middleware=middleware, routes=routes, on_script_error=tell_failed_page)
