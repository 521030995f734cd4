"""Streamlit gives a component's run up where new data come while it loads; what that cleans up is still in use."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page

from explorer.components.files import address
from tests.pages.app import at_page, sent

ROOT = Path(__file__).parents[2]
# The given-up run ends, cleans up, and the next one draws the same data: before any size was observed.
GIVEN_UP = """async ([url, script, text]) => {
  const draw = (await import(url)).default[script].default;
  const host = document.body.appendChild(document.createElement("div"));
  const parentElement = host.attachShadow({ mode: "open" });
  const run = () => draw({ data: [JSON.parse(text)], parentElement, setStateValue() {}, setTriggerValue() {} });
  run()?.();
  run();
}"""


@pytest.mark.parametrize(
    ("script", "page_name", "drawn"),
    [
        ("inspector/inspector.js", "convolution", "[role=grid][aria-label=Input] [role=gridcell]"),
        ("network_view/network_view.js", "network", "[style*=--middle]"),
    ],
    ids=["inspector", "network view"],
)
def test_a_picture_is_drawn_although_a_run_before_it_was_given_up(
    page: Page, serve, script: str, page_name: str, drawn: str
) -> None:
    """Sizes still arrive, and with them the picture."""
    at = at_page(page_name).run()
    url = f"{serve(ROOT / 'app.py')}/{address()}"
    page.goto(url)  # of the same origin, and no page of Streamlit's
    page.evaluate(GIVEN_UP, [url, script, json.dumps(sent(at))])
    page.locator(drawn).first.wait_for(state="attached")
