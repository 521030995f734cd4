"""How far what a learner already sees moves while a page loads: the cumulative layout shift of each page.

    python benchmarks/layout_shift.py [--repetitions 3] [--short]

Every row is the largest of the repetitions, each a first visit; the baseline is the smallest Streamlit app there is.
What the web calls good is at most 0.1. Needs requirements-dev.txt and a Chromium.
"""

import servers
from arguments import parser

from tests.browser.layout_shift import GOOD, PAGES, SIZES, layout_shift


def main() -> None:
    """Parse, measure, print each row as soon as it is known."""
    options = parser(__doc__)
    options.add_argument("--repetitions", type=int, default=3)
    chosen = options.parse_args()
    repetitions = 1 if chosen.short else chosen.repetitions
    print("| page | window | layout shift | bar |\n|---|---|---|---|", flush=True)
    with servers.bench(None, repetitions) as bench:
        bench.smallest.write_text(servers.SMALLEST_APP, "utf-8")
        with servers.serve(bench.smallest) as server:
            _rows(bench, "the smallest app", server, "", "")
        with servers.serve(bench.app) as server:
            for name in PAGES:
                _rows(bench, name or "home", server, f"/{name}", f"≤ {GOOD}")


def _rows(bench: servers.Bench, what: str, server: servers.Server, path: str, bar: str) -> None:
    with servers.tab(bench.browser) as page:
        servers.open_page(page, server)  # it has started when it answers
    for size, viewport in SIZES.items():
        shifts = [_first_visit(bench, server.url + path, viewport) for _ in range(bench.repetitions)]
        print(f"| {what} | {size} | {max(shifts):.3f} | {bar} |", flush=True)


def _first_visit(bench: servers.Bench, url: str, viewport: dict[str, int]) -> float:
    phone = viewport["width"] < 500
    context = bench.browser.new_context(viewport=viewport, has_touch=phone, is_mobile=phone, locale="en-US")
    try:
        context.set_default_timeout(servers.LONGEST_MS)
        return layout_shift(context.new_page(), url)
    finally:
        context.close()


if __name__ == "__main__":
    main()
