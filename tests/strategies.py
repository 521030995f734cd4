"""Random settings for the property tests, over the whole range that the controls offer."""

from hypothesis import strategies as st

from explorer.core import limits
from explorer.core.conv import ConvSpec

whole = st.integers


def pairs(lowest: int, highest: int) -> st.SearchStrategy[tuple[int, int]]:
    return st.tuples(whole(lowest, highest), whole(lowest, highest))


conv_settings = st.fixed_dictionaries(
    {
        "input_size": pairs(1, limits.MAX_INPUT_SIZE),
        "kernel_size": pairs(1, limits.MAX_KERNEL_SIZE),
        "padding": pairs(0, limits.MAX_PADDING),
        "stride": pairs(1, limits.MAX_STRIDE),
        "dilation": pairs(1, limits.MAX_DILATION),
    }
)


def fits(settings: dict[str, tuple[int, int]]) -> bool:
    return all(
        settings["dilation"][a] * (settings["kernel_size"][a] - 1) + 1
        <= settings["input_size"][a] + 2 * settings["padding"][a]
        for a in (0, 1)
    )


conv_specs = conv_settings.filter(fits).map(lambda settings: ConvSpec(**settings))
