"""What a unit sees is where its gradient arrives."""

from functools import partial

import numpy as np
import pytest
import torch
from hypothesis import given
from torch import nn

from explorer.core import limits
from explorer.core.network.layers import LayerSpec, NetworkSpec, layer
from explorer.core.network.ledger import trace
from explorer.core.network.link import decode
from explorer.core.network.seen_pixels import receptive_fields
from tests.hypothesis_profiles import examples
from tests.stacks import BATCH, KINDS, module_of, stacks

NO_VIEW = tuple(kind for kind in KINDS if kind != "View")


def transparent(spec: LayerSpec) -> nn.Module:
    """A layer that reads what this one reads, and hands every gradient on: no winners, no dead units."""
    if spec.kind in ("ReLU", "Dropout", "BatchNorm2d", "BatchNorm1d"):
        return nn.Identity()
    if spec.kind == "Softmax":
        return lambda batch: batch + batch.sum(1, keepdim=True)
    if spec.kind == "MaxPool2d":
        return partial(sums_of_windows, spec)
    module = module_of(spec).double()
    for parameter in module.parameters():
        nn.init.ones_(parameter)
    return module


def sums_of_windows(spec: LayerSpec, maps: torch.Tensor) -> torch.Tensor:
    """A max pooling's windows, dilation and ceil_mode included, each summed up; torch's own says how many there are."""
    height, width = module_of(spec)(maps).shape[2:]
    (pad_h, pad_w), room = spec.pair("padding"), 20  # so that a window may reach beyond the end
    padded = nn.functional.pad(maps, (pad_w, pad_w + room, pad_h, pad_h + room))
    ones = torch.ones(maps.shape[1], 1, *spec.pair("kernel_size"), dtype=maps.dtype)
    options = {"stride": spec.pair("stride"), "dilation": spec.pair("dilation"), "groups": maps.shape[1]}
    return nn.functional.conv2d(padded, ones, **options)[..., :height, :width]


def footprint(image: torch.Tensor, number: torch.Tensor) -> list[tuple[int, int]]:
    """First and last row, and column, of the pixels that ``number`` depends on; (1, 0) where there are none."""
    (gradient,) = torch.autograd.grad(number, image, retain_graph=True)
    seen = gradient[0].sum(0) != 0
    ends = [torch.nonzero(seen.any(1 - axis)).ravel() for axis in (0, 1)]
    return [(int(at[0]), int(at[-1])) if len(at) else (1, 0) for at in ends]


def predicted(reach: tuple, unit: tuple[int, int]) -> list[tuple[int, int]]:
    ends = [(int(axis.first[at]), int(axis.last[at])) for axis, at in zip(reach, unit, strict=True)]
    return ends if all(first <= last for first, last in ends) else [(1, 0), (1, 0)]


def units_of(row: object, reach: tuple) -> list[tuple[tuple[int, int], tuple[int, ...]]]:
    """The corners of a layer's output: (place in the map, index in torch's tensor)."""
    height, width = (len(axis.first) for axis in reach)
    places = {(0, 0), (height - 1, width - 1), (height // 2, 0), (0, width // 2)}
    flat = len(row.output) == 2
    return [((y, x), (0, y * width + x) if flat else (0, 0, y, x)) for y, x in places]


@examples(500)
@given(stacks(kinds=NO_VIEW))
def test_a_unit_sees_the_pixels_that_its_gradient_reaches(stack: NetworkSpec) -> None:
    """At the corners, in the middle, behind padding, dilation, gaps between windows, and flattened."""
    ledger = trace(stack, BATCH)
    image = torch.rand(1, *stack.image, dtype=torch.float64, requires_grad=True)
    numbers = image
    for row, reach in zip(ledger.rows, receptive_fields(ledger), strict=True):
        numbers = transparent(row.spec)(numbers)
        if reach and numbers.requires_grad:
            for place, index in units_of(row, reach):
                assert footprint(image, numbers[index]) == predicted(reach, place)


FORMULA = ("Conv2d", "Conv2d", "MaxPool2d", "AvgPool2d", "AdaptiveAvgPool2d", "ReLU", "Flatten", "Linear")


@examples(500)
@given(stacks(kinds=FORMULA, padding=0))
def test_without_padding_every_field_has_the_formulas_size(stack: NetworkSpec) -> None:
    """Rows seen by a unit, and the distance to its neighbour's, as the ledger's formula has them; or it has none."""
    ledger = trace(stack, BATCH)
    for row, reach in zip(ledger.rows, receptive_fields(ledger), strict=True):
        axes = (
            zip(reach, row.receptive_field.size, row.receptive_field.effective_stride, strict=True)
            if row.receptive_field
            else ()
        )
        for axis, field, step in axes:
            if field is None:
                continue
            assert set(axis.last - axis.first + 1) == {field}
            assert set(np.diff(axis.first)) <= {step}


def test_a_window_of_padding_sees_nothing() -> None:
    """A 1×1 convolution with padding 2 has units that no pixel reaches: their last pixel comes before the first."""
    sizes = {"in_channels": 1, "out_channels": 1, "kernel_size": 1}
    stack = NetworkSpec((LayerSpec("conv", "Conv2d", (*sizes.items(), ("padding", 2))),), (1, 3, 3))
    rows, _ = receptive_fields(trace(stack))[0]
    empty = partial(np.greater, rows.first)
    assert [True, True, False, False, False, True, True] == empty(rows.last).tolist()


def test_a_map_of_a_million_columns_is_not_followed() -> None:
    """A linear layer on a map makes as many columns as it has outputs: where they see is left out from there on."""
    fields = receptive_fields(trace(decode("1_1x1x1_l1-1000000_r_f_l1000000-10")))
    assert fields == [None] * 4
    assert None not in receptive_fields(trace(decode(f"1_1x1x1_l1-{limits.MAX_FOLLOWED_UNITS}_r")))


@pytest.mark.parametrize(
    ("rows", "output_size", "size", "step"),
    [(6, 3, 2, 2), (5, 3, None, None), (3, 2, 2, 1), (1, 7, 1, 0), (8, 1, 8, 8)],
)
def test_an_adaptive_poolings_windows_may_differ(rows: int, output_size: int, size: object, step: object) -> None:
    """Five rows in three windows are 2, 3 and 2 rows: one size and one step for all is not told. Six in three are."""
    stack = NetworkSpec((layer("pool", "AdaptiveAvgPool2d", output_size=output_size),), (1, rows, rows))
    seen = trace(stack).rows[0].receptive_field
    assert ((size, size), (step, step)) == (seen.size, seen.effective_stride)


def test_a_rectangular_kernel_sees_a_rectangle() -> None:
    """Height before width, as torch has it: 5×1 on 3×3 sees 7×3."""
    sizes = {"in_channels": 1, "out_channels": 1}
    convolutions = (layer("a", "Conv2d", kernel_size=3, **sizes), layer("b", "Conv2d", kernel_size=(5, 1), **sizes))
    assert (7, 3) == trace(NetworkSpec(convolutions, (1, 9, 9))).rows[1].receptive_field.size
