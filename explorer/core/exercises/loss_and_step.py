"""Questions about the loss of an image, and about one step of SGD."""

from math import exp, log, log10

from explorer.core.errors import say
from explorer.core.exercises.question import Question, question
from explorer.core.exercises.training_state import TrainingState
from explorer.core.exercises.worked import Worked, factor, result, spell


def guessing_loss(state: TrainingState) -> Question:
    """The loss where all classes have the same probability."""
    count = state.classes

    def compute(slip: str) -> Worked:
        if slip == "probability_for_loss":
            return result(1 / count, f"1 / {count} = {spell(1 / count, 3)}")
        name, value = ("log10", log10(count)) if slip == "log_of_ten" else ("ln", log(count))
        return result(value, f"p = 1 / {count}", f"−{name}(1 / {count}) = {spell(value, 3)}")

    asked = say(
        "A network that knows nothing gives {count} classes the same probability. What is its loss, to two decimals?",
        count=count,
    )
    return question(asked, compute, ("log_of_ten", "probability_for_loss"), decimals=2)


def softmax(logits: tuple[float, ...]) -> list[float]:
    """The probabilities of these logits."""
    powers = [exp(value) for value in logits]
    return [power / sum(powers) for power in powers]


def image_loss(state: TrainingState) -> Question:
    """Cross entropy of three logits."""

    def compute(slip: str) -> Worked:
        if slip == "logit_for_loss":
            return result(-state.logits[0], f"−{factor(state.logits[0])} = {spell(-state.logits[0])}")
        doubled = slip == "softmax_before_loss"
        given = tuple(softmax(state.logits)) if doubled else state.logits
        sum_of_powers, right = sum(map(exp, given)), softmax(given)[0]
        if slip == "probability_for_loss":
            return result(right, *_softmax_lines(given, sum_of_powers, right))
        first = [f"softmax → {', '.join(spell(value, 3) for value in given)}"] if doubled else []
        loss = -log(right)
        return result(
            loss, *first, *_softmax_lines(given, sum_of_powers, right), f"−ln({spell(right, 3)}) = {spell(loss, 3)}"
        )

    asked = say(
        "Three classes have the logits {logits}; the first is the right one. What is CrossEntropyLoss, to two "
        "decimals?",
        logits="; ".join(map(spell, state.logits)),
    )
    return question(asked, compute, ("softmax_before_loss", "probability_for_loss", "logit_for_loss"), decimals=2)


def _softmax_lines(given: tuple[float, ...], total: float, right: float) -> list[str]:
    powers = " + ".join(f"e^{factor(round(value, 3))}" for value in given)
    return [f"{powers} = {spell(total, 3)}", f"e^{factor(round(given[0], 3))} / {spell(total, 3)} = {spell(right, 3)}"]


def sgd_step(state: TrainingState) -> Question:
    """A weight after a step."""

    def compute(slip: str) -> Worked:
        return _moved(state, state.gradient, [], slip)

    asked = say(
        "SGD without momentum, learning rate {lr}: a weight is {weight}, its gradient {gradient}. What is the "
        "weight after the step?",
        lr=state.lr,
        weight=spell(state.weight),
        gradient=spell(state.gradient),
    )
    return question(asked, compute, ("uphill", "rate_forgotten"), decimals=3)


def momentum_step(state: TrainingState) -> Question:
    """The same with the last velocity."""

    def compute(slip: str) -> Worked:
        if slip == "momentum_forgotten":
            return _moved(state, state.gradient, [], "")
        step = state.momentum * state.last_step + state.gradient
        first = f"{spell(state.momentum)}·{factor(state.last_step)} + {factor(state.gradient)} = {spell(step, 4)}"
        return _moved(state, step, [first], slip)

    asked = say(
        "SGD with momentum {momentum} and learning rate {lr}: a weight is {weight}, its gradient {gradient}, its last "
        "velocity {last}. What is the weight after the step?",
        momentum=state.momentum,
        lr=state.lr,
        weight=spell(state.weight),
        gradient=spell(state.gradient),
        last=spell(state.last_step),
    )
    return question(asked, compute, ("momentum_forgotten", "uphill", "rate_forgotten"), decimals=3)


def _moved(state: TrainingState, velocity: float, lines: list[str], slip: str) -> Worked:
    sign, rate = ("+", 1) if slip == "uphill" else ("−", -1)
    share = velocity if slip == "rate_forgotten" else state.lr * velocity
    text = factor(velocity) if slip == "rate_forgotten" else f"{spell(state.lr, 6)}·({spell(velocity, 4)})"
    value = state.weight + rate * share
    return result(value, *lines, f"{spell(state.weight, 4)} {sign} {text} = {spell(value, 4)}")
