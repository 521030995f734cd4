"""A network as a list of layers: what the module is built from, the ledger shows and the code panel prints."""

from dataclasses import dataclass
from typing import Any

from explorer.core.explained import SettingError

KINDS = ("Conv2d", "MaxPool2d", "ReLU", "Flatten", "Linear")


@dataclass(frozen=True)
class LayerSpec:
    """One layer: the attribute's ``name`` in the module, torch.nn's class as ``kind``, and its arguments.

    Raises SettingError where ``kind`` is not one of ``KINDS`` or an argument is no whole number: a list of layers
    may come from a file or a link.
    """

    name: str
    kind: str
    options: tuple[tuple[str, int], ...] = ()

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise SettingError(
                "Layer {name} is a {kind}. Known are {known}.",
                name=self.name,
                kind=self.kind,
                known=", ".join(KINDS),
            )
        for option, value in self.options:
            if type(value) is not int:
                raise SettingError(
                    "Layer {name} has {option} {value}, which is not a whole number.",
                    name=self.name,
                    option=option,
                    value=value,
                )

    def as_dict(self) -> dict[str, Any]:
        """The layer as JSON holds it."""
        return {"name": self.name, "kind": self.kind, "options": dict(self.options)}

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> "LayerSpec":
        """The layer that ``as_dict`` gave. Raises SettingError, or KeyError where an entry is missing."""
        return cls(values["name"], values["kind"], tuple(values["options"].items()))


def layer(name: str, kind: str, **options: int) -> LayerSpec:
    """``layer("conv1", "Conv2d", in_channels=1, …)``: a LayerSpec written as torch writes the layer."""
    return LayerSpec(name, kind, tuple(options.items()))


# relu(pool(conv1(x))), relu(pool(conv2(x))), flatten, fc: the lecture's network, 8,490 parameters.
SIMPLE_CNN = (
    layer("conv1", "Conv2d", in_channels=1, out_channels=10, kernel_size=5),
    layer("pool1", "MaxPool2d", kernel_size=2),
    layer("relu1", "ReLU"),
    layer("conv2", "Conv2d", in_channels=10, out_channels=20, kernel_size=5),
    layer("pool2", "MaxPool2d", kernel_size=2),
    layer("relu2", "ReLU"),
    layer("flatten", "Flatten"),
    layer("fc", "Linear", in_features=320, out_features=10),
)
