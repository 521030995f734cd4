"""What is wrong with a stack, in a sentence, and the stack that has it put right."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import prod

from explorer.core.errors import Sentence, SettingError, say
from explorer.core.network.layer_kinds import Value
from explorer.core.network.layers import LayerSpec, NetworkSpec, layer
from explorer.core.network.ledger import Ledger
from explorer.core.network.proposal import propose

INPUT = "input"  # what the images are called among the layers
FLATTEN = layer("flatten", "Flatten")
Layers = Callable[[], Iterable[LayerSpec]]  # makes them, for a layer beyond the limits cannot be made


@dataclass(frozen=True)
class Diagnosis:
    """What is wrong at row ``index`` (one behind the last layer: at the loss), and the change that repairs it.

    ``message`` is torch's own, or empty where torch is silent. ``blames`` is the responsible row, -1 the images.
    ``repaired`` is None where a limit forbids the change; ``forbidden`` is which.
    """

    index: int
    message: str
    advice: Sentence
    blames: int
    action: Sentence
    repaired: NetworkSpec | None
    forbidden: SettingError | None


class Case:
    """A stack and the place where it does not work (the loss, if every layer does), with the ways to change it."""

    def __init__(self, ledger: Ledger) -> None:
        self.stack, self.layers = ledger.stack, ledger.stack.layers
        self.rows, self.batch, self.shape = ledger.rows, ledger.batch, ledger.output
        self.index = ledger.problem.index if ledger.problem else len(self.layers)
        self.message = ledger.problem.message if ledger.problem else ""

    @property
    def spec(self) -> LayerSpec:
        """The layer that refuses."""
        return self.layers[self.index]

    def name(self, index: int) -> str:
        """The row's name; INPUT for the images."""
        return self.layers[index].name if index >= 0 else INPUT

    def last(self, *kinds: str) -> int:
        """The nearest row before of one of these kinds; -1 where there is none."""
        return next((i for i in reversed(range(self.index)) if self.layers[i].kind in kinds), -1)

    def last_smaller(self) -> int:
        """The nearest row before whose map is smaller than its input; -1: the images themselves are that small."""
        smaller = (
            i for i in reversed(range(self.index)) if prod(self.rows[i].output[2:]) < prod(self.rows[i].input[2:])
        )
        return next(smaller, -1)

    def last_regrouped(self) -> int:
        """The nearest row before that made another number of rows of the batch; -1 where none did."""
        return next((i for i in reversed(range(self.index)) if self.rows[i].output[0] != self.rows[i].input[0]), -1)

    def first_vectors(self) -> int:
        """The first row that made vectors of the maps."""
        return next(i for i, row in enumerate(self.rows) if len(row.output) == 2)

    def set(self, advice: Sentence, blames: int, index: int, **options: Value) -> Diagnosis:
        """The repair gives a layer another argument; the first one is named on the button."""
        option, number = next(iter(options.items()))
        action = say("Set {option} of {layer} to {number}", option=option, layer=self.name(index), number=number)
        return self.replace(advice, blames, action, index, lambda: [self.layers[index].but(**options)])

    def remove(self, advice: Sentence, blames: int, index: int) -> Diagnosis:
        """The repair takes a layer out."""
        return self.replace(advice, blames, say("Remove {layer}", layer=self.name(index)), index, tuple)

    def flatten_instead(self, advice: Sentence, index: int) -> Diagnosis:
        """The repair puts Flatten in the place of the layer, which is the responsible one."""
        action = say("Flatten instead of {layer}", layer=self.name(index))
        return self.replace(advice, index, action, index, lambda: [FLATTEN])

    def insert(self, advice: Sentence, blames: int, action: Sentence, new: Callable[[], LayerSpec]) -> Diagnosis:
        """The repair puts a new layer in front of the one that refuses."""
        before, behind = self.layers[: self.index], self.layers[self.index :]
        return self._diagnosis(advice, blames, action, lambda: (*before, new(), *behind))

    def move(self, advice: Sentence, index: int, before: int) -> Diagnosis:
        """The repair moves a layer in front of the responsible one."""
        action = say("Move {layer} in front of {source}", layer=self.name(index), source=self.name(before))
        rest = [*self.layers[:index], *self.layers[index + 1 :]]
        return self._diagnosis(advice, before, action, lambda: (*rest[:before], self.layers[index], *rest[before:]))

    def replace(self, advice: Sentence, blames: int, action: Sentence, index: int, new: Layers) -> Diagnosis:
        """The repair puts ``new`` layers in the place of that one."""
        before, behind = self.layers[:index], self.layers[index + 1 :]
        return self._diagnosis(advice, blames, action, lambda: (*before, *new(), *behind))

    def _diagnosis(self, advice: Sentence, blames: int, action: Sentence, layers: Layers) -> Diagnosis:
        offer = propose(self.stack.image, layers)
        return Diagnosis(self.index, self.message, advice, blames, action, offer.stack, offer.forbidden)
