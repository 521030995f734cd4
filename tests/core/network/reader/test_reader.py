"""A pasted program is read, never run: into the stack that it is, or a sentence with its line."""

import ast
import collections
import pickle
import sys
import textwrap
from contextlib import suppress
from pathlib import Path

import pytest
import torch
import torch.nn.functional as F
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from explorer.core import limits
from explorer.core.network.code import class_code, sequential_code
from explorer.core.network.layers import NetworkSpec
from explorer.core.network.ledger import trace
from explorer.core.network.link import decode, encode
from explorer.core.network.networks import BROKEN, PRESETS, SIMPLE_CNN
from explorer.core.network.reader.reader import read_network, stack_of
from explorer.core.network.reader.source import TooMuch, Unreadable
from explorer.core.run.train_config import TrainConfig
from explorer.core.run.training_script import train_code
from tests.hypothesis_profiles import examples
from tests.stacks import BATCH, module_of, stacks

LECTURE = '''
import torch
import torch.nn.functional as F

class Net(torch.nn.Module):
    def __init__(self):
        super(Net, self).__init__()
        self.conv1 = torch.nn.Conv2d(1, 10, kernel_size=5)
        self.conv2 = torch.nn.Conv2d(10, 20, kernel_size=5)
        self.pooling = torch.nn.MaxPool2d(2)  # one for both
        self.fc = torch.nn.Linear(320, 10)

    def forward(self, x):
        """Flatten data from (n, 1, 28, 28) to (n, 784)."""
        batch_size = x.size(0)
        x = F.relu(self.pooling(self.conv1(x)))
        x = F.relu(self.pooling(self.conv2(x)))
        x = x.view(batch_size, -1)  # flatten
        x = self.fc(x)
        return x


model = Net()
device = torch.device("cuda:0" if torch.cuda.is_available() else "cpu")
model.to(device)
'''
ONE_CONVOLUTION = """
in_channels, out_channels=5, 10
width, height =100, 100
kernel_size = 3
batch_size = 1
input = torch.randn(batch_size,
in_channels,
width,
height)
conv_layer = torch.nn.Conv2d(in_channels,
out_channels,
kernel_size=kernel_size)
output = conv_layer(input)
print(conv_layer.weight.shape)
"""
WITHOUT_BIAS = """
input = [3,4,6,5,7,
3,7,5,4,1]
input = torch.Tensor(input).view(1,1,5,5)
conv_layer = torch.nn.Conv2d(1,1,kernel_size=3,padding=1,bias=False)
kernel = torch.Tensor([1,2,3,4,5,6,7,8,9]).view(1,1,3,3)
conv_layer.weight.data = kernel.data
output = conv_layer(input)
"""


# A broken program's warnings: pytest has filters of its own.
pytestmark = pytest.mark.filterwarnings("ignore:invalid")


def read(text: str) -> str:
    """The layers' text in a link."""
    return encode(NetworkSpec(read_network(text).layers)).split("_", 2)[-1]


def sentence(text: str) -> tuple[int, str]:
    with pytest.raises(Unreadable) as caught:
        read_network(text)
    return caught.value.line, str(caught.value)


def forward(*lines: str, init: str = "pass") -> str:
    """A class with these lines; the first of ``forward`` is line 6."""
    body = "".join(f"        {line}\n" for line in lines)
    return (
        "class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
        f"        {init}\n    def forward(self, x):\n{body}"
    )


@examples(400)
@given(stacks())
def test_the_apps_own_codes_are_read_back(stack: NetworkSpec) -> None:
    """Class and Sequential, sound or not, with every option: the same layers, and the images that they print for."""
    for code in (class_code, sequential_code):
        found = read_network(code(trace(stack, BATCH)))
        assert (stack, ()) == (NetworkSpec(found.layers, found.image), found.notes)


@pytest.mark.parametrize("name", [*PRESETS, *BROKEN])
def test_the_training_script_is_read_back(name: str) -> None:
    """What surrounds the class, data and loops, is no business of the reader's."""
    stack = NetworkSpec({**PRESETS, **BROKEN}[name])
    assert stack.layers == read_network(train_code(stack, TrainConfig())).layers


