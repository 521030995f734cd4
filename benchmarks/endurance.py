"""Whether server and browser stay as large as they are while a run trains for a long time before an open page.

    python benchmarks/endurance.py [--data FOLDER] [--minutes 30] [--short]

A run with batches of 4 (some 800 to 1,300 steps a second: over a million in half an hour) on the open Train page;
every 30 s the resident memory of the server's own process and of the browser tab's, and the tab's JavaScript heap after
a collection. Growth is that of the last five minutes' mean over minutes five to ten. Linux, macOS, Windows; needs a
Chromium.
"""

import os
import re
import sys
import time
from dataclasses import dataclass
from statistics import mean

import psutil
import servers
from arguments import parser
from playwright.sync_api import CDPSession, Page

SAMPLE_SECONDS = 30
STEP = re.compile(r"step ([\d,]+) of")  # in the progress line
LONG_RUN = {"epochs": 500, "batch_size": 4, "lr": 0.001}  # longer than it is watched, however fast the machine


@dataclass(frozen=True)
class Sample:
    """Minutes since the beginning, steps trained, and megabytes of the server, the tab's process, and its heap."""

    minutes: float
    step: str
    server: float
    tab: float
    heap: float


def main() -> None:
    """Parse, train, measure, print."""
    options = parser(__doc__)
    options.add_argument("--minutes", type=float, default=30)
    chosen = options.parse_args()
    minutes = SAMPLE_SECONDS / 60 if chosen.short else chosen.minutes
    os.environ["CNN_EXPLORER_MAX_EPOCHS"] = str(LONG_RUN["epochs"])  # of the server, which takes 50 by itself
    with (
        servers.bench(chosen.data) as bench,
        servers.serve(bench.app) as server,
        servers.training_page(bench, server, **LONG_RUN) as page,
    ):
        samples = watch(page, server, minutes)
    early = [sample for sample in samples if 5 <= sample.minutes < 10] or samples[:1]
    late = samples[-10:] if minutes >= 15 else samples[-1:]
    print("\n| | minutes 5 to 10 | the last five | growth | bar |\n|---|---|---|---|---|")
    for what in ("server", "tab", "heap"):
        before, after = (mean(getattr(sample, what) for sample in part) for part in (early, late))
        print(f"| {what} | {before:.1f} MB | {after:.1f} MB | {after / before - 1:+.1%} | ≤ 5 % |")
    print(f"\n{samples[-1].step} after {samples[-1].minutes:.0f} minutes")


def watch(page: Page, server: servers.Server, minutes: float) -> list[Sample]:
    """A sample every SAMPLE_SECONDS, printed as it is taken."""
    session, began, samples = page.context.new_cdp_session(page), time.monotonic(), []
    renderer = max(_renderers(), key=lambda process: process.memory_info().rss)
    print("| minute | step | server MB | tab MB | heap MB |\n|---|---|---|---|---|")
    while (passed := time.monotonic() - began) < minutes * 60:
        page.wait_for_timeout(SAMPLE_SECONDS * 1000)
        step = STEP.search(page.get_by_text(STEP).inner_text())[1]
        sample = Sample(
            passed / 60, f"step {step}", server.megabytes(), renderer.memory_info().rss / 1e6, _heap(session)
        )
        samples.append(sample)
        print(
            f"| {sample.minutes:.1f} | {step} | {sample.server:.1f} | {sample.tab:.1f} | {sample.heap:.1f} |",
            flush=True,
        )
    return samples


def _heap(session: CDPSession) -> float:
    session.send("HeapProfiler.collectGarbage")
    return session.send("Runtime.getHeapUsage")["usedSize"] / 1e6


def _renderers() -> list[psutil.Process]:
    children = psutil.Process().children(recursive=True)
    return [process for process in children if "--type=renderer" in process.cmdline()]


if __name__ == "__main__":
    sys.exit(main())
