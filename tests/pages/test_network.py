"""The Network page: every button is pressed, and the layers follow."""

import pytest
from streamlit.testing.v1 import AppTest

from explorer.core import limits
from explorer.core.network.code import class_code
from explorer.core.network.layers import NetworkSpec
from explorer.core.network.ledger import trace
from explorer.core.network.link import decode, encode
from explorer.core.network.networks import BROKEN, PRESETS, SIMPLE_CNN
from tests.pages.app import at_page, field, link_of, open_page, open_train, sent, widget

KINDS = {"Conv2d": "conv", "MaxPool2d": "pool", "ReLU": "relu", "Flatten": "flatten", "Linear": "fc"}
LONGEST_MESSAGE = 60_000  # bytes of a page with a dozen layers


def open_network(**link: str) -> AppTest:
    return open_page("network", **link)


def press(at: AppTest, name: str) -> AppTest:
    at.button(key=f"network_{name}").click().run()
    assert not at.exception
    return at.run()  # a fragment's rerun leaves AppTest with this fragment alone


def rows(at: AppTest) -> list[dict]:
    return sent(at)["rows"]


def names(at: AppTest) -> list[str]:
    return [row["name"] for row in rows(at)[:-1]]  # the loss is the last


def states(at: AppTest) -> set[str]:
    return {row["state"] for row in rows(at)}


def choose(at: AppTest, row: int) -> AppTest:
    return widget(at.selectbox, "network_layer").select(row).run().run()


def test_first_sight_is_the_simple_cnn_with_a_unit_open() -> None:
    """Eight layers and the loss, 8,490 parameters, and the unit of the last map whose 16×16 pixels are shown."""
    at = open_network()
    assert [spec.name for spec in SIMPLE_CNN] == names(at)
    assert sent(at)["totals"]["params"] == "8,490"
    assert sent(at)["chosen"] == [4, 2, 2]
    assert "(5·5·1 + 1)·10 = 260" == rows(at)[0]["params"]
    assert ["20·4·4 = 320"] == rows(at)[6]["notes"]
    assert not at.button(key="network_train").disabled
    assert len(at.get("bidi_component")[0].proto.json) < LONGEST_MESSAGE


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_one_click(name: str) -> None:
    """Its layers come, it fits, and the link names it; the exercise's three linear layers in a row have a remark."""
    at = press(open_network(), f"preset_{name}")
    assert [spec.name for spec in PRESETS[name]] == names(at)
    assert states(at) == ({"fits", "remark"} if name == "exercise" else {"fits"})
    assert decode(link_of(at).get("network_stack", encode(NetworkSpec(SIMPLE_CNN)))).layers == PRESETS[name]


@pytest.mark.parametrize("name", BROKEN)
def test_a_lesson_is_one_click(name: str) -> None:
    """PyTorch's message or a remark, a sentence and a repair; only what PyTorch takes can be sent to Train."""
    at = press(open_network(), f"lesson_{name}")
    sick = next(row for row in rows(at) if row["state"] in ("fails", "remark"))
    assert sick["advice"]
    assert sick["repair"]
    assert bool(sick["message"]) == (name != "softmax")
    assert at.button(key="network_train").disabled == (name != "softmax")


def test_every_silent_mistake_is_in_the_ledger() -> None:
    """Each in the row it is about, with the button that ends it; pressing one leaves the others."""
    at = open_network(network_stack="1_1x28x28_f_l784-100_l100-100_r_r_l100-10_d")
    odd = {row["name"]: row["repair"] for row in rows(at) if row["state"] == "remark"}
    assert odd == {"fc2": "Insert ReLU behind fc1", "relu2": "Remove relu2", "dropout": "Remove dropout"}
    assert "no number is negative" in next(row["advice"] for row in rows(at) if row["name"] == "relu2")
    assert not at.button(key="network_train").disabled


def test_silent_mistakes_are_told_where_it_is_trained() -> None:
    """On the Train page too, before the start; a sound network has none."""
    text = "1_1x28x28_f_l784-100_l100-10_r"
    at = at_page("train", train_network=text).run()
    told = [caption.value for caption in at.caption if "material/info" in caption.value]
    assert ["fc1, fc2" in told[0], "cuts the logits off" in told[1]] == [True, True]
    at = at_page("train").run()
    assert [] == [caption.value for caption in at.caption if "material/info" in caption.value]


