"""A laptop is opened again, or the server was started anew: the page on screen goes on."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.fresh import wait_for_the_last_answer
from tests.operating.server_process import ServerProcess


def is_the_end_of_an_answer(message: bytes) -> bool:
    return ForwardMsg.FromString(message).WhichOneof("type") == "script_finished"


@pytest.mark.parametrize("path", ["convolution?conv_stride=2", "pooling?pool_stride=2"])
def test_a_page_goes_on_with_a_server_that_knows_nothing_of_it(page: Page, tmp_path: Path, path: str) -> None:
    """What the address has stands as it was, and what is moved is drawn, at the latest the second time."""
    code, app = page.get_by_test_id("stCode"), page.get_by_test_id("stApp")
    with ServerProcess(tmp_path) as server:
        server.wait(lambda: server.get("/_stcore/health")[0] == 200)
        page.goto(f"{server.url}/{path}")
        expect(page.get_by_role("heading", name="The same in PyTorch")).to_be_visible()
        page.get_by_role("slider", name="Padding").press("ArrowRight")
        expect(page).to_have_url(re.compile("_padding="))
        wait_for_the_last_answer(page)
    expect(app).not_to_have_attribute("data-test-connection-state", "CONNECTED")
    padding = re.search("_padding=(.)", page.url)[1]
    with ServerProcess(tmp_path, port=server.port):
        with page.expect_websocket() as opened:
            expect(app).to_have_attribute("data-test-connection-state", "CONNECTED")
        with opened.value.expect_event("framereceived", is_the_end_of_an_answer):
            page.get_by_role("slider", name="Stride").press("ArrowRight")
        wait_for_the_last_answer(page)
        page.get_by_role("slider", name="Stride").press("ArrowRight")
        expect(code).to_contain_text(re.compile("stride=[3-9]"))
        expect(code).to_contain_text(f"padding={padding}")
