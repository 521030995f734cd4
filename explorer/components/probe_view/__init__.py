"""What ten test digits look like to a network while it learns. Choosing one of them stays in the browser."""

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from streamlit.components.v2 import component

from explorer.components.files import script
from explorer.components.probe_view.message import WORDS, Pictures, ProbeMessage
from explorer.components.words import needed

_COMPONENT = component("probe_view", js=script("probe_view/probe_view.js"))


@dataclass(frozen=True)
class Probe:
    """Ten digits, and what a network makes of them.

    ``images`` (N, H, W) uint8, 0 paper and 255 ink; ``labels`` (N,), called ``names[label]`` on screen.
    ``probabilities`` (N, 10), None before a network has looked; a row of NaN is no answer. ``answers`` are each
    digit's, one for each change of mind, the present one last, None for none. ``maps`` (N, C, h, w) uint8 on one scale,
    255 for ``largest_map``. ``kernels`` (n, kh, kw), and ``kernels_before`` the same before training; None where the
    network has none. Raises ValueError where the numbers of digits differ.
    """

    images: np.ndarray
    labels: Sequence[int]
    probabilities: np.ndarray | None = None
    answers: Sequence[Sequence[int | None]] = ()
    maps: np.ndarray | None = None
    largest_map: float = 1.0
    kernels: np.ndarray | None = None
    kernels_before: np.ndarray | None = None
    names: Sequence[str] = tuple("0123456789")

    def __post_init__(self) -> None:
        parts = {"labels": self.labels, "probabilities": self.probabilities, "answers": self.answers, "maps": self.maps}
        for name, part in parts.items():
            if part is not None and len(part) not in (len(self.images), 0 if name == "answers" else -1):
                raise ValueError(f"{len(self.images)} images, but {len(part)} {name}")


def probe_view(probe: Probe, *, words: Mapping[str, str], key: str) -> None:
    """Draws the digits in a row, and beneath it the chosen one's probabilities and maps, and the kernels.

    ``words`` are the texts in the page's language, those that WORDS names: ``title``; ``score`` {right};
    ``digits``, the row's name read aloud; ``right wrong unanswered`` {label} {answer} {percent}, read aloud too, and
    ``before was`` {answers}, with ``comma`` between them; ``probabilities maps`` {label}, ``kernels``,
    headings; ``truth``, the sign ◂; ``now change``, the switch; ``scale maps_scale`` {largest}; ``empty``, an
    invitation while no network has looked.
    Raises ValueError for a missing one.
    """
    kernels, before = probe.kernels, probe.kernels_before
    change = None if kernels is None or before is None else kernels - before
    data: ProbeMessage = {
        "images": _packed(probe.images),
        "labels": [int(label) for label in probe.labels],
        "names": list(probe.names),
        "probabilities": None if probe.probabilities is None else _rounded(probe.probabilities),
        "answers": [[one if one is None else int(one) for one in some] for some in probe.answers]
        or [[] for _ in probe.labels],
        "maps": None if probe.maps is None else _packed(probe.maps.reshape(-1, *probe.maps.shape[2:])),
        "kernels": None if kernels is None else _packed(_signed(kernels)),
        "change": None if change is None else _packed(_signed(change)),
        "largest_map": float(f"{probe.largest_map:.4g}"),
        "largest": _largest(kernels),
        "largest_change": _largest(change),
        "words": needed(words, WORDS),
    }
    _COMPONENT(key=key, data=[data])  # in a list, as the cell inspector explains


def _packed(pictures: np.ndarray) -> Pictures:
    """[(count, height, width), base64 of the bytes]: a third of what the same numbers take as text.

    Third, True where each run of zeros (paper, what a ReLU stopped) has become a zero and the run's length: so digits
    take a third, their maps half to two thirds.
    """
    count, height, width = pictures.shape
    plain = pictures.tobytes()
    runs = re.sub(rb"\0{1,255}", lambda zeros: bytes((0, len(zeros[0]))), plain)
    if len(runs) < len(plain):
        return (count, height, width), b64encode(runs).decode(), True
    return (count, height, width), b64encode(plain).decode()


def _signed(weights: np.ndarray) -> np.ndarray:
    """Weights as signed bytes, the largest 127: one scale for all, so that a dead kernel looks dead."""
    return np.rint(weights / (_largest(weights) or 1.0) * 127).astype(np.int8)


def _largest(weights: np.ndarray | None) -> float:
    return 0.0 if weights is None else float(f"{np.abs(weights).max():.4g}")


def _rounded(probabilities: np.ndarray) -> list[list[float] | None]:
    return [[round(float(p), 4) for p in row] if np.isfinite(row).all() else None for row in probabilities]
