"""What can be sent to a worker, and the sentence where it cannot."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core import limits
from explorer.core.errors import SettingError
from explorer.core.network.diagnosis import FLATTEN
from explorer.core.network.layers import CLASSES, IMAGE, LayerSpec, NetworkSpec, layer, numbered
from explorer.core.network.ledger import trace
from explorer.core.network.link import decode
from explorer.core.network.networks import BROKEN, PRESETS
from explorer.core.network.repair import diagnose
from explorer.core.network.trainable import largest_batch, reasons_against, require_batches, require_trainable
from explorer.core.run.train_config import TrainConfig
from tests.hypothesis_profiles import examples
from tests.stacks import stacks


@pytest.mark.parametrize("layers", [*PRESETS.values(), BROKEN["softmax"]])
def test_ready_made_networks_can_be_trained(layers: tuple) -> None:
    """The one with a softmax too many as well: it learns, slowly, which is its lesson."""
    assert require_trainable(NetworkSpec(layers)).output == (64, 10)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1_1x28x28_f_l300-10", r"breaks at fc: mat1 and mat2 shapes cannot be multiplied \(64x784 and 300x10\)"),
        ("1_1x28x28_f_l784-9", "breaks at CrossEntropyLoss: Target 9 is out of bounds"),
        ("1_1x28x28_g2x5_f", "has no weights: there is nothing to train"),
        ("1_1x28x28_f_l784-12", "ends in 12 numbers an image, where 10 classes need 10"),
        ("1_1x32x32_f_l1024-10", "takes images of 1×32×32, and every data set's are 1×28×28"),
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
            "mult-adds per image: 50,820,000. This server allows 12,000,000; that is 38,820,000 too many",
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
    small, large = (trace(NetworkSpec(PRESETS[name])) for name in ("simple", "exercise"))
    assert largest_batch(small) == limits.MAX_BATCH_SIZE
    most = largest_batch(large)
    assert most * 20_110 <= limits.MAX_BATCH_ACTIVATIONS < (most + 1) * 20_110
    TrainConfig(network=PRESETS["exercise"], batch_size=most).within_limits()
    with pytest.raises(SettingError, match=f"Choose a batch size of {most} at most"):
        TrainConfig(network=PRESETS["exercise"], batch_size=most + 1).within_limits()


SINGLE_PIXELS = tuple(
    decode(text).layers
    for text in (
        "1_1x28x28_c1-10-28_b10_f_l10-10",
        "1_1x28x28_c1-4-28_b4_r_f_l4-10",
        "1_1x28x28_a28_b1_f_l1-10",
        "1_1x28x28_c1-8-5_b8_m24_b8_f_l8-10",
    )
)


def refusal(network: tuple[LayerSpec, ...], images: int, batch_size: int) -> SettingError | None:
    try:
        TrainConfig(network=network, images=images, batch_size=batch_size)
        require_batches(network, images, batch_size)
    except SettingError as error:
        return error
    return None


@examples(300)
@given(st.sampled_from(SINGLE_PIXELS), st.integers(1, 60_000) | st.integers(1, 130), st.integers(1, 1024))
def test_the_way_out_of_a_single_image_leads_out(network: tuple[LayerSpec, ...], images: int, batch_size: int) -> None:
    """The batch size that it names is taken; where there is none, more images help, or leaving the layer out."""
    error = refusal(network, images, batch_size)
    if error is None:
        return
    if "better" in error.sentence.numbers:
        assert refusal(network, images, error.sentence.numbers["better"]) is None
        return
    assert images == 1
    assert any(refusal(network, more, batch_size) is None for more in (2, 3)) or batch_size == 1
    without = numbered([spec for spec in network if spec.kind != "BatchNorm2d"])
    assert refusal(without, images, batch_size) is None


def follow(stack: NetworkSpec, error: SettingError) -> NetworkSpec:
    """The stack after what the sentence says, or the button beside it, has been done."""
    sentence, layers = error.sentence.text, stack.layers
    if "breaks at" in sentence or "no layer yet" in sentence:
        return diagnose(trace(stack)).repaired
    if "Set the input" in sentence:
        return replace(stack, image=IMAGE)
    if "Let it end in a Linear layer" in sentence or "Add a Linear" in sentence:
        found = trace(stack).output[1]
        return replace(
            stack, layers=numbered([*layers, layer("fc", "Linear", in_features=found, out_features=CLASSES)])
        )
    assert "Use Flatten instead" in sentence
    return replace(stack, layers=numbered([FLATTEN if spec.kind == "View" else spec for spec in layers]))


@examples(200)
@given(stacks())
def test_what_a_refusal_advises_is_taken_or_another_reason_is_named(stack: NetworkSpec) -> None:
    """From any stack its advice, done again and again, ends in one that trains, and never comes back."""
    seen = set()
    while error := next(reasons_against(trace(stack)), None):
        assert stack not in seen
        seen.add(stack)
        stack = follow(stack, error)
        assert stack is not None
    TrainConfig(network=stack.layers)
