"""Which run the Train page shows, and what is said where it is none of the settings beside it."""

import streamlit as st

from explorer.core.run.comparison import differing
from explorer.core.run.train_config import TrainConfig
from explorer.runs.run import Run
from explorer.ui.language import join_words, t
from explorer.ui.markdown_escape import escape_markdown
from explorer.ui.run_names import run_name, settings_name
from explorer.ui.session_runs import current_run, follow_run, has_left_run, is_run_lost, learner, server_runs
from explorer.ui.setting_text import setting_texts
from explorer.ui.train_recipes import FIRST, recipe_values
from explorer.ui.train_settings import NETWORK, train_config

MOST_DIFFERENCES = 3  # that are spelled


def shown_run() -> Run | None:
    """The run that the learner follows; on a bare address, or one with its settings, their own that is under way."""
    if (run := current_run()) or has_left_run() or is_run_lost():
        return run
    config = train_config(NETWORK.value)
    bare = config == TrainConfig(**recipe_values(FIRST))
    run = next((run for run in own_unfinished_runs() if bare or run.config == config), None)
    if run:
        follow_run(run)
    return run


def own_unfinished_runs() -> list[Run]:
    """The learner's runs that have not ended, those that have a worker first."""
    return sorted((run for run in server_runs().of(learner()) if run.unfinished), key=lambda run: run.state == "queued")


def whose_picture(config: TrainConfig, run: Run | None) -> None:
    """Draws a line that says of which run the picture is, and in what the settings, ``config``, differ from its."""
    with st.container(key="train_whose"):
        if not run:
            st.caption(t("{name}: not trained yet", name=f"**{escape_markdown(settings_name(config))}**"))
            return
        name = f"**{escape_markdown(run_name(run))}**"
        parts = [escape_markdown(part) for part in setting_texts(differing([run.config, config]), run.config)]
        if not parts:
            st.caption(name)
            return
        rest = len(parts) - MOST_DIFFERENCES
        had = [*parts[:MOST_DIFFERENCES], t("{count} more", count=rest)] if rest > 0 else parts
        sentence = t(
            "The picture is of {name}. The settings say otherwise: it had {settings}.",
            name=name,
            settings=join_words(had),
        )
        st.caption(sentence)
