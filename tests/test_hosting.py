"""docs/hosting.md, the image and what stands around it agree with the project, and with one another."""

import fnmatch
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml  # Dask's own dependency

from explorer.core.limits import DEFAULTS
from explorer.core.profiles import PROFILES
from explorer.core.text_settings import PREFIX, PROBLEMS

ROOT = Path(__file__).parents[1]
HOSTING = (ROOT / "docs/hosting.md").read_text("utf-8")
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
KUBERNETES = list(yaml.safe_load_all((ROOT / "deploy/kubernetes.yaml").read_text("utf-8")))
PINNED = re.compile(r"[\w./-]+:\d+\.\d+\.\d+[\w.-]*")


def settings() -> list[tuple[str, str, str, str]]:
    """Every setting of the table: its name, and what it is unset, public, in a classroom; "" where it is no number."""
    table = HOSTING.split("| name | unset |")[1].split("\n\n")[0]
    found = []
    for line in table.splitlines()[2:]:
        names, *cells, _ = (cell.strip() for cell in line.strip("|").split("|"))
        columns = [_numbers(cell, names.count("`") // 2) for cell in cells]
        columns = [columns[0], *(column if any(column) else columns[0] for column in columns[1:])]
        found += zip(re.findall(r"`(\w+)`", names), *columns, strict=True)
    return found


def _numbers(cell: str, count: int) -> list[str]:
    return [number.replace(",", "") for number in cell.split(", ")] if cell not in ("", "–") else [""] * count


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's, each on one line: ("RUN", "pip install …")."""
    text = (ROOT / "Dockerfile").read_text("utf-8")
    lines = re.sub(r"\\\n\s*", "", re.sub(r"^#.*\n", "", text, flags=re.M)).splitlines()
    return [tuple(line.split(" ", 1)) for line in lines if line.strip()]  # type: ignore[misc]


def said(instruction: str) -> list[str]:
    return [text for name, text in instructions() if name == instruction]


def test_every_setting_stands_in_the_table_once_with_what_it_is() -> None:
    """As limits.py, the profiles and the other settings have it."""
    assert sorted(name for name, *_ in settings()) == sorted(
        [*DEFAULTS, *(variable.removeprefix(PREFIX) for variable in PROBLEMS)]
    )
    for name, *columns in settings():
        default = DEFAULTS.get(name, "")
        presets = [PROFILES[profile].get(name, default) for profile in ("public", "classroom")]
        assert columns == [str(default), *map(str, presets)], name


@pytest.mark.parametrize(
    "document", ["docs/hosting.md", "README.md", "compose.yaml", "Dockerfile", "deploy/kubernetes.yaml"]
)
def test_every_setting_that_is_named_exists(document: str) -> None:
    """A server that is set up as the text says starts."""
    text = (ROOT / document).read_text("utf-8")
    known = {*PROBLEMS, *(PREFIX + name for name in DEFAULTS)}
    assert set(re.findall(rf"{PREFIX}[A-Z_]+\b(?!<)", text)) <= known


def test_every_file_that_the_text_names_exists() -> None:
    """And every part of it that it links to."""
    for file in re.findall(
        r"`((?:deploy|docs|explorer)/[\w./-]+|Dockerfile|compose\.yaml|requirements\.txt)`", HOSTING
    ):
        assert (ROOT / file).exists(), file
    titles = {
        re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in re.findall(r"^#+ (.+)$", HOSTING, re.M)
    }
    linked = HOSTING + (ROOT / "README.md").read_text("utf-8")
    assert set(re.findall(r"\((?:docs/hosting\.md)?#([\w-]+)\)", linked)) <= titles


def test_what_the_image_copies_is_there_and_reaches_the_build() -> None:
    """.dockerignore lets it through, with all that the app needs; and nothing of the repository's, or of one's own."""
    for copied in said("COPY"):
        *sources, _ = copied.split()
        for source in sources:
            assert (ROOT / source).exists(), source
            assert any(_reaches(path) for path in _files(source)), source
    for file in ("app.py", ".streamlit/config.toml", "explorer/pages/home.py", "checkpoints/simple/run.json"):
        assert _reaches(file), file
    for file in (".git/config", ".env", ".streamlit/secrets.toml", "checkpoints/20260101-000000-mnist-000000/run.json"):
        assert not _reaches(file), file


def _files(source: str) -> list[str]:
    path = ROOT / source
    return (
        [source] if path.is_file() else [one.relative_to(ROOT).as_posix() for one in path.rglob("*") if one.is_file()]
    )


def _reaches(file: str) -> bool:
    """Whether .dockerignore lets that file through: of its lines the last one that fits decides."""
    lines = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    inside = True
    for line in (line for line in lines if line and not line.startswith("#")):
        pattern = line.removeprefix("!").removeprefix("**/")
        if fnmatch.fnmatch(file, pattern) or file.startswith(pattern + "/"):
            inside = line.startswith("!")
    return inside


def test_the_image_is_nobodys_to_write_to() -> None:
    """User 1000, who is no root, runs it; what it writes goes to the volume, by the same variables as in the text."""
    names = [name for name, _ in instructions()]
    assert said("USER") == ["1000"]
    assert names.index("USER") < names.index("CMD")
    assert "--uid 1000" in " ".join(said("RUN"))
    assert said("VOLUME") == ["/data"]
    (variables,) = said("ENV")
    written = dict(pair.split("=", 1) for pair in shlex.split(variables))
    assert all(written[name].startswith("/data/") for name in ("CNN_EXPLORER_CHECKPOINTS", "XDG_CACHE_HOME"))
    assert f"EXPOSE {written['PORT']}" in (ROOT / "Dockerfile").read_text("utf-8")
    assert "$PORT" in said("CMD")[0]
    assert "PORT" in said("HEALTHCHECK")[0]
    assert "/_stcore/health" in said("HEALTHCHECK")[0]


def test_torch_comes_without_cuda_unless_it_is_asked_for() -> None:
    """The list of requirements is one; where torch is taken from is what differs."""
    assert said("ARG")[1] == "REQUIREMENTS=deploy/requirements-cpu.txt"
    lines = (ROOT / "deploy/requirements-cpu.txt").read_text("utf-8").splitlines()
    own = [line for line in lines if not line.startswith("#")]
    assert own[1:] == ["-r ../requirements.txt"]
    assert own[0].endswith("/whl/cpu")


def test_images_are_named_with_their_releases() -> None:
    """What runs tomorrow is what runs today."""
    assert PINNED.fullmatch("python:" + said("ARG")[0].removeprefix("PYTHON="))
    assert said("FROM") == ["python:${PYTHON}"]
    images = [service["image"] for service in SERVICES.values()]
    images += [one["image"] for part in KUBERNETES if part["kind"] == "Deployment" for one in _containers(part)]
    assert [image for image in images if not PINNED.fullmatch(image) and image != "cnn-explorer:local"] == []


def _containers(deployment: dict[str, Any]) -> list[dict[str, Any]]:
    return deployment["spec"]["template"]["spec"]["containers"]


def test_no_file_holds_a_password() -> None:
    """They come from who starts the demo, or from a secret of the cluster's."""
    for document in ("Dockerfile", "deploy/Caddyfile", "deploy/nginx.conf"):
        assert not re.search(r"password|secret|token", (ROOT / document).read_text("utf-8"), re.I), document
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            assert "PASSWORD" not in name or value == f"${{{name}:-}}", name
    (deployment,) = (part for part in KUBERNETES if part["kind"] == "Deployment")
    for variable in _containers(deployment)[0]["env"]:
        assert "PASSWORD" not in variable["name"] or "secretKeyRef" in variable["valueFrom"]


def test_compose_shows_the_proxy_alone() -> None:
    """No other service has a port outside; the scheduler is where nothing but app and workers reach it."""
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert {name for name, service in SERVICES.items() if "cluster" in service["networks"]} == {
        "app",
        "scheduler",
        "worker",
    }
    assert [SERVICES[name]["profiles"] for name in ("scheduler", "worker")] == [["cluster"], ["cluster"]]
    for name in ("app", "scheduler", "worker"):
        assert SERVICES[name]["read_only"], name
        assert SERVICES[name]["cap_drop"] == ["ALL"], name
    volumes = {volume.split(":")[0] for service in SERVICES.values() for volume in service.get("volumes", ())}
    assert {name for name in volumes if not name.startswith(".")} == set(COMPOSE["volumes"])


def test_proxy_and_probes_ask_at_the_apps_port() -> None:
    """The same one in every file."""
    (variables,) = said("ENV")
    port = dict(pair.split("=", 1) for pair in shlex.split(variables))["PORT"]
    assert SERVICES["app"]["expose"] == [port]
    assert f"app:{port}" in (ROOT / "deploy/Caddyfile").read_text("utf-8")
    assert f"127.0.0.1:{port}" in (ROOT / "deploy/nginx.conf").read_text("utf-8")
    (deployment,) = (part for part in KUBERNETES if part["kind"] == "Deployment")
    (container,) = _containers(deployment)
    assert str(container["ports"][0]["containerPort"]) == port
    assert container["readinessProbe"]["httpGet"]["port"] == container["ports"][0]["name"]


def test_kubernetes_runs_one_server_a_volume_as_user_1000() -> None:
    """Two servers would write one folder of runs."""
    (deployment,) = (part for part in KUBERNETES if part["kind"] == "Deployment")
    spec = deployment["spec"]["template"]["spec"]
    assert (deployment["spec"]["replicas"], deployment["spec"]["strategy"]["type"]) == (1, "Recreate")
    assert (spec["securityContext"]["runAsUser"], spec["securityContext"]["runAsNonRoot"]) == (1000, True)
    assert {mount["mountPath"] for mount in spec["containers"][0]["volumeMounts"]} == {"/data", "/tmp"}
    claimed = spec["volumes"][0]["persistentVolumeClaim"]["claimName"]
    assert [part["metadata"]["name"] for part in KUBERNETES if part["kind"] == "PersistentVolumeClaim"] == [claimed]
