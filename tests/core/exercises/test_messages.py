"""The Help page's messages as its exercises take their numbers, pasted or made up."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.errors import SettingError
from explorer.core.exercises.every import BY_NAME
from explorer.core.exercises.messages import MessageState
from explorer.core.help.read_message import read_message
from tests.hypothesis_profiles import examples

ASKED = ("help_in_features", "help_in_channels", "help_outputs", "help_images")


@pytest.mark.parametrize("name", ASKED)
@given(seed=st.integers(0, 2**32))
@examples(50)
def test_the_page_explains_the_same_answer(name: str, seed: int) -> None:
    """What is said of the message once the exercise is done has the number that was right."""
    state = BY_NAME[name].draw(Random(seed))
    reading = read_message(state.message)
    said = " ".join(map(str, (*reading.sentences, reading.code))).replace(",", "")
    assert f"{BY_NAME[name].ask(state).right.answer[0]:.0f}" in said


def test_a_traceback_of_ones_own_is_asked_about() -> None:
    """Wherever the message stands in it, and however its lines are broken."""
    pasted = 'File "train.py", line 31\nRuntimeError: mat1 and mat2 shapes cannot be\nmultiplied (128x320 and 500x10)'
    asked = BY_NAME["help_in_features"].ask(MessageState(pasted))
    assert (320,) == asked.right.answer
    assert (500,) == asked.slips["layer_for_message"].answer


@pytest.mark.parametrize("name", ASKED)
@pytest.mark.parametrize(
    "message",
    [
        "",
        "x" * 20_000,
        "RuntimeError: Expected 3D (unbatched) or 4D (batched) input to conv2d, but got input of size: [64, 784]",
        # A sound's convolution; a batch flattened to one row; a label below 0; channels that stand last.
        "Given groups=1, weight of size [8, 2, 5], expected input[64, 3, 32] to have 2 channels, but got 3 channels "
        "instead",
        "mat1 and mat2 shapes cannot be multiplied (1x20480 and 320x10)",
        "IndexError: Target -1 is out of bounds.",
        "Given groups=1, weight of size [8, 3, 5, 5], expected input[64, 32, 30, 3] to have 3 channels, but got 32 "
        "channels instead",
    ],
)
def test_another_message_has_no_question(name: str, message: str) -> None:
    """The learner reads a sentence, and new numbers have it."""
    with pytest.raises(SettingError, match="New numbers"):
        BY_NAME[name].ask(MessageState(message))
