# SPDX-License-Identifier: MIT
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leaddesk.core.domain.roles import Rep, Role
from leaddesk.core.errors import KnownError
from leaddesk.core.services import playbooks
from leaddesk.core.services.settings import (
    FILE_NAME,
    Settings,
    Theme,
    apply_settings,
    load_settings,
    save_settings,
)
from tests.helpers.talks import put_own_playbook

WORDS = st.lists(
    st.text(st.characters(exclude_categories=["Cs", "C", "Z"]), min_size=1, max_size=8), max_size=3
).map(" ".join)


def test_without_a_file_everything_is_as_usual(tmp_path):
    assert load_settings(tmp_path) == (Settings(), ())


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("country", ["", "DE"])
def test_settings_come_back_as_they_were_saved(tmp_path, theme, country):
    save_settings(tmp_path / "new", Settings(theme, country))
    assert load_settings(tmp_path / "new") == (Settings(theme, country), ())


@given(
    st.builds(
        Settings,
        theme=st.sampled_from(Theme),
        country=st.sampled_from(["", "DE", "GB"]),
        name=WORDS,
        company=WORDS,
        phone=WORDS,
        role=st.sampled_from(Role),
        playbook=WORDS,
        silent=st.booleans(),
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_every_setting_comes_back_as_it_was_saved(tmp_path, chosen):
    save_settings(tmp_path, chosen)
    assert load_settings(tmp_path) == (chosen, ())


def test_the_settings_say_who_works_here_and_how(work):
    own = put_own_playbook(work)
    chosen = Settings(
        name="Ada Berg", company="Berg", phone="+44", role=Role.LEAD, playbook="short", silent=True
    )
    apply_settings(work, chosen)
    assert work.rep == chosen.rep == Rep("Ada Berg", "Berg", "+44", Role.LEAD)
    assert work.rep.first_name == "Ada"
    assert work.is_silent
    assert playbooks.active(work) == own
    apply_settings(work, Settings())
    assert (work.rep, work.is_silent) == (Rep(), False)
    assert playbooks.active(work).id == playbooks.USUAL


def test_only_what_differs_is_written(tmp_path):
    save_settings(tmp_path, Settings(theme=Theme.DARK))
    assert json.loads((tmp_path / FILE_NAME).read_text()) == {"theme": "dark"}
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


@pytest.mark.parametrize(
    ("text", "expected", "warning"),
    [
        ('{"theme": "dark", "colour": 1}', Settings(Theme.DARK), "'colour' is not known"),
        ('{"theme": "pink", "country": "FR"}', Settings(country="FR"), "theme is 'pink'"),
        ('{"country": "Germany"}', Settings(), "two letters"),
        ('{"country": " de "}', Settings(country="DE"), None),
        ('{"role": "boss", "name": "Ada"}', Settings(name="Ada"), "role is 'boss'"),
        ('{"silent": "yes"}', Settings(), "true or false"),
        ('{"playbook": 7}', Settings(), "has to be a text"),
        ('{"name": " Ada   Berg "}', Settings(name="Ada Berg"), None),
        ("[]", Settings(), "does not hold settings"),
        ("{", Settings(), "cannot be read"),
        ("\x00\x01", Settings(), "cannot be read"),
    ],
)
def test_what_is_not_understood_is_named_and_the_rest_used(tmp_path, text, expected, warning):
    (tmp_path / FILE_NAME).write_text(text)
    found, warnings = load_settings(tmp_path)
    assert found == expected
    assert len(warnings) == (warning is not None)
    assert warning is None or warning in warnings[0]


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(KnownError, match="could not be saved"):
        save_settings(tmp_path / "file", Settings(Theme.DARK))
