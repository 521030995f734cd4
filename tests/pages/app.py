"""The app as AppTest sees it."""

import json
import re
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from streamlit.testing.v1 import AppTest

APP = str(Path(__file__).parents[2] / "app.py")


def open_app(**link: str) -> AppTest:
    """The app opened by a link with these parameters."""
    at = AppTest.from_file(APP, default_timeout=60)
    for name, value in link.items():
        at.query_params[name] = value
    return at.run()


def sent(at: AppTest, number: int = 0) -> dict[str, Any]:
    """What the page's component of that number was given to draw."""
    return json.loads(at.get("bidi_component")[number].proto.json)[0]


def widget(widgets: Iterable[Any], name: str) -> Any:
    """The widget of that name among those that show what is kept elsewhere: fresh_key numbers their keys."""
    return next(one for one in widgets if re.fullmatch(rf"{name}_\d+", one.key or ""))


def values(at: AppTest, grid: str) -> list[list[float]]:
    """The numbers of the inspector's grid of that name."""
    return next(g["values"] for g in sent(at)["scene"]["grids"] if g["name"] == grid)


def link_of(at: AppTest) -> dict[str, str]:
    """The parameters in the page's URL."""
    return {name: value[0] if isinstance(value, list) else value for name, value in at.query_params.items()}


def png(colour: tuple[int, int, int], size: tuple[int, int]) -> bytes:
    """A picture of one colour as a file; ``size`` is (width, height)."""
    file = BytesIO()
    Image.new("RGB", size, colour).save(file, "PNG")
    return file.getvalue()
