"""The owner's page: everybody's runs, behind a password; there is no such page where the server has none."""

import streamlit as st

from explorer.ui.address import show_address
from explorer.ui.language import t
from explorer.ui.owner.runs_under_way import runs_under_way
from explorer.ui.owner.sign_in import is_owner, sign_in

st.markdown(f"#### {t('Runs on this server')}")
if is_owner():
    runs_under_way()
else:
    sign_in()
show_address()
