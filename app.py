"""The router: which pages there are, in learning order, and in which language. `streamlit run app.py` starts it."""

import streamlit as st

from explorer.ui.language import language_switch, t


def main() -> None:
    """Draws the navigation and runs the chosen page."""
    st.set_page_config(layout="wide")
    language_switch()
    convolution = st.Page("explorer/pages/convolution.py", title=t("Convolution"), default=True)
    st.navigation([convolution], position="top").run()


if __name__ == "__main__":  # worker processes import this file again and must not run the page
    main()
