"""The module that trains, built from the same list of layers that the ledger shows and the code panel prints."""

import torch
from torch import nn

from explorer.core import limits
from explorer.core.explained import SettingError
from explorer.core.layers import LayerSpec

IMAGE = (1, 28, 28)  # C, H, W
CLASSES = 10
# What torch raises for arguments that are missing, unknown, negative or too large, for a shape that does not fit,
# and for a name that Sequential itself uses.
REFUSALS = (TypeError, ValueError, RuntimeError, IndexError, OverflowError, KeyError)


def build(network: tuple[LayerSpec, ...], seed: int) -> nn.Sequential:
    """The layers in turn, under their own names (conv1.weight … fc.bias), on the CPU.

    The weights are those of ``torch.manual_seed(seed)`` and torch's own initialisation, layer by layer, while
    torch's global generator stays as it was. Raises SettingError for layers that do not fit each other or the
    images, do not end in ten numbers an image, or are larger than ``limits`` allows.
    """
    _rehearse(network)
    module = nn.Sequential()
    with torch.random.fork_rng(devices=[]):
        torch.default_generator.manual_seed(seed)  # torch.manual_seed would reseed the GPUs, too
        for spec in network:
            _add(module, spec)
    return module


def count_parameters(module: nn.Module) -> int:
    """Weights and biases together: 8,490 in the lecture's network."""
    return sum(parameter.numel() for parameter in module.parameters())


def _add(module: nn.Sequential, spec: LayerSpec) -> nn.Module:
    layer = getattr(nn, spec.kind)(**dict(spec.options))
    module.add_module(spec.name, layer)
    return layer


def _rehearse(network: tuple[LayerSpec, ...]) -> None:
    """Build and run it on torch's meta device, which has shapes but no memory: a link may ask for any size."""
    module, outputs = nn.Sequential(), 0
    names = [spec.name for spec in network]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise SettingError("More than one layer is called {name}. Give each its own name.", name=twice[0])
    with torch.device("meta"):
        batch = torch.empty(2, *IMAGE)
        for spec in network:
            try:
                batch = _add(module, spec)(batch)
            except REFUSALS as error:
                raise SettingError(
                    "The network breaks at layer {layer}: {reason}.",
                    layer=spec.name,
                    reason=_first_line(error),
                ) from error
            outputs += batch.numel() // 2
    if batch.shape != (2, CLASSES):
        raise SettingError(
            "The network turns 2 images into numbers of shape {found}, where ten classes need {expected}. Let it end"
            " in a Linear layer with 10 outputs.",
            found=tuple(batch.shape),
            expected=(2, CLASSES),
        )
    limits.within("network's number of parameters", count_parameters(module), 1, limits.MAX_PARAMETERS)
    limits.within("network's number of outputs per image", outputs, 1, limits.MAX_ACTIVATIONS)


def _first_line(error: Exception) -> str:
    return str(error.args[0]).strip().partition("\n")[0].rstrip(".")  # str() of a KeyError would add quotes
