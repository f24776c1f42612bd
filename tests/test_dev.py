# SPDX-License-Identifier: MIT
"""The one door to the source: what it installs when, what it says, and that the lock is whole."""

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest

import dev

ROOT = Path(__file__).parent.parent
PIN = re.compile(r"^([a-z0-9-]+)==([^ ]+)", re.MULTILINE)
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="system packages are Linux's")


@pytest.fixture
def commands(tmp_path, monkeypatch) -> list[list[str]]:
    """Every command dev.py would run; it works in a folder of its own, and they all succeed."""
    ran: list[list[str]] = []

    def execute(command: list[str], **_how: bool) -> int:
        ran.append(command)
        if "venv" in command:
            dev.VENV.mkdir(exist_ok=True)
        return 0

    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(dev, "STAMP", tmp_path / ".venv" / "stamp")
    monkeypatch.setattr(dev, "execute", execute)
    (tmp_path / "leaddesk").mkdir()
    for name in (dev.RUNTIME, dev.EVERYTHING):
        (tmp_path / name).write_text(f"# {name}\n")
    return ran


def _kinds(commands: list[list[str]]) -> list[str]:
    """Return "venv" or the name of the requirements installed, one a command."""
    return [command[-1] if "pip" in command else command[2] for command in commands]


def test_nothing_is_installed_twice(commands):
    dev.prepare(dev.RUNTIME, {})
    assert _kinds(commands) == ["venv", dev.RUNTIME]
    dev.prepare(dev.RUNTIME, {})
    assert len(commands) == 2


def test_the_tools_are_added_to_the_runtime_and_include_it(commands):
    dev.prepare(dev.RUNTIME, {})
    dev.prepare(dev.EVERYTHING, {})
    dev.prepare(dev.RUNTIME, {})
    assert _kinds(commands) == ["venv", dev.RUNTIME, dev.EVERYTHING]


def test_a_changed_pin_of_the_runtime_makes_a_new_environment(commands):
    dev.prepare(dev.EVERYTHING, {})
    (dev.ROOT / dev.RUNTIME).write_text("# another\n")
    dev.prepare(dev.RUNTIME, {})
    assert _kinds(commands) == ["venv", dev.EVERYTHING, "venv", dev.RUNTIME]


def test_another_python_makes_a_new_environment(commands, monkeypatch):
    dev.prepare(dev.RUNTIME, {})
    monkeypatch.setattr(sys, "version_info", (3, 99, 0))
    dev.prepare(dev.RUNTIME, {})
    assert _kinds(commands) == ["venv", dev.RUNTIME] * 2


def test_a_failed_installation_is_tried_again(commands, monkeypatch):
    succeed = dev.execute
    monkeypatch.setattr(dev, "execute", lambda command: "pip" in command or succeed(command))
    with pytest.raises(SystemExit, match="pip says why"):
        dev.prepare(dev.RUNTIME, {})
    monkeypatch.setattr(dev, "execute", succeed)
    commands.clear()
    dev.prepare(dev.RUNTIME, {})
    assert _kinds(commands) == ["venv", dev.RUNTIME]


def test_an_environment_is_not_replaced_under_its_own_feet(commands, monkeypatch):
    monkeypatch.setattr(sys, "prefix", str(dev.VENV))
    with pytest.raises(SystemExit, match="deactivate"):
        dev.prepare(dev.RUNTIME, {})
    assert commands == []


