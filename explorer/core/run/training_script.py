"""The training script: a file that trains a network alone, as the app does with the same settings.

It has the lines which its settings need and no others: the lecture's recipe gives the plainest loop.
"""

from explorer.core.network.code import net_class
from explorer.core.network.layers import NetworkSpec
from explorer.core.network.ledger import trace
from explorer.core.run.script_data import load_code, modules_to_load
from explorer.core.run.script_steps import loop_code, modules_of_loop, rate_code
from explorer.core.run.script_words import docstring
from explorer.core.run.threads import MAX_AUTO_THREADS
from explorer.core.run.train_config import TrainConfig

_TEST = '''\
def test():
    """The share of the test images that the network reads right."""
    net.eval()
    with torch.no_grad():
        parts = zip(test_images.split(1000), test_labels.split(1000))
        right = sum((net(x).argmax(1) == y).sum().item() for x, y in parts)
    net.train()
    return right / len(test_labels)
'''
_BEST_DEVICE = """\
cuda, mps = torch.cuda.is_available(), torch.backends.mps.is_available()
device = torch.device("cuda" if cuda else "mps" if mps else "cpu")
"""


def train_code(stack: NetworkSpec, config: TrainConfig, stop_after: int | None = None) -> str:
    """A file that trains the stack (not ``config.network``) with ``config``'s settings, as the app would.

    It needs torch and torchvision, and prints the test accuracies of the app. On a CPU with as many threads it ends in
    the app's weights, bit for bit, but where ``script_words.notes`` says why it cannot. ``stop_after`` so many steps,
    where a run to be repeated was stopped there.
    """
    epochs = int(config.epochs) if config.epochs == int(config.epochs) else config.epochs
    settings = epochs, config.batch_size, float(config.lr), float(config.momentum), config.seed
    data, net = load_code(config), net_class(trace(stack, config.batch_size))
    beginning = (
        f"{docstring(config)}\n{_imports(config, stop_after)}\n{data.folder}\n"
        f"EPOCHS, BATCH_SIZE, LR, MOMENTUM, SEED = {', '.join(map(str, settings))}\n"
    )
    functions = [net, data.function, _TEST, *rate_code(config, stop_after)]
    return "\n\n".join([beginning, *functions, _made(config) + "\n" + loop_code(config, stop_after)])


def _imports(config: TrainConfig, stop_after: int | None) -> str:
    standard = {"import sys", *modules_to_load(config), *modules_of_loop(config, stop_after)}
    standard |= set() if config.threads else {"import os"}
    plain = sorted(standard, key=lambda line: (line.startswith("from"), line))
    installed = [line for line in plain if line.split()[1].split(".")[0] in ("numpy", "torchvision")]
    torch = ["import torch", "from torch.nn.functional import cross_entropy"]
    others = sorted([*installed, *torch], key=lambda line: (line.startswith("from"), line))
    return "\n".join([*(line for line in plain if line not in installed), "", *others]) + "\n"


def _made(config: TrainConfig) -> str:
    """The device, the data, the network and the optimizer."""
    cores = f"max(1, min(os.cpu_count() - 1, {MAX_AUTO_THREADS}))"
    return (
        f"torch.set_num_threads({config.threads or cores}){'' if config.threads else '  # one core stays free'}\n"
        + (_BEST_DEVICE if config.device == "auto" else f'device = torch.device("{config.device}")\n')
        + "images, labels = load(train=True)\n"
        + (f"images, labels = images[:{config.images}], labels[:{config.images}]\n" if config.images else "")
        + "test_images, test_labels = load(train=False)\n"
        + "torch.manual_seed(SEED)\n"
        + "net = Net().to(device, memory_format=torch.channels_last)\n"
        + f"optimizer = {_optimizer(config)}\n"
        + "shuffle = torch.Generator().manual_seed(SEED)\n"
    )


def _optimizer(config: TrainConfig) -> str:
    """What torch has by default is left out; AdamW's weight decay is 0.01 there, and so is always said."""
    decay = f", weight_decay={config.weight_decay}" if config.weight_decay or config.optimizer == "adamw" else ""
    if config.optimizer == "sgd":
        nesterov = ", nesterov=True" if config.nesterov else ""
        return f"torch.optim.SGD(net.parameters(), lr=LR, momentum=MOMENTUM{nesterov}{decay})"
    name = {"adam": "Adam", "adamw": "AdamW"}[config.optimizer]
    return f"torch.optim.{name}(net.parameters(), lr=LR, betas=(MOMENTUM, 0.999){decay})"
