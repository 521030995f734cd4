"""Settings: who changes one, and that all that shows it follows."""

import ast
import importlib
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from explorer.core.run.train_config import BOUNDS
from explorer.ui.setting import Setting
from explorer.ui.train_settings import CHOICES

ROOT = Path(__file__).parents[2]
FILES = [*sorted(ROOT.glob("explorer/ui/**/*.py")), *sorted(ROOT.glob("explorer/pages/*.py"))]
# What a setting is made of: it keeps the value, reads it from the address, and fills it into its slider.
MAKERS = ("explorer/ui/setting.py", "explorer/ui/network_setting.py", "explorer/ui/address.py")


def setting_keys() -> set[str]:
    """Of every Number, Choice and Switch that a module of ``ui`` holds, and of the Train page's, which it makes."""
    modules = [".".join(file.relative_to(ROOT).with_suffix("").parts) for file in FILES if "ui" in file.parts]
    held = [one for module in modules for one in vars(importlib.import_module(module)).values()]
    made = {f"train_{name}" for name in (*BOUNDS, *CHOICES, "nesterov", "shuffled_pixels")}
    return {one.key for one in held if isinstance(one, Setting)} | made


def written(tree: ast.Module) -> list[ast.expr]:
    """The keys in ``st.session_state[key] = …``, also among several targets, and in ``setdefault`` and ``update``."""
    keys: list[ast.expr] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store) and is_session(node.value):
            keys.append(node.slice)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and is_session(node.func.value):
            if node.func.attr == "setdefault":
                keys.append(node.args[0])
            if node.func.attr == "update":
                keys += [key for made in node.args for key in getattr(made, "keys", [made])]
                keys += [ast.Constant(keyword.arg) for keyword in node.keywords]
    return keys


def is_session(node: ast.expr) -> bool:
    return ast.unparse(node) in ("st.session_state", "session_state", "state")


def named(tree: ast.Module) -> dict[str, object]:
    """A module's own constants."""
    return {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


@pytest.mark.parametrize("file", [file.relative_to(ROOT).as_posix() for file in FILES])
def test_a_setting_is_changed_by_set_alone(file: str) -> None:
    """Nothing else writes the session under a setting's key: `stride.set(1)`, and its field forgets what it refused."""
    if file in MAKERS:
        return
    tree, keys = ast.parse((ROOT / file).read_text("utf-8")), setting_keys()
    for key in written(tree):
        value = key.value if isinstance(key, ast.Constant) else named(tree).get(ast.unparse(key))
        assert value not in keys, f"{file} writes the setting {value} by hand"
        assert not (isinstance(key, ast.Attribute) and key.attr == "key"), f"{file} writes {ast.unparse(key)} by hand"


def test_the_rule_knows_the_settings() -> None:
    """Those of a page, those that are made by name; and it sees what breaks it."""
    assert {"conv_stride", "pool_height", "channels_in", "train_lr", "train_recipe", "compare_x"} <= setting_keys()
    broken = "st.session_state['a'] = st.session_state[one.key], x = 1\nst.session_state.update({'b': 1}, c=2)"
    assert ["'a'", "'b'", "'c'", "one.key"] == sorted(map(ast.unparse, written(ast.parse(broken))))


def page() -> None:
    import streamlit as st

    from explorer.ui.setting import Choice, Number, Switch

    number, name, switch = Number("n", 0, 9, 3), Choice("name", {"a": "A", "b": "B"}), Switch("on")
    st.button("set", on_click=lambda: (number.set(5), name.set("b"), switch.set(True)))
    number.field("Number")
    name.select("Name")
    switch.toggle("On")


def test_what_is_set_is_what_its_widget_shows() -> None:
    """A number in its field, also where the field had refused a text; a choice; a switch."""
    at = AppTest.from_function(page, default_timeout=60).run()
    at.text_input[0].set_value("many").run()
    assert 1 == len([one for one in at.markdown if ":red[" in one.value])
    at.button[0].click().run()
    assert ("5", "b", True) == (at.text_input[0].value, at.selectbox[0].value, at.toggle[0].value)
    assert [] == [one for one in at.markdown if ":red[" in one.value]


def page_in_a_language() -> None:
    import streamlit as st

    from explorer.ui.language import mark
    from explorer.ui.lecturer.settings import Names
    from explorer.ui.setting import Choice

    st.session_state.setdefault("lang", "en")
    if label := st.session_state.pop("label", ""):  # as Streamlit hands it on
        st.session_state["choice"], st.session_state["several"] = label, ["B"]
    choice = Choice("choice", {"same": mark("Same"), "random": mark("Random whole numbers"), "arrow": mark("Arrow")})
    names = Names("several")
    st.session_state["read"] = choice.value, names.value
    choice.select("Choice", on_change=lambda: st.session_state.update(changes=st.session_state.get("changes", 0) + 1))
    names.choose("Several", {"a": "甲", "b": "乙"} if st.session_state["lang"] == "zh" else {"a": "A", "b": "B"})


def test_a_label_of_the_language_before_is_its_name() -> None:
    """What the browser says before it has heard that the page is Chinese now: no other choice, and no list emptied."""
    at = AppTest.from_function(page_in_a_language, default_timeout=60).run()
    at.selectbox[0].set_value("random").run()
    at.multiselect[0].set_value(["b"]).run()
    assert 1 == at.session_state["changes"]
    at.session_state["lang"] = "zh"
    at.run()
    for label, name in (("Random whole numbers", "random"), ("Arrow", "arrow"), ("never a label", "same")):
        at.session_state["label"] = label
        at.run()
        assert not at.exception
        assert (name, ["b"]) == (at.selectbox[0].value, at.multiselect[0].value)
        assert name == at.session_state["read"][0]


def page_interrupted() -> None:
    """Two choices, the second before the page has drawn the list anew: another click ended its run."""
    from unittest.mock import patch

    import streamlit as st

    from explorer.ui.setting import Choice

    choice, changes = Choice("choice", {"a": "A", "b": "B"}), []
    with patch("streamlit.selectbox") as box:
        choice.select("Choice", on_change=lambda: changes.append(choice.value))
    for name in ("b", "a"):
        choice.keep(name)
        box.call_args.kwargs["on_change"]()
    st.session_state["changes"] = changes


def test_a_choice_taken_back_before_its_list_is_drawn_anew_is_a_change() -> None:
    """What is drawn of it follows both times."""
    at = AppTest.from_function(page_interrupted, default_timeout=60).run()
    assert ["b", "a"] == at.session_state["changes"]
