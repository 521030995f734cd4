"""What can be sent to a worker, and the sentence where it cannot."""

import pytest

from explorer.core import limits
from explorer.core.explained import SettingError
from explorer.core.layers import Stack
from explorer.core.ledger import trace
from explorer.core.networks import BROKEN, PRESETS
from explorer.core.stack_link import decode
from explorer.core.train_config import TrainConfig
from explorer.core.trainable import largest_batch, require_trainable


@pytest.mark.parametrize("layers", [*PRESETS.values(), BROKEN["softmax"]])
def test_ready_made_networks_can_be_trained(layers: tuple) -> None:
    """The one with a softmax too many as well: it learns, slowly, which is its lesson."""
    assert require_trainable(Stack(layers)).output == (64, 10)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1_1x28x28_f_l300-10", r"breaks at fc: mat1 and mat2 shapes cannot be multiplied \(64x784 and 300x10\)"),
        ("1_1x28x28_f_l784-9", "breaks at CrossEntropyLoss: Target 9 is out of bounds"),
        ("1_1x28x28_f_l784-12", "ends in 12 numbers an image, where 10 classes need 10"),
        ("1_1x32x32_f_l1024-10", "takes images of 1×32×32, and MNIST's are 1×28×28"),
        ("1_1x28x28_v784_l784-10", "Use Flatten instead"),
        (
            "1_1x28x28_f_l784-10000_l10000-10",
            r"parameters: 7,950,010. This server allows 2,000,000; that is 5,950,010 too many",
        ),
        (
            "1_1x28x28_c1-1000-1_c1000-1-1_f_l784-10",
            r"outputs per image: 785,578. This server allows 200,000; that is 585,578 too many",
        ),
        (
            "1_1x28x28_c1-50-5_c50-100-5_m2_f_l10000-10",
            "mult-adds per image: 50,820,000. This server allows 10,000,000; that is 40,820,000 too many",
        ),
    ],
)
def test_a_network_that_cannot_is_explained(text: str, sentence: str) -> None:
    """With torch's reason, or the limit and by how much."""
    assert limits.MAX_PARAMETERS == 2_000_000
    with pytest.raises(SettingError, match=sentence):
        require_trainable(decode(text))


def test_a_large_networks_batches_are_bounded() -> None:
    """A step keeps all its outputs in memory, and a Stop waits for its end: so many images, and no more."""
    small, large = (trace(Stack(PRESETS[name])) for name in ("simple", "exercise"))
    assert largest_batch(small) == limits.MAX_BATCH_SIZE
    most = largest_batch(large)
    assert most * 20_110 <= limits.MAX_BATCH_ACTIVATIONS < (most + 1) * 20_110
    TrainConfig(network=PRESETS["exercise"], batch_size=most)
    with pytest.raises(SettingError, match=f"Choose a batch size of {most} at most"):
        TrainConfig(network=PRESETS["exercise"], batch_size=most + 1)
