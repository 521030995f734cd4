"""The Network page's exercises: shapes, parameters, what a unit sees, what PyTorch's message says."""

from math import prod

from explorer.core.errors import SettingError, mark, say
from explorer.core.exercises.exercise import Exercise
from explorer.core.exercises.network_parameters import (
    all_parameters,
    conv_products,
    first_linear_parameters,
    last_conv_parameters,
)
from explorer.core.exercises.question import Question, question
from explorer.core.exercises.screens import network_layers
from explorer.core.exercises.stack_maps import POOLS, NetworkState, draw_network, field_of_view, maps
from explorer.core.exercises.worked import Worked, product, result, shape, spell

PAGE = "network"


def _map_shape(state: NetworkState) -> Question:
    layers, image = state.feature_layers, state.stack.image
    asked = say("Behind {layer}, what is the shape C×H×W of a digit?", layer=layers[-1].name)
    pooled = ("last_pooling_forgotten",) if any(spec.kind in POOLS for spec in layers) else ()
    convs = ("plus_one_forgotten", "channels_kept") if any(spec.kind == "Conv2d" for spec in layers) else ()
    small = ("image_32",) if image[1:] == (28, 28) else ()
    return question(asked, lambda slip: maps(layers, image, slip), (*convs, *small, *pooled))


def _in_features(state: NetworkState) -> Question:
    layers, image = state.feature_layers, state.stack.image
    fc = state.first("Linear").spec.name
    kernel = [spec["kernel_size"] for spec in layers if spec.kind == "Conv2d"]

    def compute(slip: str) -> Worked:
        reached = maps(layers, image, slip)
        channels, height, width = map(int, reached.answer)
        sides = {
            "kernel_for_map": (channels, kernel[-1], kernel[-1]) if kernel else (),
            "channels_times_input": (channels, *image[1:]),
            "flatten_forgotten": (width,),
        }.get(slip, (channels, height, width))
        return result(prod(sides), *reached.lines, f"{product(*sides)} = {spell(prod(sides))}")

    slips = ["kernel_for_map", "plus_one_forgotten"] if kernel else []
    slips += ["image_32"] if image[1:] == (28, 28) else []
    slips += ["last_pooling_forgotten"] if any(spec.kind in POOLS for spec in layers) else []
    asked = say("Which in_features must {layer} have?", layer=fc)
    return question(asked, compute, (*slips, "channels_times_input", "flatten_forgotten"))


def _field(state: NetworkState) -> Question:
    layers = state.feature_layers
    asked = say("How many rows of the image does one unit behind {layer} see?", layer=layers[-1].name)
    strided = ("strides_forgotten",) if any(spec["stride"] > 1 for spec in layers) else ()
    convs = ("kernel_for_field",) if any(spec.kind == "Conv2d" for spec in layers) else ()
    return question(asked, lambda slip: field_of_view(layers, slip), (*convs, *strided, "kernels_added"))


def _message(state: NetworkState) -> Question:
    spec = state.first("Linear").spec
    arrives, outputs, batch = spec["in_features"], spec["out_features"], state.batch
    wrong = max(1, arrives - 20)
    asked = say(
        "PyTorch says: mat1 and mat2 shapes cannot be multiplied ({batch}x{arrives} and {wrong}x{outputs}). Which "
        "in_features repairs the layer?",
        batch=batch,
        arrives=str(arrives),
        wrong=str(wrong),
        outputs=outputs,
    )
    answers = {"": arrives, "layer_for_message": wrong, "batch_for_features": batch}
    return question(asked, lambda slip: result(answers[slip], f"in_features = {answers[slip]}"), tuple(answers)[1:])


def _view(state: NetworkState) -> Question:
    features, batch = state.first("Linear").spec["in_features"], state.batch
    if features % 2:
        raise SettingError("This is asked of an even number of features. Press “New numbers”.")
    half = features // 2

    def compute(slip: str) -> Worked:
        if slip == "batch_kept":
            return result(batch, f"{batch}")
        numbers = batch * features
        return result(
            numbers // half, f"{batch}·{features} = {spell(numbers)}", f"{spell(numbers)} / {half} = {numbers // half}"
        )

    asked = say(
        "A batch of {batch} images with {features} numbers each goes through view(-1, {half}). How many rows come out?",
        batch=batch,
        features=str(features),
        half=str(half),
    )
    return question(asked, compute, ("batch_kept",))


def _image_shape(state: NetworkState) -> Question:
    batch = state.batch
    shapes = {
        "": (batch, 1, 28, 28),
        "image_32": (batch, 1, 32, 32),
        "grey_for_rgb": (batch, 3, 28, 28),
        "channels_last": (batch, 28, 28, 1),
        "batch_as_channels": (1, batch, 28, 28),
    }
    asked = say(
        "A batch of MNIST's digits lies flat, ({batch}, 784). Which shape does a first Conv2d need? Four numbers.",
        batch=batch,
    )
    return question(asked, lambda slip: Worked(shapes[slip], (shape(shapes[slip]),)), tuple(shapes)[1:])


EXERCISES = (
    Exercise("network_image_shape", PAGE, mark("A batch of digits"), _image_shape, draw_network),
    Exercise(
        "network_map_shape",
        PAGE,
        mark("The shape before flattening"),
        _map_shape,
        draw_network,
        "answer",
        given=network_layers,
    ),
    Exercise(
        "network_in_features",
        PAGE,
        mark("Where 320 comes from"),
        _in_features,
        draw_network,
        "answer",
        given=network_layers,
    ),
    Exercise(
        "network_conv_parameters",
        PAGE,
        mark("A convolution's parameters"),
        last_conv_parameters,
        draw_network,
        "answer",
        given=network_layers,
    ),
    Exercise(
        "network_linear_parameters",
        PAGE,
        mark("A linear layer's parameters"),
        first_linear_parameters,
        draw_network,
        "answer",
    ),
    Exercise(
        "network_parameters", PAGE, mark("All parameters"), all_parameters, draw_network, "answer", given=network_layers
    ),
    Exercise(
        "network_products", PAGE, mark("Multiplications"), conv_products, draw_network, "answer", given=network_layers
    ),
    Exercise("network_field", PAGE, mark("What a unit sees"), _field, draw_network, "answer", given=network_layers),
    Exercise("network_message", PAGE, mark("PyTorch's message"), _message, draw_network, "answer"),
    Exercise("network_view", PAGE, mark("view in silence"), _view, draw_network, "answer"),
)
