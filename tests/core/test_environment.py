"""What a server's owner sets: read, preset by a profile, and refused at the start with a sentence for each mistake."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from explorer.core import limits
from explorer.core.data.data_sets import SOURCES
from explorer.core.environment import Environment, Numbers, WrongVariables
from explorer.core.profiles import PROFILES
from explorer.core.text_settings import PROBLEMS

ROOT = Path(__file__).parents[2]


def told(**variables: str) -> list[str]:
    """The sentences for these settings, named without CNN_EXPLORER_."""
    found = Environment({f"CNN_EXPLORER_{name}": text for name, text in variables.items()})
    numbers = Numbers(found)
    for name, default in limits.DEFAULTS.items():
        numbers(name, default)
    try:
        numbers.refuse_problems()
    except WrongVariables as wrong:
        return str(wrong).splitlines()[1:]
    return []


def test_a_number_is_read_and_has_a_default() -> None:
    """An empty variable is one that is not set."""
    found = Environment({"CNN_EXPLORER_MAX_EPOCHS": " 20 ", "CNN_EXPLORER_MAX_LAYERS": ""})
    assert [20, 40, 7] == [found.number(name, default, 1) for name, default in FIELDS]


FIELDS = (("MAX_EPOCHS", 50), ("MAX_LAYERS", 40), ("MAX_STRIDE", 7))


@pytest.mark.parametrize("text", ["many", "-1", "2.5", "1e3", "0"])
def test_a_wrong_number_is_named_with_its_variable(text: str) -> None:
    """So that its owner finds it; no run of no epochs is asked for."""
    assert [
        f"CNN_EXPLORER_MAX_EPOCHS is '{text}', no whole number from 1 on. Unset, it is {limits.DEFAULTS['MAX_EPOCHS']}."
    ] == told(MAX_EPOCHS=text)


def test_a_port_is_no_larger_than_ports_are() -> None:
    """The start says so, and not a traceback when the port is opened."""
    with pytest.raises(ValueError, match="CNN_EXPLORER_METRICS_PORT is '70000', no whole number from 0 to 65535"):
        env(METRICS_PORT="70000").number("METRICS_PORT", 0, 0, 65_535)
    assert told(METRICS_PORT="9100", METRICS_HOST="0.0.0.0") == []
    (sentence,) = told(METRICS_HOST="localhost:9100")
    assert "which is no address of this machine" in sentence


def test_a_profile_presets_numbers_and_a_setting_goes_before_it() -> None:
    """The public demo's runs are short, unless its owner says otherwise; one's own machine has the defaults."""
    public = Environment({"CNN_EXPLORER_PROFILE": "public"})
    assert public.number("MAX_EPOCHS", 50, 1) == PROFILES["public"]["MAX_EPOCHS"] < 50
    own = Environment({"CNN_EXPLORER_PROFILE": "public", "CNN_EXPLORER_MAX_EPOCHS": "30"})
    assert own.number("MAX_EPOCHS", 50, 1) == 30
    assert Environment({}).number("MAX_EPOCHS", 50, 1) == 50


@pytest.mark.parametrize("profile", PROFILES)
def test_a_profile_presets_what_exists(profile: str) -> None:
    """A name that no limit has would be passed over; and the lecture's recipe can be trained under each."""
    assert set(PROFILES[profile]) <= set(limits.DEFAULTS)
    assert Environment({"CNN_EXPLORER_PROFILE": profile}).number("MAX_EPOCHS", 50, 1) >= 10
    assert Environment({"CNN_EXPLORER_PROFILE": profile}).number("MAX_LEARNER_RUNS", 3, 1) >= 2


def test_a_name_that_is_no_setting_is_refused() -> None:
    """A typing error would otherwise leave the demo without the limit that its owner believes in."""
    assert told(MAX_EPOCH="5") == ["CNN_EXPLORER_MAX_EPOCH is no setting. Did you mean CNN_EXPLORER_MAX_EPOCHS?"]
    assert told(ZZZ="") == ["CNN_EXPLORER_ZZZ is no setting."]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("PROFILE", "publik", "is 'publik'. It may be public or classroom, or unset."),
        ("SCHEDULER", "host:8786", "not the address of a Dask scheduler. Give one like tcp://host:8786."),
        ("SCHEDULER", "tcp://host:many", "not the address of a Dask scheduler"),
        ("MNIST_MIRROR", "ftp://host/", "not the address of a web folder"),
        ("DATA", "/nowhere/at/all", "is '/nowhere/at/all', which is no folder that this program finds."),
        ("OWNER_PASSWORD", "short", "shorter than 12 characters"),
    ],
)
def test_a_wrong_text_is_named_with_its_variable(name: str, text: str, said: str) -> None:
    """Before anybody opens a page, and not when a learner needs it."""
    (sentence,) = told(**{name: text})
    assert sentence.startswith(f"CNN_EXPLORER_{name} ")
    assert said in sentence


