"""The script that prints a number inside a network: what torch computes there, from the file beside it."""

import io
from contextlib import redirect_stdout

import numpy as np
import pytest
import safetensors.torch
import torch
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.network.layers import LayerSpec, NetworkSpec
from explorer.core.network.ledger import trace
from explorer.core.network.networks import SIMPLE_CNN
from explorer.core.network.opened_code import opened_code
from tests.components.trained import trained
from tests.hypothesis_profiles import examples
from tests.stacks import trainable_networks

INK = bytes(np.random.default_rng(3).integers(0, 256, 28 * 28, dtype=np.uint8))


def printed(code: str) -> float:
    """What it prints, run where its file is."""
    with redirect_stdout(io.StringIO()) as output:
        exec(code, {})
    return float(output.getvalue())


@examples(40)
@given(trainable_networks(), st.data())
def test_it_prints_the_number(
    tmp_path_factory: pytest.TempPathFactory, network: tuple[LayerSpec, ...], data: st.DataObject
) -> None:
    """Of any layer of any network, at any place; of the image itself; and by how much it is larger than another."""
    module, ledger = trained(network, seed=1), trace(NetworkSpec(network))
    folder = tmp_path_factory.mktemp("here")
    safetensors.torch.save_file(module.state_dict(), folder / "weights.safetensors")
    x = torch.tensor(list(INK)).reshape(1, 1, 28, 28) / 255
    normalization = data.draw(st.sampled_from([(0.1307, 0.3081), None]))
    if normalization:
        x = (x - normalization[0]) / normalization[1]
    layer = data.draw(st.integers(-1, len(ledger.rows) - 1))
    with torch.no_grad():
        output = module[: layer + 1](x)[0]
    place = [data.draw(st.integers(0, size - 1)) for size in output.shape]
    rival = data.draw(st.none() | st.tuples(*[st.integers(0, size - 1) for size in output.shape]))
    code = opened_code(ledger, INK, normalization, layer, place, rival)
    number = output[tuple(place)] - (0 if rival is None else output[rival])
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert printed(code) == pytest.approx(number.item(), nan_ok=True)


@pytest.mark.parametrize(
    ("layer", "place"), [(0, (10, 0, 0)), (0, (0, 0)), (7, (10,)), (-1, (0, 28, 0)), (0, (-1, 0, 0))]
)
def test_no_number_no_script(layer: int, place: tuple[int, ...]) -> None:
    """A place that these layers do not have is refused: the page then shows none."""
    with pytest.raises(ValueError, match="no number"):
        opened_code(trace(NetworkSpec(SIMPLE_CNN)), INK, None, layer, place)


def test_the_digit_can_be_seen_in_it() -> None:
    """A line for each row of pixels, and nothing but these in between."""
    code = opened_code(trace(NetworkSpec(SIMPLE_CNN)), INK, None, 0, (0, 0, 0))
    rows = code.split('"""')[1].strip().split("\n")
    assert [bytes.fromhex(row) for row in rows] == [INK[start : start + 28] for start in range(0, 784, 28)]
