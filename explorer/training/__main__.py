"""``python -m explorer.training``: the same training as in the app, on the command line."""

import argparse
import math
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from types import FrameType

from tqdm import tqdm

from explorer.core.errors import ExplainedError
from explorer.core.network.trainable import require_batches
from explorer.core.run.learning_trouble import find_trouble
from explorer.core.run.records import Epoch, Record, Steps
from explorer.core.run.train_config import TrainConfig
from explorer.exchange.json_text import json_text
from explorer.exchange.run_folder import ensure_writable, new_folder, read_records
from explorer.training.arguments import config_of, parse
from explorer.training.checkpoint import read_settings, read_state
from explorer.training.data import DataSet, load
from explorer.training.device import pick_device, use_threads
from explorer.training.drive import drive
from explorer.training.folder_sink import FolderSink
from explorer.training.loop import Training
from explorer.training.state import restore
from explorer.training.steering import Steering
from explorer.training.transfer import Cancelled

WRONG_SETTING, STOPPED = 2, 130  # exit statuses: argparse's own, and the shell's for Ctrl-C
DIVERGED = 1


class Interrupt:
    """Ctrl-C: the first one asks ``steering`` to stop, a second one interrupts as usual."""

    def __init__(self, steering: Steering) -> None:
        self.received = False
        self._steering = steering

    def receive(self, number: int, frame: FrameType | None) -> None:
        """The signal handler."""
        self.received = True
        self._steering.stop()
        signal.signal(signal.SIGINT, signal.default_int_handler)


def main(arguments: Sequence[str] | None = None) -> int:
    """Train as the arguments say and return the exit status.

    0; 1 where the loss became no number; 2 for wrong settings or data; 130 after Ctrl-C.
    """
    options = parse(arguments)
    steering = Steering(stop_after=options.stop_after)
    try:
        with _ctrl_c(steering) as interrupt:
            ended = _resume(options, steering, interrupt) if options.resume else _begin(options, steering, interrupt)
            return STOPPED if interrupt.received else DIVERGED if ended == "diverged" else 0
    except ExplainedError as error:
        print(error, file=sys.stderr)
        return WRONG_SETTING
    except (Cancelled, KeyboardInterrupt):
        return STOPPED


def _begin(options: argparse.Namespace, steering: Steering, interrupt: Interrupt) -> str:
    config = config_of(options)
    require_batches(config.network, config.training_images, config.batch_size)  # before anything is fetched
    ensure_writable(options.out)
    training = Training(config, _data(config, interrupt))
    return _train(training, new_folder(options.out, config), [], steering, options.json)


def _resume(options: argparse.Namespace, steering: Steering, interrupt: Interrupt) -> str:
    config = read_settings(options.resume)
    state = read_state(options.resume)
    training = Training(config, _data(config, interrupt))
    restore(training, state)
    if training.step == training.total_steps:
        print(f"this run has finished: all its {training.step} steps are trained", file=sys.stderr)
    return _train(training, options.resume, list(read_records(options.resume)), steering, options.json)


def _data(config: TrainConfig, interrupt: Interrupt) -> DataSet:
    device = pick_device(config.device)
    use_threads(config.threads)
    with _progress_bar(desc="data", delay=0.5) as bar:
        return load(
            config,
            device,
            on_progress=lambda done, total: _show_progress(bar, done, total),
            cancelled=lambda: interrupt.received,
            on_notice=lambda error: bar.write(str(error), file=sys.stderr),
        )


def _train(training: Training, folder: Path, past: list[Record], steering: Steering, as_json: bool) -> str:
    """Trains to an end and returns which. ``past`` are the records of the run so far."""
    description = f"training on {training.device}"
    with _progress_bar(total=training.total_steps, initial=training.step, unit="step", desc=description) as bar:
        sink = FolderSink(folder, training, past, lambda record: _show_record(record, training, bar, as_json))
        ended = drive(training, steering, sink)
    sink.describe(ended)
    if trouble := find_trouble(sink.signs, training.config):
        print(trouble.sentence, file=sys.stderr)
    print(f"saved {folder}", file=sys.stderr)
    return ended


def _show_record(record: Record, training: Training, bar: tqdm, as_json: bool) -> None:
    match record:
        case Steps(step, losses):
            bar.set_postfix(loss=f"{losses[-1]:.3f}", refresh=False)
            _show_progress(bar, step)
        case Epoch():
            bar.write(_epoch_line(record, training, as_json), file=sys.stdout)
            sys.stdout.flush()


def _epoch_line(epoch: Epoch, training: Training, as_json: bool) -> str:
    if as_json:
        return json_text({name: value for name, value in asdict(epoch).items() if name != "step"})
    test = "no answer" if math.isnan(epoch.test_accuracy) else f"{epoch.test_accuracy:.2%}"
    return (
        f"epoch {epoch.epoch:g}/{training.config.epochs:g}  loss {epoch.train_loss:.4f}"
        f"  train {epoch.train_accuracy:.2%}  test {test}"
        f"  {epoch.seconds:.1f} s  {epoch.images_per_second:,.0f} images/s"
    )


def _progress_bar(**options: object) -> tqdm:
    return tqdm(file=sys.stderr, disable=not sys.stderr.isatty(), leave=False, dynamic_ncols=True, **options)


def _show_progress(bar: tqdm, done: int, total: int | None = None) -> None:
    bar.total = total or bar.total
    bar.update(done - bar.n)


@contextmanager
def _ctrl_c(steering: Steering) -> Iterator[Interrupt]:
    interrupt = Interrupt(steering)
    before = signal.signal(signal.SIGINT, interrupt.receive)
    try:
        yield interrupt
    finally:
        signal.signal(signal.SIGINT, before)


if __name__ == "__main__":
    sys.exit(main())
