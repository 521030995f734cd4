"""What a run's folder keeps of each epoch: the weights, and what they said of the test images."""

from pathlib import Path

from explorer.core import limits
from explorer.exchange.run_folder import explaining_the_disk, replace_file

SNAPSHOTS, PREDICTED = "snapshots", "predictions"  # folders of epoch-0001.safetensors, …


def keep_snapshot(folder: Path, epoch: int, weights: bytes, predictions: bytes | None) -> None:
    """Adds the weights after ``epoch`` passes, and what they said of the test images. Raises DataError.

    Where all would be more than ``limits.MAX_SNAPSHOT_BYTES``, every second, fourth, … and the newest one stay.
    """
    files = {SNAPSHOTS: weights, PREDICTED: predictions}
    size, every = sum(len(file) for file in files.values() if file is not None), 1
    while every < epoch and (epoch // every + 1) * size > limits.MAX_SNAPSHOT_BYTES:
        every *= 2
    with explaining_the_disk(folder.parent):
        for name, file in files.items():
            if file is not None:
                replace_file(folder / name / f"epoch-{epoch:04}.safetensors", file)
            for path in (folder / name).glob("epoch-*.safetensors"):
                number = int(path.stem.removeprefix("epoch-"))
                if number % every and number != epoch:
                    path.unlink()
