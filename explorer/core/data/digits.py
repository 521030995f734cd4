"""Offline digits: handwriting drawn by the project itself, for where MNIST's files cannot be had.

A digit is a hand-designed path (``strokes.py``) that is shaken, bent, slanted and inked at random. It is
fitted the way MNIST was prepared: its box into 20 x 20 pixels, its centre of mass onto that of 28 x 28.
"""

from typing import NamedTuple

import numpy as np

from explorer.core.data.strokes import STROKES

SIDE = 28  # pixels of an image
BOX = 20.0  # pixels of the longer side of the ink's box, as in MNIST
MARGIN = 1.0  # pixels kept free of ink at every edge
SAMPLES = 112  # points of the pen's path: closer than a pixel even for the longest digit
CENTRE = 14.5  # MNIST's centre of mass: the middle of pixel 14, counted from 0
EDGE = 1.0  # pixels over which the ink fades
CHUNK = 500  # images drawn at once: a splat's array takes 6 MB
SQRT_TAU = float(np.sqrt(2 * np.pi))  # a plain float, which leaves float32 arrays float32


class Variant(NamedTuple):
    """One way of writing a digit, ready to be sampled."""

    share: float  # of its digit's images
    controls: np.ndarray  # (C, 2) points of the unit square, x to the right, y down
    blend: np.ndarray  # (SAMPLES, C): path = blend @ controls
    inked: np.ndarray  # (SAMPLES - 1,) 1 where the pen is down between two samples, 0 where it is lifted


