# SPDX-License-Identifier: MIT
"""Finds the files of resources/: in the source tree, in the wheel and in the frozen program.

The only module that knows the three places. The entry points and the window use it; the services
get `texts` handed in and know nothing of folders.
"""

import sys
from collections.abc import Mapping
from pathlib import Path


def root() -> Path:
    """Return the folder that holds playbooks, presets, fonts and the other resources."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return Path(frozen) / "resources"
    package = Path(__file__).parent
    packed = package / "_resources"
    return packed if packed.is_dir() else package.parent / "resources"


def find(name: str) -> Path:
    """Return the path of a resource, such as "playbooks/bant.toml".

    Raises:
        FileNotFoundError: there is no such resource.
    """
    path = root() / name
    if not path.is_file():
        raise FileNotFoundError(f"leaddesk has no resource {name!r} in {root()}")
    return path


def files(folder: str, suffix: str = "") -> tuple[Path, ...]:
    """Return the files directly in a folder of resources whose names end in `suffix`, by name."""
    found = (path for path in (root() / folder).iterdir() if path.is_file())
    return tuple(sorted(path for path in found if path.name.endswith(suffix)))


def texts(folder: str, suffix: str) -> Mapping[str, str]:
    """Return file name without suffix -> UTF-8 text of `files(folder, suffix)`, by name."""
    return {path.stem: path.read_text(encoding="utf-8") for path in files(folder, suffix)}
