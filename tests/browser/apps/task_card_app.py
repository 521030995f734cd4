"""A card of the lecture's exercise, complete, with a sentence in two languages."""

import streamlit as st

from explorer.components.files import files_route
from explorer.components.task_card import Compared, task_card

NETWORKS = [Compared(name, "98.10% ± 0.27%", ["8,490 parameters", "seed 0"]) for name in ("Mine", "The simple CNN")]
SENTENCE = "Three convolutions <b>see</b> more: 更大的感受野，所以读得更准。" * 3


def main() -> None:
    """The card, in the width of the page."""
    st.set_page_config(layout="wide")
    facts = [("Layers", " → ".join(["Conv2d(1, 10, kernel_size=3)"] * 8)), ("In one sentence", SENTENCE)]
    words = {"download": "Keep the card"}
    task_card(
        "The lecture’s exercise", "2026-11-27", NETWORKS, facts, file="exercise.png", words=words, key="task_card"
    )


if __name__ == "__main__":
    main()
else:
    app = st.App(__file__, routes=[files_route()])
