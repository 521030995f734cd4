"""The shape ledger says what torch does, and breaks where torch breaks."""

import pytest
import torch
from hypothesis import given

from explorer.core.network.layers import NetworkSpec, layer, numbered
from explorer.core.network.ledger import trace
from explorer.core.network.networks import BROKEN, PRESETS, SIMPLE_CNN
from tests.hypothesis_profiles import examples
from tests.stacks import BATCH, ask_torch, module_of, stacks


@examples(1500)
@given(stacks())
def test_every_row_and_every_refusal_is_torchs(stack: NetworkSpec) -> None:
    """Shapes, parameters and mult-adds of each layer; and the layer that refuses, with torch's very words."""
    ledger, answer = trace(stack, BATCH), ask_torch(stack)
    assert answer.shapes == [row.output for row in ledger.rows]
    assert answer.num_params == [row.num_params for row in ledger.rows]
    assert answer.mult_adds == [row.mult_adds for row in ledger.rows]
    assert answer.refusal == (ledger.problem.message if ledger.problem else None)
    assert not ledger.problem or ledger.problem.index == len(answer.shapes)


@pytest.mark.parametrize("name", [*PRESETS, *BROKEN])
def test_the_ready_made_networks_do_what_their_ledger_says(name: str) -> None:
    """At the lecture's batch of 64, whose number stands in torch's messages; totals are torch's own sums."""
    stack = NetworkSpec({**PRESETS, **BROKEN}[name])
    ledger, answer = trace(stack), ask_torch(stack, batch=64)
    assert answer.shapes == [row.output for row in ledger.rows]
    assert (sum(answer.num_params), sum(answer.mult_adds)) == (ledger.num_params, ledger.mult_adds)
    assert answer.refusal == (ledger.problem.message if ledger.problem else None)


def test_the_simple_cnns_totals() -> None:
    """8,490 parameters and 467,200 mult-adds an image, counted over the whole module at once; 320 is 20·4·4."""
    ledger = trace(NetworkSpec(SIMPLE_CNN))
    network = torch.nn.Sequential(*map(module_of, SIMPLE_CNN))
    assert ledger.num_params == sum(parameter.numel() for parameter in network.parameters()) == 8490
    assert ledger.mult_adds == 64 * 467_200
    flatten = next(row for row in ledger.rows if row.spec.kind == "Flatten")
    assert ((64, 20, 4, 4), (64, 320)) == (flatten.input, flatten.output)


def test_memory_is_that_of_the_outputs() -> None:
    """As torch counts the bytes of each layer's output."""
    images, found = torch.rand(64, 1, 28, 28), 0
    for module in map(module_of, SIMPLE_CNN):
        images = module(images)
        found += images.nbytes
    assert found == trace(NetworkSpec(SIMPLE_CNN)).activation_bytes


@pytest.mark.parametrize(("size", "dropped"), [(4, 0), (5, 1), (28, 0), (7, 1)])
def test_what_the_floor_drops_is_counted(size: int, dropped: int) -> None:
    """A pooling of 2 leaves the last row of an odd number of rows."""
    row = trace(NetworkSpec((layer("pool", "MaxPool2d", kernel_size=2),), (1, size, 8))).rows[0]
    assert (dropped, 0) == row.dropped


def test_a_single_image_cannot_be_normalised() -> None:
    """A batch of one, one number a channel: torch refuses it while training, and so does the ledger."""
    stack = NetworkSpec((layer("norm", "BatchNorm2d", num_features=4),), (4, 1, 1))
    assert ask_torch(stack, batch=1).refusal == trace(stack, batch=1).problem.message


def test_receptive_field_of_the_simple_cnn() -> None:
    """5 → 6 → 14 → 16, as the lecture's network is usually told; a pixel's neighbour is 1, 2, 2, 4 further."""
    rows = {row.spec.name: row.receptive_field for row in trace(NetworkSpec(SIMPLE_CNN)).rows}
    shown = [rows[name] for name in ("conv1", "pool1", "conv2", "pool2")]
    assert [(5, 5), (6, 6), (14, 14), (16, 16)] == [field.size for field in shown]
    assert [(1, 1), (2, 2), (2, 2), (4, 4)] == [field.effective_stride for field in shown]
    assert (28, 28) == rows["fc"].size


def test_layers_are_called_after_what_they_do() -> None:
    """Two convolutions are conv1 and conv2, a single linear layer is fc, as in the lecture's class."""
    names = [spec.name for spec in numbered(SIMPLE_CNN)]
    assert ["conv1", "pool1", "relu1", "conv2", "pool2", "relu2", "flatten", "fc"] == names
