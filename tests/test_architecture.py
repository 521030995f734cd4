"""The folder list is the data flow: who may import whom, held by reading every file."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# A room -> what its files may import: our rooms beside their own, and libraries. What stands at a folder's root is
# shared by its rooms; a page's room imports no other page's.
CORE = ("core", "core.data", "core.arithmetic", "core.network", "core.network.reader", "core.help", "core.run")
CORE += ("core.exercises",)
PICTURES = ("components", "figures")
MAY_IMPORT = {
    "core": ((), ("numpy",)),
    "core.data": (("core",), ("numpy",)),
    "core.arithmetic": (("core", "core.data"), ("numpy",)),
    "core.network": (("core", "core.arithmetic"), ("numpy",)),
    "core.network.reader": (("core", "core.network"), ()),
    "core.help": (("core", "core.network"), ()),
    "core.run": (("core", "core.data", "core.network"), ("numpy",)),
    "core.exercises": (("core", "core.data", "core.arithmetic", "core.network", "core.help", "core.run"), ("numpy",)),
    "exchange": (("core", "core.data", "core.run"), ("numpy", "platformdirs", "filelock")),
    "bounded": ((), ("psutil",)),
    "training": (
        (*CORE, "exchange", "bounded", "weights"),
        ("numpy", "torch", "torchvision", "safetensors", "distributed", "tqdm"),
    ),
    "runs": ((*CORE, "exchange", "bounded"), ("numpy", "dask", "distributed", "pynvml")),
    "classes": (("core", "core.exercises"), ()),
    "figures": (CORE, ("numpy", "plotly")),
    "components": ((*CORE, "components"), ("numpy", "streamlit", "starlette")),
    "pictures": ((*CORE, "bounded"), ("numpy", "PIL")),
    "weights": ((*CORE, "bounded"), ("numpy", "safetensors")),
    # google.protobuf: Streamlit's messages; segno: QR codes
    "ui": (
        (*CORE, "exchange", "runs", "classes", "pictures", "weights", *PICTURES, "lessons"),
        ("numpy", "streamlit", "starlette", "google", "safetensors", "segno"),
    ),
    "pages": ((*CORE, "runs", *PICTURES, "ui", "ui.exercises"), ("numpy", "streamlit")),
    "lessons": (("core",), ("babel",)),
    "operating": ((*CORE, "runs", "components", "ui"), ("streamlit", "starlette", "google", "prometheus_client")),
    "app.py": (("core", "components", "ui", "ui.app", "operating"), ("streamlit", "starlette")),
}
PAGES = (
    *("home", "convolution", "channels", "pooling", "network", "train", "inside", "compare", "gpu", "help"),
    *("task", "lecturer", "in_class", "owner"),
)
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


def room(module: str) -> str:
    """The room of a module, or of a name in one: ``core.network.reader`` of ``core.network.reader.reader.read``."""
    parts = module.split(".")
    while parts and not (ROOT / "explorer" / Path(*parts)).is_dir():
        parts.pop()
    return "components" if parts[:1] == ["components"] else ".".join(parts)


def allowed(file: str) -> tuple[set[str], set[str]]:
    """The rooms and the libraries that a file may import."""
    own = room(file.removeprefix("explorer/").removesuffix(".py").replace("/", ".")) if "/" in file else file
    top, page = own.split(".")[0], Path(file).stem
    if top == "ui":
        ours, libraries = MAY_IMPORT["ui"]
        return {*ours, "ui", own}, set(libraries)
    ours, libraries = MAY_IMPORT[own]
    return {*ours, own} | ({f"ui.{page}"} if own == "pages" and page in PAGES else set()), set(libraries)


@pytest.mark.parametrize("file", sources())
def test_a_file_imports_only_what_its_room_may(file: str) -> None:
    """One way: app -> pages -> ui -> {components, figures, pictures, runs} -> exchange -> core."""
    ours, libraries = allowed(file)
    for name in imports(file):
        top, _, rest = name.partition(".")
        if top == "explorer":
            at_door = any(file == place and name.startswith(target) for place, target in DOORS)
            assert at_door or room(rest) in ours, f"{file} may not import {name}"
        elif top not in sys.stdlib_module_names:
            assert top in libraries, f"{file} may not import {name}"


@pytest.mark.parametrize(
    "file", [file for file in sources() if file.startswith("explorer/ui/") and file.count("/") == 2]
)
def test_what_pages_share_knows_none_of_them(file: str) -> None:
    """The root of ``ui`` imports no page's room."""
    assert not any(name.startswith(f"explorer.ui.{page}.") for name in imports(file) for page in (*PAGES, "app"))


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
        "at.switch_page('explorer/pages/compare.py').run().button(key='task_guess_none').click().run()\n"
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
