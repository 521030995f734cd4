"""What a training script says of itself, in its first lines and beside it on the page."""

from textwrap import fill

from explorer.core import limits
from explorer.core.data.data_sets import SOURCES
from explorer.core.data.offline_file import offline_file
from explorer.core.errors import Sentence, say
from explorer.core.run.train_config import TrainConfig
from explorer.core.sentence_forms import plural

WIDTH = 66  # characters that the panel shows without scrolling


def notes(config: TrainConfig) -> list[Sentence]:
    """How far the script is the app's equal, and what it needs in sentences."""
    sentences = [say("On a CPU, with as many threads, it ends in the app's own weights, to the last bit.")]
    if config.max_seconds:
        sentences = [
            say(
                plural(
                    "How many steps fit into {seconds} second depends on the machine; step by step, on a CPU with as "
                    "many threads, the weights are the app's, to the last bit.",
                    "How many steps fit into {seconds} seconds depends on the machine; step by step, on a CPU with as "
                    "many threads, the weights are the app's, to the last bit.",
                ),
                seconds=f"{config.max_seconds:g}",
                count=config.max_seconds,
            )
        ]
    if not SOURCES[config.data].published:
        sentences.append(
            say(
                "Only the app can draw the offline digits. It keeps them in its cache folder, in the file {file}: "
                "copy that beside the script.",
                file=offline_file(limits.OFFLINE_DIGITS),
            )
        )
    return sentences


def docstring(config: TrainConfig) -> str:
    """The script's first lines: how it is called, what it does, and the notes."""
    source = SOURCES[config.data]
    usage = (
        "python train.py [FOLDER]: trains this network on {title}, which is downloaded into FOLDER unless it is there."
    )
    if not source.published:
        usage = "python train.py [FILE]: trains this network on the offline digits in FILE, or in the folder FILE."
    elif config.data_folder:
        usage = "python train.py [FOLDER]: trains this network on the {title} files in FOLDER, which are only read."
    said = " ".join(map(str, notes(config)))
    usage, said = (fill(text, WIDTH, break_on_hyphens=False) for text in (usage.format(title=source.title), said))
    return f'"""{usage}\n\n{said}\n"""\n'