def test_the_longest_codes_fit() -> None:
    """Forty layers with every argument stay within the characters that are read."""
    stack = decode("1_1x28x28" + "_c1-1-5x3s1x2psamed2x1g1b0" * limits.MAX_LAYERS)
    assert stack.layers == read_network(train_code(stack, TrainConfig())).layers


def test_the_lectures_own_network() -> None:
    """One pooling used twice, super() with arguments, view(batch_size, -1): the simple CNN."""
    assert SIMPLE_CNN == read_network(LECTURE).layers


@pytest.mark.parametrize(
    ("text", "layers", "image"),
    [
        (ONE_CONVOLUTION, "c5-10-3", (5, 100, 100)),
        (WITHOUT_BIAS, "c1-1-3p1b0", (1, 5, 5)),
        ("maxpooling_layer = torch.nn.MaxPool2d(kernel_size=2)", "m2", None),
    ],
)
def test_the_lectures_examples(text: str, layers: str, image: object) -> None:
    """Single layers and the images that they are given."""
    assert (layers, image) == (read(text), read_network(text).image)


FLAT_FEATURES = """
def num_flat_features(self, x):
    size = x.size()[1:]  # all dimensions except the batch dimension
    num_features = 1
    for s in size:
        num_features *= s
    return num_features
"""
WAYS = [
    ("nn.Sequential(nn.Conv2d(1, 6, 5), nn.ReLU(), nn.Flatten())", "c1-6-5_r_f"),
    ("from torch.nn import *\nnet = Sequential(Linear(20 * 4 * 4, 10))", "l320-10"),
    ("import torch.nn as layers\nnet = layers.Sequential(layers.ReLU(inplace=True))", "r"),
    ("nn.Sequential(nn.Sequential(nn.ReLU(), nn.Sequential(nn.MaxPool2d((2, 2), (2, 2)))), nn.Identity())", "r_m2"),
    ('nn.Sequential(OrderedDict([("a", nn.ReLU()), ("b", nn.Flatten())]))', "r_f"),
    ('nn.Sequential(collections.OrderedDict({"a": nn.ReLU(), "b": nn.Flatten()}))', "r_f"),
    ("blocks = [nn.ReLU(), nn.Flatten()]\nnet = nn.Sequential(*blocks, nn.Linear(4, 2)).to(device)", "r_f_l4-2"),
    ("net = nn.Sequential()\nnet.add_module('conv', nn.Conv2d(1, 2, 3))\nnet.append(nn.ReLU())", "c1-2-3_r"),
    ("nn.Conv2d(1, 2, 3),\nnn.ReLU(),\n", "c1-2-3_r"),
    ("    nn.Sequential(\n        nn.ReLU(),  # a comment\n    )", "r"),
    ("nn.Sequential(nn.Conv2d(1, 2, (5, 3), padding='valid', stride=(2, 2)))", "c1-2-5x3s2"),
    ("nn.Sequential(nn.AvgPool2d(3, 2, 1, True, False), nn.MaxPool2d(3, 2, 1, 1, False, True))",
     "a3s2p1c1i0_m3s2p1c1"),
    ("nn.Sequential(nn.AdaptiveAvgPool2d((1, 1)), nn.Flatten(1), nn.BatchNorm1d(8, eps=1e-05))", "g1_f_n8"),
    ("nn.Sequential(nn.Flatten(), nn.Linear(16 * (28 - 20) // 2, 10, bias=False), nn.Softmax(dim=-1))",
     "f_l64-10b0_x"),
    ("nn.Sequential(\n\u00a0\u00a0nn.ReLU(),\u3000nn.Flatten()\u200b\n)", "r_f"),
    ("```python\nnn.Sequential(nn.ReLU())\n```\n", "r"),
    (">>> net = nn.Sequential(\n...     nn.ReLU(),\n... )\n>>> net", "r"),
    ("%matplotlib inline\n!pip install torch\nnn.Sequential(nn.ReLU())", "r"),
    ("nn.Sequential(\r\n    nn.ReLU(),\r\n)\r\n", "r"),
    (forward("for layer in self.a:", "    x = layer(x)", "return x", init="self.a = nn.ModuleList([nn.ReLU(),\n"
     "         nn.Flatten()])"),
     "r_f"),
    (forward("return nn.Sequential(*self.a)(x)", init="self.a = nn.ModuleList()\n"
     "        for n in range(2, 4):\n            self.a.append(nn.Conv2d(n, n + 1, 3))"), "c2-3-3_c3-4-3"),
    ("layers = []\nfor n in range(2):\n    layers.append(nn.ReLU())\nnet = nn.Sequential(*layers)", "r_r"),
    ("def block(i, o=4):\n    return nn.Sequential(nn.Conv2d(i, o, 3), nn.ReLU())\n\n"
     "net = nn.Sequential(block(1), block(4, o=8))",
     "c1-4-3_r_c4-8-3_r"),
    ("nn.Sequential(nn.Linear(int(28 / 2) * 4, 10))", "l56-10"),
    (forward("return F.relu(F.max_pool2d(x, 2))"), "m2_r"),
    (forward("x = torch.relu(x).flatten(1)", "return x.softmax(1)"), "r_f_x"),
    (forward("return torch.flatten(x, start_dim=1)"), "f"),
    (forward("x = x.view(x.size(0), -1)", "return x"), "f"),
    (forward("n = x.shape[0]", "out = x.reshape((n, -1))", "return out"), "f"),
    (forward("return x.view(len(x), -1)"), "f"),
    (forward("return x.view(-1, 20 * 4 * 4)"), "v320"),
    (forward("return F.dropout(F.adaptive_avg_pool2d(x, 1), 0.25, self.training)"), "g1_dp0.25"),
    (forward("return self.a(self.b[1](x))", init="self.a, self.b = nn.ReLU(), [nn.Dropout(), nn.Flatten()]"),
     "f_r"),
    (forward("print(x.shape)", "y: torch.Tensor = self.last(x)", "return y").replace("class Net",
     "class Last(nn.Module):\n    def forward(self, x):\n        return torch.relu(x)\n\nclass Net")
     .replace("pass", "self.last = Last()"), "r"),
    ("class Net(nn.Module):\n    def __init__(self, width=3, *, out=10):\n"
     "        super().__init__()\n        self.fc = nn.Linear(width, out)\n"
     "    def forward(self, x):\n        return self.fc(x)\nnet = Net(4, out=2)\n", "l4-2"),
    (forward("return x.view(-1, self.num_flat_features(x))") + textwrap.indent(FLAT_FEATURES, "    "), "f"),
    (forward("n, c, h, w = x.shape", "return x.view(n, c * h * w)"), "f"),
    (forward("return x.reshape(-1, x.size(1) * x.size(2) * x.size(-1))"), "f"),
    (forward("n = x.shape[1:].numel()", "return x.view(-1, n)"), "f"),
    ("import math\n" + forward("return x.view(len(x), math.prod(x.shape[1:]))"), "f"),
    (forward("x = torch.flatten(x, 1)", "return x.view(-1, x.size(1))"), "f_f"),
    (forward("return self.c(x)", init="self.c = nn.Conv2d(1, 2, 3)").replace("super()", "nn.Module")
     .replace("__init__()", "__init__(self)"), "c1-2-3"),
    ("layers = [nn.ReLU()]\nlayers += [nn.Flatten()] + [nn.Linear(4, 2)]\nnn.Sequential(*layers)", "r_f_l4-2"),
    ("layers = []\nfor v in [8, 'M']:\n    if v == 'M':\n        layers += [nn.MaxPool2d(2)]\n    else:\n"
     "        layers += [nn.Conv2d(1, v, 3), nn.ReLU() if v > 4 else nn.Flatten()]\nnet = nn.Sequential(*layers)",
     "c1-8-3_r_m2"),
    (forward("for i, layer in enumerate(self.a):", "    x = layer(x)", "    if i == 1:", "        return x", "return x",
     init="self.a = nn.ModuleList([nn.ReLU(), nn.Flatten(), nn.Flatten()])"), "r_f"),
    (forward("if self.last is not None:", "    x = self.last(x)", "return x if not self.last else F.relu(x)",
     init="self.last = None"), "1x28x28"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "layers"), WAYS)
