"""What a link costs the server: random links of every page, their CPU seconds and the bytes that they send.

    python benchmarks/links.py [--links 200] [--short]

The same links as in tests/pages/test_link_costs.py, which counts calls and bytes. CPU seconds are the process's while
the script runs, without the browser; the baseline is the page without any parameter. The bar: 0.2 s, 300 kB.
"""

import logging
import os
import sys
import time
from pathlib import Path

from arguments import parser
from hypothesis import HealthCheck, Phase, given, settings
from table import HEAD, Row

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.pages.app import at_page
from tests.pages.page_links import LINKS, Link, counted


def opened(page: str, link: Link) -> float:
    """CPU milliseconds of the page's script run."""
    at = at_page(page, **link)
    began = time.process_time()
    at.run(timeout=120)
    return 1000 * (time.process_time() - began)


def measure(page: str, count: int) -> tuple[list[float], list[float], int]:
    """CPU milliseconds of random links, those of the bare page between them, and the most bytes that a link sent."""
    opened(page, {})
    milliseconds, bare, most = [], [], 0

    checks = list(HealthCheck)

    @settings(max_examples=count, deadline=None, phases=[Phase.generate], suppress_health_check=checks)
    @given(LINKS[page])
    def one(link: Link) -> None:
        nonlocal most
        milliseconds.append(opened(page, link))
        bare.append(opened(page, {}))
        with counted() as cost:
            at_page(page, **link).run(timeout=120)
        most = max(most, cost.bytes)

    one()
    return milliseconds, bare, most


def main() -> None:
    """Parse, measure page by page, print."""
    options = parser(__doc__)
    options.add_argument("--links", type=int, default=200)
    chosen = options.parse_args()
    count = 3 if chosen.short else chosen.links
    logging.disable()
    print(HEAD)
    for page in LINKS:
        milliseconds, bare, most = measure(page, count)
        what = f"{page}: {count} random links, {most / 1000:.0f} kB at most"
        print(Row(what, "ms", milliseconds, "the bare page", bare, "≤ 200 ms, 300 kB", percentile=99), flush=True)
    os._exit(0)  # the workers, started in the background, end with their parent


if __name__ == "__main__":
    main()
