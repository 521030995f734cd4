"""Networks with random weights, in torch and as the browser gets them."""

import base64

import safetensors.torch
import torch
from torch import Tensor, nn

from explorer.core.network.layers import LayerSpec
from tests.stacks import module_of

EMPTY = (2).to_bytes(8, "little") + b"{}"  # a file of safetensors without a tensor


def trained(network: tuple[LayerSpec, ...], seed: int) -> nn.Sequential:
    """Random weights, and averages as if BatchNorm had seen something; in eval mode."""
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        module = nn.Sequential()
        for spec in network:
            module.add_module(spec.name, module_of(spec))
        for name, tensor in module.state_dict().items():
            if name.endswith(("running_mean", "running_var")):
                tensor.copy_(torch.rand_like(tensor) + 0.1)
    return module.eval()


def weights_text(module: nn.Module) -> str:
    """Its weights as safetensors, in base64."""
    weights = {name: tensor.contiguous() for name, tensor in module.state_dict().items()}
    return base64.b64encode(safetensors.torch.save(weights) if weights else EMPTY).decode()


def random_image(seed: int) -> Tensor:
    """(1, 28, 28), as normalised digits are."""
    return torch.randn(1, 28, 28, generator=torch.Generator().manual_seed(seed))
