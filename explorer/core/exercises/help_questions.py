"""The Help page's exercises: what a message's numbers say, a black pixel, the loss of who guesses."""

from math import exp

from explorer.core.errors import mark, say
from explorer.core.exercises.exercise import Exercise, Hides
from explorer.core.exercises.given import Given
from explorer.core.exercises.messages import (
    MessageState,
    draw_channels,
    draw_guess,
    draw_maps,
    draw_pixels,
    draw_products,
    draw_target,
)
from explorer.core.exercises.question import Question, of_screen, question
from explorer.core.exercises.worked import Worked, product, result, spell
from explorer.core.network.layers import CLASSES

PAGE = "help"
HIDES: Hides = "answer"  # what the page says of the message


def _in_features(state: MessageState) -> Question:
    _, _, rows, given, made_for, outputs = state.numbers("shapes", "nn.Linear(", 6)  # the first two are mat1, mat2
    arriving, layer = f"N×in_features = {rows}×{given}", f"in_features×out_features = {made_for}×{outputs}"
    answers = {
        "": (arriving, given),
        "layer_for_message": (layer, made_for),
        "batch_for_features": (arriving, rows),
        "outputs_for_inputs": (layer, outputs),
    }

    def compute(slip: str) -> Worked:
        sides, size = answers[slip]
        return result(size, sides, f"in_features = {size}")

    return question(say("Which in_features repairs the Linear layer of this message?"), compute, tuple(answers)[1:])


def _in_channels(state: MessageState) -> Question:
    _, *weight, batch, channels, height, width, _, _ = state.numbers("channels", "nn.Conv2d(", 11)
    kernels, made_for, rows, columns = weight
    arriving, layer = f"({batch}, {channels}, {height}, {width})", f"({kernels}, {made_for}, {rows}, {columns})"
    answers = {
        "": (f"(N, C, H, W) = {arriving}", channels),
        "channels_of_layer": (f"(out_channels, in_channels, kH, kW) = {layer}", made_for),
        "batch_as_channels": (f"(N, C, H, W) = {arriving}", batch),
        "channels_last": (f"(N, H, W, C) = {arriving}", width),
        "channels_swapped": (f"(in_channels, out_channels, kH, kW) = {layer}", kernels),
    }

    def compute(slip: str) -> Worked:
        sides, size = answers[slip]
        return result(size, sides, f"in_channels = {size}")

    return question(say("Which in_channels repairs the convolution of this message?"), compute, tuple(answers)[1:])


def _outputs(state: MessageState) -> Question:
    [label] = state.numbers("target", "nn.Linear(", 1)

    def compute(slip: str) -> Worked:
        if slip == "label_for_count":
            return result(label, f"out_features = {label}")
        if slip == "ten_classes":
            return result(CLASSES, f"out_features = {CLASSES}")
        return result(label + 1, f"0 … {label}", f"out_features = {label} + 1 = {label + 1}")

    asked = say("How many outputs must the network of this message have at least?")
    return question(asked, compute, ("label_for_count", "ten_classes"))


def _images(state: MessageState) -> Question:
    _, _, rows, given, made_for, _ = state.numbers("shapes", "x = torch.flatten(", 6)
    of_screen(rows if rows > 1 else None)  # else a flatten has taken all images together

    def compute(slip: str) -> Worked:
        if slip == "rows_for_images":
            return result(rows, f"{rows}")
        if slip == "maps_for_images":
            return result(rows / given, f"{spell(rows)} / {given} = {spell(rows / given)}")
        numbers = rows * given
        first = f"{product(rows, given)} = {spell(numbers)}"
        return result(numbers / made_for, first, f"{spell(numbers)} / {made_for} = {spell(numbers / made_for)}")

    asked = say("A flatten is missing in front of the Linear layer of this message. How many images are in the batch?")
    return question(asked, compute, ("rows_for_images", "maps_for_images"))


def _black(state: MessageState) -> Question:
    mean, std = state.mean, state.std

    def compute(slip: str) -> Worked:
        if slip == "mean_not_taken_off":
            return result(0, f"0 / {std} = 0")
        one, other = (mean, 0.0) if slip == "sign_turned" else (0.0, mean)
        difference = one - other
        first = f"{spell(one, 4)} − {spell(other, 4)} = {spell(difference, 4)}"
        if slip == "deviation_forgotten":
            return result(difference, first)
        divided = spell(difference, 4) if difference > 0 else f"({spell(difference, 4)})"
        return result(difference / std, first, f"{divided} / {std} = {spell(difference / std, 4)}")

    asked = say(
        "Pixels are normalised with mean {mean} and deviation {std}. Which number does the network get for a black "
        "one, 0, to two decimals?",
        mean=mean,
        std=std,
    )
    return question(asked, compute, ("mean_not_taken_off", "deviation_forgotten", "sign_turned"), decimals=2)


def _classes(state: MessageState) -> Question:
    loss = of_screen(state.loss)
    bases = {"": ("e", exp(1)), "power_of_ten": ("10", 10), "power_of_two": ("2", 2)}

    def compute(slip: str) -> Worked:
        name, base = bases[slip]
        exact = base**loss
        return result(round(exact), f"{name}^{spell(loss)} = {spell(exact)}", f"≈ {spell(round(exact))}")

    asked = say(
        "A training’s loss stays at {loss}: every class gets the same probability, whatever the image. How many "
        "classes are there?",
        loss=spell(loss),
    )
    return question(asked, compute, tuple(bases)[1:])


def _message(state: MessageState) -> Given:
    return Given((state.message,))


EXERCISES = (
    Exercise(
        "help_in_features", PAGE, mark("The right in_features"), _in_features, draw_products, HIDES, given=_message
    ),
    Exercise(
        "help_in_channels", PAGE, mark("The right in_channels"), _in_channels, draw_channels, HIDES, given=_message
    ),
    Exercise("help_outputs", PAGE, mark("Outputs for all labels"), _outputs, draw_target, HIDES, given=_message),
    Exercise("help_images", PAGE, mark("Images in the message"), _images, draw_maps, HIDES, given=_message),
    Exercise("help_black", PAGE, mark("A black pixel"), _black, draw_pixels),
    Exercise("help_guess", PAGE, mark("A loss that stays"), _classes, draw_guess),
)
