"""The owner's password cannot be found by trying."""

from explorer.core import limits
from explorer.ui.owner.password_gate import MINUTE, PasswordGate, Verdict

RIGHT = "correct horse battery"


class Clock:
    """The seconds that a test says."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_right_password_is_taken_and_no_other() -> None:
    """Not a part of it, not more than it, nothing in another script; where there is no password, none is right."""
    gate = PasswordGate(Clock())
    assert gate.check(RIGHT, RIGHT) is Verdict.RIGHT
    for wrong in ("", RIGHT[:-1], RIGHT + " ", "密码", "\ud800"):
        assert gate.check(wrong, RIGHT) is Verdict.WRONG
    assert gate.check("", "") is Verdict.WRONG


def test_a_minute_takes_a_few_wrong_ones() -> None:
    """Then even the right one has to wait, or a guesser would learn from the answer; and it is taken again later."""
    clock = Clock()
    gate = PasswordGate(clock)
    for _ in range(limits.MAX_PASSWORD_TRIES):
        assert gate.check("guess", RIGHT) is Verdict.WRONG
    assert gate.check("guess", RIGHT) is Verdict.TOO_MANY
    assert gate.check(RIGHT, RIGHT) is Verdict.TOO_MANY
    clock.now = MINUTE - 1
    assert gate.check(RIGHT, RIGHT) is Verdict.TOO_MANY
    clock.now = MINUTE
    assert gate.check(RIGHT, RIGHT) is Verdict.RIGHT
