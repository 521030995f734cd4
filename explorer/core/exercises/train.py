"""The Train page's exercises: epoch, batch and step, the loss, and one step of SGD."""

from math import ceil, floor

from explorer.core.errors import SettingError, mark, say
from explorer.core.exercises.exercise import Exercise
from explorer.core.exercises.loss_and_step import guessing_loss, image_loss, momentum_step, sgd_step
from explorer.core.exercises.question import Question, question
from explorer.core.exercises.training_state import TrainingState, draw_training
from explorer.core.exercises.worked import Worked, result, spell

PAGE = "train"
PRINTED_EVERY = 300  # steps, as the lecture's loop prints its loss


def _an_epoch(state: TrainingState, slip: str = "") -> Worked:
    exact, up = state.images / state.batch_size, slip != "floor_for_ceil"
    steps = ceil(exact) if up else floor(exact)
    left, right = "⌈⌉" if up else "⌊⌋"
    return result(
        steps, f"{spell(state.images)} / {state.batch_size} = {spell(exact)}", f"{left}{spell(exact)}{right} = {steps}"
    )


def _steps(state: TrainingState) -> Question:
    def compute(slip: str) -> Worked:
        plain = {"image_for_step": state.images, "batch_for_step": state.batch_size}
        return result(plain[slip], spell(plain[slip])) if slip in plain else _an_epoch(state, slip)

    asked = say(
        "{images} images, batch size {batch}: how many steps (iterations) are in an epoch?",
        images=state.images,
        batch=state.batch_size,
    )
    return question(asked, compute, ("floor_for_ceil", "image_for_step", "batch_for_step"))


def _all_steps(state: TrainingState) -> Question:
    epochs = state.epochs
    if epochs != int(epochs) or epochs < 2:
        raise SettingError("This is asked of several whole epochs. Press “New numbers”.")

    def compute(slip: str) -> Worked:
        if slip == "epochs_joined":
            exact = state.images * epochs / state.batch_size
            return result(
                ceil(exact),
                f"{spell(state.images)}·{spell(epochs)} / {state.batch_size} = {spell(exact)}",
                f"⌈{spell(exact)}⌉ = {ceil(exact)}",
            )
        one = _an_epoch(state, "floor_for_ceil" if slip == "floor_for_ceil" else "")
        steps = one.answer[0]
        return (
            one
            if slip == "epoch_for_run"
            else result(steps * epochs, *one.lines, f"{spell(steps)}·{spell(epochs)} = {spell(steps * epochs)}")
        )

    asked = say(
        "{images} images, batch size {batch}, {epochs} epochs: how many steps are in the run?",
        images=state.images,
        batch=state.batch_size,
        epochs=int(epochs),
    )
    return question(asked, compute, ("epoch_for_run", "epochs_joined", "floor_for_ceil"))


def _last_batch(state: TrainingState) -> Question:
    whole, left = divmod(state.images, state.batch_size)
    if not left:
        raise SettingError("These images fill their last batch. Press “New numbers”.")

    def compute(slip: str) -> Worked:
        return (
            result(state.batch_size, f"{state.batch_size}")
            if slip == "last_batch_full"
            else result(
                left,
                f"⌊{spell(state.images)} / {state.batch_size}⌋ = {whole}",
                f"{spell(state.images)} − {whole}·{state.batch_size} = {left}",
            )
        )

    asked = say(
        "{images} images, batch size {batch}: how many images are in an epoch’s last batch?",
        images=state.images,
        batch=state.batch_size,
    )
    return question(asked, compute, ("last_batch_full",))


def _prints(state: TrainingState) -> Question:
    steps = state.steps_an_epoch

    def compute(slip: str) -> Worked:
        count = state.images if slip == "image_for_step" else steps
        exact = count / PRINTED_EVERY
        up = slip == "ceil_for_floor"
        whole, (left, right) = (ceil(exact), "⌈⌉") if up else (floor(exact), "⌊⌋")
        return result(
            whole, f"{spell(count)} / {PRINTED_EVERY} = {spell(exact)}", f"{left}{spell(exact)}{right} = {whole}"
        )

    asked = say(
        "The lecture’s loop prints the loss after every {every} steps. How often in an epoch of {steps} steps?",
        every=PRINTED_EVERY,
        steps=steps,
    )
    return question(asked, compute, ("ceil_for_floor", "image_for_step"))


def _seen(state: TrainingState) -> Question:
    def compute(slip: str) -> Worked:
        if slip == "step_for_image":
            return result(state.steps, spell(state.steps))
        times, what = (state.images, state.images) if slip == "epoch_for_step" else (state.batch_size, state.batch_size)
        return result(state.steps * times, f"{state.steps}·{spell(what)} = {spell(state.steps * times)}")

    asked = say(
        "Batch size {batch}: how many images have been read after {steps} full steps?",
        batch=state.batch_size,
        steps=state.steps,
    )
    return question(asked, compute, ("step_for_image", "epoch_for_step"))


EXERCISES = (
    Exercise("train_steps", PAGE, mark("Steps of an epoch"), _steps, draw_training),
    Exercise("train_images_seen", PAGE, mark("Images after some steps"), _seen, draw_training),
    Exercise("train_last_batch", PAGE, mark("The last batch"), _last_batch, draw_training),
    Exercise("train_all_steps", PAGE, mark("Steps of a run"), _all_steps, draw_training),
    Exercise("train_prints", PAGE, mark("Printed losses"), _prints, draw_training),
    Exercise("train_guessing", PAGE, mark("The loss of a guess"), guessing_loss, draw_training),
    Exercise("train_loss", PAGE, mark("The loss of one image"), image_loss, draw_training),
    Exercise("train_sgd", PAGE, mark("One step of SGD"), sgd_step, draw_training),
    Exercise("train_momentum", PAGE, mark("A step with momentum"), momentum_step, draw_training),
)
