"""Weights on disk and on the wire: safetensors, which is data and never code."""

from collections.abc import Sequence
from pathlib import Path

import safetensors.torch
import torch
from safetensors import SafetensorError
from torch import nn

from explorer.core.explained import DataError
from explorer.core.run_folder import WEIGHTS, describe, read_run, write_run
from explorer.core.train_config import Epoch, Started, TrainConfig
from explorer.training.network import build

HEADER_BYTES = 100_000  # room for the names and shapes of a file, far more than any network here needs


def save(
    root: Path, network: nn.Module, config: TrainConfig, epochs: Sequence[Epoch], started: Started, step: int
) -> Path:
    """A new folder in ``root`` with weights.safetensors and run.json, whole or not at all. Raises DataError."""
    return write_run(root, weights_bytes(network), describe(config, started, epochs, step))


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


def load_run(folder: Path) -> tuple[TrainConfig, nn.Sequential]:
    """A saved run's settings, and its network with its weights, on the CPU in eval mode: no noise, learnt averages.

    Raises DataError, SettingError.
    """
    try:
        config = TrainConfig.from_dict(read_run(folder)["settings"])
    except (KeyError, TypeError, AttributeError) as error:
        raise DataError(
            "{folder} holds no saved run: {reason}.", folder=str(folder), reason=f"settings: {error}"
        ) from error
    network = build(config.network, config.seed).eval().to(memory_format=torch.channels_last)
    load_weights(network, folder / WEIGHTS)
    return config, network