def test_many_ways_to_write_it(text: str, layers: str) -> None:
    """Prefixes, keywords or none, nested, functions, tensor methods, arithmetic, classes in classes."""
    assert layers == read(text)


def run(text: str) -> nn.Module:
    """What the program makes when it is run: its last expression, its last module, or an object of its last class."""
    tree = ast.parse(textwrap.dedent(text))
    if isinstance(tree.body[-1], ast.Expr):
        tree.body[-1] = ast.copy_location(
            ast.Assign([ast.Name("last", ast.Store())], tree.body[-1].value), tree.body[-1]
        )
    names = {"torch": torch, "nn": nn, "F": F, "collections": collections, "OrderedDict": collections.OrderedDict}
    before = {**names, "device": "cpu"}
    exec(compile(ast.fix_missing_locations(tree), "text", "exec"), names := dict(before))
    made = [value for name, value in names.items() if name not in (*before, "__builtins__")]
    modules = [value for value in made if isinstance(value, nn.Module)]
    classes = [value for value in made if isinstance(value, type) and issubclass(value, nn.Module)]
    return modules[-1] if modules else classes[-1]()


NO_PROGRAM = ("```", ">>>", "%", "nn.Conv2d(1, 2, 3),", "nn.Sequential(\n\u00a0")


@pytest.mark.parametrize("text", [text for text, _ in WAYS if not text.startswith(NO_PROGRAM)])
def test_what_is_read_is_what_would_run(text: str) -> None:
    """Torch runs the text: as many parameters, in the same shapes, and the same shape of the output where one fits."""
    found, module = read_network(text), run(text)
    assert [tuple(p.shape) for one in found.layers for p in module_of(one).parameters()] == [
        tuple(p.shape) for p in module.parameters()
    ]
    stack = stack_of(found, (1, 28, 28))
    ledger = trace(stack, BATCH)
    if len(ledger.rows) == len(stack.layers):
        assert ledger.output == tuple(module(torch.rand(BATCH, *stack.image)).shape)


