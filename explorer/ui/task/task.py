"""How far the learner is with the lecture's exercise: read off what is there, nothing is ticked by hand."""

from dataclasses import dataclass

from explorer.core.network.exercise_parts import has_parts
from explorer.core.network.layers import NetworkSpec
from explorer.core.network.ledger import trace
from explorer.core.network.trainable import reasons_against
from explorer.runs.run import Run
from explorer.ui.compared_pair import compared_pair, note_compared, write_compared_pair
from explorer.ui.exercise_guess import GUESS, has_guessed
from explorer.ui.exercise_pair import Pair, exercise_pairs, is_answered
from explorer.ui.session_runs import learner, may_steer, server_runs
from explorer.ui.task.sentence import sentence, write_sentence
from explorer.ui.train_settings import EDITED


@dataclass(frozen=True)
class Task:
    """The network, whether one has guessed, the two runs that train it and the simple CNN, and the sentence.

    ``is_others``: the runs are another learner's, who has given the link away.
    """

    stack: NetworkSpec
    has_guessed: bool = False
    pair: Pair | None = None
    sentence: str = ""
    is_others: bool = False

    @property
    def is_built(self) -> bool:
        """Whether the network has what the exercise asks for, and fits together from the digit to ten numbers."""
        return has_parts(self.stack.layers) and not any(reasons_against(trace(self.stack)))

    @property
    def is_trained(self) -> bool:
        """Whether both runs have ended by themselves."""
        return self.pair is not None and is_answered(self.pair)

    @property
    def is_compared(self) -> bool:
        """Whether the answer may be told: both have ended, and a guess stands."""
        return self.is_trained and (self.has_guessed or self.is_others)

    @property
    def is_under_way(self) -> bool:
        """Whether one of the runs waits or trains."""
        return self.pair is not None and any(run.unfinished for run in self.pair)

    @property
    def done(self) -> tuple[bool, bool, bool, bool, bool]:
        """For each step, in order, whether it is done."""
        return self.is_built, self.has_guessed, self.is_trained, self.is_compared, bool(self.sentence)


def read_task() -> Task:
    """The learner's, or the one whose link was opened."""
    stack, compared = EDITED.value, compared_pair()
    is_others = compared is not None and not all(map(may_steer, compared))
    if compared and is_others:
        stack = NetworkSpec(compared[0].config.network)
    pair = compared if compared and compared[0].config.network == stack.layers else _own_pair(stack)
    return Task(stack, has_guessed(), pair, sentence(), is_others)


def write_task(task: Task) -> None:
    """Puts all of it into the link, which names the two runs once they have answered."""
    if task.is_compared and task.pair:
        note_compared(task.pair)
    EDITED.write()
    GUESS.write()
    write_compared_pair()
    write_sentence()


def _own_pair(stack: NetworkSpec) -> Pair | None:
    """The learner's runs of this network and of the simple CNN; of several pairs one that has ended, else the newest.

    Runs that ended long ago are found again with their tests.
    """
    pairs = exercise_pairs(server_runs().of(learner()))
    found = [
        (mine, other)
        for pair in pairs
        if pair[0].config.network == stack.layers
        if (mine := _with_tests(pair[0])) and (other := _with_tests(pair[1]))
    ]
    return next(filter(is_answered, found), next(iter(found), None))


def _with_tests(run: Run) -> Run | None:
    return run if run.unfinished else server_runs().find(run.id)
