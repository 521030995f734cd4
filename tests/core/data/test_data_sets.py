"""The table of data sets, against torchvision, which publishes them."""

import pytest
from torchvision import datasets

from explorer.core.data.data_sets import DIGITS, SOURCES

ROMAJI = dict(zip("おきすつなはまやれを", ("o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"), strict=True))


def test_the_classes_are_torchvisions_in_its_order() -> None:
    """A Fashion-MNIST label reads as torchvision names it, a KMNIST label is the hiragana of torchvision's syllable."""
    assert list(SOURCES["fashion"].classes) == datasets.FashionMNIST.classes
    assert [ROMAJI[sign] for sign in SOURCES["kmnist"].classes] == datasets.KMNIST.classes
    assert [name.partition(" ")[0] for name in datasets.MNIST.classes] == list(SOURCES["mnist"].classes)
    assert SOURCES["offline"].classes == DIGITS


@pytest.mark.parametrize("name", [name for name, source in SOURCES.items() if source.published])
def test_a_published_set_is_a_class_of_torchvision(name: str) -> None:
    """What is written as ``published`` is what a script imports."""
    assert issubclass(getattr(datasets, SOURCES[name].published), datasets.MNIST)


def test_no_two_sets_share_a_name_a_folder_or_a_variable() -> None:
    """One's files are never looked for in another's place."""
    for kind in ("title", "published", "folder_variable", "mirror_variable"):
        values = [getattr(source, kind) for source in SOURCES.values() if source.published]
        assert len(set(values)) == len(values), kind
