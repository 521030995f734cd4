"""What runs are called: by the learner, else by the settings in which they differ."""

from collections.abc import Sequence

from explorer.core.network.layers import NetworkSpec
from explorer.core.run.comparison import differing
from explorer.core.run.train_config import TrainConfig
from explorer.runs.run import Run
from explorer.ui.language import join_words
from explorer.ui.network_names import short_names
from explorer.ui.run_start import start_texts
from explorer.ui.setting_text import setting_text, setting_texts

# Not in a run's own name:
UNSAID = {"network", "data_folder", "evaluate_every", "target_accuracy", "max_seconds", "device", "threads"}


def run_names(runs: Sequence[Run]) -> list[str]:
    """For each run its given name, else the settings in which these differ; equal names with when each began.

    One alone has nothing to differ from: it is called as ``run_name`` does.
    """
    configs = [run.config for run in runs]
    if len(configs) == 1:
        return [run_name(runs[0])]
    names = [run.name or join_words(parts) for run, parts in zip(runs, _differing_parts(configs), strict=True)]
    return with_distinct_names(runs, names)


def with_distinct_names(runs: Sequence[Run], names: Sequence[str]) -> list[str]:
    """The runs' ``names``; where some are alike, with when each of these began."""
    distinct = list(names)
    alike: dict[str, list[int]] = {}
    for number, name in enumerate(names):
        alike.setdefault(name, []).append(number)
    for name, numbers in alike.items():
        if len(numbers) > 1:
            for number, beginning in zip(numbers, start_texts([runs[n] for n in numbers], numbers), strict=True):
                distinct[number] = join_words([*([name] if name else []), beginning])
    return distinct


def _differing_parts(configs: Sequence[TrainConfig]) -> list[list[str]]:
    """The settings in which each run differs from the others; networks of one short name are numbered."""
    networks = short_names([NetworkSpec(config.network) for config in configs])
    parts = [setting_texts(differing(configs), config) for config in configs]
    return [
        [network if part == setting_text(config, "network") else part for part in some]
        for some, network, config in zip(parts, networks, configs, strict=True)
    ]


def run_name(run: Run) -> str:
    """What its learner calls it; else its network, and what is not the lecture's recipe."""
    return run.name or settings_name(run.config)


def settings_name(config: TrainConfig) -> str:
    """The name of a run that was given none: its network, and what is not the lecture's recipe."""
    names = [name for name in config.differences() if name not in UNSAID]
    return join_words([setting_text(config, "network"), *setting_texts(names, config)])
