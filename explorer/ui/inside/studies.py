"""What whole test sets have said of the network that is looked into, and what the learner asks of them."""

import streamlit as st

from explorer.components.inside.message import MeasuredMessage, StudyMessage
from explorer.core.data.transformations import TRANSFORMATIONS
from explorer.core.errors import Sentence, SettingError
from explorer.exchange.study_files import PATCHES, QUESTIONS, read_answers
from explorer.runs.studies import Studies, Study
from explorer.ui.inside.networks import TrainedNetwork, shipped_network, shown_network
from explorer.ui.inside.settings import VIEW
from explorer.ui.language import explain, t
from explorer.ui.patches import patches_address
from explorer.ui.session_runs import learner, server_runs
from explorer.ui.weights import trained_folder

SECONDS = 0.5  # between two looks at how far a study is
_REFUSED = "inside_study_refused"  # (network, question, sentence): why the last one was not taken


@st.cache_resource(on_release=Studies.close, show_spinner=False)
def server_studies() -> Studies:
    """All studies of this server."""
    return Studies()


def measured(network: TrainedNetwork) -> MeasuredMessage:
    """What is known of it, and what is being asked."""
    folder = trained_folder(network.name)
    step, answers = read_answers(folder) if folder else (0, {})
    return {
        "curves": [{"name": name, "points": answers[name]} for name in TRANSFORMATIONS if name in answers],
        "patches": patches_address(network.name, step) if PATCHES in answers else "",
        "study": _study_message(network),
        "refusal": _refusal(network),
    }


def take_question() -> None:
    """The learner has asked something, or waits no more."""
    question = st.session_state[VIEW].study
    network = shown_network() or shipped_network()
    folder = trained_folder(network.name)
    st.session_state.pop(_REFUSED, None)
    if not question and (study := _study(network)):
        server_studies().cancel(study, learner())
    if question in QUESTIONS and folder and not _refusal(network):
        try:
            server_studies().start(folder, question, learner())
        except SettingError as error:
            st.session_state[_REFUSED] = (network.name, question, error.sentence)


def study_seconds() -> float | None:
    """How often the page is to be drawn anew; None while the learner waits for no answer."""
    study = _study(shown_network() or shipped_network())
    return SECONDS if study and study.unfinished else None


def _study(network: TrainedNetwork) -> Study | None:
    folder = trained_folder(network.name)
    return server_studies().of(folder, learner()) if folder else None


def _study_message(network: TrainedNetwork) -> StudyMessage | None:
    name, question, refused = st.session_state.get(_REFUSED, ("", "", None))
    if name == network.name:
        return _failed(question, refused)
    study = _study(network)
    if study is None or study.state not in ("waiting", "running", "failed"):
        return None
    if study.error:
        return _failed(study.question, study.error)
    state = "running" if study.state == "running" else "waiting"
    return {"question": study.question, "state": state, "done": study.done, "total": study.total, "sentence": ""}


def _failed(question: str, why: Sentence) -> StudyMessage:
    return {"question": question, "state": "failed", "done": 0, "total": 0, "sentence": explain(why)}


def _refusal(network: TrainedNetwork) -> str:
    """Why nothing is measured of this network; "" where it may be."""
    if not trained_folder(network.name):
        return t("Only networks that were trained here are measured on all test images.")
    run = server_runs().find(network.name)
    if run and run.unfinished:
        return t("This is measured when the run has ended: until then its weights change.")
    return ""