@examples(200)
@given(stacks().filter(lambda stack: all(spec.kind != "View" for spec in stack.layers)))  # torch has no such layer
def test_a_printed_network_is_read(stack: NetworkSpec) -> None:
    """What print(net) shows, alone or behind the line that asked for it; AvgPool2d does not print all it is."""
    try:
        module = nn.Sequential(*map(module_of, stack.layers))
    except ValueError:  # torch refuses some layers at once, and then has none to print
        return
    for text in (f"{module}", f">>> net\n{module}\n", textwrap.indent(f"print(net)\n{module}", "    ")):
        if stack.layers:
            found = read_network(text)
            assert (str(module), ()) == (str(nn.Sequential(*map(module_of, found.layers))), found.notes)


def test_a_printed_network_in_networks_is_read() -> None:
    """And a padding that is a word; also without the first and the last line."""
    inner = nn.Sequential(nn.Conv2d(1, 2, 3, padding="same"), nn.BatchNorm2d(2))
    module = nn.Sequential(inner, nn.Sequential(nn.ReLU(), nn.Sequential(nn.Identity())), nn.AdaptiveAvgPool2d((1, 1)))
    assert "c1-2-3psame_b2_r_g1" == read(str(module))
    within = "\n".join(str(module).split("\n")[1:-1])
    assert "c1-2-3psame_b2_r_g1" == read(within)