def test_a_stack_is_built_from_nothing() -> None:
    """Layers are added behind the chosen one and fit what arrives; the last one makes it trainable."""
    at = press(open_network(), "preset_empty")
    assert names(at) == []
    assert "No layer yet. Choose a kind" in rows(at)[0]["advice"]
    assert not rows(at)[0]["message"]
    for kind in ("Conv2d", "ReLU", "MaxPool2d", "Flatten", "Linear"):
        at.selectbox(key="network_add").select(kind).run().run()
        press(at, "add_button")
    assert ["conv", "relu", "pool", "flatten", "fc"] == names(at)
    assert states(at) == {"fits"}
    assert not at.button(key="network_train").disabled


def test_layers_move_are_removed_and_come_back() -> None:
    """Up, down, remove, and an undo for each; the link follows, and the chosen layer stays chosen."""
    at = choose(open_network(), 1)
    press(at, "down")
    assert ["conv1", "relu1", "pool1"] == names(at)[:3]
    assert widget(at.selectbox, "network_layer").value == 2
    press(at, "up")
    press(at, "remove")
    assert ["conv1", "relu1", "conv2"] == names(at)[:3]
    for _ in range(3):
        press(at, "undo")
    assert [spec.name for spec in SIMPLE_CNN] == names(at)
    assert at.button(key="network_undo").disabled
    assert "network_stack" not in link_of(at)


def test_a_changed_layer_breaks_a_later_one_and_the_repair_is_at_hand() -> None:
    """Another kernel size changes the flattened number: fc fails with PyTorch's words until it is told."""
    at = choose(open_network(), 3)
    field(at, "network_kernel_size").set_value("3").run().run()
    failing = rows(at)[7]
    assert "mat1 and mat2 shapes cannot be multiplied (64x500 and 320x10)" == failing["message"]
    assert "Set in_features of fc to 500" == failing["repair"]
    assert at.button(key="network_train").disabled
    assert "mat1 and mat2" in at.caption[0].value


SLIDING = {"kernel_size", "stride", "padding"}


def test_every_argument_has_a_field() -> None:
    """Each layer's own, within the bounds that a link has too."""
    at = open_network(network_stack="1_3x32x32_c3-8-3s2p1d1g1_b8_dp0.25_a2_m2_g2_f_n32_l32-10")
    conv = {"in_channels", "out_channels", "groups", "dilation", "bias", "same", "separate"} | SLIDING
    for row, expected in enumerate(
        [
            conv,
            {"num_features"},
            {"p"},
            {"ceil_mode", "count_include_pad", "separate"} | SLIDING,
            {"dilation", "ceil_mode", "separate"} | SLIDING,
            {"output_size", "separate"},
            set(),
            {"num_features"},
            {"in_features", "out_features", "bias"},
        ]
    ):
        choose(at, row)
        fields = [field for field in (*at.text_input, *at.toggle) if field.key.startswith("network_")]
        assert {f"network_{name}" for name in expected} == {field.key.rsplit("_", 1)[0] for field in fields}
    choose(at, -1)
    field(at, "network_image_1").set_value("64").run().run()
    assert decode(link_of(at)["network_stack"]).image == (3, 64, 32)
    assert not at.exception


def toggle(at: AppTest, name: str, *, on: bool = True) -> AppTest:
    widget(at.toggle, f"network_{name}").set_value(on).run()
    assert not at.exception
    return at.run()


def text(at: AppTest) -> str:
    """The stack's, without its version and images."""
    return link_of(at)["network_stack"].split("_", 2)[2]


def test_a_kernel_becomes_rectangular_and_square_again() -> None:
    """One number for both sides, until one asks for two; without them the rows' number holds for both."""
    at = choose(open_network(network_stack="1_1x28x28_c1-4-5_f"), 0)
    toggle(at, "separate")
    assert "c1-4-5_f" == text(at)
    field(at, "network_kernel_size_columns").set_value("3").run().run()
    assert "c1-4-5x3_f" == text(at)
    assert "(5·3·1 + 1)·4 = 64" == rows(at)[0]["params"]
    assert "5×3" == rows(at)[0]["field"]
    assert ["⌊(28 − 5) / 1⌋ + 1 = 24", "⌊(28 − 3) / 1⌋ + 1 = 26"] == rows(at)[0]["notes"]
    field(at, "network_kernel_size_columns").set_value("5").run().run()
    assert float(field(at, "network_kernel_size_rows").value) == 5  # they do not merge under the hand
    field(at, "network_stride_rows").set_value("2").run().run()
    assert "c1-4-5s2x1_f" == text(at)
    toggle(at, "separate", on=False)
    assert "c1-4-5s2_f" == text(at)
    assert float(field(at, "network_stride").value) == 2