def test_what_may_be_a_password_is_not_repeated() -> None:
    """The sentences stand in a log that others read."""
    said = " ".join(told(OWNER_PASSWORD="hush-hush", KMNIST_MIRROR="ftp://me:hush-hush@host/"))
    assert said.count("CNN_EXPLORER_") == 2
    assert "hush" not in said


def test_right_texts_are_taken(tmp_path: Path) -> None:
    """One of each: a folder of runs that is not there yet is made later."""
    right = {"PROFILE": "classroom", "OWNER_PASSWORD": "a long one, with spaces", "SCHEDULER": "tcp://10.0.0.1:8786"}
    right |= {"CHECKPOINTS": str(tmp_path / "new" / "runs"), "DATA": str(tmp_path)}
    right |= {"MNIST_MIRROR": "https://me:word@host/mnist", "MAX_EPOCHS": "20", "WORKERS": "2"}
    assert told(**right) == []


def test_runs_can_go_neither_into_a_file_nor_where_nothing_may_be_written(tmp_path: Path) -> None:
    """A volume that belongs to another user is told at the start, and not after the first training."""
    (tmp_path / "file").touch()
    assert "is a file. Name a folder." in told(CHECKPOINTS=str(tmp_path / "file" / "runs"))[0]
    (tmp_path / "closed").mkdir(mode=0o555)
    if not os.access(tmp_path / "closed", os.W_OK):  # root may write anywhere
        assert "may not write" in told(CHECKPOINTS=str(tmp_path / "closed" / "runs"))[0]


@pytest.mark.parametrize("name", ["CHECKPOINTS", "DATA", "TLS_CA"])
def test_a_folder_that_is_closed_to_this_program_is_told_with_the_rest(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As another user's home is: what the system says of it is no traceback, and takes no other sentence away."""
    look, closed = os.stat, tmp_path / "closed"
    closed.mkdir()

    def refuse_below(path: object, *arguments: object, **options: object) -> os.stat_result:
        if str(path).startswith(f"{closed}{os.sep}"):
            raise PermissionError(13, "Permission denied", str(path))
        return look(path, *arguments, **options)

    monkeypatch.setattr(os, "stat", refuse_below)
    monkeypatch.setattr(os, "access", lambda path, mode: path != closed)
    said = told(**{name: str(closed / "within"), "PROFILE": "all"})
    assert any(text.startswith(f"CNN_EXPLORER_{name} is ") and "this program" in text for text in said)
    assert any("is 'all'" in text for text in said)


def test_what_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And not, to the first learner, that the folder holds no file."""
    (tmp_path / "key").touch()
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert "may not read" in told(DATA=str(tmp_path))[0]
    assert "may not read" in told(TLS_KEY=str(tmp_path / "key"))[0]


def test_every_data_sets_variables_are_settings() -> None:
    """Those by which data sets are found are known at the start."""
    named = {name for one in SOURCES.values() for name in (one.folder_variable, one.mirror_variable) if name}
    assert named <= set(PROBLEMS)


def test_what_no_owner_is_told_of_is_not_read() -> None:
    """A variable comes with a check and a row in docs/hosting.md."""
    with pytest.raises(KeyError, match="stands neither in PROBLEMS nor in"):
        Environment({}).text("CNN_EXPLORER_NEW")


def started(folder: Path, *command: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    """What a program says that is started in that folder with these settings."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **variables}
    command = (sys.executable, "-m", *command)
    return subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, timeout=60, check=False)


SERVER = ("streamlit", "run", str(ROOT / "app.py"), "--server.headless=true", "--server.port=0")


