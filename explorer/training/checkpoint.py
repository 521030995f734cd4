"""Weights on disk and on the wire: safetensors, which is data and never code."""

from pathlib import Path

import safetensors.torch
import torch
from safetensors import SafetensorError
from torch import nn

from explorer.core import limits
from explorer.core.errors import DataError
from explorer.core.run.train_config import TrainConfig
from explorer.exchange.run_folder import STATE, WEIGHTS, read_run
from explorer.training.network import build

HEADER_BYTES = 100_000  # room for the names and shapes of a file, far more than any network here needs


def weights_bytes(network: nn.Module) -> bytes:
    """The parameters and BatchNorm2d's averages as safetensors, the same on every device and in every memory format."""
    return safetensors.torch.save(
        {name: tensor.detach().cpu().contiguous() for name, tensor in network.state_dict().items()}
    )


def load_weights(network: nn.Module, path: Path) -> None:
    """Fill ``network`` from a weights.safetensors.

    Raises DataError where the file is missing, larger than these parameters can be (it is then not read), broken,
    or another network's.
    """
    expected = {name: tuple(tensor.shape) for name, tensor in network.state_dict().items()}
    most = sum(tensor.numel() * tensor.element_size() for tensor in network.state_dict().values()) + HEADER_BYTES
    try:
        size = path.stat().st_size
        if size > most:
            raise DataError(
                "{file} has {size} bytes, more than the {most} that this network's weights can have.",
                file=str(path),
                size=size,
                most=most,
            )
        tensors = safetensors.torch.load(path.read_bytes())
    except (OSError, SafetensorError) as error:
        raise DataError("{file} cannot be read: {reason}.", file=str(path), reason=str(error)) from error
    if {name: tuple(tensor.shape) for name, tensor in tensors.items()} != expected:
        raise DataError("{file} holds the weights of another network.", file=str(path))
    network.load_state_dict(tensors)


def read_state(folder: Path) -> bytes:
    """The state that a run's folder keeps. Raises DataError where there is none, or one too large to be read."""
    path = folder / STATE
    try:
        if (size := path.stat().st_size) > limits.MAX_STATE_BYTES:
            raise DataError(
                "The saved state has {size} bytes, more than the {most} that a state may have.",
                size=size,
                most=limits.MAX_STATE_BYTES,
            )
        return path.read_bytes()
    except OSError as error:
        raise DataError("{file} cannot be read: {reason}.", file=str(path), reason=str(error)) from error


def read_settings(folder: Path) -> TrainConfig:
    """A saved run's settings. Raises DataError, SettingError."""
    try:
        return TrainConfig.from_dict(read_run(folder)["settings"])
    except (KeyError, TypeError, AttributeError) as error:
        raise DataError(
            "{folder} holds no saved run: {reason}.", folder=str(folder), reason=f"settings: {error}"
        ) from error


def load_run(folder: Path) -> tuple[TrainConfig, nn.Sequential]:
    """A saved run's settings, and its network with its weights, on the CPU in eval mode: no noise, learnt averages.

    Raises DataError, SettingError.
    """
    config = read_settings(folder)
    network = build(config.network, config.seed).eval().to(memory_format=torch.channels_last)
    load_weights(network, folder / WEIGHTS)
    return config, network
