"""Which trained network is looked into: one that ships, a run, or weights that the learner has uploaded."""

from collections.abc import Hashable
from dataclasses import dataclass

import streamlit as st

from explorer.core.errors import ExplainedError, SettingError, mark
from explorer.runs.run import Run
from explorer.ui.address import opened_page
from explorer.ui.fresh_key import fresh_key, is_late
from explorer.ui.inside.upload import gone, opened_upload
from explorer.ui.language import t
from explorer.ui.run_names import run_name, with_distinct_names
from explorer.ui.session_runs import current_run, learner, server_runs
from explorer.ui.setting import Setting
from explorer.ui.weights import has_weights

SHIPPED_NAMES = {
    "simple": mark("The simple CNN, trained"),
    "exercise": mark("The exercise’s network, trained"),
}
UPLOAD = "upload"  # the name of the learner's own weights


@dataclass(frozen=True)
class NetworkChoice(Setting[str]):
    """The name of one that ships, a run's id, or UPLOAD; as it is in the link."""

    key: str
    default: str = "simple"

    def select(self, label: str, **options: object) -> None:
        """Draws it as a select box."""
        labels = _labels(self.value)
        if self.value not in labels:
            st.session_state[self._lost] = gone() if self.value == UPLOAD else _unknown()
            self.keep(self.default)
        if (shown := self._options(label, options)) is None:
            return
        # While a file of weights is read, the page goes on to tell of the box as it was: fresh_key explains.
        names, owner = list(labels), (opened_page(), *labels.items())
        box = fresh_key(self._box, owner, self.value)
        shown |= {"format_func": labels.get, "on_change": self._choose, "args": (box, owner)}
        st.selectbox(label, names, names.index(self.value), key=box, **shown)

    @property
    def why_lost(self) -> ExplainedError | None:
        """Why what was chosen is not there any more: a run that was deleted, an upload that is kept no longer."""
        return st.session_state.get(self._lost)

    def set(self, value: str) -> None:
        """Chooses another one; what was lost before is past, unless the default takes its place."""
        super().set(value)
        if value != self.default:
            self._forget_lost()

    def _choose(self, box: str, owner: Hashable) -> None:
        if not is_late(box, self._box, owner):
            self.keep(st.session_state[box])
            self._forget_lost()

    def _forget_lost(self) -> None:
        st.session_state.pop(self._lost, None)

    @property
    def _lost(self) -> str:
        return f"{self.key}_lost"

    @property
    def _box(self) -> str:
        return f"{self.key}_box"

    def _text(self, value: str) -> str:
        return "" if value == self.default else value

    def _parse(self, text: str) -> str:
        if text in SHIPPED_NAMES:
            return text
        if text == UPLOAD:
            if not opened_upload():
                raise gone()
            return text
        run = server_runs().find(text)
        if not run:
            raise _unknown()
        if not has_weights(run):
            raise SettingError("This run has no weights yet: it is to train for a second or two.")
        return text


NETWORK = NetworkChoice("inside_network")


def listed_runs(chosen: str = "") -> list[Run]:
    """Runs that have weights: the learner's own, the newest first, the one followed, and that of the id ``chosen``."""
    others = [current_run(), server_runs().find(chosen) if chosen not in (*SHIPPED_NAMES, UPLOAD) else None]
    runs = {run.id: run for run in [*server_runs().of(learner()), *filter(None, others)]}
    return list(filter(has_weights, runs.values()))


def _unknown() -> SettingError:
    return SettingError("This run is not known here: it was removed, or it never began.")


def _labels(chosen: str) -> dict[str, str]:
    """What there is to choose from, in the page's language."""
    runs = listed_runs(chosen)
    names = with_distinct_names(runs, list(map(run_name, runs)))
    labels = {name: t(sentence) for name, sentence in SHIPPED_NAMES.items()}
    for run, name in zip(runs, names, strict=True):
        labels[run.id] = t("{name} (under way)", name=name) if run.unfinished else name
    if opened := opened_upload():
        labels[UPLOAD] = t("Uploaded: {name}", name=opened.upload.file_name)
    return labels