@linux_only
def test_all_that_is_missing_is_named_in_one_line(commands, monkeypatch):
    monkeypatch.setattr(dev, "find_spec", {"ensurepip": None}.get)
    monkeypatch.setattr(dev.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(dev.shutil, "which", "/usr/bin/{}".format)
    with pytest.raises(SystemExit, match=r"libnone-such9 python3\.\d+-venv$"):
        dev.prepare(dev.RUNTIME, {"libnone-such.so.9": "libnone-such9"})
    assert commands == []


@pytest.mark.usefixtures("commands")
def test_bytecode_is_kept_even_where_python_would_not(monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    (dev.ROOT / "leaddesk" / "module.py").write_text("x = 1\n")
    dev.prepare(dev.RUNTIME, {})
    assert list((dev.ROOT / "leaddesk" / "__pycache__").glob("module.*.pyc"))


@linux_only
def test_only_missing_libraries_are_asked_for():
    libraries = {"libc.so.6": "libc6", "libnone-such.so.9": "libnone-such9"}
    assert dev.missing_packages(libraries) == ["libnone-such9"]


def test_root_installs_what_is_missing(commands, monkeypatch):
    monkeypatch.setattr(dev.os, "geteuid", lambda: 0, raising=False)
    monkeypatch.setattr(dev.shutil, "which", "/usr/bin/{}".format)
    dev.install_packages(["libgl1", "libegl1"])
    assert [command[-1] for command in commands] == ["update", "libegl1"]
    assert commands[1][-4:] == ["-y", "--no-install-recommends", "libgl1", "libegl1"]


def test_others_get_one_line_that_names_what_is_missing(commands, monkeypatch):
    monkeypatch.setattr(dev.os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(dev.shutil, "which", "/usr/bin/{}".format)
    with pytest.raises(SystemExit) as left:
        dev.install_packages(["libgl1", "libegl1"])
    told = "Missing here: sudo apt-get install -y --no-install-recommends libgl1 libegl1"
    assert left.value.code == told
    assert commands == []


def test_without_apt_the_packages_are_named_too(monkeypatch):
    monkeypatch.setattr(dev.shutil, "which", lambda _name: None)
    with pytest.raises(SystemExit, match=r"please install.*libgl1$"):
        dev.install_packages(["libgl1"])


@pytest.mark.parametrize("display", ["DISPLAY", "WAYLAND_DISPLAY", None])
def test_only_a_display_asks_for_the_libraries_of_windows(commands, monkeypatch, display):
    asked: list[str] = []
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    if display:
        monkeypatch.setenv(display, ":0")
    monkeypatch.setattr(dev, "prepare", lambda _requirements, libraries: asked.extend(libraries))
    assert dev.main(["run", "--shot", "x.png"]) == 0
    assert ("libxcb-cursor.so.0" in asked) == bool(display)
    assert commands[-1][1:] == ["-m", "leaddesk", "--demo", "--shot", "x.png"]


def test_an_older_python_is_told_so(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 8, 18))
    with pytest.raises(SystemExit, match=r"needs Python 3\.11 or newer"):
        dev.main(["run"])


def test_an_older_python_can_read_the_file():
    ast.parse((ROOT / "dev.py").read_text(encoding="utf-8"), feature_version=(3, 8))


@pytest.mark.parametrize("arguments", [[], ["--help"], ["unknown"]])
def test_without_a_command_it_says_what_there_is(arguments, capsys):
    assert dev.main(arguments) == 2
    told = capsys.readouterr().err
    assert all(f"python3 dev.py {name}" in told for name in dev.COMMANDS)


@pytest.fixture(params=[dev.RUNTIME, dev.EVERYTHING])
def locked(request) -> str:
    return (ROOT / request.param).read_text(encoding="ascii")


def test_every_locked_package_has_hashes(locked):
    blocks = re.split(r"\n(?=[a-z])", locked.strip())
    assert len(blocks) == len(PIN.findall(locked)) > 20
    assert all("--hash=sha256:" in block for block in blocks)


def test_the_lock_names_no_index(locked):
    assert "://" not in locked
    assert not re.search(r"^\s*(-[a-z]|--(?!hash=))", locked, re.MULTILINE)


def test_the_tools_are_locked_with_the_pins_of_the_runtime():
    runtime = dict(PIN.findall((ROOT / dev.RUNTIME).read_text(encoding="ascii")))
    everything = dict(PIN.findall((ROOT / dev.EVERYTHING).read_text(encoding="ascii")))
    assert runtime.items() <= everything.items()


def test_the_lock_is_the_one_of_pyproject():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    runtime = project["project"]["dependencies"]
    for name, wanted in (
        (dev.RUNTIME, runtime),
        (dev.EVERYTHING, runtime + project["dependency-groups"]["dev"]),
    ):
        pins = set(PIN.findall((ROOT / name).read_text(encoding="ascii")))
        assert {tuple(pin.lower().split("==")) for pin in wanted} <= pins