def test_same_padding_is_chosen_for_the_learner() -> None:
    """The field shows what 'same' chose and cannot be changed; with a stride torch refuses, and a button helps."""
    at = choose(open_network(network_stack="1_1x28x28_c1-4-5x4_f"), 0)
    toggle(at, "same")
    assert "c1-4-5x4psame_f" == text(at)
    fields = [field(at, f"network_padding_{name}") for name in ("rows", "columns")]
    assert [("2", True), ("1", True)] == [(field.value, field.disabled) for field in fields]
    assert ["⌊(28 + 2·2 − 5) / 1⌋ + 1 = 28", "⌊(28 + 1 + 2 − 4) / 1⌋ + 1 = 28"] == rows(at)[0]["notes"]
    toggle(at, "same", on=False)
    assert "c1-4-5x4p2x1_f" == text(at)
    at = open_network(network_stack="1_1x28x28_c1-4-5s2psame_f")
    assert "padding='same' is not supported for strided convolutions" == rows(at)[0]["message"]
    assert "Set stride of conv to 1" == rows(at)[0]["repair"]


def test_a_poolings_stride_follows_its_kernel_in_its_field() -> None:
    """Until it is given it is the kernel's, and the field beside says so at once."""
    at = choose(open_network(network_stack="1_1x28x28_m2_f"), 0)
    field(at, "network_kernel_size").set_value("4").run().run()
    assert float(field(at, "network_stride").value) == 4
    assert "m4_f" == text(at)


@pytest.mark.parametrize(
    ("link", "notes"),
    [
        ("1_1x5x5_m2c1_f", ["⌈(5 − 2) / 2⌉ + 1 = 3 · the last reaches 1 beyond"]),
        ("1_1x5x6_m2_f", ["⌊(5 − 2) / 2⌋ + 1 = 2 · the floor drops 1", "⌊(6 − 2) / 2⌋ + 1 = 3"]),
        ("1_1x4x4_m2s3p1c1_f", ["⌈(4 + 2·1 − 2) / 3⌉ + 1 − 1 = 2 · one more would begin beyond the map"]),
        ("1_1x3x3_m2s3p1c1_f", ["⌈(3 + 2·1 − 2) / 3⌉ + 1 = 2"]),
        ("1_1x6x5_g3_f", ["6 in 3 windows of 2", "5 in 3 windows of 2–3"]),
    ],
)
def test_the_ledger_says_where_a_size_comes_from(link: str, notes: list[str]) -> None:
    """With the numbers: what is rounded up reaches beyond, or would begin there; adaptive windows share the map."""
    assert notes == rows(open_network(network_stack=link))[0]["notes"]


@pytest.mark.parametrize("text", ["nonsense", "1_1x28x28_c1-999999-5", "1_1x28x28" + "_r" * 50, "9_1x28x28_f"])
def test_a_broken_link_gives_a_sentence_and_the_default(text: str) -> None:
    """What is wrong with it, and the simple CNN instead."""
    at = open_network(network_stack=text)
    assert "The simple CNN is shown instead." in at.warning[0].value
    assert [spec.name for spec in SIMPLE_CNN] == names(at)


def test_a_link_restores_layers_and_unit() -> None:
    """What the learner had chosen is open again."""
    at = open_network(network_stack=encode(NetworkSpec(PRESETS["lenet"])), network_at="2_3_4")
    assert [spec.name for spec in PRESETS["lenet"]] == names(at)
    assert [2, 3, 4] == sent(at)["chosen"]
    assert open_network(network_at="99_0_0").query_params.get("network_at") is None