class Printed(nn.Module):
    """A class whose print lacks what forward does."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks = nn.ModuleList(nn.Conv2d(2, 2, 3) for _ in range(3))
        self.fc = nn.Linear(10, 10)


def test_a_printed_class_is_read_with_a_remark() -> None:
    """Its layers in a row, also three equal ones in one line; forward is not in it."""
    found = read_network(str(Printed()))
    assert ["Conv2d", "Conv2d", "Conv2d", "Linear"] == [one.kind for one in found.layers]
    assert "What else its forward does" in str(found.notes[0])


TORCHVISION = """
class AlexNet(nn.Module):
    def __init__(self, num_classes: int = 10, dropout: float = 0.5, init_weights: bool = True, verbose=None) -> None:
        super().__init__()
        _log_api_usage_once(self)
        self.features = nn.Sequential(nn.Conv2d(3, 6, 5), nn.ReLU(inplace=True))
        self.classifier = nn.Sequential(nn.Dropout(p=dropout), nn.Linear(4704, num_classes))
        if init_weights:
            for m in self.modules():
                if isinstance(m, nn.Conv2d):
                    nn.init.kaiming_normal_(m.weight, mode="fan_out", nonlinearity="relu")
                    if m.bias is not None:
                        nn.init.constant_(m.bias, 0)
                elif isinstance(m, nn.Linear):
                    m.weight.data.normal_(0, 0.01)
        self.apply(weights)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.features(x)
        x = torch.flatten(x, 1)
        return self.classifier(x)
"""


def test_what_sets_weights_is_left_out_with_a_remark() -> None:
    """As torchvision's networks are written; each remark once, however many networks are made."""
    found = read_network(TORCHVISION + "a = AlexNet()\nb = AlexNet()\n")
    assert ["Conv2d", "ReLU", "Flatten", "Dropout", "Linear"] == [one.kind for one in found.layers]
    assert [(5, "_log_api_usage_once(self)"), (9, "for m in self.modules()"), (16, "self.apply(weights)")] == [
        (one.line, one.sentence.numbers["code"]) for one in found.notes
    ]
    unknown = read_network(TORCHVISION.replace("if init_weights", "if torch.backends.anything()"))
    assert (8, "if torch.backends.anything()") == (unknown.notes[1].line, unknown.notes[1].sentence.numbers["code"])


