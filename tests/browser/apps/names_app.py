"""Names as learners may give them to runs, in every element in which the app writes one."""

import streamlit as st

from explorer.core.run.given_name import tidy_name
from explorer.ui.plain_text import plain
from tests.browser.names import NAMES

for number, name in enumerate(map(tidy_name, NAMES)):
    st.button(plain(name), key=f"button-{number}")
    st.checkbox(plain(name), key=f"checkbox-{number}")
    with st.container(key=f"bold-{number}"):
        st.markdown(f"**{plain(name)}**")
