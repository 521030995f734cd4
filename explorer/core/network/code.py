"""The PyTorch code of a stack, two ways: the lecture's class and Sequential. ``train_script`` has the third."""

from explorer.core.network.layer_kinds import KINDS
from explorer.core.network.layers import LayerSpec
from explorer.core.network.ledger import Ledger

# What the lecture writes as functions, it has nothing to learn; the rest are attributes with the layer's name.
_FUNCTIONS = {
    "ReLU": "torch.relu(x)",
    "Flatten": "torch.flatten(x, 1)",
    "Softmax": "torch.softmax(x, dim=1)",
    "View": "x.view(-1, {size})",
}


def layer_code(spec: LayerSpec) -> str:
    """``Conv2d(1, 10, kernel_size=5)``: as PyTorch writes it, what is at its default left out."""
    if spec.kind == "View":
        return f"view(-1, {spec['size']})"
    given = dict(spec.options)
    plain = ("in_channels", "out_channels", "in_features", "out_features", "num_features")
    names = [option.name for option in KINDS[spec.kind] if option.name in given]
    alone = len(names) == 1 and spec.kind != "Softmax"  # MaxPool2d(2), Dropout(0.25)
    arguments = (repr(given[name]) if alone or name in plain else f"{name}={given[name]!r}" for name in names)
    return f"{spec.kind}({', '.join(arguments)})"


def class_code(ledger: Ledger) -> str:
    """The lecture's way: a class with ``__init__`` and ``forward``, the shapes beside; printing the output's shape."""
    return f"import torch\n\n\n{net_class(ledger)}\n\nprint(Net()(torch.rand{_shape(ledger)}).shape)\n"


def sequential_code(ledger: Ledger) -> str:
    """The same layers under the same names in one Sequential, printing every layer's shape."""
    return (
        "from collections import OrderedDict\n\nimport torch\n\n"
        + sequential_module(ledger)
        + f"\nx = torch.rand{_shape(ledger)}\n"
        + "for name, layer in net.named_children():\n    x = layer(x)\n    print(name, tuple(x.shape))\n"
    )


def sequential_module(ledger: Ledger) -> str:
    """``net = torch.nn.Sequential(OrderedDict([…]))`` with the shapes beside; it needs both imports above it."""
    lines = [f'    ("{spec.name}", {_module(spec)}),' for spec in ledger.stack.layers]
    return "net = torch.nn.Sequential(OrderedDict([\n" + _commented(lines, _shapes(ledger)) + "]))\n"


def net_class(ledger: Ledger) -> str:
    """``class Net(torch.nn.Module)`` with the shapes of a batch beside; it needs ``import torch`` above it."""
    layers, shapes = ledger.stack.layers, _shapes(ledger)
    made = [f"        self.{spec.name} = {_module(spec)}\n" for spec in layers if spec.kind not in _FUNCTIONS]
    steps = ["    def forward(self, x):", *(f"        x = {_call(spec)}" for spec in layers)]
    return (
        "class Net(torch.nn.Module):\n    def __init__(self):\n        super().__init__()\n"
        + "".join(made)
        + "\n"
        + _commented(steps, [_shape(ledger), *shapes])
        + "        return x\n"
    )


def _call(spec: LayerSpec) -> str:
    return _FUNCTIONS.get(spec.kind, f"self.{spec.name}(x)").format(**dict(spec.options))


def _module(spec: LayerSpec) -> str:
    if spec.kind == "View":  # torch.nn has none: all numbers in one row, then cut
        return f"torch.nn.Sequential(torch.nn.Flatten(0), torch.nn.Unflatten(0, (-1, {spec['size']})))"
    return f"torch.nn.{layer_code(spec)}"


def _shape(ledger: Ledger) -> str:
    return str((ledger.batch, *ledger.stack.image))


def _shapes(ledger: Ledger) -> list[str]:
    """Of each layer's output; where it fails, that it does, and nothing after."""
    shapes = [str(row.output) for row in ledger.rows]
    waiting = len(ledger.stack.layers) - len(shapes)
    return shapes + (["fails", *[""] * (waiting - 1)] if waiting else [])


def _commented(lines: list[str], comments: list[str]) -> str:
    width = max(map(len, lines), default=0)
    return "".join(
        f"{line:{width}}  # {comment}\n" if comment else f"{line}\n"
        for line, comment in zip(lines, comments, strict=True)
    )
