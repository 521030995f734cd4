"""``python -m explorer.training.export FOLDER KIND``: a run's weights or curves in another format, to stdout."""

import io
import math
import sys
import tempfile
from pathlib import Path

import torch

from explorer.core.errors import ExplainedError
from explorer.core.run.records import Epoch, Steps
from explorer.exchange.answers import answer_or_explain
from explorer.exchange.run_folder import read_records
from explorer.training.checkpoint import load_run


def main(folder: Path, kind: str) -> int:
    """Writes the bytes, or the sentence that says why not; returns the exit status."""
    try:
        made = state_dict(folder) if kind == "state_dict" else tensorboard(folder)
    except ExplainedError as error:
        return answer_or_explain(error)
    return answer_or_explain(made)


def state_dict(folder: Path) -> bytes:
    """The weights as ``torch.save`` writes them; ``torch.load(…, weights_only=True)`` reads them. Raises DataError."""
    _, network = load_run(folder)
    file = io.BytesIO()
    torch.save({name: tensor.contiguous() for name, tensor in network.state_dict().items()}, file)
    return file.getvalue()


def tensorboard(folder: Path) -> bytes:
    """The records as TensorBoard's event file."""
    from torch.utils.tensorboard import SummaryWriter  # the weights' file need not wait for it

    with tempfile.TemporaryDirectory() as place:
        with SummaryWriter(place) as writer:
            for record in read_records(folder):
                for name, value, step in _scalars(record):
                    writer.add_scalar(name, value, step)
        return b"".join(path.read_bytes() for path in sorted(Path(place).iterdir()))


def _scalars(record: object) -> list[tuple[str, float, int]]:
    match record:
        case Steps():
            first = record.step - len(record.losses) + 1
            losses = [("loss/step", loss, step) for step, loss in enumerate(record.losses, first)]
            norms = [
                (f"gradient norm/{name}", math.nan if norm is None else norm, record.step)
                for name, norm in record.grad_norms.items()
            ]
            return [*losses, ("learning rate", record.lr, record.step), *norms]
        case Epoch():
            return [
                ("loss/train", record.train_loss, record.step),
                ("accuracy/train", record.train_accuracy, record.step),
                ("accuracy/test", record.test_accuracy, record.step),
            ]
    return []


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
