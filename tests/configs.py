"""Random settings of a run."""

from hypothesis import strategies as st

from explorer.core.network.networks import PRESETS
from explorer.core.run.records import Change
from explorer.core.run.train_config import CHOICES, TrainConfig

SHARES = st.floats(0.0, 0.9, allow_nan=False)
RATES = st.floats(1e-5, 1.0)


@st.composite
def changes(draw: st.DrawFn) -> Change:
    """Another rate, another momentum, or both, at some step."""
    lr, momentum = draw(st.tuples(st.none() | RATES, st.none() | SHARES).filter(any))
    return Change(draw(st.integers(0, 1000)), lr, momentum)


@st.composite
def configs(draw: st.DrawFn) -> TrainConfig:
    """Any settings that may be set, with one of the ready-made networks."""
    values = {name: draw(st.sampled_from(known)) for name, known in CHOICES.items()}
    values["nesterov"] = values["optimizer"] == "sgd" and draw(st.booleans())
    return TrainConfig(
        **values,
        network=draw(st.sampled_from(list(PRESETS.values()))),
        images=draw(st.integers(0, 60_000)),
        shuffled_pixels=draw(st.booleans()),
        epochs=draw(st.integers(1, 50) | st.floats(0.01, 50.0)),
        batch_size=draw(st.integers(1, 256)),
        lr=draw(RATES),
        momentum=draw(st.floats(0.1, 0.9)) if values["nesterov"] else draw(SHARES),
        weight_decay=draw(SHARES),
        label_smoothing=draw(SHARES),
        target_accuracy=draw(SHARES),
        max_seconds=draw(st.floats(0.0, 3600.0)),
        evaluate_every=draw(st.integers(0, 1000)),
        seed=draw(st.integers(0, 2**32 - 1)),
        threads=draw(st.integers(0, 8)),
        changes=tuple(sorted(draw(st.lists(changes(), max_size=3)), key=lambda change: change.step)),
    )
