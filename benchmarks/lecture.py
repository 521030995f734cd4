"""The baseline of training.py: the lecture's network and loop, as a student writes them."""

from collections.abc import Iterator

import torch
from PIL import Image
from torch import Tensor, nn
from torchvision import transforms

from explorer.training.data import normalised
from explorer.training.published import Images


class LecturesDigits(torch.utils.data.Dataset):
    """As torchvision's MNIST gives them: a PIL image for each index, through ToTensor and Normalize."""

    def __init__(self, images: Tensor, labels: Tensor) -> None:
        self.images, self.labels = images, labels
        self.transform = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.1307,), (0.3081,))])

    def __len__(self) -> int:
        return len(self.labels)

    def __getitem__(self, index: int) -> tuple[Tensor, int]:
        return self.transform(Image.fromarray(self.images[index].numpy())), int(self.labels[index])


class LecturesNet(nn.Module):
    """(N, 1, 28, 28) to logits (N, 10), written as the lecture writes it."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(1, 10, kernel_size=5)
        self.conv2 = nn.Conv2d(10, 20, kernel_size=5)
        self.pooling = nn.MaxPool2d(2)
        self.fc = nn.Linear(320, 10)

    def forward(self, x: Tensor) -> Tensor:
        """One forward pass."""
        batch_size = x.size(0)
        x = torch.relu(self.pooling(self.conv1(x)))
        x = torch.relu(self.pooling(self.conv2(x)))
        return self.fc(x.view(batch_size, -1))


class Lecture:
    """The lecture's loop: DataLoader without workers, each batch moved to ``device``, the loss read at every step."""

    def __init__(self, mnist: Images, device: torch.device, seed: int = 0) -> None:
        torch.manual_seed(seed)
        self.network, self.device = LecturesNet().to(device), device
        self.mnist = mnist

    def steps(self, epochs: int) -> Iterator[int]:
        """Images of each step: a generator, so that the others get their turn."""
        loader = torch.utils.data.DataLoader(
            LecturesDigits(self.mnist.train_images, self.mnist.train_labels), batch_size=64, shuffle=True
        )
        criterion = nn.CrossEntropyLoss()
        optimizer = torch.optim.SGD(self.network.parameters(), lr=0.01, momentum=0.5)
        for _ in range(epochs):
            running_loss = 0.0
            for inputs, target in loader:
                inputs, target = inputs.to(self.device), target.to(self.device)
                optimizer.zero_grad()
                loss = criterion(self.network(inputs), target)
                loss.backward()
                optimizer.step()
                running_loss += loss.item()
                yield len(target)

    def accuracy(self) -> float:
        """The share of MNIST's test images that is right."""
        with torch.no_grad():
            logits = self.network(normalised(self.mnist.test_images, self.device))
        return (logits.argmax(1).cpu() == self.mnist.test_labels).float().mean().item()
