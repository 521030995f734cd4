"""MNIST's files for a benchmark, or the sentence that says how to come by them."""

from pathlib import Path

from explorer.core.errors import DataError
from explorer.training.published import Images, load_published


def load_mnist(folder: Path | None) -> Images:
    """As the app finds them, ``folder`` first; without any the benchmark ends."""
    try:
        return load_published("mnist", folder)
    except DataError as error:
        raise SystemExit(str(error)) from None
