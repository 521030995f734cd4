"""A run's files to download, each made or read only when it is asked for."""

import streamlit as st

from explorer.core.metrics_csv import metrics_csv
from explorer.core.run_folder import DESCRIPTION, METRICS, WEIGHTS, read_records
from explorer.runs.run import Run
from explorer.ui.language import t
from explorer.ui.session_runs import server_runs


def run_files(run: Run) -> None:
    """Draws a button for each file there is."""
    folder = run.folder
    if not folder or not (folder / WEIGHTS).is_file():
        st.caption(t("Its files can be downloaded once the first state has been saved."))
        return
    runs = server_runs()
    files = {
        "weights": (t("Weights"), WEIGHTS, (folder / WEIGHTS).read_bytes),
        "state_dict": ("state_dict", "state_dict.pt", lambda: runs.convert(run, "state_dict")),
        "json": ("run.json", DESCRIPTION, (folder / DESCRIPTION).read_bytes),
        "csv": ("CSV", "metrics.csv", lambda: metrics_csv(read_records(folder))),
        "metrics": ("metrics.jsonl", METRICS, (folder / METRICS).read_bytes),
        "tensorboard": ("TensorBoard", f"events.out.tfevents.{run.id}", lambda: runs.convert(run, "tensorboard")),
    }
    with st.popover(t("Download")):
        for key, (label, name, content) in files.items():
            st.download_button(label, content, name, key=f"train_{key}", on_click="ignore", width="stretch")
