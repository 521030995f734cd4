"""Random settings for the property tests, over the whole range that the controls offer."""

from typing import Any

from hypothesis import strategies as st

from explorer.core import limits
from explorer.core.arithmetic.convolution import ConvSpec
from explorer.core.arithmetic.index_map import PADDING_MODES
from explorer.core.arithmetic.pooling import PoolSpec
from explorer.core.arithmetic.subsampling import Window
from explorer.core.errors import SettingError

whole = st.integers


def pairs(lowest: int, highest: int) -> st.SearchStrategy[tuple[int, int]]:
    return st.tuples(whole(lowest, highest), whole(lowest, highest))


def conv_settings(channels: bool = False) -> st.SearchStrategy[dict[str, object]]:
    """Keyword arguments of ConvSpec, valid or not; transposed and plain ones, with one channel or several."""
    several = {
        "in_channels": whole(1, 6),
        "out_channels": whole(1, 6),
        "groups": st.sampled_from([1, 1, 2, 3]),
    }
    return st.fixed_dictionaries(
        {
            "input_size": st.one_of(pairs(1, 8), pairs(1, 12), pairs(1, 16), pairs(1, limits.MAX_GRID_SIZE)),
            "kernel_size": pairs(1, limits.MAX_KERNEL_SIZE),
            "padding": st.one_of(pairs(0, limits.MAX_PADDING), st.just("same")),
            "stride": st.one_of(st.just((1, 1)), pairs(1, limits.MAX_STRIDE)),
            "dilation": pairs(1, limits.MAX_DILATION),
            "padding_mode": st.sampled_from(PADDING_MODES),
            "transposed": st.booleans(),
            "output_padding": st.one_of(st.just((0, 0)), pairs(0, limits.MAX_STRIDE)),
            **(several if channels else {}),
        }
    )


def spec_of(settings: dict[str, object]) -> ConvSpec | None:
    """The spec, with what contradicts a transposed convolution or padding='same' taken back; None where refused."""
    if settings["transposed"]:
        settings = settings | {"padding_mode": "zeros"}
        settings["padding"] = (1, 1) if settings["padding"] == "same" else settings["padding"]
        most = [max(pair) - 1 for pair in zip(settings["stride"], settings["dilation"], strict=True)]
        settings["output_padding"] = tuple(map(min, settings["output_padding"], most))
    elif settings["padding"] == "same":
        settings = settings | {"stride": (1, 1)}
    try:
        return ConvSpec(**settings)
    except SettingError:
        return None


conv_specs = conv_settings().map(spec_of).filter(bool)
channel_specs = conv_settings(channels=True).map(spec_of).filter(bool)

pool_sizes = whole(1, 9) | whole(1, limits.MAX_INPUT_SIZE)  # small ones, where settings are refused, as often as all
pool_settings = st.fixed_dictionaries(
    {
        "input_size": st.tuples(pool_sizes, pool_sizes),
        "kernel_size": pairs(1, limits.MAX_KERNEL_SIZE),
        "stride": pairs(1, limits.MAX_STRIDE),
        "padding": pairs(0, limits.MAX_KERNEL_SIZE // 2 + 1),
        "dilation": pairs(1, limits.MAX_DILATION),
        "ceil_mode": st.booleans(),
        "count_include_pad": st.booleans(),
    }
)
windows = pool_settings.map(lambda settings: Window(**settings))


def pools(settings: dict[str, Any]) -> bool:
    """If torch takes them: half the kernel as padding at most, and room for a window, or its start in ceil mode."""
    return all(
        settings["padding"][a] <= settings["kernel_size"][a] // 2
        and settings["dilation"][a] * (settings["kernel_size"][a] - 1) + 1
        < settings["input_size"][a]
        + 2 * settings["padding"][a]
        + (settings["stride"][a] if settings["ceil_mode"] else 1)
        for a in (0, 1)
    )


def with_half_padding(settings: dict[str, Any]) -> dict[str, Any]:
    halves = (min(p, k // 2) for p, k in zip(settings["padding"], settings["kernel_size"], strict=True))
    return settings | {"padding": tuple(halves)}


pool_specs = pool_settings.map(with_half_padding).filter(pools).map(lambda settings: PoolSpec(**settings))
