"""Many learners at once: how long each of them waits, and what they cost the server.

    python benchmarks/load.py [--only looking] [--learners 50] [--servers 1] [--minutes 1] [--data FOLDER] [--short]

Sessions over websockets on loopback, without a browser but for some that open a page, on the same cores as the server.
Of each learner: a slider of the Convolution, the Channels or the Pooling page is moved to a value by chance every five
seconds, and it is measured from the message to the last one of its answer. With several ``--servers`` the learners are
shared out among processes, as a proxy with sticky sessions does it. The baseline is one learner alone, in the same run.
Linux, macOS, Windows.
"""

import asyncio
import os
import platform
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from importlib.metadata import version
from itertools import pairwise
from statistics import mean

from arguments import parser
from learners import LONG_RUN, PAGES, Starter, Steps, come_and_go, interaction, interactions, opened, painted, visitors
from servers import ROOT, Server, serve
from table import HEAD, Row
from visitor import Answer, Visitor

OPEN_SECONDS = 10.0  # within which a class opens the first page
ALONE = 12  # interactions of one learner: the baseline
BARS = {50: "150 ms", 100: "400 ms", 150: "1000 ms"}
IDLE_BARS = "≤ 5 MB, ≤ 5 %"
OFFLINE_DIGITS = "20000"
MOST_RUNS = "200"


async def main() -> None:
    """Parse, measure, print each row as soon as it is known."""
    options = parser(__doc__)
    options.add_argument("--only", choices=PARTS, action="append")
    options.add_argument("--learners", type=int, default=50)
    options.add_argument("--servers", type=int, default=1)
    options.add_argument("--minutes", type=float, default=1.0)
    chosen = options.parse_args()
    if chosen.short:
        chosen.learners, chosen.minutes = 4, 0.2
    print(f"Python {platform.python_version()}, Streamlit {version('streamlit')}, {os.cpu_count()} cores, "
          f"{chosen.learners} learners, {chosen.servers} server processes\n")  # fmt: skip
    print(HEAD, flush=True)
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
        os.environ |= {"XDG_CACHE_HOME": folder, "WIN_PD_OVERRIDE_LOCAL_APPDATA": folder}
        os.environ |= {"CNN_EXPLORER_CHECKPOINTS": f"{folder}/checkpoints"}
        os.environ |= {"CNN_EXPLORER_DATA": str(chosen.data)} if chosen.data else {}
        os.environ |= {"CNN_EXPLORER_OFFLINE_DIGITS": OFFLINE_DIGITS, "CNN_EXPLORER_MAX_RUNS_KEPT": MOST_RUNS}
        for part in chosen.only or PARTS:
            with ExitStack() as started:
                servers = [started.enter_context(serve(ROOT / "app.py")) for _ in range(chosen.servers)]
                async for line in PARTS[part](servers, chosen.learners, chosen.minutes):
                    print(line, flush=True)


async def looking(servers: list[Server], learners: int, minutes: float) -> AsyncIterator[Row | str]:
    """Learners who move sliders, every five seconds each."""
    alone = await baseline(servers)
    before, began = processor_seconds(servers), time.perf_counter()
    async with visitors(servers, learners) as here:
        found = await interactions(here, minutes)
        used = (processor_seconds(servers) - before) / (time.perf_counter() - began)
        failed = [failure for visitor in here for failure in visitor.failures]
    for row in answers(f"{learners} learners", found, alone, BARS.get(learners, "")):
        yield row
    yield f"\n{len(found)} interactions, {len(failed)} failed; {100 * used:.0f} % of a core\n"
    for failure in failed[:3]:
        yield f"failed: {failure}"


async def beside_training(servers: list[Server], learners: int, minutes: float) -> AsyncIterator[Row | str]:
    """The same while a run trains, and what they leave it of its speed."""
    alone = await baseline(servers)
    steps = Steps()
    async with Visitor(servers[0].url, "train", LONG_RUN, on_text=steps.read) as trainer:
        await trainer.wait_for(lambda: trainer.has("Start"))
        await trainer.press("Start")
        await trainer.wait_for(lambda: bool(steps.seen))
        quiet = [await steps.images_a_second(minutes * 20) for _ in range(3)]
        async with visitors(servers, learners) as here:
            found = await interactions(here, minutes)
            watched = [await steps.images_a_second(minutes * 20, interactions(here, minutes / 3)) for _ in range(3)]
        await trainer.press("Stop")
    for row in answers(f"{learners} learners while a run trains", found, alone, "500 ms"):
        yield row
    yield Row("the run's speed beside them", "images/s", watched, "before they came", quiet, "≥ 0.5 ×")


