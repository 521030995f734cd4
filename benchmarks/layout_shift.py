"""How far what a learner already sees moves while a page loads: the cumulative layout shift of each page.

    python benchmarks/layout_shift.py [--repetitions 3] [--short]

What the web calls good is at most 0.1 (https://web.dev/cls). Every row is the largest of the repetitions; the baseline
is the smallest Streamlit app there is. Needs requirements-dev.txt and a Chromium.
"""

import servers
from arguments import parser
from playwright.sync_api import Page

PAGES = ("", "channels", "pooling", "network", "train", "compare")
SIZES = {"1400×900": {"width": 1400, "height": 900}, "390×844": {"width": 390, "height": 844}}
BAR = 0.1
# Shifts that follow a learner's own act within half a second are not counted; on a page that loads there is none.
WATCH = """window.shifts = [];
new PerformanceObserver((list) => window.shifts.push(...list.getEntries().filter((shift) => !shift.hadRecentInput)
  .map((shift) => shift.value))).observe({ type: "layout-shift", buffered: true });"""
# At rest: nothing is being loaded, or drawn anew, and so for a second.
AT_REST = """() => {
  const waits = document.querySelector('[data-testid="stSkeleton"], [data-testid="stStatusWidget"]');
  const now = `${Boolean(waits)} ${document.documentElement.scrollHeight} ${window.shifts.length}`;
  if (now !== window.seen) Object.assign(window, { seen: now, since: performance.now() });
  return document.querySelector('[data-testid="stMarkdown"]') && !waits && performance.now() - window.since > 1000;
}"""


def layout_shift(page: Page, url: str) -> float:
    """The sum of all shifts from the request until the page has been at rest for a second."""
    page.add_init_script(WATCH)
    page.goto(url)
    page.wait_for_function(AT_REST, polling=100)
    return sum(page.evaluate("window.shifts"))


def main() -> None:
    """Parse, measure, print each row as soon as it is known."""
    options = parser(__doc__)
    options.add_argument("--repetitions", type=int, default=3)
    chosen = options.parse_args()
    repetitions = 1 if chosen.short else chosen.repetitions
    print("| page | window | layout shift | bar |\n|---|---|---|---|", flush=True)
    with servers.bench(None, repetitions) as bench:
        bench.smallest.write_text(servers.SMALLEST_APP, "utf-8")
        for script, paths in ((bench.smallest, ["the smallest app"]), (bench.app, PAGES)):
            with servers.serve(script) as server:
                for path in paths:
                    url = server.url if script == bench.smallest else f"{server.url}/{path}"
                    for size, viewport in SIZES.items():
                        shifts = [_fresh_visit(bench, url, viewport) for _ in range(repetitions)]
                        bar = "" if script == bench.smallest else f"≤ {BAR}"
                        print(f"| {path or 'convolution'} | {size} | {max(shifts):.3f} | {bar} |", flush=True)


def _fresh_visit(bench: servers.Bench, url: str, viewport: dict[str, int]) -> float:
    phone = viewport["width"] < 500
    context = bench.browser.new_context(viewport=viewport, has_touch=phone, is_mobile=phone, locale="en-US")
    try:
        context.set_default_timeout(servers.LONGEST_MS)
        return layout_shift(context.new_page(), url)
    finally:
        context.close()


if __name__ == "__main__":
    main()
