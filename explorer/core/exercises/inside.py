"""The Inside page's exercises: products behind an answer, a pixel as the network gets it, probabilities, mistakes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from explorer.core.data.data_sets import LECTURES_MEAN, LECTURES_STD
from explorer.core.errors import mark, say
from explorer.core.exercises.exercise import Exercise
from explorer.core.exercises.loss_and_step import softmax
from explorer.core.exercises.question import Question, question
from explorer.core.exercises.stack_maps import NetworkState, draw_network
from explorer.core.exercises.worked import Worked, product, result, spell
from explorer.core.network.layers import NetworkSpec

PAGE = "inside"
TEST_IMAGES, TRAINING_IMAGES = 10_000, 60_000


@dataclass(frozen=True, eq=False)
class ReadingState:
    """The network that reads; ``mean`` and ``std`` of its pixels in 0 … 1; a pixel in 0 … 255, three logits, and of how
    many of a hundred test digits it is right: ``accuracy``."""

    stack: NetworkSpec
    mean: float = LECTURES_MEAN
    std: float = LECTURES_STD
    pixel: int = 200
    logits: tuple[float, ...] = (3, 1, 2)
    accuracy: float = 99.17
    settings: Mapping[str, object] = field(default_factory=dict[str, object])


def draw_reading(random: Random) -> ReadingState:
    """A network of other widths, and what it might say."""
    return ReadingState(
        draw_network(random).stack,
        pixel=random.randint(20, 250),
        logits=tuple(sorted((float(value) for value in random.sample(range(1, 7), 3)), reverse=True)),
        accuracy=random.randint(9700, 9950) / 100,
    )


def _logit(state: ReadingState) -> Question:
    spec = NetworkState(state.stack).last("Linear").spec
    inputs, outputs = spec["in_features"], spec["out_features"]

    def compute(slip: str) -> Worked:
        if slip == "output_channels_counted":
            return result(inputs * outputs, f"{product(inputs, outputs)} = {spell(inputs * outputs)}")
        numbers = {"": inputs, "channels_added": inputs + outputs}
        text = f"{inputs} + {outputs} = {inputs + outputs}" if slip else f"in_features = {inputs}"
        return result(numbers[slip], text)

    asked = say(
        "The last layer is {layer}. How many products are summed for one of its logits?",
        layer=f"Linear({inputs}, {outputs})",
    )
    return question(asked, compute, ("output_channels_counted", "channels_added"))


def _unit(state: ReadingState) -> Question:
    row = NetworkState(state.stack).last("Conv2d")
    (height, width), groups = row.spec.pair("kernel_size"), row.spec["groups"]
    inputs = row.spec["in_channels"] // groups

    def compute(slip: str) -> Worked:
        sides = row.input[2:] if slip == "map_for_kernel" else (height, width)
        numbers = sides if slip == "input_channels_forgotten" else (*sides, inputs)
        count = 1
        for number in numbers:
            count *= number
        if slip == "channels_added":
            return result(height * width + inputs, f"{product(height, width)} + {inputs} = {height * width + inputs}")
        return result(count, f"{product(*numbers)} = {spell(count)}")

    asked = say(
        "{layer} reads {inputs} maps with {height}×{width} kernels. How many products are summed for one of its units?",
        layer=row.spec.name,
        inputs=inputs,
        height=height,
        width=width,
    )
    return question(asked, compute, ("input_channels_forgotten", "map_for_kernel", "channels_added"))


def _pixel(state: ReadingState) -> Question:
    def compute(slip: str) -> Worked:
        lines: list[str] = []
        value = float(state.pixel)
        if slip != "scaling_forgotten":
            value /= 255
            lines.append(f"{state.pixel} / 255 = {spell(value, 4)}")
        if slip != "mean_not_taken_off":
            lines.append(f"{spell(value, 4)} − {state.mean} = {spell(value - state.mean, 4)}")
            value -= state.mean
        if slip != "deviation_forgotten":
            lines.append(f"({spell(value, 4)}) / {state.std} = {spell(value / state.std, 4)}")
            value /= state.std
        return result(value, *lines)

    asked = say(
        "A pixel is {pixel} of 255. Mean {mean}, deviation {std}: which number does the network get, to two decimals?",
        pixel=state.pixel,
        mean=state.mean,
        std=state.std,
    )
    return question(asked, compute, ("scaling_forgotten", "mean_not_taken_off", "deviation_forgotten"), decimals=2)


def _probability(state: ReadingState) -> Question:
    logits = state.logits

    def compute(slip: str) -> Worked:
        if slip == "softmax_certain":
            return result(1.0, "1")
        if slip == "share_for_softmax":
            share = logits[0] / sum(logits)
            return result(share, f"{spell(logits[0])} / ({' + '.join(map(spell, logits))}) = {spell(share, 3)}")
        powers = " + ".join(f"e^{spell(value)}" for value in logits)
        value = softmax(logits)[0]
        return result(value, f"e^{spell(logits[0])} / ({powers}) = {spell(value, 3)}")

    asked = say(
        "Three logits are {logits}. What is the probability (0 … 1) of the first, to two decimals?",
        logits="; ".join(map(spell, logits)),
    )
    return question(asked, compute, ("share_for_softmax", "softmax_certain"), decimals=2)


def _mistakes(state: ReadingState) -> Question:
    wrong = (100 - state.accuracy) / 100

    def compute(slip: str) -> Worked:
        first = f"100 − {spell(state.accuracy)} = {spell(100 * wrong)}"
        if slip == "right_for_wrong":
            read = TEST_IMAGES * (1 - wrong)
            return result(round(read), f"{spell(TEST_IMAGES)}·{spell(state.accuracy)} / 100 = {spell(read)}")
        of = {"training_for_test": TRAINING_IMAGES, "hundred_for_all": 100}.get(slip, TEST_IMAGES)
        return result(of * wrong, first, f"{spell(of)}·{spell(100 * wrong)} / 100 = {spell(of * wrong)}")

    asked = say(
        "A network reads {accuracy}% of the {count} test digits right. How many does it misread?",
        accuracy=spell(state.accuracy),
        count=TEST_IMAGES,
    )
    return question(asked, compute, ("right_for_wrong", "training_for_test", "hundred_for_all"))


EXERCISES = (
    Exercise("inside_pixel", PAGE, mark("A pixel, normalised"), _pixel, draw_reading),
    Exercise("inside_unit", PAGE, mark("A unit's products"), _unit, draw_reading),
    Exercise("inside_logit", PAGE, mark("A logit's products"), _logit, draw_reading),
    Exercise("inside_probability", PAGE, mark("From logits to a probability"), _probability, draw_reading),
    Exercise("inside_mistakes", PAGE, mark("How many mistakes"), _mistakes, draw_reading),
)
