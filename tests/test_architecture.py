# SPDX-License-Identifier: MIT
"""The rules of the house that are not about what leaddesk does but about how it is built."""

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "leaddesk"
MOST_LINES = 400
LONGER: dict[str, str] = {}  # file -> why it may be longer
HEAVY = {"alembic", "charset_normalizer", "email_validator", "phonenumbers", "sqlalchemy", "typer"}

ARROW = "one arrow: ui -> services -> adapters -> domain"
NO_QT = "core and cli are free of Qt"
PURE = "domain is pure"
SQL = "only the store speaks SQL"
NO_ADAPTERS = "ui sees services and domain, never adapters"


def _python(*arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run Python on the tree in `folder`, outside of this run of pytest."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("PYTEST")
    }
    return subprocess.run(  # noqa: S603 - this Python, with arguments written in this file
        [sys.executable, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def _modules() -> Iterator[Path]:
    return PACKAGE.rglob("*.py")


def _broken_contracts(folder: Path = ROOT) -> list[str]:
    """Return the names of the contracts that the tree in `folder` breaks."""
    source = "import importlinter.cli as c; c.lint_imports_command(['--no-cache'])"
    told = _python("-c", source, folder=folder)
    lines = [line.partition(" (")[0] for line in told.stdout.splitlines()]  # "(1 ignored import)"
    judged = [line for line in lines if line.endswith((" KEPT", " BROKEN"))]
    assert {line.rpartition(" ")[0] for line in judged} == {ARROW, NO_QT, PURE, SQL, NO_ADAPTERS}, (
        told.stdout + told.stderr
    )
    return [line.removesuffix(" BROKEN") for line in judged if line.endswith(" BROKEN")]


def test_the_contracts_hold():
    assert _broken_contracts() == []


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("ui/theme.py", "import leaddesk.app", ARROW),
        ("ui/theme.py", "import leaddesk.cli", ARROW),
        ("cli.py", "import leaddesk.app", ARROW),
        ("resources.py", "import leaddesk.ui", ARROW),
        ("core/services/clock.py", "import leaddesk.resources", ARROW),
        ("core/store/schema.py", "import leaddesk.core.services", ARROW),
        ("core/store/schema.py", "import leaddesk.core.formats", ARROW),
        ("core/formats/__init__.py", "import leaddesk.core.store", ARROW),
        ("core/domain/lead.py", "import leaddesk.core.formats", ARROW),
        ("core/errors.py", "import leaddesk.core.domain.lead", ARROW),
        ("core/services/calls.py", "import PySide6.QtCore", NO_QT),
        ("cli.py", "def show():\n    import PySide6.QtWidgets", NO_QT),
        ("resources.py", "import PySide6.QtCore", NO_QT),
        ("core/domain/lead.py", "import logging", PURE),
        ("core/domain/lead.py", "from os import environ", PURE),
        ("core/domain/call.py", "def now():\n    import time", PURE),
        ("core/services/calls.py", "import sqlalchemy", SQL),
        ("core/formats/__init__.py", "import sqlcipher3.dbapi2", SQL),
        ("ui/main_window.py", "import leaddesk.core.store.schema", NO_ADAPTERS),
        ("ui/main_window.py", "import leaddesk.core.formats", NO_ADAPTERS),
    ],
)
def test_each_contract_catches_a_violation(tmp_path, module, line, contract):
    shutil.copytree(PACKAGE, tmp_path / "leaddesk", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    planted = tmp_path / "leaddesk" / module
    planted.write_text(f"{planted.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")
    assert contract in _broken_contracts(tmp_path)


@pytest.mark.timeout(900)  # all tests of the core, once more
def test_the_core_is_tested_without_qt():
    told = _python(
        *(
            "-m",
            "pytest",
            "tests/core",
            "-q",
            "-p",
            "no:pytest-qt",
            "-p",
            "tests.helpers.without_qt",
        ),
        # The options of pytest-qt in pyproject.toml are unknown without it.
        *(
            "-n",
            "2",
            "-o",
            "addopts=--import-mode=importlib",
            "-W",
            "ignore::pytest.PytestConfigWarning",
        ),
    )
    assert told.returncode == 0, told.stdout + told.stderr


def test_what_opens_the_window_imports_nothing_heavy():
    opening = "import sys, leaddesk.__main__, leaddesk.app, leaddesk.ui.main_window"
    told = _python("-c", f"{opening}; print(sorted({HEAVY!r} & sys.modules.keys()))")
    assert told.stdout.strip() == "[]", told.stderr


def test_files_are_short():
    parts = [PACKAGE, ROOT / "tests", ROOT / "benchmarks"]
    paths = [ROOT / "dev.py", *(path for part in parts for path in part.rglob("*.py"))]
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in paths
    }
    assert [name for name, lines in lengths.items() if lines > MOST_LINES] == list(LONGER)


def test_packages_of_the_core_import_nothing_by_themselves():
    for path in (PACKAGE / "core").rglob("__init__.py"):
        body = ast.parse(path.read_text(encoding="utf-8")).body
        assert len(body) == 1, f"{path} holds more than its docstring"
        assert ast.get_docstring(ast.Module(body, [])), f"{path} has no docstring"


def _banned(source: str) -> list[int]:
    """Return the lines that could run text or stored objects as code."""
    return [node.lineno for node in ast.walk(ast.parse(source)) if _is_banned(node)]


def _is_banned(node: ast.AST) -> bool:
    match node:
        case ast.Name(id=name):
            return name in {"eval", "exec", "compile", "__import__"}
        case ast.Import(names=names):
            return any(alias.name in {"pickle", "marshal", "shelve"} for alias in names)
        case ast.ImportFrom(module=module):
            return module in {"pickle", "marshal", "shelve"}
        case ast.Attribute(value=ast.Name(id="os"), attr=name):
            return name in {"system", "popen"}
        case ast.keyword(arg="shell"):
            return True
    return False


def test_text_is_never_run_as_code():
    found = {str(path): _banned(path.read_text(encoding="utf-8")) for path in _modules()}
    assert [f"{path}: {lines}" for path, lines in found.items() if lines] == []


@pytest.mark.parametrize(
    "source",
    [
        "eval('1')",
        "exec('x = 1')",
        "run = compile",
        "__import__(name)",
        "import pickle",
        "from marshal import loads",
        "os.system('ls')",
        "run(command, shell=True)",
    ],
)
def test_the_ban_catches(source):
    assert _banned(source) == [1]


@pytest.mark.parametrize("source", ["app.exec()", "re.compile('x')", "os.environ"])
def test_the_ban_leaves_alone(source):
    assert _banned(source) == []
