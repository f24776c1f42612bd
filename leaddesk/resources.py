# SPDX-License-Identifier: MIT
"""Where the files of `resources/` are: in the source tree, in the wheel, in the built program."""

import sys
from functools import cache
from pathlib import Path


@cache
def folder() -> Path:
    """Return the folder that holds fonts, playbooks, presets and the other data files."""
    bundle = getattr(sys, "_MEIPASS", "")
    if bundle:
        return Path(bundle) / "resources"
    package = Path(__file__).parent
    packed = package / "_resources"
    return packed if packed.is_dir() else package.parent / "resources"


def path(name: str) -> Path:
    """Return the path of one resource, named from `resources/` on, for example `fonts/OFL.txt`."""
    return folder() / name


def texts(name: str, suffix: str) -> dict[str, str]:
    """Return file name without suffix -> text (UTF-8) for every such file in one folder, sorted."""
    files = sorted(path(name).glob(f"*{suffix}"))
    return {file.stem: file.read_text(encoding="utf-8") for file in files}