def test_a_network_beyond_the_limits_says_which_and_by_how_much() -> None:
    """Its ledger is shown, for that costs nothing; it cannot be sent to a worker."""
    at = open_network(network_stack="1_1x28x28_f_l784-10000_l10000-10")
    assert at.button(key="network_train").disabled
    assert "allows 2,000,000; that is 5,950,010 too many" in at.caption[0].value


def test_no_more_layers_than_allowed() -> None:
    """The button says why."""
    at = open_network(network_stack="1_1x28x28" + "_r" * limits.MAX_LAYERS)
    assert at.button(key="network_add_button").disabled
    assert str(limits.MAX_LAYERS) in at.button(key="network_add_button").help


def test_a_layer_that_cannot_be_added_has_its_reason_in_words() -> None:
    """Beneath the button, for fingers meet no tooltip; where a layer can be added nothing stands there."""
    at = open_network(network_stack="1_1x224x224_c1-1024-1_m1_f")
    assert not [one for one in at.caption if "1,000,000" in one.value]
    at.selectbox(key="network_add").set_value("Linear").run()
    why = at.button(key="network_add_button").help
    assert "1,000,000" in why
    assert [why] == [one.value for one in at.caption if "1,000,000" in one.value]


def test_one_click_sends_it_to_train() -> None:
    """The Train page then trains these layers, says so, and its link carries them."""
    at = press(open_network(), "preset_exercise")
    at.button(key="network_train").click().run()
    at.switch_page("explorer/pages/train.py").run()  # as the browser does
    assert "The exercise: three of each" in at.markdown[0].value
    assert encode(NetworkSpec(PRESETS["exercise"])) == link_of(at)["train_network"]
    assert any("--network exercise" in code.value for code in at.code)


def test_the_train_page_refuses_a_network_that_cannot_be_trained() -> None:
    """A link with a broken network gives a sentence and the simple CNN."""
    at = open_train(train_network="1_1x28x28_f_l300-10")
    assert "breaks at fc: mat1 and mat2" in at.warning[0].value
    assert "8,490 parameters" in at.markdown[0].value


@pytest.mark.parametrize(("way", "text"), [("class", "class Net"), ("sequential", "OrderedDict"), ("train", "EPOCHS")])
def test_the_code_is_written_three_ways(way: str, text: str) -> None:
    """Each for exactly this stack."""
    at = open_network(network_code=way, network_stack=encode(NetworkSpec(PRESETS["dense"])))
    assert text in at.code[0].value
    assert "Linear(784, 11)" in at.code[0].value


@pytest.mark.parametrize(
    ("stack", "settings", "reason"),
    [
        (encode(NetworkSpec(BROKEN["in_features"])), {}, "breaks at fc"),
        ("1_1x32x32_f_l1024-10", {}, "every data set's are 1×28×28"),
        ("1_1x28x28_f_l784-12", {}, "ends in 12 numbers"),
        ("1_1x28x28_v784_l784-10", {}, "Use Flatten instead"),
        ("1_1x28x28", {}, "There is no layer yet"),
        (
            "1_1x28x28_c1-10-28_b10_f_l10-10",
            {"train_images": "65", "train_batch_size": "64"},
            "Choose a batch size of 63",
        ),
    ],
)
def test_no_script_for_what_cannot_be_trained(stack: str, settings: dict[str, str], reason: str) -> None:
    """In its place stands the reason: a script that torch would break off is not offered."""
    at = open_network(network_code="train", network_stack=stack, **settings)
    assert not at.exception
    assert "There is no script for this network." in at.info[0].value
    assert reason in at.info[0].value
    assert not at.code


def test_a_script_for_what_only_this_server_does_not_train() -> None:
    """A network beyond the server's limits trains at home: the script is there, the limit is said."""
    at = open_network(network_code="train", network_stack="1_1x28x28_f_l784-10000_l10000-10")
    assert "that is 5,950,010 too many" in at.info[0].value
    compile(at.code[0].value, "train.py", "exec")


def test_the_script_has_the_train_pages_settings() -> None:
    """What is set there, in the link or by hand, is in it; the first one offered is the first recipe's."""
    assert "= 0.3, 32, 0.0715, 0.9, 0\n" in open_network(network_code="train").code[0].value
    at = open_network(network_code="train", train_recipe="lecture", train_optimizer="adamw", train_threads="3")
    assert "torch.optim.AdamW" in at.code[0].value
    assert "torch.set_num_threads(3)" in at.code[0].value