async def opening(servers: list[Server], learners: int, minutes: float) -> AsyncIterator[Row]:
    """A class opens the first page within ten seconds: to its last element, and of three to the painted answer."""
    await rest(servers)
    url = servers[0].url
    alone, files = await asyncio.to_thread(painted, url, [0.0] * 3)
    first = [await opened(url, 0.0, files) for _ in range(3)]
    delays = [OPEN_SECONDS * number / learners for number in range(learners)]
    urls = [servers[number % len(servers)].url for number in range(learners)]
    browsers = asyncio.create_task(asyncio.to_thread(painted, url, [OPEN_SECONDS * share for share in (0.2, 0.5, 0.8)]))
    seconds = await asyncio.gather(*(opened(*one, files) for one in zip(urls, delays, strict=True)))
    yield Row(f"{learners} learners open Home", "s", list(seconds), "one alone", first, "", 95)
    seconds, _ = await browsers
    yield Row(f"three browsers among {learners} learners show the digit read", "s", seconds, "alone", alone, "≤ 5 s")


async def idle(servers: list[Server], learners: int, minutes: float) -> AsyncIterator[str]:
    """Learners who have opened a page and do nothing more: four times as many as look."""
    learners *= 4
    await rest(servers)
    async with visitors(servers, len(PAGES)):
        empty = sum(server.megabytes() for server in servers)
    async with visitors(servers, learners):
        await rest(servers)
        held = sum(server.megabytes() for server in servers) - empty
        before, began = processor_seconds(servers), time.perf_counter()
        await asyncio.sleep(60 * minutes)
        used = (processor_seconds(servers) - before) / (time.perf_counter() - began)
    yield f"\n{learners} idle learners: {held / learners:.2f} MB each, {100 * used:.1f} % of a core ({IDLE_BARS})\n"


async def starting(servers: list[Server], learners: int, minutes: float) -> AsyncIterator[Row | str]:
    """Learners who press Start in one moment: when each one's run begins, and whether in the order of the presses."""
    await rest(servers)
    alone = [await Starter(servers[0].url).train() for _ in range(3)]
    starters = [Starter(servers[number % len(servers)].url) for number in range(learners)]
    seconds = await asyncio.gather(*(starter.train() for starter in starters))
    order = sorted(starters, key=lambda starter: starter.began)
    overtaken = sum(later.pressed < earlier.pressed for earlier, later in pairwise(order))
    yield Row(f"{learners} press Start at once, each one's run begins", "s", list(seconds), "one alone", alone, "")
    ended = sum(starter.ended for starter in starters)
    yield f"\n{ended} of {learners} runs finished; {overtaken} began before one whose Start was pressed earlier\n"


async def staying(servers: list[Server], learners: int, minutes: float) -> AsyncIterator[str]:
    """Learners who come, look, train and leave, for so long: the servers' own memory, minute by minute."""
    await rest(servers)
    until, held = time.perf_counter() + 60 * minutes, []
    urls = [servers[number % len(servers)].url for number in range(learners)]
    here = asyncio.gather(*(come_and_go(url, until) for url in urls))
    while time.perf_counter() < until and not here.done():  # before its time: a learner had no answer
        await asyncio.wait([here], timeout=min(60.0, 6 * minutes))
        held.append(sum(server.megabytes() for server in servers))
        yield f"{held[-1]:.0f} MB"
    visits = sum(await here)
    third = max(1, len(held) // 3)
    early, late = mean(held[third : 2 * third]), mean(held[-third:])
    yield f"\n{visits} visits of {learners} learners in {minutes:g} minutes"
    yield f"the last third against the second: {100 * (late / early - 1):+.1f} %\n"


PARTS = {part.__name__: part for part in (looking, beside_training, opening, idle, starting, staying)}


async def baseline(servers: list[Server]) -> list[Answer]:
    """What one learner alone gets, and a server at rest."""
    await rest(servers)
    found = []
    async with visitors(servers, len(PAGES)) as here:
        for number in range(ALONE):
            found.append(await interaction(here[number % len(here)]))
    return found


def answers(who: str, found: list[Answer], alone: list[Answer], bar: str) -> Iterator[Row]:
    """The rows of interactions: median and p95 of the wait, and the bytes."""
    waits, base = ([one.milliseconds for one in some] for some in (found, alone))
    for percentile in (None, 95):
        limit = f"≤ {bar}" if percentile and bar else ""
        yield Row(f"{who}, a slider moved → last message", "ms", waits, "one alone", base, limit, percentile)
    sizes, base = ([one.size / 1e3 for one in some] for some in (found, alone))
    yield Row(f"{who}, what a move sends", "kB", sizes, "one alone", base, "≤ 12 kB")


async def rest(servers: list[Server]) -> None:
    """Waits until none of them does anything."""
    for server in servers:
        await asyncio.to_thread(server.wait_for_rest)


def processor_seconds(servers: list[Server]) -> float:
    """Of the servers' own processes together."""
    return sum(sum(server.process.cpu_times()[:2]) for server in servers)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
