# SPDX-License-Identifier: MIT
"""A pytest plugin that makes PySide6 impossible to import: `pytest -p tests.helpers.without_qt`."""

import sys
from importlib.abc import MetaPathFinder

from hypothesis import settings


class _NoQt(MetaPathFinder):
    def find_spec(self, fullname, path, target=None):  # noqa: ARG002 - the signature of a finder
        if fullname.partition(".")[0] in {"PySide6", "shiboken6"}:
            raise ModuleNotFoundError(f"No module named {fullname!r} here", name=fullname)


def pytest_configure():
    sys.meta_path.insert(0, _NoQt())
    # The point is what gets imported; the search for counterexamples happens in the other run.
    settings.register_profile("without-qt", max_examples=5)
    settings.load_profile("without-qt")
