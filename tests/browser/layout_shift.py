"""How far what is seen moves while a page loads: the sum of Chromium's layout shifts. Also a benchmark's."""

from playwright.sync_api import Page

GOOD = 0.1  # what the web calls so: https://web.dev/articles/cls
PAGES = ("", "convolution", "channels", "pooling", "network", "train", "inside", "compare", "gpu", "help", "lecturer")
SIZES = {"1400×900": {"width": 1400, "height": 900}, "390×844": {"width": 390, "height": 844}}

# Shifts right after a learner's own act are not counted; on a page that loads there is none.
WATCH = """window.shifts = [];
new PerformanceObserver((list) => window.shifts.push(...list.getEntries().filter((shift) => !shift.hadRecentInput)
  .map((shift) => shift.value))).observe({ type: "layout-shift", buffered: true });"""
# The slowest of servers: each of its messages is drawn before the next one is there.
ONE_BY_ONE = """const { addEventListener } = WebSocket.prototype;
WebSocket.prototype.addEventListener = function (type, listener, ...rest) {
  if (type !== "message") return addEventListener.call(this, type, listener, ...rest);
  const waiting = [];
  const next = () => {
    if (!waiting.length) return;
    listener.call(this, waiting[0]);
    requestAnimationFrame(() => requestAnimationFrame(() => (waiting.shift(), next())));
  };
  addEventListener.call(this, type, (message) => waiting.push(message) > 1 || next(), ...rest);
};"""
# At rest: nothing is being fetched, and nothing has moved or grown for a second.
AT_REST = """() => {
  const waits = document.querySelector('[data-testid="stSkeleton"], [data-testid="stStatusWidget"]');
  const height = document.querySelector('[data-testid="stMain"]')?.scrollHeight;
  const now = `${Boolean(waits)} ${height} ${window.shifts.length}`;
  if (now !== window.seen) Object.assign(window, { seen: now, since: performance.now() });
  return document.querySelector('[data-testid="stMarkdown"]') && !waits && performance.now() - window.since > 1000;
}"""


def layout_shift(page: Page, url: str) -> float:
    """The sum of all shifts from the request until the page has been at rest for a second.

    Of a page drawn message by message: a busy server's parts come one by one, and what moves depends on no load.
    """
    page.add_init_script(WATCH)
    page.add_init_script(ONE_BY_ONE)
    page.goto(url)
    page.wait_for_function(AT_REST, polling=100)
    return sum(page.evaluate("window.shifts"))
