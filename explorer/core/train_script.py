"""The PyTorch code of a stack as a training script that runs alone."""

from explorer.core.ledger import Ledger
from explorer.core.network_code import net_class
from explorer.core.train_config import TrainConfig


def train_code(ledger: Ledger, config: TrainConfig) -> str:
    """A file that trains the stack on MNIST with ``config``'s recipe, as the app would; needs torch and torchvision.

    On a CPU it gives the app's weights, bit for bit, with the same number of threads.
    """
    recipe = (config.epochs, config.batch_size, config.lr, config.momentum, config.seed)
    return f'''\
"""python train.py [FOLDER]: trains this network on MNIST, which is downloaded into FOLDER unless it is there."""

import sys

import torch
from torch.nn.functional import cross_entropy
from torchvision.datasets import MNIST

FOLDER = sys.argv[1] if len(sys.argv) > 1 else "data"
EPOCHS, BATCH_SIZE, LR, MOMENTUM, SEED = {", ".join(map(str, recipe))}


{net_class(ledger)}

def load(train):
    """Images, normalised once, and labels, on the device."""
    data = MNIST(FOLDER, train=train, download=True)
    images = data.data.to(device).unsqueeze(1).float().div(255).sub(0.1307).div(0.3081)  # (N, 1, 28, 28)
    return images, data.targets.to(device)


device = torch.device(
    "cuda" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else "cpu"
)
images, labels = load(train=True)
test_images, test_labels = load(train=False)
torch.manual_seed(SEED)
net = Net().to(device, memory_format=torch.channels_last)
optimizer = torch.optim.SGD(net.parameters(), lr=LR, momentum=MOMENTUM)
shuffle = torch.Generator().manual_seed(SEED)

for epoch in range(1, EPOCHS + 1):
    net.train()
    for rows in torch.randperm(len(labels), generator=shuffle).to(device).split(BATCH_SIZE):
        loss = cross_entropy(net(images[rows]), labels[rows])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    net.eval()
    with torch.no_grad():
        right = sum((net(x).argmax(1) == y).sum() for x, y in zip(test_images.split(1000), test_labels.split(1000)))
    print(f"epoch {{epoch}}: test accuracy {{right.item() / len(test_labels):.2%}}")
'''
