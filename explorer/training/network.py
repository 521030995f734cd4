"""The module that trains, built from the same list of layers that the ledger shows and the code panel prints."""

import warnings

import torch
from torch import nn

from explorer.core.errors import SettingError
from explorer.core.network.layers import LayerSpec, NetworkSpec
from explorer.core.network.trainable import require_trainable
from explorer.training.run_random import RunRandom

# padding='same' with an even kernel costs a copy: torch says so at each worker's first step, in the server's log.
warnings.filterwarnings("ignore", "Using padding='same' with even kernel lengths", UserWarning)


def build(network: tuple[LayerSpec, ...], seed: int) -> nn.Sequential:
    """``build_with`` the weights of ``torch.manual_seed(seed)``."""
    return build_with(network, RunRandom(seed, torch.device("cpu")))


def build_with(network: tuple[LayerSpec, ...], random: RunRandom) -> nn.Sequential:
    """The layers in turn, under their own names (conv1.weight … fc.bias), on the CPU.

    The weights are torch's own initialisation, layer by layer, drawn from ``random``, which goes on behind them.
    Raises SettingError where ``require_trainable`` does, before any memory is taken: a link may ask for any size;
    and for a name that Sequential itself uses.
    """
    require_trainable(NetworkSpec(network))
    module = nn.Sequential()
    with random:
        for spec in network:
            _add(module, spec)
    return module


def count_parameters(module: nn.Module) -> int:
    """Weights and biases together: 8,490 in the lecture's network."""
    return sum(parameter.numel() for parameter in module.parameters())


def _add(module: nn.Sequential, spec: LayerSpec) -> None:
    try:
        module.add_module(spec.name, getattr(nn, spec.kind)(**dict(spec.options)))
    except KeyError as error:  # "attribute 'append' already exists"
        raise SettingError("The network breaks at {layer}: {reason}.", layer=spec.name, reason=error.args[0]) from error
