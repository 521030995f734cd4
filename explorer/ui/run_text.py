"""A run's state and progress in words."""

from explorer.core import limits
from explorer.runs.run import Run
from explorer.ui.language import mark, t

STATES = {
    "queued": mark("Waiting for a worker …"),
    "running": mark("Training"),
    "paused": mark("Paused"),
    "finished": mark("Finished"),
    "stopped": mark("Stopped; the weights are kept"),
    "cancelled": mark("Cancelled before the first step"),
    "failed": mark("Not trained"),
}


def state_text(run: Run) -> str:
    """What the run is doing, or how it ended."""
    if run.state == "fetching" and run.config.data == "offline":
        done, total = run.fetched
        return t("Drawing the offline digits: {done} of {total}", done=f"{done:,}", total=f"{total:,}")
    if run.state == "fetching":
        done, total = (size / 1e6 for size in run.fetched)
        return t("Getting the data: {done} of {total} MB", done=f"{done:.1f}", total=f"{total:.1f}")
    if run.state == "idle":
        return t(
            "Ended: nobody looked for {minutes} minutes; the weights are kept",
            minutes=limits.IDLE_SECONDS // 60,
        )
    if run.state == "timeout":
        return t(
            "Ended after {minutes} minutes, this server's limit; the weights are kept",
            minutes=limits.MAX_RUN_SECONDS // 60,
        )
    return t(STATES[run.state])


def progress_text(run: Run) -> str:
    """Epoch, step, speed and time left: `` · epoch 2 of 10 · step 1,234 of 9,380 · …``; empty before the first step."""
    if not run.started or not run.step:
        return ""
    epoch = min(len(run.epochs) + 1, run.config.epochs)
    parts = [
        t("epoch {epoch} of {epochs}", epoch=epoch, epochs=run.config.epochs),
        t("step {step} of {steps}", step=f"{run.step:,}", steps=f"{run.started.total_steps:,}"),
        t("{rate} images/s", rate=f"{_rate(run):,.0f}"),
    ]
    if run.unfinished:
        parts.append(t("{time} left", time=_clock(run.seconds_left() or 0)))
    else:
        parts.append(t("{time} of training", time=_clock(run.seconds)))
    return "".join(f" · {part}" for part in parts)


def _rate(run: Run) -> float:
    """Now, while it trains; else of the whole training, for the last interval may have been cut short."""
    if run.state == "running":
        return run.images_per_second
    images = run.step / run.started.steps_per_epoch * run.started.num_images
    return images / max(run.seconds, 1e-9)


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"
