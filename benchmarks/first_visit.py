"""A first visit over a slow line: what it fetches, and how long until the first page can be used.

    python benchmarks/first_visit.py [--repetitions 3] [--short]

A Chromium that has nothing of the app cached opens Home over 4 Mbit/s with 100 ms of latency, and at full speed, in
turns: seconds until the digit has been read, and bytes as they come over the line (of the websocket's messages as they
are unpacked, which is more). Needs requirements-dev.txt and a Chromium.
"""

import time
from collections.abc import Iterator

import servers
from arguments import parser
from playwright.sync_api import CDPSession
from table import HEAD, Row

BYTES_A_SECOND = 4e6 / 8
SLOW = {"offline": False, "latency": 100, "downloadThroughput": BYTES_A_SECOND, "uploadThroughput": BYTES_A_SECOND}
READ = "text=Read as 7"  # the network's answer to the digit that stands there at first
BARS = {"s": "≤ 6 s", "kB": "≤ 1,300 kB"}


def main() -> None:
    """Parse, visit, print."""
    options = parser(__doc__)
    options.add_argument("--repetitions", type=int, default=3)
    chosen = options.parse_args()
    with (
        servers.bench(chosen.data, chosen.repetitions, short=chosen.short) as bench,
        servers.serve(bench.app) as server,
    ):
        with servers.tab(bench.browser) as page:
            servers.open_page(page, server)
            page.locator(READ).first.wait_for()
        server.wait_for_rest()
        print(HEAD, flush=True)
        for row in visits(bench, server):
            print(row, flush=True)


def visits(bench: servers.Bench, server: servers.Server) -> Iterator[Row]:
    """Over the slow line, against the quick one."""
    slow, quick = [], []
    for _ in range(bench.repetitions):
        quick.append(visit(bench, server, slow=False))
        slow.append(visit(bench, server, slow=True))
    for number, (what, unit) in enumerate((("until the digit is read", "s"), ("what comes over the line", "kB"))):
        values, base = ([one[number] for one in some] for some in (slow, quick))
        yield Row(f"first visit over 4 Mbit/s, 100 ms: {what}", unit, values, "at full speed", base, BARS[unit])


def visit(bench: servers.Bench, server: servers.Server, *, slow: bool) -> tuple[float, float]:
    """Seconds, and kilobytes."""
    with servers.tab(bench.browser) as page:
        line = page.context.new_cdp_session(page)
        sizes = count_bytes(line)
        if slow:
            line.send("Network.emulateNetworkConditions", SLOW)
        began = time.perf_counter()
        page.goto(server.url, wait_until="commit")
        page.locator(READ).first.wait_for()
        return time.perf_counter() - began, sum(sizes) / 1e3


def count_bytes(line: CDPSession) -> list[float]:
    """Fills up while the page loads: of files as they come, packed, without headers; of each websocket message."""
    sizes: list[float] = []
    line.send("Network.enable")
    line.on("Network.dataReceived", lambda event: sizes.append(event["encodedDataLength"]))
    line.on("Network.webSocketFrameReceived", lambda event: sizes.append(0.75 * len(event["response"]["payloadData"])))
    return sizes


if __name__ == "__main__":
    main()
