"""A message for each question that has one: what the field holds until something is pasted."""

from collections.abc import Mapping

EXAMPLES: Mapping[str, str] = {
    "shapes": "RuntimeError: mat1 and mat2 shapes cannot be multiplied (64x320 and 300x10)",
    "channels": (
        "RuntimeError: Given groups=1, weight of size [10, 1, 5, 5], expected input[64, 3, 32, 32] to have 1 channels, "
        "but got 3 channels instead"
    ),
    "dimensions": (
        "RuntimeError: Expected 3D (unbatched) or 4D (batched) input to conv2d, but got input of size: [64, 784]"
    ),
    "view": "RuntimeError: shape '[-1, 300]' is invalid for input of size 20480",
    "batch_rows": "ValueError: Expected input batch_size (128) to match target batch_size (64).",
    "kernel": (
        "RuntimeError: Calculated padded input size per channel: (2 x 2). Kernel size: (3 x 3). Kernel size can't be "
        "greater than actual input size"
    ),
    "target": "IndexError: Target 10 is out of bounds.",
    "target_shape": "RuntimeError: 0D or 1D target tensor expected, multi-target not supported",
    "dtype": "RuntimeError: mat1 and mat2 must have the same dtype, but got Double and Float",
    "single": "ValueError: Expected more than 1 value per channel when training, got input size torch.Size([1, 10])",
    "device": (
        "RuntimeError: Expected all tensors to be on the same device, but found at least two devices, cuda:0 and cpu! "
        "(when checking argument for argument mat1 in method wrapper_CUDA_addmm)"
    ),
    "no_gpu": "AssertionError: Torch not compiled with CUDA enabled",
    "memory": (
        "torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 14.75 "
        "GiB of which 1.06 GiB is free."
    ),
    "download": "urllib.error.HTTPError: HTTP Error 404: Not Found",
    "workers": (
        "RuntimeError: An attempt has been made to start a new process before the current process has finished its "
        "bootstrapping phase."
    ),
    "vector": "RuntimeError: mat1 and mat2 shapes cannot be multiplied (5120x4 and 320x10)",
    "map_or_kernel": "RuntimeError: mat1 and mat2 shapes cannot be multiplied (64x320 and 500x10)",
}
