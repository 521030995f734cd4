"""What an operation's controls stand at: read, changed in one place, kept until it is refused."""

from dataclasses import dataclass

from streamlit.testing.v1 import AppTest

from explorer.core.errors import SettingError
from explorer.ui.choices import refusal, with_value


@dataclass(frozen=True)
class Sides:
    """Valid where no side is longer than 5."""

    size: tuple[int, int] = (1, 2)
    seed: int = 0

    def check(self) -> None:
        if max(self.size) > 5:
            raise SettingError("Too long: {size}.", size=max(self.size))


def test_one_value_of_a_field_is_another() -> None:
    """Of a pair the rows, the columns or both."""
    assert Sides(seed=7) == with_value(Sides(), "seed", 7)
    assert Sides((9, 2)) == with_value(Sides(), "size", 9, (0,))
    assert Sides((1, 9)) == with_value(Sides(), "size", 9, (1,))
    assert Sides((9, 9)) == with_value(Sides(), "size", 9, (0, 1))


def test_a_refusal_is_the_choices_own() -> None:
    """With its numbers; None where they are valid."""
    assert refusal(Sides()) is None
    assert "Too long: 6." == str(refusal(Sides((6, 2))))


def page() -> None:
    import streamlit as st

    from explorer.ui.choices import last_valid, read_choices, write_settings
    from explorer.ui.setting import Number
    from tests.ui.test_choices import Sides

    fields = {"size": (Number("height", 1, 9, 1), Number("width", 1, 9, 2)), "seed": Number("seed", 0, 9, 0)}
    shown, problem = last_valid("page", read_choices(Sides, fields))
    st.text(f"{shown.size} {problem}")
    st.button("longer", on_click=lambda: fields["size"][1].set(st.session_state["width"] + 3))
    write_settings(fields)


def test_the_last_valid_choices_stay_where_the_next_are_refused() -> None:
    """And the reason comes with them; at first they are the defaults."""
    at = AppTest.from_function(page, default_timeout=60).run()
    assert "(1, 2) None" == at.text[0].value
    assert "(1, 5) None" == at.button[0].click().run().text[0].value
    assert "(1, 5) Too long: 8." == at.button[0].click().run().text[0].value
    fresh = AppTest.from_function(page, default_timeout=60)
    fresh.session_state["height"] = 7
    assert "(1, 2) Too long: 7." == fresh.run().text[0].value
