# SPDX-License-Identifier: MIT
import json

import pytest

from leaddesk.core.errors import KnownError
from leaddesk.core.services.settings import (
    FILE_NAME,
    Settings,
    Theme,
    load_settings,
    save_settings,
)


def test_without_a_file_everything_is_as_usual(tmp_path):
    assert load_settings(tmp_path) == (Settings(), ())


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("country", ["", "DE"])
def test_settings_come_back_as_they_were_saved(tmp_path, theme, country):
    save_settings(tmp_path / "new", Settings(theme, country))
    assert load_settings(tmp_path / "new") == (Settings(theme, country), ())


def test_only_what_differs_is_written(tmp_path):
    save_settings(tmp_path, Settings(theme=Theme.DARK))
    assert json.loads((tmp_path / FILE_NAME).read_text()) == {"theme": "dark"}
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


@pytest.mark.parametrize(
    ("text", "settings", "warning"),
    [
        ('{"theme": "dark", "colour": 1}', Settings(Theme.DARK), "'colour' is not known"),
        ('{"theme": "pink", "country": "FR"}', Settings(country="FR"), "theme is 'pink'"),
        ('{"country": "Germany"}', Settings(), "two letters"),
        ('{"country": " de "}', Settings(country="DE"), None),
        ("[]", Settings(), "does not hold settings"),
        ("{", Settings(), "cannot be read"),
        ("\x00\x01", Settings(), "cannot be read"),
    ],
)
def test_what_is_not_understood_is_named_and_the_rest_used(tmp_path, text, settings, warning):
    (tmp_path / FILE_NAME).write_text(text)
    found, warnings = load_settings(tmp_path)
    assert found == settings
    assert len(warnings) == (warning is not None)
    assert warning is None or warning in warnings[0]


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(KnownError, match="could not be saved"):
        save_settings(tmp_path / "file", Settings(Theme.DARK))
