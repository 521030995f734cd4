"""Whose settings the Train page's fields show: a run's while it is under way, else the learner's own."""

from collections.abc import Sequence

import streamlit as st

from explorer.core.network.layers import NetworkSpec
from explorer.core.run.train_config import BOUNDS, TrainConfig
from explorer.runs.run import Run
from explorer.ui import train_settings
from explorer.ui.train_settings import CHOICES, NETWORK, SWITCHES, setting

CHANGEABLE = ("lr", "momentum")  # while a run trains
_SHOWN = "train_settings_of"  # (run, changes made) whose settings the fields show; its first rate and momentum


def set_config(config: TrainConfig, but: Sequence[str] = ()) -> None:
    """Sets everything as it was for a run, its network too, ``but`` the fields of these names."""
    for name in {*BOUNDS, *CHOICES, *SWITCHES} - set(but):
        setting(name).set(type(setting(name).default)(getattr(config, name)))
    if train_settings.is_local():
        st.session_state[train_settings.folder_key(config.data)] = config.data_folder or ""
    NETWORK.set(NetworkSpec(config.network))


def show_settings_of(run: Run) -> None:
    """Sets what a run under way was started with; the rate and the momentum as they were last changed.

    Rate and momentum may have been typed just now: both are set anew only for another run, or after a change.
    """
    (shown, _), now = st.session_state.get(_SHOWN, (None, {})), (run.id, len(run.config.changes))
    st.session_state[_SHOWN] = now, {name: getattr(run.config, name) for name in CHANGEABLE}
    set_config(run.config, but=CHANGEABLE if shown == now else ())
    for name in CHANGEABLE if shown != now else ():
        last = next((getattr(c, name) for c in reversed(run.config.changes) if getattr(c, name) is not None), None)
        if last is not None:
            setting(name).set(last)


def show_own_settings() -> None:
    """Sets rate and momentum back to the run's first: what was changed in mid-run is no part of the next run."""
    for name, value in st.session_state.pop(_SHOWN, (None, {}))[1].items():
        setting(name).set(value)
