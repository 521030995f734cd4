"""Whether a stack can be sent to a worker: it fits together and the digits, and it is no larger than allowed."""

from collections.abc import Iterator

from explorer.core import limits
from explorer.core.errors import SettingError, mark
from explorer.core.network.layers import CLASSES, IMAGE, LayerSpec, NetworkSpec
from explorer.core.network.ledger import FLOAT_BYTES, Ledger, trace


def require_trainable(stack: NetworkSpec) -> Ledger:
    """The stack's ledger. Raises SettingError where it cannot be trained on MNIST, or costs more than allowed."""
    ledger = trace(stack)
    if problem := next(reasons_against(ledger), None):
        raise problem
    return ledger


def largest_batch(ledger: Ledger) -> int:
    """Images a step may take, so that it fits memory and a Stop need not wait; one at least."""
    outputs, mult_adds = ledger.activation_bytes // FLOAT_BYTES // ledger.batch, ledger.mult_adds // ledger.batch
    by_memory = limits.MAX_BATCH_ACTIVATIONS // max(outputs, 1)
    return max(1, min(limits.MAX_BATCH_SIZE, by_memory, limits.MAX_BATCH_MULT_ADDS // max(mult_adds, 1)))


def require_batches(network: tuple[LayerSpec, ...], images: int, batch_size: int) -> None:
    """Raises SettingError where an epoch's last batch is one image, and BatchNorm would see one number a channel.

    For a mean and a deviation to learn from there must be two: of several images, or of a map larger than 1×1.
    """
    stack = NetworkSpec(network)
    problem = trace(stack, images % batch_size or batch_size).problem
    if not problem:
        return
    numbers = {"images": images, "batch_size": batch_size, "layer": network[problem.index].name}
    others = sorted(range(2, largest_batch(trace(stack)) + 1), key=lambda other: abs(other - batch_size))
    better = next((other for other in others if images % other != 1), None)
    if images == 1 or better is None:
        raise SettingError(
            "{images} images in batches of {batch_size} leave one by itself, and {layer} cannot learn from a single "
            "number a channel. Train on more images, or take {layer} out.",
            **numbers,
        )
    raise SettingError(
        "{images} images in batches of {batch_size} leave one by itself, and {layer} cannot learn from a single "
        "number a channel. Choose a batch size of {better}.",
        **numbers,
        better=better,
    )


def reasons_against(ledger: Ledger) -> Iterator[SettingError]:
    """Every reason why the stack of this ledger cannot be trained here, the gravest first."""
    yield from unsound(ledger)
    yield from too_large(ledger)


def unsound(ledger: Ledger) -> Iterator[SettingError]:
    """Every reason why no server whatever could train it."""
    if not ledger.stack.layers:
        yield SettingError("There is no layer yet. Add one, or start from a ready-made network.")
    if ledger.problem:
        layers = ledger.stack.layers
        at_loss = ledger.problem.index == len(layers)
        yield SettingError(
            "The network breaks at {layer}: {reason}.",
            layer="CrossEntropyLoss" if at_loss else layers[ledger.problem.index].name,
            reason=ledger.problem.message.rstrip("."),
        )
    if not ledger.problem and not ledger.num_params:
        yield SettingError("The network has no weights: there is nothing to train. Add a Linear or Conv2d layer.")
    if ledger.stack.image != IMAGE:
        yield SettingError(
            "The network takes images of {found}, and every data set's are {expected}. Set the input to {expected}.",
            found="×".join(map(str, ledger.stack.image)),
            expected="×".join(map(str, IMAGE)),
        )
    if not ledger.problem and ledger.output[1] != CLASSES:
        yield SettingError(
            "The network ends in {found} numbers an image, where {expected} classes need {expected}. Let it end in a "
            "Linear layer with {expected} outputs.",
            found=ledger.output[1],
            expected=CLASSES,
        )
    if any(spec.kind == "View" for spec in ledger.stack.layers):
        yield SettingError("view is no layer of torch.nn, so that a saved run could not name it. Use Flatten instead.")


def too_large(ledger: Ledger) -> Iterator[SettingError]:
    """The limits that the network exceeds, each with by how much."""
    for name, found, most in (
        (mark("network's number of parameters"), ledger.num_params, limits.MAX_PARAMETERS),
        (
            mark("network's number of outputs per image"),
            ledger.activation_bytes // FLOAT_BYTES // ledger.batch,
            limits.MAX_ACTIVATIONS,
        ),
        (mark("network's mult-adds per image"), ledger.mult_adds // ledger.batch, limits.MAX_MULT_ADDS),
    ):
        if found > most:
            yield SettingError(
                "The {setting}: {found}. This server allows {most}; that is {over} too many. "
                "Use fewer or smaller layers.",
                setting=name,
                found=f"{found:,}",
                over=f"{found - most:,}",
                most=f"{most:,}",
            )
