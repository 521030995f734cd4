"""The folder list is the data flow: who may import whom, held by reading every file."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OWN = ("core", "training", "runs", "figures", "components", "pictures", "ui", "pages", "lessons")

# package -> what it may import: of ours, and of the libraries.
MAY_IMPORT = {
    "core": ({"core"}, {"numpy"}),
    "training": (
        {"core", "training"},
        {"numpy", "torch", "torchvision", "safetensors", "distributed", "tqdm"},
    ),
    "runs": ({"core", "runs"}, {"numpy", "dask", "distributed"}),
    "figures": ({"core", "figures"}, {"numpy", "plotly"}),
    "components": ({"core", "components"}, {"numpy", "streamlit"}),
    "pictures": ({"core", "pictures"}, {"numpy", "PIL", "psutil"}),
    "ui": (
        {"core", "runs", "figures", "components", "pictures", "ui"},
        {"numpy", "streamlit", "google", "safetensors"},  # google.protobuf: Streamlit's messages
    ),
    "pages": ({"core", "runs", "figures", "components", "ui", "pages"}, {"numpy", "streamlit"}),
    "app.py": ({"ui"}, {"streamlit", "starlette"}),
}
# The one door: its functions run, and import, in a worker's process only.
DOORS = {("explorer/runs/task.py", "explorer.training.task")}


def sources() -> list[str]:
    files = [*ROOT.glob("explorer/*/**/*.py"), ROOT / "app.py"]
    return sorted(file.relative_to(ROOT).as_posix() for file in files)


def imports(file: str) -> set[str]:
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file} imports relatively; write explorer.… in full"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("file", sources())
def test_a_file_imports_only_what_its_folder_may(file: str) -> None:
    """One way: app -> pages -> ui -> {components, figures, pictures, runs} -> core; training -> core."""
    folder = "app.py" if file == "app.py" else file.split("/")[1]
    ours, libraries = MAY_IMPORT.get(folder, (set(), set()))
    for name in imports(file):
        top, _, rest = name.partition(".")
        if top == "explorer":
            at_door = any(file == place and name.startswith(target) for place, target in DOORS)
            assert at_door or rest.split(".")[0] in ours, f"{file} may not import {name}"
        elif top not in sys.stdlib_module_names:
            assert top in libraries, f"{file} may not import {name}"


def test_the_apps_process_never_loads_torch() -> None:
    """Importing every page's parts brings in neither torch nor torchvision, not even through others."""
    modules = [
        file.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
        for file in sources()
        if file.split("/")[1:2] not in (["training"], ["pages"])
    ]
    code = f"import sys, importlib\nfor m in {modules}: importlib.import_module(m)\nprint('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize("file", [file for file in sources() if file.startswith("explorer/")])
def test_modules_stay_small(file: str) -> None:
    """No module is longer than 200 lines: a longer one holds two ideas."""
    assert len((ROOT / file).read_text("utf-8").splitlines()) <= 200


def test_a_page_does_not_load_pandas() -> None:
    """Drawing these pages leaves pandas (70 MB, 0.4 s) and torch out; a figure loads when it is drawn."""
    code = (
        "import sys\n"
        "from streamlit.testing.v1 import AppTest\n"
        "at = AppTest.from_file('app.py', default_timeout=60).run().switch_page('explorer/pages/train.py').run()\n"
        "heavy = {'pandas', 'torch', 'explorer.figures.cost'}\n"
        "print(len(at.exception), heavy & set(sys.modules))\n"
        "at.switch_page('explorer/pages/compare.py').run().button(key='compare_guess_none').click().run()\n"
        "print(len(at.exception), len(at.get('plotly_chart')), heavy & set(sys.modules))\n"
        "sys.stdout.flush()\n"
        "import os; os._exit(0)  # the workers, started in the background, end with their parent\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["0 set()", "0 1 {'explorer.figures.cost'}"]


@pytest.mark.parametrize("file", sorted(file.relative_to(ROOT).as_posix() for file in ROOT.glob("tests/**/*.py")))
def test_how_many_examples_is_said_in_one_way(file: str) -> None:
    """``@examples(500)`` on a property: ``make check`` takes a share of them, and none has a deadline of its own."""
    own = file in ("tests/hypothesis_profiles.py", "tests/test_tests.py")
    assert own or "hypothesis.settings" not in imports(file), (
        f"{file}: write @examples(500), of tests.hypothesis_profiles, for @settings(max_examples=500, deadline=None)"
    )
