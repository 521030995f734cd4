"""The file in which the offline digits are kept, once they are drawn."""

import hashlib
from pathlib import Path

from explorer.core.data import digits, strokes


def offline_file(count: int) -> str:
    """The name of the file with ``count`` training digits: another one as soon as they are drawn in another way."""
    sources = b"".join(Path(str(module.__file__)).read_bytes() for module in (digits, strokes))
    return f"offline-digits-{hashlib.sha256(sources).hexdigest()[:8]}-{count}.npz"
