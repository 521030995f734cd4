"""The PyTorch code that prints one number inside a trained network, by a forward hook."""

from collections.abc import Sequence

from explorer.core.network.code import sequential_module
from explorer.core.network.ledger import Ledger

SIDE = 28  # pixels of an image
_WEIGHTS = "weights.safetensors"
_HOOKS = """\
outputs = {}
for name, layer in net.named_children():
    layer.register_forward_hook(lambda layer, inputs, output, name=name: outputs.update({name: output}))
with torch.no_grad():
    net(x)
"""


def opened_code(
    ledger: Ledger,
    ink: bytes,
    normalization: tuple[float, float] | None,
    layer: int,
    place: Sequence[int],
    rival: Sequence[int] | None = None,
) -> str:
    """A script that loads weights.safetensors and prints the number at ``place`` of the output of layer number
    ``layer``, -1 for the image itself.

    ``ink`` are the image's 28·28 bytes, 255 is ink; ``normalization`` is (mean, standard deviation), None where the
    image goes in as it is. ``place`` is (channel, row, column), or (feature,); with a
    ``rival``, the place of another, the script prints by how much the first is larger. Raises ValueError for what is
    not there.
    """
    shape = (ledger.rows[layer].output if layer >= 0 else ledger.rows[0].input)[1:]
    places = [place] if rival is None else [place, rival]
    if len(ink) != SIDE * SIDE or not all(_is_there(one, shape) for one in places):
        raise ValueError(f"no numbers {places} in {shape}, or no image of {SIDE}×{SIDE}: {len(ink)}")
    rows = "\n".join(ink[start : start + SIDE].hex() for start in range(0, SIDE * SIDE, SIDE))
    source = f'outputs["{ledger.rows[layer].spec.name}"]' if layer >= 0 else "x"
    difference = " - ".join(f"{source}[0, {', '.join(map(str, one))}]" for one in places)
    printed = f"{difference}.item()" if rival is None else f"({difference}).item()"
    return (
        "from collections import OrderedDict\n\nimport torch\nfrom safetensors.torch import load_file\n\n"
        + sequential_module(ledger)
        + f'net.load_state_dict(load_file("{_WEIGHTS}"))\nnet.eval()\n\n'
        + "# 28 rows of 28 pixels, two hexadecimal digits each: 00 is paper, ff is ink.\n"
        + f'digit = bytes.fromhex("""\n{rows}\n""")\n'
        + f"x = torch.tensor(list(digit)).reshape(1, 1, {SIDE}, {SIDE}) / 255\n"
        + (f"x = (x - {normalization[0]}) / {normalization[1]}\n" if normalization else "")
        + f"\n{_HOOKS}print({printed})\n"
    )


def _is_there(place: Sequence[int], shape: Sequence[int]) -> bool:
    return len(place) == len(shape) and all(0 <= index < size for index, size in zip(place, shape, strict=True))
