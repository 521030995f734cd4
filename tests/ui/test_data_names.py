"""What data sets and classes are called."""

from collections.abc import Iterator

import pytest
import streamlit as st

from explorer.core.data.data_sets import SOURCES
from explorer.ui.data_names import CLOTHES, TITLES, accuracy_on, are_digits, class_names
from tests.chinese import chinese


@pytest.fixture
def in_chinese() -> Iterator[None]:
    st.session_state["lang"] = "zh"
    yield
    st.session_state.clear()


def test_every_data_set_has_its_title_and_ten_names() -> None:
    """Titles are the table's; no two classes of a set are called the same."""
    assert {data: source.title for data, source in SOURCES.items()} == dict(TITLES)
    assert SOURCES["fashion"].classes == CLOTHES
    assert [10] * len(SOURCES) == [len(set(class_names(data))) for data in SOURCES]
    assert ["mnist", "offline"] == [data for data in SOURCES if are_digits(data)]


@pytest.mark.usefixtures("in_chinese")
def test_clothes_have_chinese_names_and_hiragana_stay() -> None:
    """Ten different words, none of them English."""
    assert [chinese()[name] for name in CLOTHES] == class_names("fashion")
    assert 10 == len(set(class_names("fashion")) - set(CLOTHES))
    assert list("おきすつなはまやれを") == class_names("kmnist")


def test_an_accuracy_is_called_by_what_it_was_measured_on() -> None:
    """MNIST's needs no word; that of several sets can have none."""
    said = {data: accuracy_on([data, data], "Accuracy") for data in SOURCES}
    assert {
        "mnist": "Accuracy",
        "fashion": "Accuracy on Fashion-MNIST",
        "kmnist": "Accuracy on KMNIST",
        "offline": "Accuracy on offline digits",
    } == said
    assert "Accuracy" == accuracy_on(["kmnist", "fashion"], "Accuracy") == accuracy_on([], "Accuracy")
