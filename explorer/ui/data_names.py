"""What the data sets and their ten classes are called on screen: digits stay digits, clothes and hiragana get names."""

from collections.abc import Iterable, Mapping

from explorer.core.data.data_sets import DIGITS, SOURCES
from explorer.ui.language import mark, t

TITLES: Mapping[str, str] = {
    "mnist": mark("MNIST"),
    "fashion": mark("Fashion-MNIST"),
    "kmnist": mark("KMNIST"),
    "offline": mark("Offline digits"),
}
CLOTHES = (
    mark("T-shirt/top"),
    mark("Trouser"),
    mark("Pullover"),
    mark("Dress"),
    mark("Coat"),
    mark("Sandal"),
    mark("Shirt"),
    mark("Sneaker"),
    mark("Bag"),
    mark("Ankle boot"),
)


def class_names(data: str) -> list[str]:
    """What the labels 0 … 9 of that data set stand for, in the page's language."""
    classes = SOURCES[data].classes
    return [t(name) for name in classes] if classes == CLOTHES else list(classes)


def are_digits(data: str) -> bool:
    """Whether its images may be called digits."""
    return SOURCES[data].classes == DIGITS


def accuracy_on(sets: Iterable[str], usual: str) -> str:
    """A chart's heading: ``usual`` for MNIST, and for runs on several sets; another set's is called by its name."""
    data, *others = set(sets) or {"mnist"}
    if others or data == "mnist":
        return usual
    return t("Accuracy on offline digits") if data == "offline" else t("Accuracy on {data}", data=t(TITLES[data]))
