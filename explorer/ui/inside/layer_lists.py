"""The lists of layers that a file of weights may be for: those at hand, by their names."""

from explorer.core.network.layers import LayerSpec
from explorer.core.network.networks import PRESETS
from explorer.ui import train_settings
from explorer.ui.inside.network_choice import listed_runs
from explorer.ui.inside.networks import TrainedNetwork
from explorer.ui.language import mark, t
from explorer.ui.network_names import NAMES
from explorer.ui.run_names import run_name

Layers = tuple[LayerSpec, ...]
IN_VIEW = mark("the network in view")


def layer_lists(shown: TrainedNetwork) -> dict[str, Layers]:
    """The ready-made networks', the Network page's, the runs', and ``shown``'s where it is none of them; each once."""
    edited = train_settings.EDITED.made
    named = [
        *((t(NAMES[name]), layers) for name, layers in PRESETS.items()),
        *([(t("the Network page"), edited.layers)] if edited else []),
        *((run_name(run), run.config.network) for run in listed_runs()),
        (t(IN_VIEW), shown.config.network),
    ]
    lists: dict[str, Layers] = {}
    for name, layers in named:
        if layers not in lists.values():
            lists.setdefault(name, layers)
    return lists
