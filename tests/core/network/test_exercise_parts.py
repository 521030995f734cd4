"""What the lecture's exercise asks of a network."""

from explorer.core.network.exercise_parts import PARTS, count_parts, has_parts, surplus_parts
from explorer.core.network.layers import NetworkSpec, layer
from explorer.core.network.ledger import trace
from explorer.core.network.networks import EXERCISE, LENET_5, SIMPLE_CNN
from explorer.core.network.remarks import remarks


def test_the_ready_made_network_is_an_answer_and_the_others_are_none() -> None:
    """Three of each, in whatever order they stand; two are not what was asked for."""
    assert has_parts(EXERCISE)
    assert has_parts(EXERCISE[::-1])
    assert not has_parts(SIMPLE_CNN)
    assert not has_parts(LENET_5)  # mean pooling


def test_more_activations_are_no_fault_and_more_of_the_others_are_counted() -> None:
    """The ledger's own repair puts a ReLU between two Linear layers, and the answer stays one."""
    remark = next(one for one in remarks(trace(NetworkSpec(EXERCISE))) if "Insert ReLU" in str(one.action))
    assert remark.repaired
    assert 5 == count_parts(remark.repaired.layers)["ReLU"]
    assert has_parts(remark.repaired.layers)
    linears = [layer(f"fc{n}", "Linear", in_features=10, out_features=10) for n in (4, 5)]
    assert not has_parts((*EXERCISE, *linears))
    assert {"Linear": 2} == surplus_parts((*EXERCISE, *linears, layer("relu4", "ReLU")))


def test_what_joins_the_layers_is_not_counted() -> None:
    """Flatten, dropout, normalisation: as many as one likes."""
    assert {"Conv2d": 2, "ReLU": 2, "MaxPool2d": 2, "Linear": 1} == count_parts(SIMPLE_CNN)
    assert count_parts((*EXERCISE, layer("dropout", "Dropout", p=0.5))) == PARTS
