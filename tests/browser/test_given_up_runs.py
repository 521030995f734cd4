"""Streamlit gives a component's run up where new data come while it loads; what that cleans up is still in use."""

import json

import pytest
from playwright.sync_api import Page

from explorer.components import inspector, network_view
from tests.pages.app import open_app, sent

# The given-up run ends, cleans up, and the next one draws the same data: before any size was observed.
GIVEN_UP = """async ([script, text]) => {
  const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
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
        (inspector._SCRIPT, "", "[role=grid][aria-label=Input] [role=gridcell]"),
        (network_view._SCRIPT, "network", "[style*=--middle]"),
    ],
    ids=["inspector", "network view"],
)
def test_a_picture_is_drawn_although_a_run_before_it_was_given_up(
    page: Page, script: str, page_name: str, drawn: str
) -> None:
    """Sizes still arrive, and with them the picture."""
    at = open_app()
    if page_name:
        at = at.switch_page(f"explorer/pages/{page_name}.py").run()
    page.evaluate(GIVEN_UP, [script, json.dumps(sent(at))])
    page.locator(drawn).first.wait_for(state="attached", timeout=10_000)
