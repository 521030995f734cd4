"""What makes every later page faster once the first one stands."""

import gc

import streamlit as st


@st.cache_resource(show_spinner=False)
def freeze_garbage() -> None:
    """Takes all that is loaded by now out of the garbage collector's sight; once a server.

    Streamlit collects garbage after each script run, before its last messages are sent: 40 to 60 ms over some
    300,000 objects of modules that live as long as the server, about 5 ms without them.
    """
    gc.collect()
    gc.freeze()
