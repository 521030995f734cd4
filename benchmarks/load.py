"""Many learners at once: how long each of them waits, and what they cost the server.

    python benchmarks/load.py [--only looking] [--learners 50] [--servers 1] [--minutes 1] [--data FOLDER] [--short]

Sessions over websockets on loopback, without a browser, on the same cores as the server. Of each learner: a slider of
the Convolution, the Channels or the Pooling page is moved to a value by chance every five seconds, and it is measured
from the message to the last one of its answer. With several ``--servers`` the learners are shared out among processes,
as a proxy with sticky sessions does it. The baseline is one learner alone, in the same run. Linux, macOS, Windows.
"""

import asyncio
import os
import platform
import random
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from importlib.metadata import version
from itertools import chain

from arguments import parser
from servers import MNIST_SIZE, ROOT, Server, serve
from table import HEAD, Row
from visitor import Answer, Visitor

PAGES = ("convolution", "channels", "pooling")
EVERY_SECONDS = 5.0
OPEN_SECONDS = 10.0  # within which a class opens the first page
ALONE = 12  # interactions of one learner: the baseline
BARS = {50: "150 ms", 100: "400 ms", 150: "1000 ms"}
IDLE_BARS = "≤ 5 MB, ≤ 5 %"


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
        os.environ |= {"CNN_EXPLORER_OFFLINE_DIGITS": MNIST_SIZE}
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


async def opening(servers: list[Server], learners: int, minutes: float) -> AsyncIterator[Row]:
    """A class opens the first page within ten seconds: from the first message to the page's last element."""
    await rest(servers)
    first = [await opened(servers[0].url, 0.0) for _ in range(3)]
    delays = [OPEN_SECONDS * number / learners for number in range(learners)]
    urls = [servers[number % len(servers)].url for number in range(learners)]
    seconds = await asyncio.gather(*map(opened, urls, delays))
    for percentile in (None, 95):
        yield Row(f"{learners} learners open Home", "s", list(seconds), "one alone", first, "≤ 5 s", percentile)


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


PARTS = {part.__name__: part for part in (looking, opening, idle)}


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


async def interactions(here: list[Visitor], minutes: float) -> list[Answer]:
    """Of all visitors for so long, each beginning at a time of its own within the first five seconds."""
    until = time.perf_counter() + 60 * minutes

    async def keep_moving(visitor: Visitor, begin: float) -> list[Answer]:
        await asyncio.sleep(begin)
        found = []
        while (began := time.perf_counter()) < until:
            found.append(await interaction(visitor))
            await asyncio.sleep(max(0.0, began + EVERY_SECONDS - time.perf_counter()))
        return found

    begins = [EVERY_SECONDS * number / len(here) for number in range(len(here))]
    return list(chain.from_iterable(await asyncio.gather(*map(keep_moving, here, begins))))


async def interaction(visitor: Visitor) -> Answer:
    """One of the page's sliders is moved to another of its values."""
    label, slider = random.choice(sorted(visitor.sliders.items()))
    steps = round((slider.max - slider.min) / slider.step)
    return await visitor.move(label, slider.min + slider.step * random.randint(0, steps))


@asynccontextmanager
async def visitors(servers: list[Server], learners: int) -> AsyncIterator[list[Visitor]]:
    """So many sessions, evenly over servers and pages, each page drawn to its end."""
    async with AsyncExitStack() as stack:
        here = []
        for number in range(learners):
            url, page = servers[number % len(servers)].url, PAGES[number % len(PAGES)]
            here.append(await stack.enter_async_context(Visitor(url, page)))
            await here[-1].wait_for(lambda visitor=here[-1]: bool(visitor.sliders))
        yield here


async def opened(url: str, delay: float) -> float:
    """Seconds until Home is there."""
    await asyncio.sleep(delay)
    began = time.perf_counter()
    async with Visitor(url, "") as visitor:
        await visitor.wait_for(lambda: visitor.received > 0)
        return time.perf_counter() - began


async def rest(servers: list[Server]) -> None:
    """Waits until none of them does anything."""
    for server in servers:
        await asyncio.to_thread(server.wait_for_rest)


def processor_seconds(servers: list[Server]) -> float:
    """Of the servers' own processes together."""
    return sum(sum(server.process.cpu_times()[:2]) for server in servers)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