def test_a_refusal_travels_between_processes() -> None:
    """With its line and its numbers."""
    for kind in (Unreadable, TooMuch):
        error = kind("{code} returns no tensor.", line=7, code="forward")
        copy = pickle.loads(pickle.dumps(error))
        assert (kind, str(error), 7, error.sentence.numbers) == (
            type(copy),
            str(copy),
            copy.line,
            copy.sentence.numbers,
        )


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        (forward("return F.log_softmax(x, dim=1)"), "log_softmax at the end is left out"),
        ("nn.Sequential(nn.ReLU(), nn.LogSoftmax(1))", "log_softmax at the end is left out"),
        (forward("return F.dropout(x)"), "drops while the network is tested, too"),
    ],
)
def test_what_is_read_otherwise_is_said(text: str, remark: str) -> None:
    """What the cross entropy does itself is left out; a dropout that never ends becomes one that does."""
    assert remark in str(read_network(text).notes[0])


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("nn.Sequential(\n    nn.ReLU(),\n    nn.GELU(),\n)", 3,
         "GELU is no layer of this page. It has Sequential, Conv2d"),
        ("nn.Sequential(\n    nn.Conv2d(1, 10, 99))", 2, "kernel_size 99, outside 1 … 32"),
        ("nn.Sequential(nn.Conv2d(1, 10))", 1, "lacks its argument kernel_size"),
        ("nn.Sequential(nn.Conv2d(1, 10, size=3))", 1, "Conv2d has no argument size"),
        ("nn.Sequential(nn.ReLU(1, 2, 3))", 1, "ReLU takes 1 argument, not 3"),
        ("nn.Sequential(nn.Conv2d(1, 10, 3, padding_mode='reflect'))", 1, "only with padding_mode=zeros"),
        ("nn.Sequential(nn.Conv2d(1, width, 3))", 1, "width has no value"),
        ("nn.Sequential(nn.Linear(9**9**9, 10))", 1, "9 ** 9 is no number that is worked out"),
        ("nn.Sequential(nn.Linear(999999999 * 999999999, 10))", 1, "is no number that is worked out"),
        ("nn.Sequential(nn.Linear(1 // 0, 10))", 1, "is no number that is worked out"),
        ("nn.Sequential(nn.Linear(f(2), 10))", 1, "f(2) cannot be read here. Read are layers of torch.nn"),
        ("nn.Sequential(nn.ReLU(), 3)", 1, "Something in Sequential is no layer"),
        ("nn.Sequential(nn.ReLU())\nnn.Sequential(nn.Flatten(0))", 2, "from axis 1 to the last one"),
        ("layers = []\nif cuda:\n    layers.append(nn.ReLU())\nnn.Sequential(*layers)", 2, "if is not followed here"),
        ("layers = [nn.ReLU()]\nlast = layers.pop()\nnn.Sequential(*layers)", 2, "layers.pop() cannot be read"),
        ("nn.Sequential(\n    nn.ReLU()\n    nn.Flatten()\n)", 2, "invalid syntax. Perhaps you forgot a comma?"),
        (forward("return self.c(x)", init="self.c = nn.ReLU()").replace("super().__init__()", "pass"), 4,
         "has no super().__init__() before this line"),
        (forward("return self.c[0](x)", init="self.c = nn.ModuleList([nn.ReLU()])").replace("super().__init__()", "0"),
         4, "has no super().__init__() before this line"),
        (forward("return F.relu(x)").replace("super().__init__()", "pass"), 2, "has no super().__init__() before"),
        (forward("return F.relu(x)").replace("super()", "super"), 3, "super.__init__() cannot be read"),
        (forward("return F.relu(x)").replace("super()", "super(Other, self)"), 3,
         "Other has no value that can be read"),
        (forward("return F.relu(x)").replace("(nn.Module)", ""), 1, "begins with class Net(nn.Module):"),
        (forward("self.c(x)", "return x", init="self.c = nn.ReLU()"), 6,
         "The result of self.c(x) is not used. Write x = self.c(x)."),
        (forward("y = F.relu(x)", "y.view(-1, 784)", "return y"), 7, "is not used. Write y = y.view(-1, 784)."),
        (forward("x += self.c(x)", "return x", init="self.c = nn.ReLU()"), 6, "calculates with a tensor"),
        (forward("return x.view(-1, x.size(1) * x.size(2))"), 6, "A view is read as"),
        (forward("n = x.shape[1:].numel()", "return F.max_pool2d(x, 2).view(-1, n)"), 7, "A view is read as"),
        (forward("if x:", "    x = F.relu(x)", "return x"), 6, "if is not followed here"),
        (forward("return x", init="if a: self.append(nn.ReLU())"), 4, "if is not followed here"),
        ("Sequential(\n  (0): GELU(approximate='none')\n)", 2, "GELU is no layer of this page"),
        ("net = nn.Sequential(nn.ReLU())\nnet[0] = nn.Flatten()", 2, "net[0] cannot be read here"),
        ("net = nn.Sequential(nn.ReLU())\ndel net[0]", 2, "delete is not followed here"),
        ("net = nn.Sequential(nn.ReLU())\nnet.fc = nn.Linear(4, 4)", 2, "net.fc cannot be read here"),
        ("net = nn.Sequential(nn.ReLU())\nnet.insert(0, other)", 2, "net.insert(0, other) cannot be read here"),
        ("layers = [nn.ReLU()]\nlayers.reverse()\nnet = nn.Sequential(*layers)", 2, "layers.reverse() cannot be read"),
        (forward("x += 1", "return x"), 6, "x += 1 calculates with a tensor"),
        (forward("while x:", "    x = torch.relu(x)", "return x"), 6, "while is not followed here"),
        (forward("for one in x:", "    pass", "return x"), 6, "x cannot be read here"),
        (forward("y = torch.relu(x)", "return x + y"), 7, "x + y calculates with a tensor: that is no layer"),
        (forward("F.relu(x, inplace=True)", "return x"), 6, "The result of F.relu(x, inplace=True) is not used"),
        (forward("return self.fc(x)"), 6, "self.fc has no value that can be read"),
        (forward("return self.fc(self.fc(x))", init="self.fc = nn.Linear(4, 4)"), 4,
         "used twice, with the same weights"),
        (forward("return F.relu(F.log_softmax(x, 1))"), 6, "log_softmax is read at the end only"),
        (forward("return F.softmax(x, 2)"), 6, "along axis 1, not 2"),
        (forward("return x.view(64, -1)"), 6, "x.view(x.size(0), -1)"),
        (forward("x = torch.relu(x)"), 1, "forward returns no tensor"),
        ("x = 1 +", 1, "This is not Python: invalid syntax"),
        ("a = nn.ReLU()\nb = nn.ReLU()", 2, "nothing puts them in a row"),
        ("print('hello')", 1, "There is no network here"),
        ("", 1, "There is no network here"),
        ("nn.Sequential(" + "nn.ReLU()," * 41 + ")", 1, "more than 40 layers"),
        ("\n" * 700, 600, "The text has 701 lines; 600 are read"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_with_its_line(text: str, line: int, words: str) -> None:
    """And what could stand there instead."""
    found, said = sentence(text)
    assert line == found
    assert words in said


NOT_RUN = "import pathlib\npathlib.Path({path!r}).write_text('run')\nnn.Sequential(nn.ReLU(open({path!r}, 'w')))\n"


def test_nothing_is_run(tmp_path: Path) -> None:
    """Neither the lines of a script nor what stands among a layer's arguments."""
    path = tmp_path / "run"
    with suppress(Unreadable):
        read_network(NOT_RUN.format(path=str(path)))
    assert not path.exists()


MOST = limits.MAX_PASTED_CHARACTERS
MOST_CALLS = 250_000  # some 0.05 s
DEEP = "class A(nn.Module):\n  def __init__(self):\n    {body}\n  def forward(self, x):\n    return {result}\n"
LONG_NUMBER = "0x" + "f" * 5000  # more digits than Python writes
HOSTILE = {
    "brackets": "(" * MOST,
    "attributes": "a" + ".a" * (MOST // 2 - 1),
    "sum": "nn.Sequential(nn.Linear(1" + "+1" * 7000 + ", 2))",
    "lines of a sum": "nn.Linear(\n1" + "\n+1" * 500 + ", 2)",
    "not": "not " * 3700 + "1",
    "elif": "if 1: pass\n" + "elif 0: 0\n" * 590,
    "decorators": "@a\n" * 590 + "def f(): pass",
    "numbers": "a = [" + "1," * 7000 + "]",
    "number": "a = 0x" + "f" * (MOST - 6),
    "digits": "a = " + "9" * (MOST - 4),
    "a number as an argument": f"nn.Linear({LONG_NUMBER}, 10)",
    "a number as torch's default": f"nn.BatchNorm2d(3, eps={LONG_NUMBER})",
    "a number as an axis": f"nn.Softmax(dim={LONG_NUMBER})",
    "a number as a name": DEEP.format(body=f"self.add_module({LONG_NUMBER}, nn.ReLU())", result="x"),
    "a number too long for a fraction": f"nn.Linear(1.5*{'1' * 400}, 10)",
    "a fraction too large": f"nn.Linear({'1' * 400}/3, 10)",
    "infinity as a whole number": "nn.Linear(int(1e999), 10)",
    "powers": "a = " + "9**" * 4000 + "9",
    "nulls": "\0" * MOST,
    "surrogate": "nn.ReLU('\ud800')",
    "a class that makes itself": DEEP.format(body="self.a = A()", result="self.a(x)"),
    "a class that makes itself twice": DEEP.format(body="self.a, self.b = A(), A()", result="self.a(self.b(x))"),
    "a function that calls itself": "def f(a):\n    return f(f(a))\nf(f(f(1)))\nnn.Sequential(f(1))",
    "loops in loops": DEEP.format(
        body="\n    ".join("  " * n + f"for a{n} in range(99):" for n in range(12)) + " pass", result="x"),
    "forward calls itself": DEEP.format(body="pass", result="self(self(x))"),
    "doubling": "a = nn.Sequential(nn.ReLU(), nn.ReLU())\n" + "a = nn.Sequential(a, a)\n" * 500,
    "doubled lists": "a = [1, 1]\n" + "a = [*a, *a]\n" * 590,
    "nested lists in a sentence": "a = 1\n" + "a = [a, a]\n" * 500 + forward("return F.softmax(x, a)"),
    "nested lists as a default": "a = 1\n" + "a = [a, a]\n" * 500 + "nn.Sequential(nn.BatchNorm2d(1, eps=a))",
    "nested lists": "a = 1\n" + "a = [a, a]\n" * 590 + "nn.Sequential(nn.ReLU(a))",
    "strings": "a = 'x'\nnn.Sequential(nn.Conv2d(1, 1, 1, padding='" + "x" * 10_000 + "'))",
    "idle methods": DEEP.format(body="pass\n    " * 500, result="x") + "A()(A()(A()))\n",
    "lists added": "a = [1]\n" + "a += a\n" * 590,
    "conditions left out": DEEP.format(
        body="for a in range(99):\n      for b in range(99):\n        if c:\n" + "          0\n" * 550, result="x"
    ),
    "assignments that fail": "for a in range(99):\n  for b in range(99):\n    c = d + [" + "1," * 6000 + "]",
    "a large print": "Net(\n" + "  (a): 99 x Conv2d(1, 1, 3)\n" * 500 + ")",
    "a deep print": "\n".join("  " * n + f"({n}): A(" for n in range(110)) + "\n",
    "sizes multiplied": forward("for i in range(99):", "    n = x.shape[1:].numel() * x.size(0)", "return x"),
    "f-string": "f'{" + "1+" * 7000 + "1}'",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_gives_a_sentence_at_once(name: str) -> None:
    """In fewer function calls than a page that is opened, however it doubles, nests or calls itself."""
    calls = collections.Counter()
    sys.setprofile(lambda frame, event, argument: calls.update([event]))
    try:
        with suppress(Unreadable):
            read_network(HOSTILE[name])
    finally:
        sys.setprofile(None)
    assert calls["call"] + calls["c_call"] < MOST_CALLS


def test_a_list_that_grows_is_as_long_as_a_list_may_be() -> None:
    """What is appended to a full list is not dropped without a word."""
    full = "a = [" + "1, " * 200 + "]\n"
    assert ["ReLU"] == [spec.kind for spec in read_network(full + "nn.ReLU()").layers]
    with pytest.raises(Unreadable, match="longer than a network needs"):
        read_network(full + "a.append(nn.ReLU())\n")


WORDS = st.sampled_from(
    [*"()[]{},.:=*+-/%\n '\"#\\", "\n  ", "nn.", "Sequential(", "Conv2d(", "1", "self.", "x", "class A:",
     "def forward(self, x):", "return ", "lambda ", "F.relu(", "x.view(", "-1", "for ", "if ", "else ", "not ",
     "OrderedDict(", "f'", "**", "@", "\0", "é"]
)  # fmt: skip


@examples(1500)
@given(st.lists(WORDS, max_size=60).map("".join) | st.text(max_size=200))
def test_any_text_gives_a_network_or_a_sentence(text: str) -> None:
    """Never a traceback."""
    with suppress(Unreadable):
        assert isinstance(read_network(text).layers, tuple)


PROGRAMS = [LECTURE, class_code(trace(NetworkSpec(PRESETS["lenet"])))]


@examples(300)
@given(st.sampled_from(PROGRAMS), st.integers(0, 1000), st.integers(0, 30), WORDS)
def test_a_spoiled_program_gives_a_network_or_a_sentence(text: str, start: int, length: int, word: str) -> None:
    """A piece cut out, another one in its place."""
    start %= len(text)
    with suppress(Unreadable):
        assert isinstance(read_network(text[:start] + word + text[start + length :]).layers, tuple)
