"""Files as torch.save writes them."""

import io

import torch


def torch_saved(content: object, *, old: bool = False, **options: object) -> bytes:
    """A file of torch.save; ``old`` as versions before 1.6 wrote it."""
    file = io.BytesIO()
    torch.save(content, file, _use_new_zipfile_serialization=not old, **options)
    return file.getvalue()
