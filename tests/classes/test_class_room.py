"""A class: answers by browser, counted by slip, within bounds, whatever threads do."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from explorer.classes.class_room import ClassRoom
from explorer.classes.class_rooms import SIGNS, ClassRooms
from explorer.classes.question import RIGHT, UNKNOWN, ClassQuestion, Label, question_of
from explorer.core import limits
from explorer.core.errors import SettingError
from explorer.core.exercises.every import EXERCISES
from explorer.core.exercises.exercise import Exercise
from explorer.core.exercises.slips import SLIPS
from explorer.core.exercises.worked import spell

PLACE, PARAMETERS = question_of("home_place", 1), question_of("channels_parameters", 1)


def typed(question: ClassQuestion, slip: str = "") -> str:
    """The answer of that slip, the right one without, as a student types it."""
    worked = question.asked.slips[slip] if slip else question.right
    return " ".join(spell(number, 6).replace("−", "-").replace(",", "") for number in worked.answer)


def label(question: ClassQuestion, slip: str) -> Label:
    return Label(SLIPS[slip], question.asked.slips[slip].answer)


RIGHT_PLACE, FROM_ONE = typed(PLACE), typed(PLACE, "counted_from_one")


class Clock:
    """Seconds that pass when the test says so."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def rooms(clock: Clock) -> ClassRooms:
    return ClassRooms(clock)


@pytest.fixture
def room(rooms: ClassRooms) -> ClassRoom:
    return rooms.open("lecturer", PLACE)


def test_answers_are_counted_by_what_came_of_them(room: ClassRoom) -> None:
    """Right first, then slips, the most frequent first, and last what nobody knows; nothing before it is revealed."""
    columns = typed(PLACE, "column_by_column")
    for student, text in enumerate(
        [RIGHT_PLACE, FROM_ONE, FROM_ONE, f" {RIGHT_PLACE} ", columns, f"{RIGHT_PLACE},0", "7"]
    ):
        room.answer(f"student {student}", 1, text)
    assert () == room.state().spread
    room.reveal()
    state = room.state()
    assert (7, 7) == (state.students, state.answered)
    slips = (label(PLACE, "counted_from_one"), 2), (label(PLACE, "column_by_column"), 1)
    assert ((RIGHT, 3), *slips, (UNKNOWN, 1)) == state.spread


def test_a_browser_has_one_answer(room: ClassRoom) -> None:
    """Which can be changed until all are shown."""
    room.answer("a", 1, FROM_ONE)
    room.answer("a", 1, RIGHT_PLACE)
    room.reveal()
    with pytest.raises(SettingError, match="no more"):
        room.answer("a", 1, FROM_ONE)
    assert ((RIGHT, 1),) == room.state().spread
    assert RIGHT_PLACE == room.answer_of("a").text


def test_what_is_no_answer_is_refused_with_the_way_out(room: ClassRoom) -> None:
    """And nobody is counted for it."""
    for text, why in (("", "Type your answer"), ("many", "no number"), ("1" * 41, "41 char")):
        with pytest.raises(SettingError, match=why):
            room.answer("a", 1, text)
    assert 0 == room.state().answered


def test_a_new_question_begins_anew(room: ClassRoom) -> None:
    """The students stay; an answer to the one before, sent a moment late, does not count for the new one."""
    room.answer("a", 1, RIGHT_PLACE)
    room.reveal()
    room.ask(PARAMETERS)
    state = room.state()
    assert (PARAMETERS, 2, False, 1, 0) == (
        state.question,
        state.round,
        state.is_revealed,
        state.students,
        state.answered,
    )
    with pytest.raises(SettingError, match="another question"):
        room.answer("a", 1, RIGHT_PLACE)
    assert room.answer_of("a") is None


def test_many_answer_at_once(room: ClassRoom) -> None:
    """From as many threads as come: none is lost, none counted twice."""
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda n: room.answer(f"student {n % 200}", 1, (FROM_ONE, RIGHT_PLACE)[n % 2]), range(1000)))
    room.reveal()
    assert ((RIGHT, 100), (label(PLACE, "counted_from_one"), 100)) == room.state().spread


def test_a_full_class_takes_no_more(monkeypatch: pytest.MonkeyPatch, room: ClassRoom) -> None:
    """Who is in it goes on answering."""
    monkeypatch.setattr(limits, "MAX_CLASS_STUDENTS", 2)
    room.enter("a")
    room.answer("b", 1, RIGHT_PLACE)
    with pytest.raises(SettingError, match="full: 2 browsers"):
        room.answer("c", 1, RIGHT_PLACE)
    room.answer("a", 1, RIGHT_PLACE)
    assert 2 == room.state().answered


def test_a_server_has_room_for_so_many(monkeypatch: pytest.MonkeyPatch, rooms: ClassRooms) -> None:
    """And for fewer of one lecturer; one that has ended makes room."""
    monkeypatch.setattr(limits, "MAX_CLASSES", 4)
    monkeypatch.setattr(limits, "MAX_LEARNER_CLASSES", 3)
    first, *_ = [rooms.open("one", PLACE) for _ in range(3)]
    with pytest.raises(SettingError, match="3 classes of yours are open"):
        rooms.open("one", PLACE)
    rooms.open("another", PLACE)
    with pytest.raises(SettingError, match="4 classes are open on this server"):
        rooms.open("a third", PLACE)
    rooms.end(first)
    assert "one" == rooms.open("one", PLACE).owner


def test_a_class_ends_with_the_lesson(clock: Clock, rooms: ClassRooms, room: ClassRoom) -> None:
    """After three hours nobody finds it, with its code or its secret."""
    clock.seconds = limits.MAX_CLASS_SECONDS - 1
    assert room is rooms.find(room.code) is rooms.steered_by(room.secret)
    clock.seconds += 1
    assert rooms.find(room.code) is rooms.steered_by(room.secret) is None


def test_a_code_is_found_however_it_is_typed(rooms: ClassRooms, room: ClassRoom) -> None:
    """In small letters, with spaces; its secret is another thing, and steers nothing as a code."""
    assert set(room.code) <= set(SIGNS)
    assert room is rooms.find(f" {room.code[:3].lower()} {room.code[3:].lower()}")
    assert rooms.find(room.secret) is rooms.steered_by(room.code) is rooms.find("") is None


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.name)
def test_a_class_can_be_asked_any_exercise(exercise: Exercise) -> None:
    """On fixed numbers, the same ones for the same seed; answers are judged as on the exercise's own page."""
    question = question_of(exercise.name, 3)
    question_of.cache_clear()
    assert str(question.sentence) == str(question_of(exercise.name, 3).sentence)
    assert RIGHT == question.label(typed(question))
    known = {slip: question.label(typed(question, slip)) for slip in question.asked.slips}
    assert known == {slip: label(question, slip) for slip in known}


def test_what_the_page_would_show_is_given_with_the_question() -> None:
    """Input and kernel of a value; the layers of a network, but not what they are asked for."""
    value = question_of("conv_cell", 1)
    assert list(value.given.grids) == ["Input", "Kernel"]
    assert value.given.code[1].startswith("Conv2d(1, 1, kernel_size=")
    network = question_of("network_in_features", 1)
    assert any("Linear(?, " in line for line in network.given.code)
    assert not any(typed(network) in line for line in network.given.code)