def draw_digits(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Draw ``count`` digits: images uint8 (count, 28, 28), white on black, and labels int64 (count,).

    Classes differ by at most one image and come shuffled; the same seed gives the same bytes (on another
    kind of processor, a grey may round to its neighbour). 20,000 take about 3 seconds on one core.
    Raises ValueError for a negative count.
    """
    if count < 0:
        raise ValueError(f"cannot draw {count} digits: the count must be 0 or more")
    generator = np.random.default_rng(seed)
    labels = generator.permutation(np.arange(count, dtype=np.int64) % 10)
    images = np.empty((count, SIDE, SIDE), np.uint8)
    for start in range(0, count, CHUNK):
        part = slice(start, start + CHUNK)
        images[part] = _draw(labels[part], generator)
    return images, labels


def _draw(labels: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    paths, inked = _write(labels, generator)  # (N, P, 2), (N, P - 1)
    paths = _slant(_bend(paths, generator), generator)
    lengths = np.linalg.norm(np.diff(paths, axis=1), axis=2) * inked
    weights = np.pad(lengths, ((0, 0), (1, 1)))
    weights = (weights[:, 1:] + weights[:, :-1]) / 2  # ink that each sample of the path carries
    radii = _pens(paths, lengths, generator)
    paths, scale = _fit(paths, weights, radii)
    return _ink(paths, weights * scale, radii)


def _write(labels: np.ndarray, generator: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Choose a variant for every label and shake its points; paths (N, P, 2), pen down (N, P - 1)."""
    paths = np.empty((len(labels), SAMPLES, 2))
    inked = np.empty((len(labels), SAMPLES - 1))
    for digit, variants in VARIANTS.items():
        members = np.flatnonzero(labels == digit)
        choice = generator.choice(len(variants), len(members), p=[variant.share for variant in variants])
        for number, variant in enumerate(variants):
            chosen = members[choice == number]
            shake = generator.normal(0, 1, (len(chosen), *variant.controls.shape))
            shake *= generator.lognormal(np.log(0.035), 0.45, (len(chosen), 1, 1))  # steady and hasty hands
            paths[chosen] = variant.blend @ (variant.controls + shake)
            inked[chosen] = variant.inked
    return paths, inked


def _bend(paths: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """Elastic paper: each coordinate is pushed by two slow waves across the page."""
    count = len(paths)
    for _ in range(2):
        waves = generator.uniform(-0.9, 0.9, (count, 2, 2))  # cycles per box, for the push in x and in y
        phase = generator.uniform(0, 2 * np.pi, (count, 1, 2))
        reach = generator.normal(0, 0.05, (count, 1, 2)) * generator.lognormal(0, 0.4, (count, 1, 1))
        paths = paths + reach * np.sin(2 * np.pi * (paths @ waves) + phase)
    return paths


def _slant(paths: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """A writer's hand: narrow or wide, leaning (mostly to the right), turned a little."""
    count = len(paths)
    width = generator.lognormal(0, 0.2, count)
    lean = generator.normal(0.15, 0.26, count)
    turn = generator.normal(0, 0.1, count)
    cos, sin = np.cos(turn), np.sin(turn)
    x, y = paths[..., 0].T - 0.5, paths[..., 1].T - 0.5  # (P, N)
    x = x * width - y * lean
    return np.stack([(x * cos - y * sin).T, (x * sin + y * cos).T], axis=2)


def _pens(paths: np.ndarray, lengths: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """Radii of the pens (N,), in pixels: any width a line can have, but no blot where it winds closely."""
    scale = BOX / np.ptp(paths, axis=1).max(axis=1)
    centred = paths - paths.mean(axis=1, keepdims=True)
    spread = np.linalg.eigvalsh(centred.swapaxes(1, 2) @ centred / SAMPLES)  # along the digit and across it
    sides = np.sqrt(12 * np.maximum(spread, 0)) * scale[:, None]  # of the tilted box that spreads as much
    room = (sides + 14).prod(axis=1) / (lengths.sum(axis=1) * scale)
    radii = generator.lognormal(np.log(1.25), 0.33, len(paths))
    return np.clip(radii, 0.7, np.minimum(3.0, 0.115 * room))


def _fit(paths: np.ndarray, weights: np.ndarray, radii: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Paths in pixels, as MNIST places its digits, and the pixels per unit (N, 1) that took them there."""
    extent = np.ptp(paths, axis=1).max(axis=1)
    scale = ((BOX - 2 * radii) / extent)[:, None]
    mass = (paths * weights[..., None]).sum(axis=1) / weights.sum(axis=1, keepdims=True)
    paths = (paths - mass[:, None]) * scale[..., None] + CENTRE
    room = (MARGIN + radii)[:, None]
    shift = np.maximum(room - paths.min(axis=1), 0) - np.maximum(paths.max(axis=1) - (SIDE - room), 0)
    return paths + shift[:, None], scale


def _ink(paths: np.ndarray, weights: np.ndarray, radii: np.ndarray) -> np.ndarray:
    """Images (N, 28, 28): Gaussian splats along the path, added up and saturated at the pen's edge.

    A splat is separable, so that an image is one matrix product: (28, P) rows times (P, 28) columns.
    """
    weights, radii = weights.astype(np.float32), radii.astype(np.float32)
    spread = np.maximum(radii / 1.5, 0.6)[:, None, None]
    centres = np.arange(SIDE, dtype=np.float32)[:, None] + 0.5
    x, y = (paths[:, None, :, axis].astype(np.float32) for axis in (0, 1))  # (N, 1, P)
    columns = np.exp(-0.5 * ((x - centres) / spread) ** 2)  # (N, 28, P)
    rows = np.exp(-0.5 * ((y - centres) / spread) ** 2) * weights[:, None] / (spread * SQRT_TAU)
    ink = rows @ columns.swapaxes(1, 2)  # 1 on the middle of a long straight line
    distance = spread * np.sqrt(-2 * np.log(np.clip(ink, 1e-9, 1)))  # to that line, in pixels
    return (255 * np.clip(0.5 + (radii[:, None, None] - distance) / EDGE, 0, 1)).astype(np.uint8)


def _read(share: float, strokes: str) -> Variant:
    """A variant from its text: Catmull-Rom curves, with as many samples a leg as its length deserves."""
    points = np.array([word.rstrip("*").split(",") for word in strokes.replace("|", "").split()], float) / 100
    legs: list[tuple[int, int, int, int]] = []  # four points each: the curve runs from the second to the third
    first = 0
    for stroke in strokes.split("|"):
        words = stroke.split()
        last = first + len(words) - 1
        for start in range(first, last):
            before = start if start == first or words[start - first].endswith("*") else start - 1
            after = start + 1 if start + 1 == last or words[start + 1 - first].endswith("*") else start + 2
            legs.append((before, start, start + 1, after))
        first = last + 1
    lengths = [np.linalg.norm(points[c] - points[b]) for _, b, c, _ in legs]
    return Variant(share, points, *_blend(np.array(legs), np.array(lengths), len(points)))


def _blend(legs: np.ndarray, lengths: np.ndarray, controls: int) -> tuple[np.ndarray, np.ndarray]:
    ends = np.concatenate([[0], np.cumsum(lengths)])
    place = np.linspace(0, ends[-1], SAMPLES)
    leg = np.minimum(np.searchsorted(ends, place, side="right") - 1, len(legs) - 1)
    t = (place - ends[leg]) / lengths[leg]
    cubic = np.stack([-t + 2 * t**2 - t**3, 2 - 5 * t**2 + 3 * t**3, t + 4 * t**2 - 3 * t**3, t**3 - t**2], axis=1)
    blend = np.zeros((SAMPLES, controls))
    np.add.at(blend, (np.arange(SAMPLES)[:, None], legs[leg]), cubic / 2)
    lifted = legs[leg[1:], 1] > legs[leg[:-1], 2]  # the next leg does not start where this one ended
    return blend, np.where(lifted, 0.0, 1.0)


def _variants(digit: int) -> list[Variant]:
    total = sum(share for share, _ in STROKES[digit])
    return [_read(share / total, strokes) for share, strokes in STROKES[digit]]


VARIANTS = {digit: _variants(digit) for digit in STROKES}
