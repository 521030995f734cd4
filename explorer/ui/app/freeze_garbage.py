"""What makes every later page faster once the first one stands."""

import gc

import streamlit as st


@st.cache_resource(show_spinner=False)
def freeze_garbage() -> None:
    """Takes all that is loaded by now out of the garbage collector's sight; once a server.

    Python looks through all objects it knows now and then, while a learner waits: 40 to 60 ms for some 300,000 of
    modules that live as long as the server, about 5 ms without them.
    """
    gc.collect()
    gc.freeze()
