"""The app as AppTest sees it."""

import json
import re
from base64 import b64decode
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from streamlit.testing.v1 import AppTest

APP = str(Path(__file__).parents[2] / "app.py")


def new_app(learner: str = "", /, **link: str) -> AppTest:
    """A new session, not yet run, opened by a link with these parameters; ``learner`` is the token of who opens it."""
    at = AppTest.from_file(APP, default_timeout=60)
    if learner:
        at.session_state["learner"] = learner
    for name, value in link.items():
        at.query_params[name] = value
    return at


def open_convolution(**link: str) -> AppTest:
    """The Convolution page, opened by a link with these parameters."""
    return at_page("convolution", **link).run()


def open_page(page: str, learner: str = "", /, **link: str) -> AppTest:
    """The page of that name, to which one has gone from Home."""
    return new_app(learner, **link).run().switch_page(f"explorer/pages/{page}.py").run()


def open_train(**link: str) -> AppTest:
    """The Train page."""
    return open_page("train", **link)


def at_page(page: str, /, **link: str) -> AppTest:
    """The page of that name as the first one of the session, not yet run."""
    return new_app(**link).switch_page(f"explorer/pages/{page}.py")


def sent(at: AppTest, number: int = 0) -> dict[str, Any]:
    """What the page's component of that number was given to draw."""
    return json.loads(at.get("bidi_component")[number].proto.json)[0]


def widget(widgets: Iterable[Any], name: str) -> Any:
    """The widget of that name among those that show what is kept elsewhere: fresh_key numbers their keys."""
    return next(one for one in widgets if re.fullmatch(rf"{name}_\d+", one.key or ""))


def unpacked(matrix: Any) -> list[list[float]]:
    """The numbers of one of the inspector's matrices, as packed.js unpacks them."""
    if isinstance(matrix, list):
        return matrix
    palette = np.frombuffer(b64decode(matrix["palette"]), "<f8")
    numbers = palette[np.frombuffer(b64decode(matrix["cells"]), f"<u{matrix['bytes']}")] if matrix["bytes"] else palette
    return numbers.reshape(-1, matrix["columns"]).tolist()


def steps_of(curve: dict[str, Any]) -> list[float]:
    """The steps of one of the live curves, as series.js unpacks them."""
    x = curve["x"]
    return np.cumsum(x["hops"]).tolist() if isinstance(x, dict) else x


def values_of(curve: dict[str, Any]) -> list[float]:
    """The values of one of the live curves, as series.js unpacks them."""
    y = curve["y"]
    return np.frombuffer(b64decode(y["float32"]), "<f4").tolist() if isinstance(y, dict) else y


def shown_text(markdown: str) -> str:
    """What ``escape_markdown`` made Markdown of."""
    return re.sub(r"\\(.)", r"\1", markdown).replace("\u2060", "")


def field(at: AppTest, name: str) -> Any:
    """The field of that name to type a number into."""
    return widget(at.text_input, name)


def values(at: AppTest, grid: str) -> list[list[float]]:
    """The numbers of the inspector's grid of that name."""
    return next(unpacked(g["values"]) for g in sent(at)["scene"]["grids"] if g["name"] == grid)


def link_of(at: AppTest) -> dict[str, str]:
    """The parameters in the page's URL."""
    return {name: value[0] if isinstance(value, list) else value for name, value in at.query_params.items()}


def png(colour: tuple[int, int, int], size: tuple[int, int]) -> bytes:
    """A picture of one colour as a file; ``size`` is (width, height)."""
    file = BytesIO()
    Image.new("RGB", size, colour).save(file, "PNG")
    return file.getvalue()
