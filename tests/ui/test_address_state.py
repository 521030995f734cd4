"""What a session knows of its address: which settings a link changes."""

from explorer.ui.address_state import AddressState


def left() -> AddressState:
    """Of a session that left Convolution with a stride, and Train without any change."""
    own = {
        "convolution": {"conv_stride", "conv_padding"},
        "train": {"train_data"},
        "compare": {"train_data", "compare_x"},
    }
    return AddressState({}, own_names=own, left={"convolution": {"conv_stride": "2", "lang": "zh"}, "train": {}})


def test_a_link_counts_where_it_differs_from_how_the_page_was_left() -> None:
    """What it sets, and what it does not say any more."""
    assert {"conv_stride", "conv_padding"} == left().set_by_link("convolution", {"conv_padding": "0"})
    assert {"conv_stride"} == left().set_by_link("convolution", {"conv_stride": "3"})


def test_a_link_to_a_page_as_it_was_left_changes_nothing() -> None:
    """Nor what another page has set meanwhile: the session has it."""
    assert set() == left().set_by_link("convolution", {"conv_stride": "2"})
    assert set() == left().set_by_link("train", {})


def test_a_page_never_seen_takes_what_its_link_says() -> None:
    """Also of what another page has set; but nothing of the session that is no parameter of a page."""
    assert {"train_data"} == left().set_by_link("compare", {"train_data": "offline", "learner": "x"})
