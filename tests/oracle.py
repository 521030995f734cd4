"""PyTorch's own layers for our settings: what every drawn number is compared with."""

import numpy as np
import torch

from explorer.core.arithmetic.convolution import ConvSpec


def torch_layer(settings: dict[str, object]) -> torch.nn.Module:
    """Conv2d or ConvTranspose2d of these keyword arguments of ConvSpec, float64, with a bias."""
    names = ("kernel_size", "stride", "padding", "dilation", "groups", "padding_mode")
    options = {name: settings[name] for name in names if name in settings}
    kind = torch.nn.ConvTranspose2d if settings["transposed"] else torch.nn.Conv2d
    if settings["transposed"]:
        options["output_padding"] = settings["output_padding"]
    layer = kind(settings.get("in_channels", 1), settings.get("out_channels", 1), **options, dtype=torch.float64)
    return layer.requires_grad_(False)


def torch_conv(spec: ConvSpec, images: torch.Tensor, weight: np.ndarray, bias: np.ndarray | None) -> torch.Tensor:
    """(C, H, W) -> (M, H_out, W_out) by the layer itself; ``weight`` is (M, C / groups, kh, kw)."""
    layer = torch_layer(vars(spec))
    layer.weight.data = torch.from_numpy(weight).contiguous() if not spec.transposed else _swapped(weight, spec.groups)
    layer.bias.data = torch.zeros(spec.out_channels, dtype=torch.float64) if bias is None else torch.from_numpy(bias)
    return layer(images[None])[0]


def _swapped(weight: np.ndarray, groups: int) -> torch.Tensor:
    """(M, C / groups, …) -> (C, M / groups, …), as ConvTranspose2d keeps it."""
    return torch.from_numpy(np.concatenate([part.swapaxes(0, 1) for part in np.split(weight, groups)]))
