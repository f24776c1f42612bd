# SPDX-License-Identifier: MIT
"""Presenters decide without a toolkit: none of them imports it."""

import pkgutil
import subprocess
import sys

from leaddesk.ui import presenters

CHECK = """
import importlib, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
assert "PySide6" not in sys.modules
"""


def test_no_presenter_imports_qt():
    names = [f"{presenters.__name__}.{m.name}" for m in pkgutil.iter_modules(presenters.__path__)]
    assert len(names) > 3
    subprocess.run([sys.executable, "-c", CHECK, *names], check=True)  # noqa: S603 - our own code
