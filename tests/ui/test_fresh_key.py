"""Keys of widgets that show what is kept elsewhere: a message of a widget that was replaced is late."""

from streamlit.testing.v1 import AppTest


def mirror() -> None:
    import streamlit as st

    from explorer.ui.fresh_key import fresh_key, is_late

    state = st.session_state
    state.setdefault("kept", 1)
    state.setdefault("owner", "fc1")

    def take(key: str) -> None:
        if not is_late(key, "mirror", state["owner"]):
            state["kept"] = state[key]

    key = fresh_key("mirror", state["owner"], state["kept"])
    st.number_input("A number", 0, 1_000, state["kept"], key=key, on_change=take, args=(key,))


def test_what_a_learner_types_keeps_the_widget() -> None:
    """The field with the cursor in it stays; so it does where only the rest of the page changed."""
    at = AppTest.from_function(mirror, default_timeout=60).run()
    key = at.number_input[0].key
    at.number_input[0].set_value(30).run()
    assert 30 == at.session_state["kept"]
    assert key == at.number_input[0].key
    assert key == at.run().number_input[0].key


def test_another_value_or_owner_is_another_widget() -> None:
    """Each shows the value that is kept."""
    at = AppTest.from_function(mirror, default_timeout=60).run()
    keys = [at.number_input[0].key]
    for change in ({"kept": 2}, {"owner": "fc2"}, {"kept": 1, "owner": "fc1"}):
        for name, value in change.items():
            at.session_state[name] = value
        at.run()
        keys.append(at.number_input[0].key)
        assert at.session_state["kept"] == at.number_input[0].value
    assert len(set(keys)) == len(keys)


def test_the_keys_of_a_long_session_are_bounded() -> None:
    """They come round again, and never the present one."""
    at = AppTest.from_function(mirror, default_timeout=60).run()
    keys = set()
    for value in range(2, 130):
        before = at.number_input[0].key
        at.session_state["kept"] = value
        at.run()
        assert value == at.number_input[0].value
        assert before != at.number_input[0].key
        keys.add(at.number_input[0].key)
    assert 100 == len(keys)


def test_what_a_replaced_widget_says_changes_nothing() -> None:
    """Typed before the browser heard of the new value: the new value stays."""
    at = AppTest.from_function(mirror, default_timeout=60).run()
    late = at._tree  # the browser has not heard of what comes
    at.session_state["kept"] = 2
    at.run()
    at._tree = late
    at.number_input[0].set_value(300).run()
    assert 2 == at.session_state["kept"]
    assert 2 == at.number_input[0].value


def test_a_widget_whose_owner_is_no_longer_the_one_changes_nothing() -> None:
    """Another owner was chosen and nothing drawn for it yet."""
    at = AppTest.from_function(mirror, default_timeout=60).run()
    at.session_state["owner"] = "fc2"
    at.number_input[0].set_value(300).run()
    assert 1 == at.session_state["kept"]
