"""A data set's test images on their way to the browser: a few at a time, by their numbers."""

import re
import threading
import time

import numpy as np
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from explorer.components.files import route_path
from explorer.core import limits
from explorer.core.data.data_sets import SOURCES
from explorer.exchange.test_images import LabelledImages, read_test_images
from explorer.ui.weights import A_DAY

LOOK_AGAIN_SECONDS = 10.0  # where there were none: a run may have fetched them meanwhile; a look may take 10 ms
_NUMBERS = re.compile(r"\d{1,6}(,\d{1,6})*", re.ASCII)


class ImagesAtHand:
    """The test images of each data set, read once for all learners when the first asks: 7.8 MB a set."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._found: dict[str, LabelledImages] = {}
        self._looked: dict[str, float] = {}

    def of(self, data: str) -> LabelledImages | None:
        """Those of the set ``data``; None where this server has none now."""
        with self._lock:
            looked = self._looked.get(data)
            if data not in self._found and (looked is None or time.monotonic() - looked > LOOK_AGAIN_SECONDS):
                self._looked[data] = time.monotonic()
                if images := read_test_images(data):
                    self._found[data] = images
            return self._found.get(data)


_IMAGES = ImagesAtHand()


def digits_address(data: str) -> str:
    """Where a page asks for test images of the set ``data``; "" where this server has none."""
    return f"digits/{data}" if _IMAGES.of(data) else ""


def digits_route() -> Route:
    """``?numbers=5,17``: for each number a byte, the label, and 28·28 of ink, row by row, 255 the darkest."""
    return Route(route_path("digits/{data}"), _serve)


def _serve(request: Request) -> Response:
    data, asked = request.path_params["data"], dict(request.query_params)
    text = asked.get("numbers", "")
    images = _IMAGES.of(data) if data in SOURCES else None
    if images is None:
        return PlainTextResponse("not found", status_code=404)
    numbers = [int(number) for number in text.split(",")] if _NUMBERS.fullmatch(text) else []
    if not 0 < len(numbers) <= limits.MAX_DIGITS_SENT or max(numbers) >= len(images.labels):
        most, last = limits.MAX_DIGITS_SENT, len(images.labels) - 1
        return PlainTextResponse(f"numbers: 1 to {most} of 0 to {last}, with commas", status_code=400)
    body = np.column_stack([images.labels[numbers], images.images[numbers].reshape(len(numbers), -1)]).tobytes()
    headers = {"cache-control": A_DAY, "x-content-type-options": "nosniff"}
    return Response(body, media_type="application/octet-stream", headers=headers)
