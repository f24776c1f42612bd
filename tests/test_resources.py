# SPDX-License-Identifier: MIT
"""The resources are found where the source tree, the wheel and the frozen program keep them."""

import sys
from pathlib import Path

import pytest

from leaddesk import resources


def _plant(folder: Path) -> Path:
    (folder / "presets" / "deeper").mkdir(parents=True)
    for name in ("b.toml", "a.toml", "note.txt"):
        (folder / "presets" / name).write_text(f"# Größe of {name}\n", encoding="utf-8")
    return folder


@pytest.fixture
def package(tmp_path, monkeypatch) -> Path:
    home = tmp_path / "tree" / "leaddesk"
    home.mkdir(parents=True)
    monkeypatch.setattr(resources, "__file__", str(home / "resources.py"))
    return home


def test_the_source_tree_keeps_them_beside_the_package(package):
    planted = _plant(package.parent / "resources")
    assert resources.find("presets/a.toml") == planted / "presets" / "a.toml"


def test_the_wheel_keeps_them_inside_the_package(package):
    _plant(package.parent / "resources")
    planted = _plant(package / "_resources")
    assert resources.find("presets/a.toml") == planted / "presets" / "a.toml"


def test_the_frozen_program_keeps_them_where_it_is_unpacked(package, tmp_path, monkeypatch):
    _plant(package.parent / "resources")
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path / "frozen"), raising=False)
    planted = _plant(tmp_path / "frozen" / "resources")
    assert resources.find("presets/a.toml") == planted / "presets" / "a.toml"


def test_files_are_listed_by_name_and_folders_are_not(package):
    _plant(package.parent / "resources")
    assert [path.name for path in resources.files("presets")] == ["a.toml", "b.toml", "note.txt"]
    assert [path.name for path in resources.files("presets", ".toml")] == ["a.toml", "b.toml"]


def test_texts_are_read_as_utf_8_by_their_names(package):
    _plant(package.parent / "resources")
    texts = resources.texts("presets", ".toml")
    assert list(texts) == ["a", "b"]
    assert texts["a"] == "# Größe of a.toml\n"


def test_a_missing_resource_is_named(package):
    _plant(package.parent / "resources")
    with pytest.raises(FileNotFoundError, match=r"no resource 'presets/none\.toml'"):
        resources.find("presets/none.toml")
