"""The texts around a network's test images; the names in braces are filled in by the browser."""

from explorer.components.words import Template
from explorer.core.run.train_config import TrainConfig
from explorer.ui.confusion_words import MATRIX_WORDS
from explorer.ui.data_names import TITLES
from explorer.ui.language import mark, plural, say_all, t

WORDS = MATRIX_WORDS | {
    "tab_right_and_wrong": mark("Right and wrong"),
    "mistakes": plural("{count} mistake", "{count} mistakes, the surest first"),
    "all_mistakes": mark("All mistakes"),
    "more_images": mark("Show {images} more"),
    "thumbnail": mark("Test image {number}: {label}, read as {answer}, {percent}"),
    "not_kept": mark("What the network then said of the test images was not kept: choose another epoch."),
    "images_unreachable": mark("The test images did not arrive: {reason}. Reload the page."),
    "other_images": mark("The images on this server are not those that this network was tested on."),
    "choice": mark("Test image"),
    "list_all": mark("Test images, all"),
    "list_class": mark("Test images: {label}"),
    "list_unsure": mark("Test images: the least sure"),
    "list_mistakes": mark("Test images: mistakes"),
    "list_empty": mark("This list is empty."),
    "list_back": mark("One back"),
    "list_on": mark("One on"),
    "list_number": mark("Number of the test image"),
    "list_place": mark("{place} of {all}; it is: {label}"),
}


def words_of_tests(config: TrainConfig) -> dict[str, Template]:
    """All of them, and why there are no images where there are none."""
    return say_all(WORDS) | {"no_images": _no_images(config)}


def _no_images(config: TrainConfig) -> str:
    if config.shuffled_pixels:
        return t("This network learned images with shuffled pixels: test images, not shuffled, say nothing to it.")
    if config.data == "mnist":
        return t(
            "MNIST is not on this server: train once on it, or start the server with CNN_EXPLORER_DATA naming a folder "
            "that has it, and its test images are to be seen here."
        )
    return t(
        "The images of {data} are not on this server: train once on them, and they are to be seen here.",
        data=t(TITLES[config.data]),
    )
