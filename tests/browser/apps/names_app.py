"""Names as learners may give them to runs, in every element in which the app writes one."""

import streamlit as st

from explorer.core.run.given_name import tidy_name
from explorer.ui.markdown_escape import escape_markdown
from tests.browser.names import NAMES

for number, name in enumerate(map(tidy_name, NAMES)):
    st.button(escape_markdown(name), key=f"button-{number}")
    st.checkbox(escape_markdown(name), key=f"checkbox-{number}")
    with st.container(key=f"bold-{number}"):
        st.markdown(f"**{escape_markdown(name)}**")
