"""What a run may cost on this server, and how long it is kept, in a line: for learners of a server with a profile."""

import streamlit as st

from explorer.core import limits
from explorer.core.environment import environment
from explorer.ui.language import in_context, plural, say_number, t


def limits_caption() -> None:
    """Draws it, where the server is for others than its owner."""
    if environment().profile:
        st.caption(limits_text())


def limits_text() -> str:
    """``This server's limits: 10 epochs a run, 10 minutes a run, …``."""
    parts = [
        t(plural("{count} epoch a run", "{count} epochs a run"), count=limits.MAX_EPOCHS),
        t(plural("{count} minute a run", "{count} minutes a run"), count=max(1, limits.MAX_RUN_SECONDS // 60)),
        t(
            plural("{count} run of a learner at a time", "{count} runs of a learner at a time"),
            count=limits.MAX_LEARNER_RUNS,
        ),
        t("{size} MB of saved runs", size=say_number(limits.MAX_LEARNER_BYTES / 1e6, ",.0f")),
    ]
    if limits.EXPIRE_DAYS:
        kept = plural("a run is kept for {count} day", "a run is kept for {count} days")
        parts.append(t(kept, count=limits.EXPIRE_DAYS))
    said = t(in_context("between phrases that may have commas", ", ")).join(parts)
    return t("This server’s limits: {limits}.", limits=said)
