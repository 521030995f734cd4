"""Does a network that has only seen offline digits read real handwriting?

    python benchmarks/offline_digits.py [--data FOLDER] [--count 20000 --epochs 3 --seeds 3] [--short]

FOLDER holds MNIST's files; without it MNIST is looked for as in the app. Prints the seconds to draw, the accuracy on
offline digits that were held out, that on MNIST's 10,000 test images for every seed, and the recall of every digit.
"""

import argparse
import sys
import time
from pathlib import Path

import torch
from arguments import parser
from torch import Tensor, nn

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from mnist import load_mnist

from explorer.core.data.digits import draw_digits

HELD_OUT = 2000


class SmallNet(nn.Module):
    """Two convolutions and a line: 8,490 parameters; (N, 1, 28, 28) to logits (N, 10)."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 10, 5), nn.Conv2d(10, 20, 5)
        self.pool, self.fc = nn.MaxPool2d(2), nn.Linear(320, 10)

    def forward(self, x: Tensor) -> Tensor:
        """Logits (N, 10) of images (N, 1, 28, 28)."""
        x = self.pool(self.conv1(x)).relu()
        return self.fc(self.pool(self.conv2(x)).relu().flatten(1))


def normalise(images: Tensor) -> Tensor:
    """uint8 (N, 28, 28) to float32 (N, 1, 28, 28), with MNIST's mean and deviation."""
    return ((images.float() / 255 - 0.1307) / 0.3081).unsqueeze(1)


def train(images: Tensor, labels: Tensor, epochs: int, seed: int) -> nn.Module:
    """A SmallNet after ``epochs`` of plain SGD, in batches of 64."""
    generator = torch.Generator().manual_seed(seed)
    with torch.random.fork_rng():
        torch.manual_seed(seed)  # layers draw their first weights from the global stream
        model = SmallNet()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.5)
    for _ in range(epochs):
        for batch in torch.randperm(len(images), generator=generator).split(64):
            loss = nn.functional.cross_entropy(model(images[batch]), labels[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return model


@torch.no_grad()
def predict(model: nn.Module, images: Tensor) -> Tensor:
    """The likeliest class of every image, (N,)."""
    return torch.cat([model(part).argmax(1) for part in images.split(1000)])


def run(seed: int, options: argparse.Namespace, mnist: tuple[Tensor, Tensor]) -> tuple[float, Tensor]:
    """Draw, train and test once; the accuracy on MNIST and the recall of every digit (10,)."""
    started = time.perf_counter()
    images, labels = (torch.from_numpy(array) for array in draw_digits(options.count + HELD_OUT, seed))
    drawn = time.perf_counter() - started
    images = normalise(images)
    model = train(images[HELD_OUT:], labels[HELD_OUT:], options.epochs, seed)
    held_out = (predict(model, images[:HELD_OUT]) == labels[:HELD_OUT]).float().mean().item()
    right = (predict(model, mnist[0]) == mnist[1]).float()
    recall = torch.stack([right[mnist[1] == digit].mean() for digit in range(10)])
    print(
        f"seed {seed}: drawn in {drawn:.1f} s, held out {held_out:.2%}, MNIST test {right.mean():.2%}",
        flush=True,
    )
    return right.mean().item(), recall


def main() -> None:
    """Run every seed and print what they reached together."""
    arguments = parser(__doc__)
    arguments.add_argument("--count", type=int, default=20000, help="offline digits to train on")
    arguments.add_argument("--epochs", type=int, default=3)
    arguments.add_argument("--seeds", type=int, default=3)
    options = arguments.parse_args()
    if options.short:
        options.count, options.epochs, options.seeds = 2000, 1, 1
    data = load_mnist(options.data)
    mnist = normalise(data.test_images), data.test_labels
    accuracies, recalls = zip(*(run(seed, options, mnist) for seed in range(options.seeds)), strict=True)
    print(f"MNIST test: mean {sum(accuracies) / len(accuracies):.2%}, lowest {min(accuracies):.2%}")
    recall = torch.stack(recalls).mean(0)
    print("recall: " + "  ".join(f"{digit}: {value:.1%}" for digit, value in enumerate(recall.tolist())))


if __name__ == "__main__":
    main()
