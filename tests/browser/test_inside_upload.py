"""A file of weights goes into the page, is fitted to a list of layers, and reads the drawing."""

import re
from pathlib import Path

import numpy as np
import safetensors.torch
import torch
from playwright.sync_api import Page, expect
from safetensors.numpy import load

from explorer.core.network.networks import LENET_5
from explorer.exchange.folders import SHIPPED
from tests.components.trained import trained
from tests.weights.saved import torch_saved

ROOT = Path(__file__).parents[2]


def choose(page: Page, name: str, data: bytes) -> None:
    """A file into the field, by the browser's own dialogue."""
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name=re.compile("Upload|Browse")).click()
    chooser.value.set_files({"name": name, "mimeType": "application/octet-stream", "buffer": data})


def test_ones_own_weights_read_the_drawing(page: Page, serve, console: list[str]) -> None:
    """The shipped ones with two outputs exchanged, under a notebook's names: a 7 is read as an 8."""
    exchanged = {}
    for name, numbers in load((SHIPPED["simple"] / "weights.safetensors").read_bytes()).items():
        order = [0, 1, 2, 3, 4, 5, 6, 8, 7, 9] if name.startswith("fc") else range(len(numbers))
        exchanged[f"module.my_{name}"] = torch.from_numpy(np.ascontiguousarray(numbers[list(order)]))
    page.goto(f"{serve(ROOT / 'app.py')}/inside")
    answer = page.get_by_role("status", name="Answer")
    expect(answer).to_have_text(re.compile(r"^Read as 7, 9\d%"))
    page.get_by_role("button", name="Weights of your own").click()
    choose(page, "mine.safetensors", safetensors.torch.save(exchanged))
    expect(answer).to_have_text(re.compile(r"^Read as 8, 9\d%"))
    expect(page.get_by_text("All names begin with module., which is left out.")).to_be_visible()
    expect(page).to_have_url(re.compile("inside_network=upload"))

    choose(page, "lenet.pt", torch_saved(trained(LENET_5, 1).state_dict()))
    reading = page.get_by_text("PyTorch reads the file; that takes a few seconds.")
    expect(reading).to_be_visible()
    page.get_by_role("button", name="Remove lenet.pt").click()  # too late
    expect(page.get_by_text("In view is still mine.safetensors.")).to_be_visible()
    expect(reading).to_have_count(0)
    expect(answer).to_have_text(re.compile("^Read as 8"))
    page.get_by_role("button", name="Open as LeNet-5").click()
    expect(page.get_by_role("grid", name="fc3")).to_be_attached()
    expect(page.get_by_text("lenet.pt is open as LeNet-5.")).to_be_visible()
    choose(page, "paper.pdf", b"%PDF-1.7")
    expect(page.get_by_text("The file is of the kind PDF, and holds no weights.")).to_be_visible()
    expect(page.get_by_text("All its tensors fit.")).to_have_count(0)
    assert console == []
