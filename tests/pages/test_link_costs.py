"""What a link may cost the server and the learner's line: counted, for a clock says something else each time."""

from pathlib import Path

import pytest
from hypothesis import Phase, given

from explorer.core import limits
from tests.hypothesis_profiles import examples
from tests.pages.app import at_page
from tests.pages.long_runs import install_longest_runs
from tests.pages.page_links import LINKS, Cost, Link, counted

MOST_BYTES = 300_000
MOST_CALLS = 700_000  # some 0.19 s: 540,000 took 0.15 s; a bare page has 160,000 and more


def cost(page: str, link: Link) -> Cost:
    """Of the page opened by the link, whose controls are there."""
    with counted() as found:
        at = at_page(page, **link).run(timeout=120)
    assert not at.exception, (page, link, at.exception[0].message)
    assert at.get("bidi_component") or at.get("plotly_chart") or at.radio, (page, link)
    assert at.button or at.selectbox or at.text_area, (page, link)
    return found


@pytest.mark.parametrize("page", LINKS)
def test_no_link_costs_more_than_a_page_may(page: str) -> None:
    """Whatever a link says, at the limits and beyond: controls and a picture, in few bytes and little work."""
    cost(page, {})  # what is loaded once is loaded

    @examples(15, phases=[Phase.explicit, Phase.generate])
    @given(LINKS[page])
    def open_it(link: Link) -> None:
        found = cost(page, link)
        assert found.bytes <= MOST_BYTES, (page, link)
        assert found.calls <= MOST_CALLS, (page, link)

    open_it()


LARGEST: list[tuple[str, Link]] = [
    ("network", {"network_stack": "1_1x1x1_l1-1000000"}),
    ("network", {"network_stack": "1_1x1x1" + "_l1-1000000" * 35}),
    ("network", {"network_stack": "1_1x224x224" + "_c1-1-1p32" * limits.MAX_LAYERS}),
    ("network", {"network_stack": "1_1024x224x224" + "_c1024-1024-3p1" * limits.MAX_LAYERS}),
    (
        "convolution",
        {name: str(limits.MAX_GRID_SIZE) for name in ("conv_height", "conv_width")}
        | {"conv_input": "digit", "conv_kernel": "gaussian", "conv_kernel_height": "7", "conv_kernel_width": "7"}
        | {"conv_transposed": "true", "conv_stride": "2", "conv_padding": "6", "conv_bias": "0.3333333"},
    ),
    (
        "channels",
        {"channels_height": "100", "channels_width": "100", "channels_in": "5", "channels_out": "16"}
        | {"channels_kernel_size": "7", "channels_padding": "6", "channels_input": "digits"},
    ),
    (
        "pooling",
        {"pool_height": "64", "pool_width": "64", "pool_input": "digit", "pool_shift": "2"}
        | {"pool_kernel_size": "7", "pool_stride": "1", "pool_padding": "3"},
    ),
]


@pytest.mark.parametrize(("page", "link"), LARGEST, ids=lambda part: str(part)[:40])
def test_the_largest_links_cost_little(page: str, link: Link) -> None:
    """The ones that would cost most; the first took 2.7 s and 6 MB once, the second 91 s and 216 MB."""
    cost(page, {})
    found = cost(page, link)
    assert found.bytes <= MOST_BYTES
    assert found.calls <= MOST_CALLS


@pytest.mark.parametrize(
    ("page", "link"),
    [
        ("train", {"run": "run-0"}),
        ("compare", {"compare_runs": ",".join(f"run-{n}" for n in range(8)), "compare_smooth": "false"}),
        ("compare", {"compare_runs": ",".join(f"run-{n}" for n in range(8)), "compare_x": "seconds"}),
    ],
)
def test_the_longest_runs_cost_little(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, page: str, link: Link) -> None:
    """Eight, each tested after every one of 2,400 steps, changed 50 times, with a full picture of the digits."""
    install_longest_runs(monkeypatch, tmp_path)
    cost(page, {})
    found = cost(page, link)
    assert found.bytes <= MOST_BYTES
    assert found.calls <= MOST_CALLS
