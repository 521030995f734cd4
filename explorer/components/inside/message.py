"""What the browser gets of a trained network and a drawing; messages.d.ts says the same to its scripts."""

from typing import Literal, TypedDict

from explorer.components.forward.message import LayerMessage
from explorer.components.words import Template

# Of the digit, the answer and the layers' maps: those that Home has too.
SHOWN_WORDS = (
    *("pad", "undo", "redo", "clear", "got", "answer", "read", "empty", "waiting", "unreachable"),
    *("samples", "pad_cells", "pad_cell", "pad_keys", "pad_becomes_image", "keep", "keep_title", "save", "save_title"),
    *("kept", "kept_open", "kept_save", "kept_remove", "image", "image_title", "image_placed", "image_inverted"),
    *("image_whole", "image_whole_inverted", "image_large", "image_pixels", "image_unread", "image_blank"),
    *("steps", "step_scale", "step_centre", "step_pen", "step_normalise", "step_image"),
    *("step_scale_off", "step_centre_off", "step_pen_off", "step_normalise_off"),
    *("no_test_digit", "layers", "point", "point_touch", "unit", "features", "flattened", "is_feature"),
)
WORDS = (
    *SHOWN_WORDS,
    *("after_epoch", "pixel", "opened"),
    *("tabs", "tab_opened", "untrained", "untrained_too", "untrained_reads", "kernels", "kernels_note"),
    *("play", "pause"),
    *("all_terms", "fewer_terms", "versus", "softmax", "blank", "shares", "shares_of", "sentences"),
    *("input", "input_channel", "kernel_channel", "output_channel"),
    *("tab_right_and_wrong", "matrix", "matrix_label", "matrix_answer", "matrix_right", "matrix_cell", "tested"),
    *("all_mistakes", "thumbnail", "not_kept", "predictions_unreachable", "images_unreachable", "other_images"),
    *("choice", "list_all", "list_class", "list_unsure", "list_mistakes", "list_empty", "list_back", "list_on"),
    *("list_number", "list_place", "no_images", "more_images"),
    *("tab_breaking", "break_sliders", "break_reset", "break_right", "break_down", "break_rotate", "break_scale"),
    *("break_thicken", "break_noise", "break_invert", "curve", "curve_at"),
    *("cover", "cover_size", "cover_hint", "cover_at", "cover_empty"),
    *("measure", "measure_cancel", "measure_waiting", "measure_running", "measure_another", "measured_at_end"),
    *("tab_looks_for", "looks_layer", "looks_map", "looks_title", "looks_patch", "looks_hint"),
    *("looks_dark", "looks_dark_maps", "looks_unkept"),
)
FORMS = ("sum", "sum_bias", "sum_lead", "others", "dark", "mistakes")  # one for each number
Strokes = list[list[tuple[float, float]]]


class MeasuredCurve(TypedDict):
    """The share of all test images that is read right, at (amount, share) points, after one transformation."""

    name: str
    points: list[tuple[float, float]]


class StudyMessage(TypedDict):
    """What the learner asks of the whole test set: ``done`` of ``total`` images; ``sentence`` says a failure."""

    question: str
    state: Literal["waiting", "running", "failed"]
    done: int
    total: int
    sentence: str


class MeasuredMessage(TypedDict):
    """What whole test sets have said of the newest weights, and what is being asked.

    ``patches`` is the address of what excites each map most, "" where that was not asked; ``refusal`` says why nothing
    can be asked, "" where it can.
    """

    curves: list[MeasuredCurve]
    patches: str
    study: StudyMessage | None
    refusal: str


class InsideMessage(TypedDict):
    """All that the Inside page's view gets.

    ``weights`` are (passes over the images, the address of a file of safetensors), the last ones last; ``mean`` and
    ``deviation`` are those that the network's images are normalised by. ``drawings`` are strokes that one can begin
    with, between 0 and 1 across the pad, one for each class; that of number ``first`` stands there where the link's
    ``drawing`` is "first". ``link`` are texts that the browser wrote and reads, by their names; "" is what stands
    there at first.
    ``names`` are the classes'. ``digits`` is the address of the ``test_images`` images that the network is tested on,
    "" where this server has none. ``predictions``, one for each of ``weights``, are (passes over the images, the
    address of what the network then said of the test images), the address "" where that was not kept. ``hidden`` are
    the controls, by their names in ``link``, that are not to be seen.
    """

    layers: list[LayerMessage]
    weights: list[tuple[float, str]]
    mean: float
    deviation: float
    drawings: list[Strokes]
    first: int
    link: dict[str, str]
    names: list[str]
    digits: str
    test_images: int
    predictions: list[tuple[float, str]]
    measured: MeasuredMessage
    hidden: list[str]
    words: dict[str, Template]
    inspector: dict[str, Template]
