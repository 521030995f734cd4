"""A run's files to download, each made or read only when it is asked for, and what each is for."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import streamlit as st

from explorer.core.errors import ExplainedError
from explorer.core.network.layers import NetworkSpec
from explorer.core.run.metrics_csv import metrics_csv
from explorer.core.run.training_script import train_code
from explorer.exchange.run_folder import DESCRIPTION, METRICS, STOPPED, WEIGHTS, read_records
from explorer.runs.run import Run
from explorer.ui.language import mark, t
from explorer.ui.session_runs import server_runs

USES = {
    "script": mark("This training in plain PyTorch, without the app: `python train.py`."),
    "state_dict": mark("The weights for PyTorch: `net.load_state_dict(torch.load(…))`."),
    "weights": mark("The same weights as safetensors: no code in them, read in any language."),
    "csv": mark("Loss and accuracy of every step, for a spreadsheet."),
    "tensorboard": mark("The curves for TensorBoard: `tensorboard --logdir` on its folder."),
    "json": mark("All settings and figures, to read or to repeat the run."),
    "metrics": mark("Every report as it came, a line each, for a program."),
}


def run_files(run: Run) -> None:
    """Draws a button for each file there is, and what the file is for."""
    folder = run.folder
    if not folder or not (folder / WEIGHTS).is_file():
        st.caption(t("Its files can be downloaded once the first state has been saved."))
        return
    runs = server_runs()
    files = {
        "script": ("train.py", lambda: _script(run)),
        "state_dict": ("state_dict.pt", lambda: runs.convert(run, "state_dict")),
        "weights": (WEIGHTS, (folder / WEIGHTS).read_bytes),
        "csv": ("metrics.csv", lambda: _csv(folder)),
        "tensorboard": (f"events.out.tfevents.{run.id}", lambda: runs.convert(run, "tensorboard")),
        "json": (DESCRIPTION, (folder / DESCRIPTION).read_bytes),
        "metrics": (METRICS, (folder / METRICS).read_bytes),
    }
    if run.state == "diverged":
        st.caption(t("The weights are those that were saved last, while they were numbers."))
    sorry = t("This is not the file: its run has been deleted meanwhile, or its folder cannot be read.")
    for key, (name, content) in files.items():
        with st.container(gap=None):
            label = "TensorBoard" if key == "tensorboard" else name
            st.download_button(
                label, content_or_apology(content, sorry), name, key=f"train_{key}", on_click="ignore", width="stretch"
            )
            st.caption(t(USES[key]))


def content_or_apology(make: Callable[[], bytes | str], sorry: str) -> Callable[[], bytes | str]:
    """``make``, which is called when the file is asked for; ``sorry`` instead of it where it cannot be made any more.

    Streamlit says nothing to the learner of what is raised there, and fills the server's log.
    """

    def content() -> bytes | str:
        try:
            return make()
        except (OSError, ExplainedError):
            return sorry

    return content


def _csv(folder: Path) -> str:
    (folder / METRICS).stat()  # which raises where it is gone: no records would be a table without a row
    return metrics_csv(read_records(folder))


def _script(run: Run) -> str:
    """The run's script, with as many threads as the run had, to the step at which it was stopped."""
    config = replace(run.config, threads=run.started.threads)
    return train_code(NetworkSpec(config.network), config, run.step if run.state in STOPPED else None)