@pytest.mark.parametrize("command", [SERVER, ("explorer.training", "--epochs", "1")])
def test_all_mistakes_end_the_start_at_once(command: tuple[str, ...], tmp_path: Path) -> None:
    """The server's as well as the command line's: sentences instead of a traceback, and a status that says so."""
    wrong = {"CNN_EXPLORER_MAX_EPOCHS": "many", "CNN_EXPLORER_PROFILE": "all", "CNN_EXPLORER_MAX_EPOCH": "3"}
    done = started(tmp_path, *command, **wrong)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.count("CNN_EXPLORER_MAX_EPOCHS is 'many', no whole number") == 1
    assert done.stderr.count("CNN_EXPLORER_PROFILE is 'all'") == 1
    assert done.stderr.count("CNN_EXPLORER_MAX_EPOCH is no setting") == 1


def test_settings_may_stand_among_streamlits_secrets(tmp_path: Path) -> None:
    """Where a provider has no other place for them: they are there before anything is set by them."""
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit/secrets.toml").write_text('CNN_EXPLORER_MAX_EPOCHS = "many"')
    done = started(tmp_path, *SERVER)
    assert done.returncode == 1
    assert "CNN_EXPLORER_MAX_EPOCHS is 'many', no whole number" in done.stderr


def env(**settings: str) -> Environment:
    """With these, by their names without the prefix."""
    return Environment({f"CNN_EXPLORER_{name}": value for name, value in settings.items()})


def test_hosts_and_frames_are_lists() -> None:
    """Between spaces or commas; without them this machine's names alone, and any site's frame."""
    assert ((), ("*",)) == (env().hosts, env().frames)
    assert env(HOSTS="Demo.example.org,*.example.com 192.168.1.5 [::2]").hosts == (
        *("demo.example.org", "*.example.com", "192.168.1.5", "[::2]"),
    )
    assert env(FRAMES="https://course.example.org, https://*.example.com:8443").frames == (
        *("https://course.example.org", "https://*.example.com:8443"),
    )
    assert () == env(FRAMES="none").frames


def test_a_server_for_others_goes_by_any_name() -> None:
    """Nobody's laptop is behind it: what a page of another name gets there, everybody gets. Its owner may say less."""
    assert ("*",) == env(PROFILE="public").hosts
    assert ("demo.example.org",) == env(PROFILE="public", HOSTS="demo.example.org").hosts


@pytest.mark.parametrize("host", ["https://demo.example.org", "demo.example.org:8501", "a/b", "*.", "a.*.b", "'self'"])
def test_what_is_no_host_is_refused_with_an_example(host: str) -> None:
    """An address copied from the browser is not taken for a name that never comes."""
    (sentence,) = told(HOSTS=f"localhost {host}")
    assert sentence.startswith("CNN_EXPLORER_HOSTS names ")
    assert "which is no host" in sentence
    assert "192.168.1.5" in sentence


@pytest.mark.parametrize(
    "site", ["course.example.org", "https://a.org/course", "* https://a.org", "'none'", "https://a;b"]
)
def test_what_is_no_site_is_refused_with_an_example(site: str) -> None:
    """Nothing else gets into the header that names them."""
    (sentence,) = told(FRAMES=site)
    assert sentence.startswith("CNN_EXPLORER_FRAMES names ")
    assert "which is no site" in sentence
    assert "https://course" in sentence


def test_a_certificate_is_three_files(tmp_path: Path) -> None:
    """And goes with a scheduler that asks for it."""
    files = {name: tmp_path / name for name in ("TLS_CA", "TLS_CERT", "TLS_KEY")}
    named = {name: str(file) for name, file in files.items()}
    assert ["TLS_CA", "TLS_CERT", "TLS_KEY"] == [
        name for name in files if any(f"{name} is " in one for one in told(SCHEDULER="tls://host:8786", **named))
    ]
    for file in files.values():
        file.touch()
    assert [] == told(SCHEDULER="tls://host:8786", **named)
    assert tuple(files.values()) == env(SCHEDULER="tls://host:8786", **named).certificate
    for wrong in (named, {"SCHEDULER": "tcp://host:8786", **named}, {"SCHEDULER": "tls://host:8786"}):
        (sentence,) = told(**wrong)
        assert "name a file each where CNN_EXPLORER_SCHEDULER begins with tls://" in sentence
    (sentence,) = told(SCHEDULER="tls://host:8786", **named | {"TLS_KEY": ""})
    assert "CNN_EXPLORER_TLS_KEY name a file each" in sentence
