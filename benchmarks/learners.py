"""What the learners of load.py do: move sliders, open a page, press Start and look on."""

import asyncio
import http.client
import random
import re
import time
from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import chain
from urllib.parse import urlsplit

from servers import Server, chromium, tab
from visitor import Answer, Visitor

PAGES = ("convolution", "channels", "pooling")
EVERY_SECONDS = 5.0
RUN = "train_data=offline&train_recipe=lecture&train_epochs=3&train_images=2000"  # a second or two
BATCH_SIZE = 4
LONG_RUN = f"train_data=offline&train_recipe=lecture&train_epochs=50&train_batch_size={BATCH_SIZE}"
STEP = re.compile(r"step ([\d,]+) of")
TRAINING_SHARE = 0.3  # of the visits of those who come and go
INTERACTIONS = 5  # in a visit without a training
LONGEST_SECONDS = 600.0  # until the last of a class has trained


class Steps:
    """How far a run on the Train page is, read from its progress line."""

    def __init__(self) -> None:
        self.seen = 0

    def read(self, text: str) -> None:
        """Takes a text of the page."""
        if found := STEP.search(text):
            self.seen = int(found[1].replace(",", ""))

    async def images_a_second(self, seconds: float, meanwhile: Awaitable[object] | None = None) -> float:
        """Images a second for so long, or while that lasts."""
        before, began = self.seen, time.perf_counter()
        await (meanwhile or asyncio.sleep(seconds))
        return BATCH_SIZE * (self.seen - before) / (time.perf_counter() - began)


class Starter:
    """A learner who opens the Train page, presses Start, and looks on until the run has ended."""

    def __init__(self, url: str) -> None:
        self.url, self.pressed, self.began, self.ended = url, 0.0, 0.0, False

    async def train(self) -> float:
        """Seconds from the press to the run's first step."""
        async with Visitor(self.url, "train", RUN, on_text=self._read) as visitor:
            await visitor.wait_for(lambda: visitor.has("Start"))
            self.pressed = time.perf_counter()
            await visitor.press("Start")
            await visitor.wait_for(lambda: self.ended, seconds=LONGEST_SECONDS)
        return self.began - self.pressed

    def _read(self, text: str) -> None:
        if text.startswith(("Training", "Finished")) and not self.began:
            self.began = time.perf_counter()
        self.ended |= text.startswith("Finished")


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


async def opened(url: str, delay: float, files: list[str]) -> float:
    """Seconds until Home is there, its files fetched meanwhile as a browser does that has none of them."""
    await asyncio.sleep(delay)
    began = time.perf_counter()
    fetching = asyncio.create_task(asyncio.to_thread(fetch, url, files))
    async with Visitor(url, "") as visitor:
        await visitor.wait_for(lambda: visitor.received > 0)
        found = time.perf_counter() - began
    await fetching
    return found


def fetch(url: str, files: list[str]) -> None:
    """Over one connection."""
    line = http.client.HTTPConnection(urlsplit(url).netloc)
    for file in files:
        line.request("GET", file, headers={"accept-encoding": "gzip"})
        line.getresponse().read()
    line.close()


def painted(url: str, delays: Sequence[float]) -> tuple[list[float], list[str]]:
    """Seconds until a browser that opens Home at each of these moments has read the digit there; all files it got."""
    seconds, files = [], []
    with chromium() as browser:
        start = time.perf_counter()
        for delay in delays:
            time.sleep(max(0.0, start + delay - time.perf_counter()))
            with tab(browser) as page:
                page.on("request", lambda request: files.append(urlsplit(request.url)))
                began = time.perf_counter()
                page.goto(url, wait_until="commit")
                page.get_by_text("Read as 7").first.wait_for()
                seconds.append(time.perf_counter() - began)
    return seconds, sorted({file.path for file in files if file.netloc == urlsplit(url).netloc})


async def come_and_go(url: str, until: float) -> int:
    """One learner, until then: looks at a page or trains a network, leaves, and comes back; the number of visits."""
    visits = 0
    while time.perf_counter() < until:
        visits += 1
        if random.random() < TRAINING_SHARE:
            await Starter(url).train()
            continue
        async with Visitor(url, random.choice(PAGES)) as visitor:
            await visitor.wait_for(lambda visitor=visitor: bool(visitor.sliders))
            for _ in range(INTERACTIONS):
                await interaction(visitor)
                await asyncio.sleep(EVERY_SECONDS)
    return visits
