"""The card of the lecture's exercise, as a picture to keep."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

CARD_APP = Path(__file__).parent / "apps/task_card_app.py"


def test_the_card_is_kept_as_a_picture_that_fits_its_screen(new_page: Callable, serve, console: list[str]) -> None:
    """1000 px wide, on a phone 500, and twice as many dots; all of it is drawn, and its words are said."""
    for width, dots in ((1400, 2000), (390, 1000)):
        page = new_page(viewport={"width": width, "height": 900}, color_scheme="dark")
        page.goto(serve(CARD_APP))
        card = page.get_by_role("img", name="The lecture’s exercise")
        expect(card).to_have_attribute("width", str(dots))
        assert "<b>see</b> more: 更大的感受野" in card.get_attribute("aria-label")
        with page.expect_download() as kept:
            page.get_by_role("link", name="Keep the card").click()
        assert "exercise.png" == kept.value.suggested_filename
        picture = Image.open(kept.value.path()).convert("L")
        shown = card.bounding_box()
        assert (dots, picture.height / dots) == (
            picture.width,
            pytest.approx(shown["height"] / shown["width"], rel=0.02),
        )
        ink = np.asarray(picture) < 128
        assert ink.any(axis=1).nonzero()[0].max() > 0.9 * picture.height  # the last line is on it
        assert not ink[-8:].any()  # and not cut off
        assert not ink[40:, -20:].any()
    assert console == []
