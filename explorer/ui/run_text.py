"""A run's state and progress in words."""

import math

from explorer.core import limits
from explorer.core.environment import environment
from explorer.core.run.threads import automatic_threads
from explorer.runs.run import Run
from explorer.ui.language import mark, plural, say_number, t
from explorer.ui.session_runs import server_runs

STATES = {
    "queued": mark("Waiting for a worker …"),
    "running": mark("Training"),
    "paused": mark("Paused"),
    "finished": mark("Finished"),
    "stopped": mark("Stopped; the weights are kept"),
    "target": mark("Ended at the accuracy that you set"),
    "time": mark("Ended after the seconds that you set"),
    "diverged": mark("Ended: the loss is no number any more"),
    "interrupted": mark("Interrupted: the server went down; the last saved state is kept"),
    "cancelled": mark("Cancelled before the first step"),
    "failed": mark("Broken off"),
}


def state_text(run: Run) -> str:
    """What the run is doing, or how it ended."""
    if run.state == "queued" and (place := server_runs().place(run)):
        return t("Waiting: place {place} of {count}", place=place[0], count=place[1])
    if run.state == "fetching" and run.config.data == "offline":
        done, total = run.fetched
        return t(
            "Drawing the offline digits: {done} of {total}", done=say_number(done, ","), total=say_number(total, ",")
        )
    if run.state == "fetching":
        done, total = (size / 1e6 for size in run.fetched)
        return t("Getting the data: {done} of {total} MB", done=say_number(done, ".1f"), total=say_number(total, ".1f"))
    if run.state == "idle":
        return t(
            plural(
                "Ended: nobody looked for a minute; the weights are kept",
                "Ended: nobody looked for {count} minutes; the weights are kept",
            ),
            count=limits.IDLE_SECONDS // 60,
        )
    if run.state == "timeout":
        return t(
            plural(
                "Ended after {count} minute, this server's limit; the weights are kept",
                "Ended after {count} minutes, this server's limit; the weights are kept",
            ),
            count=limits.MAX_RUN_SECONDS // 60,
        )
    return t(STATES[run.state])


def progress_text(run: Run) -> str:
    """Epoch, step, speed and time left: `` · epoch 2 of 10 · step 1,234 of 9,380 · …``; empty before the first step."""
    if not run.started or not run.step:
        return ""
    parts = [
        t("epoch {epoch} of {epochs}", epoch=_epoch(run), epochs=say_number(run.config.epochs, "g")),
        t("step {step} of {steps}", step=say_number(run.step, ","), steps=say_number(run.started.total_steps, ",")),
        t("{rate} images/s", rate=say_number(_rate(run), ",.0f")),
    ]
    if run.unfinished:
        parts.append(t("{time} left", time=clock(run.seconds_left() or 0)))
    else:
        parts.append(t("{time} of training", time=clock(run.seconds)))
    return "".join(f" · {part}" for part in parts + _gpu(run))


def _epoch(run: Run) -> str:
    """The epoch under way; as a part of one where the run is no whole number of them."""
    passed = run.step / run.started.steps_per_epoch
    if float(run.config.epochs).is_integer():
        return str(min(math.ceil(passed), int(run.config.epochs)))
    return say_number(min(passed, run.config.epochs), ".2f")


def _gpu(run: Run) -> list[str]:
    latest, parts = run.latest, []
    if run.unfinished and latest and latest.memory is not None:
        parts.append(t("GPU memory {size} GB", size=say_number(latest.memory / 1e9, ".1f")))
    if run.unfinished and latest and latest.utilisation is not None:
        parts.append(t("GPU {share} busy", share=say_number(latest.utilisation, ".0%")))
    return parts


def _rate(run: Run) -> float:
    """Now, while it trains; else of the whole training, for the last interval may have been cut short."""
    if run.state == "running" and run.latest:
        return run.latest.images_per_second
    images = run.step / run.started.steps_per_epoch * run.started.num_images
    return images / max(run.seconds, 1e-9)


def automatic_threads_text() -> str:
    """What 0 threads stand for, as far as it is known here."""
    if environment().scheduler:
        return t("0: all cores of its worker but one.")
    return t("0: all cores but one, here {count}.", count=automatic_threads(limits.WORKERS or 1))


def clock(seconds: float) -> str:
    """Minutes and seconds, tenths below ten seconds: 0:04.2, 12:07."""
    if seconds < 10:
        return f"0:{seconds:04.1f}"
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"
