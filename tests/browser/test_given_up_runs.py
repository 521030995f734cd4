"""Streamlit gives a component's run up where new data come while it loads; what that cleans up is still in use."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page

from explorer.components.files import address
from tests.pages.app import open_app, sent

ROOT = Path(__file__).parents[2]
# The given-up run ends, cleans up, and the next one draws the same data: before any size was observed.
GIVEN_UP = """async ([url, text]) => {
  const draw = (await import(url)).default;
  const host = document.body.appendChild(document.createElement("div"));
  const parentElement = host.attachShadow({ mode: "open" });
  const run = () => draw({ data: [JSON.parse(text)], parentElement, setStateValue() {}, setTriggerValue() {} });
  run()?.();
  run();
}"""


@pytest.mark.parametrize(
    ("script", "page_name", "drawn"),
    [
        ("inspector/inspector.js", "", "[role=grid][aria-label=Input] [role=gridcell]"),
        ("network_view/network_view.js", "network", "[style*=--middle]"),
    ],
    ids=["inspector", "network view"],
)
def test_a_picture_is_drawn_although_a_run_before_it_was_given_up(
    page: Page, serve, script: str, page_name: str, drawn: str
) -> None:
    """Sizes still arrive, and with them the picture."""
    at = open_app()
    if page_name:
        at = at.switch_page(f"explorer/pages/{page_name}.py").run()
    url = f"{serve(ROOT / 'app.py')}/{address(script)}"
    page.goto(url)  # of the same origin, and no page of Streamlit's
    page.evaluate(GIVEN_UP, [url, json.dumps(sent(at))])
    page.locator(drawn).first.wait_for(state="attached", timeout=10_000)
