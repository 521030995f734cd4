"""The shapes of the tensors that layers have, as torch's state_dict names them."""

from collections.abc import Mapping

from explorer.core.network.layers import LayerSpec

Shape = tuple[int, ...]
Shapes = Mapping[str, Shape]


def weight_shapes(layers: tuple[LayerSpec, ...]) -> dict[str, Shape]:
    """Each tensor's shape by its name, conv1.weight and so on, in the layers' order; BatchNorm's counter left out."""
    return {f"{spec.name}.{part}": shape for spec in layers for part, shape in _parts(spec).items()}


def by_layer(shapes: Shapes) -> dict[str, dict[str, Shape]]:
    """The shapes of each layer by the tensor's last name: {"conv1": {"weight": (10, 1, 5, 5), "bias": (10,)}}."""
    layers: dict[str, dict[str, Shape]] = {}
    for name, shape in shapes.items():
        layer, _, part = name.rpartition(".")
        layers.setdefault(layer, {})[part] = shape
    return layers


def layer_text(parts: Mapping[str, Shape]) -> str:
    """The layer that has such tensors, as torch writes it: Conv2d(1, 10, 5); else its first tensor's shape.

    How many groups a convolution has, its weights do not say: it is written with one.
    """
    weight = parts.get("weight", ())
    if "running_mean" in parts:
        return f"BatchNorm({parts['running_mean'][0]})" if parts["running_mean"] else "BatchNorm"
    if len(weight) == 4:
        outputs, inputs, height, width = weight
        return f"Conv2d({inputs}, {outputs}, {height if height == width else (height, width)})"
    if len(weight) == 2:
        return f"Linear({weight[1]}, {weight[0]})"
    part, shape = next(iter(parts.items()))
    return f"{part} {shape}"


def _parts(spec: LayerSpec) -> dict[str, Shape]:
    if spec.kind == "Conv2d":
        outputs = spec["out_channels"]
        weight = (outputs, spec["in_channels"] // spec["groups"], *spec.pair("kernel_size"))
    elif spec.kind == "Linear":
        outputs = spec["out_features"]
        weight = (outputs, spec["in_features"])
    elif spec.kind in ("BatchNorm1d", "BatchNorm2d"):
        return dict.fromkeys(("weight", "bias", "running_mean", "running_var"), (spec["num_features"],))
    else:
        return {}
    return {"weight": weight, "bias": (outputs,)} if spec["bias"] else {"weight": weight}
