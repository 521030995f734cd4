"""The verdict on an attempt in the page's language, and the chains of computation that are shown with it."""

from explorer.components.exercise import Chain
from explorer.components.exercise.message import Kind
from explorer.core.exercises.slips import SLIPS
from explorer.ui.exercises.attempt import Asked, Attempt
from explorer.ui.language import explain_error, join_sentences, mark, t
from explorer.ui.written_answer import written

WORDS = {"differs": mark("here it goes wrong"), "chains": mark("The computation, line by line")}


def verdict_kind(attempt: Attempt) -> Kind:
    """What kind of verdict it is; "" before there is one."""
    if attempt.verdict:
        return "right" if attempt.verdict.is_right else "wrong"
    return "wrong" if attempt.problem else "shown" if attempt.is_given_up else ""


def verdict_text(now: Asked) -> str:
    """One or two sentences: whether it is right, and which slip leads to it."""
    attempt, question = now.attempt, now.question
    if question is None:
        return ""
    if attempt.problem:
        return explain_error(attempt.problem)
    if attempt.verdict is None:
        right = written(now.exercise, question.right.answer)
        return t("The answer is {answer}.", answer=right) if attempt.is_given_up else ""
    answer = written(now.exercise, attempt.answer)
    if attempt.verdict.is_right:
        return t("{answer} is right.", answer=answer)
    if slips := [t(SLIPS[name]) for name in attempt.verdict.slips]:
        if len(slips) == 1:
            return join_sentences(t("{answer} comes from a slip.", answer=answer), *slips)
        first = t("{answer} comes from one of several slips; “New numbers” tells them apart.", answer=answer)
        return join_sentences(first, *(f"({number}) {slip}" for number, slip in enumerate(slips, 1)))
    return t(
        "{answer} is not right, and no slip that is known here leads to it. Try again, or press “Show me”.",
        answer=answer,
    )


def chains(now: Asked) -> list[Chain]:
    """The chain of each slip that may be the learner's, the line marked at which it leaves the right one; then that."""
    attempt, question = now.attempt, now.question
    if question is None or not attempt.is_revealed:
        return []
    right = question.right
    if not (attempt.verdict and attempt.verdict.slips):
        return [Chain(t("How to compute it"), right.lines)]
    slips = [question.slips[name] for name in attempt.verdict.slips]
    numbers = [f" ({number})" for number in range(1, len(slips) + 1)] if len(slips) > 1 else [""]
    mine = [
        Chain(t("Your computation") + number, slip.lines, slip.first_other_line(right))
        for number, slip in zip(numbers, slips, strict=True)
    ]
    return [*mine, Chain(t("The right one"), right.lines)]
