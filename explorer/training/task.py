"""A training run inside a Dask worker: from the app's saved state to an end, whatever it is."""

import logging
import secrets
import time
from collections.abc import Callable

import torch
from distributed import get_worker

from explorer.core.errors import DataError, ExplainedError, SettingError
from explorer.core.run.learning_trouble import diverged
from explorer.core.run.train_config import TrainConfig
from explorer.exchange.protocol import Assignment
from explorer.training.app_connection import CommandListener, ReportSender
from explorer.training.data import DataSet, load
from explorer.training.device import pick_device, use_threads
from explorer.training.drive import drive
from explorer.training.loop import Training
from explorer.training.state import restore
from explorer.training.steering import Steering
from explorer.training.transfer import Cancelled

LOG = logging.getLogger(__name__)
Ended = tuple[str, ExplainedError | None]


def train(assignment: Assignment, config: TrainConfig) -> None:
    """Trains from the state that the app holds until an end, and reports it.

    Raises ConnectionError or TimeoutError where the app is gone: then there is nobody to train for.
    """
    attempt = secrets.token_hex(8)
    steering = Steering(idle_seconds=assignment.idle_seconds, run_seconds=assignment.run_seconds)
    listener = CommandListener(assignment, steering)
    with ReportSender(assignment, attempt) as sender:
        sender.report("begun")
        answer = listener.answer(attempt)
        if answer["go"]:
            use_threads(answer["threads"] or config.threads, assignment.workers)
            state, error = _train(config, answer["state"], steering, sender)
            said = error and error.sentence.as_list()
            sender.report("ended", state=state, error=said, lacks_data=isinstance(error, DataError))


def _train(config: TrainConfig, state: bytes, steering: Steering, sender: ReportSender) -> Ended:
    try:
        training = Training(config, _data(config, steering, sender))
        if state:
            restore(training, state)
        sender.record(training.started())
        ended = drive(training, steering, sender)
        return ended, _diverged(training) if ended == "diverged" else None
    except Cancelled:
        return steering.reason_to_end(0) or "stopped", None  # before it has begun, or gone on
    except ConnectionError:
        raise
    except ExplainedError as error:
        return "failed", error
    except (MemoryError, torch.OutOfMemoryError) as error:
        return "failed", SettingError(
            "There was not enough memory: {reason}. Choose a smaller batch size, or a smaller network.",
            reason=_reason(error),
        )
    except Exception as error:  # the worker's edge: whatever it is, the learner hears of it
        LOG.exception("a run broke off")
        return "failed", SettingError("The training broke off: {reason}", reason=_reason(error))


def _data(config: TrainConfig, steering: Steering, sender: ReportSender) -> DataSet:
    return load(
        config,
        _gpu_of_this_worker(pick_device(config.device)),
        on_progress=_progress_reporter(sender),
        cancelled=lambda: steering.reason_to_end(0) is not None,
        on_notice=lambda error: _report_notice(sender, error),
    )


def _report_notice(sender: ReportSender, error: DataError) -> None:
    text, numbers = error.sentence.as_list()
    sender.report("notice", sentence=text, numbers=numbers)


def _gpu_of_this_worker(device: torch.device) -> torch.device:
    """The GPU of this worker, where there are several: worker number i has cuda:i."""
    name = get_worker().name
    if device.type != "cuda" or not isinstance(name, int):
        return device
    mine = torch.device("cuda", name % torch.cuda.device_count())
    torch.cuda.set_device(mine)
    return mine


def _progress_reporter(sender: ReportSender) -> Callable[[int, int], None]:
    """Reports progress ten times a second at most: a download says something every 64 KiB."""
    last = 0.0

    def on_progress(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last > 0.1 or done == total:
            last = time.monotonic()
            sender.report("fetching", done=done, total=total)

    return on_progress


def _diverged(training: Training) -> SettingError:
    sentence = diverged(training.step, training.config).sentence
    return SettingError(sentence.text, **sentence.numbers)


def _reason(error: BaseException) -> str:
    return f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}".removesuffix(": ")
