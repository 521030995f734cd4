"""Are MNIST's test digits still read, when each lies anywhere, in any size, in a picture of its own?

    python benchmarks/placing.py [--photos] [--data FOLDER] [--count 10000] [--seed 0] [--short]

FOLDER holds MNIST's files; without it MNIST is looked for as in the app. Each digit is enlarged smoothly and put at
random onto a picture of 280×280, dark on light or light on dark. From there it goes the way of a learner's photo, the
browser's own scripts run by Node, and the two networks that ship read what they make of it; then once more with each
step left out. With --photos each lies in the light of a lamp, half of it in a sharp shadow, with a camera's grain.
Needs requirements-dev.txt.
"""

import base64
import math
import sys
from collections.abc import Iterator
from pathlib import Path

import torch
from arguments import parser
from torch import Tensor

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from mnist import load_mnist

from explorer.core.data.data_sets import SOURCES
from explorer.exchange.folders import SHIPPED
from explorer.training.checkpoint import load_run
from tests.components.node import Node

CANVAS = 280  # pixels of the picture's side: a digit's takes some 50 ms
SMALLEST, LARGEST = 1.5, 10.0  # times MNIST's own size …
SMALLEST_PHOTO = 4.0  # … of a photo: a grain does not spare what is smaller
AT_ONCE = 50  # digits in one question to Node
WAYS = {
    "all steps": {"scale": True, "centre": True, "pen": True},
    "without scaling": {"scale": False, "centre": True, "pen": True},
    "without centring": {"scale": True, "centre": False, "pen": True},
    "without the pen": {"scale": True, "centre": True, "pen": False},
    "without any": {"scale": False, "centre": False, "pen": False},
}
# A digit enlarged bilinearly onto a picture, and what each way makes of it: bytes of ink, as base64.
PLACED = """(images, plans, side, ways, photos) => {
  const text = (image) => btoa(String.fromCharCode(...image.map((ink) => Math.round(ink * 255))));
  return plans.map(({ scale, left, top, dark: isDark, angle, seed }, number) => {
    const dark = isDark || photos;
    const digit = bytesOf(images[number]);
    const at = (row, column) => (row < 0 || column < 0 || row > 27 || column > 27 ? 0 : digit[row * 28 + column]);
    const values = new Float32Array(side * side).fill(dark ? 1 : 0);
    for (let row = Math.floor(top - scale); row < Math.min(side, top + 29 * scale); row++)
      for (let column = Math.floor(left - scale); column < Math.min(side, left + 29 * scale); column++) {
        if (row < 0 || column < 0) continue;
        const [y, x] = [(row + 0.5 - top) / scale - 0.5, (column + 0.5 - left) / scale - 0.5];
        const [y0, x0] = [Math.floor(y), Math.floor(x)];
        const line = (r) => at(r, x0) * (x0 + 1 - x) + at(r, x0 + 1) * (x - x0);
        const ink = (line(y0) * (y0 + 1 - y) + line(y0 + 1) * (y - y0)) / 255;
        values[row * side + column] = dark ? 1 - ink : ink;
      }
    const [across, down] = [Math.cos(angle) / side, Math.sin(angle) / side];
    let state = seed;
    const chance = () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648 - 0.5;
    if (photos) values.forEach((value, pixel) => {
      const [x, y] = [(pixel % side) - side / 2, Math.floor(pixel / side) - side / 2];
      const light = (0.55 + 0.35 * (x * across + y * down)) * (x * down - y * across > 0.1 ? 0.6 : 1);
      const grain = 0.024 * (chance() + chance() + chance()); // its deviation is 0.012
      values[pixel] = Math.min(1, Math.max(0, light * (0.3 + 0.7 * value) + grain));
    });
    const ink = inkOfPicture({ values, width: side, height: side });
    return ways.map((steps) => text((ink && placePicture(ink, steps)) ?? new Float32Array(784)));
  });
}"""


def plan(image: Tensor, smallest: float, generator: torch.Generator) -> dict[str, float | bool]:
    """Where one digit lies and how large: all of its ink on the picture."""
    rows, columns = (torch.nonzero(image.sum(axis)).flatten() for axis in (1, 0))
    size = int(max(rows[-1] - rows[0], columns[-1] - columns[0])) + 3
    draw = torch.rand(6, generator=generator).tolist()
    scale = smallest + draw[0] * (min(LARGEST, CANVAS / size) - smallest)

    def place(share: float, ink: Tensor) -> float:
        first, last = (float(ink[0]) - 1) * scale, (float(ink[-1]) + 2) * scale
        return -first + share * (CANVAS - (last - first))

    light = {"dark": draw[3] < 0.5, "angle": 2 * math.pi * draw[4], "seed": int(draw[5] * 2**31)}
    return {"scale": scale, "left": place(draw[1], columns), "top": place(draw[2], rows), **light}


def placed(images: Tensor, seed: int, photos: bool) -> Iterator[tuple[str, Tensor]]:
    """The name of each way, and the uint8 images (N, 28, 28) that it makes of them."""
    generator = torch.Generator().manual_seed(seed)
    found: list[list[str]] = []
    node = Node("base64.js", "inside/drawing/raster.js", "inside/drawing/raster_placing.js")
    for part in images.split(AT_ONCE):
        texts = [base64.b64encode(image.numpy().tobytes()).decode() for image in part]
        plans = [plan(image, SMALLEST_PHOTO if photos else SMALLEST, generator) for image in part]
        found += node.ask(PLACED, texts, plans, CANVAS, list(WAYS.values()), photos)
        print(f"\r{len(found)} of {len(images)}", end="", file=sys.stderr, flush=True)
    node.close()
    print(file=sys.stderr)
    for name, texts in zip(WAYS, zip(*found, strict=True), strict=True):
        ink = torch.frombuffer(bytearray(b"".join(map(base64.b64decode, texts))), dtype=torch.uint8)
        yield name, ink.reshape(-1, 28, 28)


@torch.no_grad()
def accuracy(folder: Path, images: Tensor, labels: Tensor) -> float:
    """What part of uint8 images (N, 28, 28) that run's network reads right."""
    config, network = load_run(folder)
    source = SOURCES[config.data]
    batch = (images.unsqueeze(1) / 255 - source.mean) / source.std
    answers = torch.cat([network(part).argmax(1) for part in batch.split(1000)])
    return (answers == labels).float().mean().item()


def main() -> None:
    """Places all, reads all, prints a row for each way."""
    arguments = parser(__doc__)
    arguments.add_argument("--count", type=int, default=10_000, help="test digits, the first ones")
    arguments.add_argument("--seed", type=int, default=0)
    arguments.add_argument("--photos", action="store_true", help="in a lamp's light, with a shadow and grain")
    options = arguments.parse_args()
    data = load_mnist(options.data)
    count = 100 if options.short else options.count
    images, labels = data.test_images[:count], data.test_labels[:count]
    print("| read right | " + " | ".join(SHIPPED) + " |\n|---|" + "---|" * len(SHIPPED))
    for name, ink in [("as MNIST has them", images), *placed(images, options.seed, options.photos)]:
        print(f"| {name} | " + " | ".join(f"{accuracy(folder, ink, labels):.2%}" for folder in SHIPPED.values()) + " |")


if __name__ == "__main__":
    main()
