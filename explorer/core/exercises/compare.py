"""The Compare page's exercises: two runs, what they read, their steps and images."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil
from random import Random

from explorer.core.errors import mark, say
from explorer.core.exercises.exercise import Exercise
from explorer.core.exercises.inside import TEST_IMAGES, TRAINING_IMAGES
from explorer.core.exercises.question import Question, of_screen, question
from explorer.core.exercises.worked import Worked, result, spell

PAGE = "compare"


@dataclass(frozen=True)
class ComparisonState:
    """Two runs: how many of a hundred test images they read, the better first; their batch sizes, the smaller first;
    how many images they train on, in how many epochs; and steps of the one with the smaller batches.

    None stands for what two runs do not have in common, or in which they do not differ.
    """

    accuracies: tuple[float, float] | None = None
    batch_sizes: tuple[int, int] | None = None
    tests: int = TEST_IMAGES
    images: int = TRAINING_IMAGES
    epochs: int = 1
    steps: int = 0
    settings: Mapping[str, object] = field(default_factory=dict[str, object])


def draw_comparison(random: Random) -> ComparisonState:
    """Numbers as runs have them."""
    worse = random.randint(970, 985) / 10
    small = random.choice([32, 64])
    return ComparisonState(
        accuracies=(round(worse + random.randint(2, 12) / 10, 1), worse),
        batch_sizes=(small, small * random.choice([2, 4, 8])),
        epochs=random.randint(2, 12),
        steps=random.randint(2, 20) * 400,
    )


def _more_read(state: ComparisonState) -> Question:
    better, worse = of_screen(state.accuracies)
    ahead = better - worse

    def compute(slip: str) -> Worked:
        of = {"training_for_test": state.images, "hundred_for_all": 100}.get(slip, state.tests)
        first = f"{spell(better)} − {spell(worse)} = {spell(ahead)}"
        return result(of * ahead / 100, first, f"{spell(of)}·{spell(ahead)} / 100 = {spell(of * ahead / 100)}")

    asked = say(
        "One run reads {better}% of the {count} test images, another {worse}%. How many more images does the first "
        "read?",
        better=spell(better),
        worse=spell(worse),
        count=state.tests,
    )
    return question(asked, compute, ("training_for_test", "hundred_for_all"))


def _as_many_images(state: ComparisonState) -> Question:
    small, large = of_screen(state.batch_sizes)
    of_screen(None if state.steps * small % large else state.steps or None)

    def compute(slip: str) -> Worked:
        if slip == "batch_forgotten":
            return result(state.steps, spell(state.steps))
        one, other = (large, small) if slip == "ratio_turned" else (small, large)
        images = state.steps * one
        return result(
            images / other,
            f"{state.steps}·{one} = {spell(images)}",
            f"{spell(images)} / {other} = {spell(images / other)}",
        )

    asked = say(
        "A run with batch size {small} has made {steps} steps. After how many steps has a run with batch size "
        "{large} seen as many images?",
        small=small,
        large=large,
        steps=state.steps,
    )
    return question(asked, compute, ("batch_forgotten", "ratio_turned"))


def _fewer_steps(state: ComparisonState) -> Question:
    small, large = of_screen(state.batch_sizes)
    of_screen(state.epochs if state.epochs > 1 else None)

    def compute(slip: str) -> Worked:
        epochs = 1 if slip == "epoch_for_run" else state.epochs
        counts: list[int] = []
        lines: list[str] = []
        for size in (small, large):
            each = state.images // size if slip == "floor_for_ceil" else ceil(state.images / size)
            left, right = "⌊⌋" if slip == "floor_for_ceil" else "⌈⌉"
            counts.append(each * epochs)
            times = "" if slip == "epoch_for_run" else f"·{epochs}"
            lines.append(f"{left}{spell(state.images)} / {size}{right}{times} = {spell(counts[-1])}")
        many, few = counts
        return result(many - few, *lines, f"{spell(many)} − {spell(few)} = {spell(many - few)}")

    asked = say(
        "Two runs read {images} images in each of {epochs} epochs, in batches of {small} and of {large}. How many "
        "steps fewer has the second?",
        images=state.images,
        epochs=state.epochs,
        small=small,
        large=large,
    )
    return question(asked, compute, ("epoch_for_run", "floor_for_ceil"))


EXERCISES = (
    Exercise("compare_more_read", PAGE, mark("How many more are read"), _more_read, draw_comparison),
    Exercise("compare_images", PAGE, mark("As many images"), _as_many_images, draw_comparison),
    Exercise("compare_steps", PAGE, mark("Fewer steps"), _fewer_steps, draw_comparison),
)
