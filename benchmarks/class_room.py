"""A class of forty answers within a second, and how long it takes until the lecturer's page shows each of them.

    python benchmarks/class_room.py [--students 40] [--questions 10] [--short]

Server and visitors share the machine's cores. The students' pages are open and poll as a browser's do. Per question as
many answers are sent as there are students, evenly over one second; the k-th is shown when the lecturer's page gets the
message that k have answered. The lecturer's page polls every half second, which is the baseline. The bar: 1 s.
"""

import asyncio
import re
import sys
import time
from contextlib import AsyncExitStack
from pathlib import Path

from arguments import parser
from servers import ROOT, Server, serve
from table import HEAD, Row
from visitor import Visitor

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from explorer.classes.class_rooms import ClassRooms
from explorer.classes.question import question_of
from explorer.core.exercises.every import EXERCISES
from explorer.ui.lecturer.class_steering import POLL_SECONDS

COUNT = re.compile(r"^(\d+) of (\d+) student")


class Board:
    """When the lecturer's page first said that so many have answered the present question."""

    def __init__(self) -> None:
        self.times: list[float] = []
        self.answered = 0

    def read(self, text: str) -> None:
        """Takes a text of the page."""
        if said := COUNT.match(text):
            self.answered = int(said[1])
            self.times += [time.perf_counter()] * (self.answered - len(self.times))


async def lesson(server: Server, students: int, questions: int) -> tuple[list[float], float]:
    """Milliseconds from an answer's sending to the lecturer's page, of every answer; and the server's CPU for one."""
    board, milliseconds, used, url = Board(), [], 0.0, server.url
    async with AsyncExitStack() as stack:
        front = await stack.enter_async_context(Visitor(url, "lecturer", on_text=board.read))
        await front.wait_for(lambda: front.has("Open a class"))
        await front.press("Open a class")
        await front.wait_for(lambda: any("code=" in code for code in front.codes))
        (code,) = {code.partition("?")[2] for code in front.codes if "code=" in code}
        here = [await stack.enter_async_context(Visitor(url, "class", code)) for _ in range(students)]
        for student in here:
            await student.wait_for(lambda student=student: student.has("Your answer"))
        for _ in range(questions):
            board.times.clear()
            before = sum(server.process.cpu_times()[:2])
            sent = await answers(here)
            await front.wait_for(lambda: len(board.times) == students)
            used += 1000 * (sum(server.process.cpu_times()[:2]) - before)
            milliseconds += [1000 * (shown - said) for said, shown in zip(sent, board.times, strict=True)]
            await front.press("Ask this question")
            await front.wait_for(lambda: board.answered == 0)
            await asyncio.sleep(6)  # all pages have asked again, and show the new question
    return milliseconds, used / len(milliseconds)


async def answers(students: list[Visitor]) -> list[float]:
    """Has each answer, evenly within a second; when each was sent."""
    sent, began = [], time.perf_counter()
    for number, student in enumerate(students):
        await asyncio.sleep(max(0.0, began + number / len(students) - time.perf_counter()))
        sent.append(time.perf_counter())
        await student.press("Send", Your_answer=str(23 + number % 3))
    return sent


def microseconds(count: int) -> float:
    """What one answer costs in the class itself."""
    room = ClassRooms().open("lecturer", question_of(EXERCISES[0].name, 1))
    began = time.perf_counter()
    for number in range(count):
        room.answer(str(number % 400), 1, "23")
    return 1e6 * (time.perf_counter() - began) / count


def main() -> None:
    """Parse, measure, print."""
    options = parser(__doc__)
    options.add_argument("--students", type=int, default=40)
    options.add_argument("--questions", type=int, default=10)
    chosen = options.parse_args()
    students, questions = (4, 2) if chosen.short else (chosen.students, chosen.questions)
    with serve(ROOT / "app.py") as server:
        server.wait_for_rest()
        found, used = asyncio.run(lesson(server, students, questions))
    poll = [1000 * POLL_SECONDS] * len(found)
    print(HEAD)
    for percentile in (None, 95):
        print(Row(f"{students} answers a second, each shown", "ms", found, "the poll", poll, "1000 ms", percentile))
    print(f"\nthe server's CPU for an answer, all polls included: {used:.1f} ms")
    print(f"an answer in the class itself: {microseconds(2000):.0f} µs")


if __name__ == "__main__":
    main()
