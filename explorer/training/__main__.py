"""``python -m explorer.training``: the same training as in the app, on the command line."""

import argparse
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from types import FrameType

from tqdm import tqdm

from explorer.core.explained import ExplainedError, SettingError
from explorer.core.layers import LayerSpec, Stack
from explorer.core.networks import PRESETS
from explorer.core.run_folder import ensure_writable, json_text
from explorer.core.stack_link import decode
from explorer.core.train_config import DATA_SETS, DEVICES, Epoch, Started, Steps, TrainConfig
from explorer.core.trainable import require_trainable
from explorer.training import checkpoint
from explorer.training.data import load
from explorer.training.device import pick_device, use_threads
from explorer.training.loop import Training
from explorer.training.transfer import Cancelled

WRONG_SETTING, STOPPED = 2, 130  # exit statuses: argparse's own, and the shell's for Ctrl-C


class StopRequest:
    """True once Ctrl-C was pressed; pressed again, it interrupts as usual."""

    def __init__(self) -> None:
        self.made = False

    def make(self, number: int, frame: FrameType | None) -> None:
        """The signal handler."""
        self.made = True
        signal.signal(signal.SIGINT, signal.default_int_handler)


def main(arguments: Sequence[str] | None = None) -> int:
    """Train as the arguments say and return the exit status: 0, 2 for wrong settings or data, 130 after Ctrl-C."""
    options = _parser().parse_args(arguments)
    try:
        with _ctrl_c() as stop:
            return _train(_config(options), Path(options.out), options.json, stop)
    except ExplainedError as error:
        print(error, file=sys.stderr)
        return WRONG_SETTING
    except (Cancelled, KeyboardInterrupt):
        return STOPPED


def _parser() -> argparse.ArgumentParser:
    defaults = TrainConfig()
    parser = argparse.ArgumentParser(prog="python -m explorer.training", description="Train a small network.")
    networks = f"{', '.join(PRESETS)}, or as a link writes one: 1_1x28x28_f_l784-10"
    parser.add_argument("--network", default="simple", help=networks)
    parser.add_argument("--epochs", type=int, default=defaults.epochs)
    parser.add_argument("--batch-size", type=int, default=defaults.batch_size)
    parser.add_argument("--lr", type=float, default=defaults.lr)
    parser.add_argument("--momentum", type=float, default=defaults.momentum)
    parser.add_argument("--seed", type=int, default=defaults.seed)
    parser.add_argument("--device", choices=DEVICES, default=defaults.device)
    parser.add_argument("--threads", type=int, default=defaults.threads, help="0: one for each core but one")
    parser.add_argument("--data", default=defaults.data, help="mnist, offline, or the folder of your MNIST files")
    parser.add_argument("--out", default="checkpoints", help="where the trained weights go")
    parser.add_argument("--json", action="store_true", help="one JSON object per epoch on standard output")
    return parser


def _config(options: argparse.Namespace) -> TrainConfig:
    values = {name: value for name, value in vars(options).items() if name not in ("out", "json")}
    values["network"] = _network(options.network)
    if options.data not in DATA_SETS:
        values |= {"data": "mnist", "data_folder": options.data}
    return TrainConfig(**values)


def _network(text: str) -> tuple[LayerSpec, ...]:
    if text not in PRESETS and "_" not in text:
        raise SettingError(
            "The {name} {value} is unknown. Choose one of {known}.",
            name="network",
            value=text,
            known=", ".join(PRESETS),
        )
    stack = Stack(PRESETS[text]) if text in PRESETS else decode(text)
    require_trainable(stack)  # now, and not when the data has been fetched
    return stack.layers


def _train(config: TrainConfig, root: Path, as_json: bool, stop: StopRequest) -> int:
    ensure_writable(root)
    device = pick_device(config.device)
    use_threads(config.threads)
    with _bar(desc="data", delay=0.5) as bar:
        data = load(
            config,
            device,
            on_progress=lambda done, total: _show(bar, done, total),
            cancelled=lambda: stop.made,
            on_broken=lambda error: bar.write(str(error), file=sys.stderr),
        )
    training = Training(config, data)
    started, epochs = training.started(), []
    with _bar(total=started.total_steps, unit="step", desc=f"training on {started.device}") as bar:
        for record in training.records():
            match record:
                case Steps(step, losses):
                    bar.set_postfix(loss=f"{losses[-1]:.3f}", refresh=False)
                    _show(bar, step)
                case Epoch():
                    epochs.append(record)
                    bar.write(_line(record, started, as_json), file=sys.stdout)
                    sys.stdout.flush()
            if stop.made:
                break
    folder = checkpoint.save(root, training.network, config, epochs, started, training.step)
    print(f"saved {folder}", file=sys.stderr)
    return STOPPED if training.step < started.total_steps else 0


def _line(epoch: Epoch, started: Started, as_json: bool) -> str:
    if as_json:
        return json_text({name: value for name, value in asdict(epoch).items() if name != "step"})
    return (
        f"epoch {epoch.epoch}/{started.total_steps // started.steps_per_epoch}  loss {epoch.train_loss:.4f}"
        f"  train {epoch.train_accuracy:.2%}  test {epoch.test_accuracy:.2%}"
        f"  {epoch.seconds:.1f} s  {epoch.images_per_second:,.0f} images/s"
    )


def _bar(**options: object) -> tqdm:
    return tqdm(file=sys.stderr, disable=not sys.stderr.isatty(), leave=False, dynamic_ncols=True, **options)


def _show(bar: tqdm, done: int, total: int | None = None) -> None:
    bar.total = total or bar.total
    bar.update(done - bar.n)


@contextmanager
def _ctrl_c() -> Iterator[StopRequest]:
    stop = StopRequest()
    before = signal.signal(signal.SIGINT, stop.make)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


if __name__ == "__main__":
    sys.exit(main())
