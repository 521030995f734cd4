"""The script of all components: fetched once, also behind a proxy's path, kept, and never sent again."""

from pathlib import Path

from playwright.sync_api import expect

APP = Path(__file__).parents[2] / "app.py"


def test_pages_draw_behind_a_proxys_path(page, serve) -> None:
    """All addresses are relative to the page's own."""
    url = serve(APP, base="some/where")
    for path, drawn in (("convolution", ".cells canvas[width]"), ("network", "[style*=--middle]")):
        page.goto(f"{url}/{path}")
        page.locator(drawn).first.wait_for()


def test_one_script_is_fetched_once_for_all_pages(new_page, serve, console: list[str]) -> None:
    """The second page, and a slider's move, find it there."""
    page = new_page(once=True)
    asked: list[str] = []
    page.on("request", lambda request: "/components/" in request.url and asked.append(request.url))
    page.goto(f"{serve(APP)}/convolution")
    page.locator(".cells canvas[width]").first.wait_for()
    page.wait_for_load_state("networkidle")
    fetched = len(asked)
    assert fetched == 1
    page.get_by_role("slider", name="Stride").press("ArrowRight")
    expect(page.get_by_role("grid", name="Output").get_by_role("gridcell")).to_have_count(9)
    page.get_by_role("link", name="Network").click()
    page.locator("[style*=--middle]").first.wait_for()
    assert fetched == len(asked)
    assert [] == console


def test_a_first_visit_fetches_little(new_page, serve) -> None:
    """Nothing is fetched unpacked that can be packed; what one waits for over a slow line is below 1.3 MB."""
    page = new_page()
    line = page.context.new_cdp_session(page)
    received: list[float] = []
    unpacked: list[str] = []

    def answered(event: dict) -> None:
        headers = {name.lower() for name in event["response"]["headers"]}
        if event["type"] in ("Document", "Script", "Stylesheet") and "content-encoding" not in headers:
            unpacked.append(event["response"]["url"])

    line.send("Network.enable")
    line.on("Network.responseReceived", answered)
    line.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.goto(serve(APP))
    page.get_by_text("Read as 7").wait_for()
    page.wait_for_load_state("networkidle")
    assert [url for url in unpacked if not url.startswith("blob:")] == []
    assert sum(received) < 1.3e6