def test_the_page_speaks_chinese() -> None:
    """Columns, advice and repair."""
    at = open_network(lang="zh", network_stack=encode(NetworkSpec(BROKEN["in_features"])))
    failing = rows(at)[7]
    assert "把 fc 的 in_features 改为 320" == failing["repair"]
    assert "感受野" in sent(at)["words"]["field"]


def paste(at: AppTest, text: str) -> AppTest:
    """Through the dialog: its text, then its button."""
    at.run().button(key="network_paste_button").click().run()
    at.text_area(key="network_paste").set_value(text)
    at.button(key="network_paste_read").click().run()
    assert not at.exception
    return at.run()  # AppTest runs the whole page, which closes the dialog


def test_ones_own_code_goes_into_the_lab_and_undo_takes_it_back() -> None:
    """The lecture's class; what was chosen before is one Undo away."""
    at = paste(open_network(network_stack="1_1x28x28_f_l784-10"), class_code(trace(NetworkSpec(PRESETS["lenet"]))))
    at.run()
    assert [spec.name for spec in PRESETS["lenet"]] == names(at)
    press(at, "undo")
    assert ["flatten", "fc"] == names(at)


def test_a_text_that_is_refused_is_kept_and_its_line_named() -> None:
    """The sentence stands in the dialog with the text, the network stays; the next text takes the sentence away."""
    text = "nn.Sequential(\n    nn.ReLU(),\n    nn.GELU(),\n)"
    at = paste(open_network(), text)
    at.button(key="network_paste_button").click().run()
    assert "Line 3: `GELU` is no layer of this page. It has `Sequential, Conv2d" in at.error[0].value
    assert text == at.text_area(key="network_paste").value
    assert encode(NetworkSpec(SIMPLE_CNN)) == at.session_state["network_stack"]
    paste(at, "nn.Sequential(nn.Flatten(), nn.Linear(784, 10))")
    assert not at.error
    assert ["flatten", "fc"] == names(at)


def test_what_was_read_otherwise_is_said_on_the_page() -> None:
    """As long as it is the network that was read."""
    at = paste(open_network(), "nn.Sequential(nn.Flatten(), nn.Linear(784, 10), nn.LogSoftmax(dim=1))")
    at.run()
    assert "Line 1: `log_softmax` at the end is left out" in at.info[0].value
    press(at, "undo")
    assert not at.info


@pytest.mark.parametrize(
    ("text", "before", "image"),
    [
        ("nn.Sequential(nn.Conv2d(3, 6, 5), nn.Flatten(), nn.Linear(6*28*28, 10))", "1_1x28x28_f", (3, 32, 32)),
        ("nn.Sequential(nn.Flatten(), nn.Linear(784, 10))", "1_3x40x40_f", (3, 40, 40)),
        ("nn.Sequential(nn.Conv2d(1, 6, 5), nn.Flatten(), nn.Linear(6*24*24, 10))", "1_3x40x40_f", (1, 28, 28)),
        ("net = nn.Sequential(nn.ReLU())\nx = torch.rand(64, 2, 9, 8)", "1_1x28x28_f", (2, 9, 8)),
    ],
)
def test_the_images_are_the_texts_or_those_that_fit(text: str, before: str, image: tuple[int, int, int]) -> None:
    """What the text makes of torch.rand; else the page's, MNIST's, or 32×32, whichever the layers take."""
    at = paste(open_network(network_stack=before), text)
    assert image == decode(at.session_state["network_stack"]).image


def lists(at: AppTest) -> list[str]:
    """By what the browser knows the lists of ready-made networks."""
    return [block.proto.popover.id for block in at.get("popover") if "network_" in block.proto.popover.id]


@pytest.mark.parametrize("choice", ["preset_lenet", "lesson_view", "paste_button"])
def test_a_list_is_another_one_once_a_choice_was_made(choice: str) -> None:
    """And closed: told to close, the old one would stay open where its opening and the choice came as one message."""
    at = open_network()
    before = lists(at)
    at.button(key=f"network_{choice}").click().run()
    assert 2 == len(before) == len(lists(at))
    assert not set(before) & set(lists(at))
