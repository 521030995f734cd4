"""One step of training, and nothing around it: forward, loss, backward, update. A loop body that fits on a screen."""

from collections.abc import Sequence
from contextlib import nullcontext

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from explorer.core.run.train_config import TrainConfig
from explorer.training.data import DataSet


class EagerSteps:
    """Steps as Python calls them, one operation after the other: on every device, for every network."""

    name = "eager"
    at_once = 1  # steps that ``train_batches`` is best given together

    def __init__(
        self, network: nn.Module, optimizer: torch.optim.Optimizer, data: DataSet, config: TrainConfig
    ) -> None:
        self.network, self.optimizer, self.data = network, optimizer, data
        self.parameters = list(network.parameters())
        self.smoothing, self.bf16 = config.label_smoothing, config.precision == "bf16"
        self.device = data.train_images.device.type

    def train_batches(self, batches: Sequence[Tensor], rates: Sequence[float]) -> tuple[Tensor, Tensor]:
        """Trains on each of ``batches`` (row numbers, (B,)) with its learning rate.

        Returns the losses and the numbers of right answers, (len(batches),) each, on the device: reading them now
        would make a GPU wait. The gradients of the last step stay in the parameters.
        """
        taken = [self._train_batch(rows, rate) for rows, rate in zip(batches, rates, strict=True)]
        return torch.stack([loss for loss, _ in taken]), torch.stack([right for _, right in taken])

    def forget(self) -> None:
        """The optimizer's numbers have changed; what was made with the old ones goes."""

    def learn(self, rows: Tensor) -> tuple[Tensor, Tensor]:
        """One step on the images of these rows, with the learning rate that the optimizer has: loss () and right ()."""
        images, labels = (part.index_select(0, rows) for part in (self.data.train_images, self.data.train_labels))
        with torch.autocast(self.device, torch.bfloat16) if self.bf16 else nullcontext():
            logits = self.network(images).float()  # (B, 10)
        loss = cross_entropy(logits, labels, label_smoothing=self.smoothing)
        for parameter in self.parameters:  # what optimizer.zero_grad() does; its profiling takes 30 µs a step, 1 %
            parameter.grad = None
        loss.backward()
        self.optimizer.step()
        return loss.detach(), (logits.detach().argmax(1) == labels).sum()

    def _train_batch(self, rows: Tensor, rate: float) -> tuple[Tensor, Tensor]:
        for group in self.optimizer.param_groups:
            if isinstance(group["lr"], Tensor):
                group["lr"].fill_(rate)
            else:
                group["lr"] = rate
        return self.learn(rows)


def make_optimizer(parameters: list[nn.Parameter], config: TrainConfig, graphed: bool = False) -> torch.optim.Optimizer:
    """The optimizer that ``config`` names; ``graphed``: for a CUDA graph, which reads the rate from a tensor."""
    lr = torch.tensor(config.lr, device=parameters[0].device) if graphed else config.lr
    options = {"weight_decay": config.weight_decay, **({"fused": True} if graphed else {})}
    if config.optimizer == "sgd":
        return torch.optim.SGD(parameters, lr, config.momentum, nesterov=config.nesterov, **options)
    kind = torch.optim.Adam if config.optimizer == "adam" else torch.optim.AdamW
    return kind(parameters, lr, (config.momentum, 0.999), capturable=graphed, **options)


def set_momentum(optimizer: torch.optim.Optimizer, momentum: float, nesterov: bool) -> None:
    """SGD's momentum, or Adam's first beta; Nesterov's needs one above 0."""
    for group in optimizer.param_groups:
        if "betas" in group:
            group["betas"] = (momentum, group["betas"][1])
        else:
            group |= {"momentum": momentum, "nesterov": nesterov and momentum > 0}
