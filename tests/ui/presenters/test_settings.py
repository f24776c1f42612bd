# SPDX-License-Identifier: MIT
"""What becomes of a changed setting: on disk, in the running workspace, on screen."""

import json

import pytest

from leaddesk.core.domain.roles import Right, Role, may
from leaddesk.core.errors import KnownError
from leaddesk.core.services import playbooks
from leaddesk.core.services.settings import FILE_NAME, Settings, Theme, load_settings
from leaddesk.ui.presenters.settings import ROLE_NOTE, ROLES, THEMES, SettingsPresenter


@pytest.fixture
def used():
    """The settings the window was told to take over."""
    return []


@pytest.fixture
def presenter(screen, desk, used):
    return SettingsPresenter(screen, desk, used.append)


def on_disk(desk):
    path = desk.work.profile / FILE_NAME
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def shown(screen):
    return screen.last("show_settings")[0]


def test_the_settings_on_disk_are_shown_with_the_playbooks_by_title(presenter, screen, desk):
    presenter.refresh()
    assert shown(screen).settings == Settings()
    assert shown(screen).playbook == "bant"
    titles = {book.id: book.title for book in playbooks.offered(desk.work)}
    assert dict(shown(screen).playbooks) == titles
    assert on_disk(desk) == {}


def test_a_playbook_that_cannot_be_used_is_named_below_the_others(presenter, screen, desk):
    presenter.refresh()
    assert shown(screen).playbook_note == ""
    folder = desk.work.profile / playbooks.OWN_FOLDER
    folder.mkdir()
    (folder / "mine-v1.toml").write_text("schema = 1", encoding="utf-8")
    presenter.refresh()
    assert shown(screen).playbook_note.startswith('The playbook "mine-v1" has ')
    assert shown(screen).playbook == "bant"


@pytest.mark.parametrize(
    "case",
    [
        ("name", "  Robin   Example ", "Robin Example"),
        ("company", "Acme", "Acme"),
        ("phone", "+44 20 7946 0000", "+44 20 7946 0000"),
        ("country", "GB", "GB"),
        ("role", "lead", "lead"),
        ("playbook", "mine", "mine"),
        ("theme", "dark", "dark"),
    ],
)
def test_what_is_changed_is_written_alone_and_shown(presenter, screen, desk, used, case):
    key, text, kept = case
    presenter.change(key, text)
    assert on_disk(desk) == {key: kept}
    assert getattr(shown(screen).settings, key) == kept
    assert used == [load_settings(desk.work.profile)[0]]


def test_the_running_workspace_goes_by_what_was_changed(presenter, desk):
    presenter.change("name", "Robin Example")
    presenter.change("role", "lead")
    presenter.change("playbook", "mine")
    presenter.change_silent(on=True)
    work = desk.work
    assert (work.rep.name, work.rep.role, work.is_silent) == ("Robin Example", Role.LEAD, True)
    assert work.playbook_id == "mine"
    presenter.change_silent(on=False)
    assert not work.is_silent
    assert on_disk(desk) == {"name": "Robin Example", "role": "lead", "playbook": "mine"}


def test_a_playbook_that_is_not_offered_shows_the_one_calls_are_held_with(presenter, screen):
    presenter.change("playbook", "gone")
    assert shown(screen).playbook == "bant"


def test_the_queue_follows_who_works_here_and_nothing_else(presenter, desk):
    presenter.change("name", "Robin Example")
    presenter.change("theme", "dark")
    assert [changes.queue for changes, _ in desk.announced] == [True, False]


def test_the_same_again_writes_nothing(presenter, desk):
    presenter.change("name", "  ")
    assert not (desk.work.profile / FILE_NAME).exists()
    assert not desk.announced[-1][0].queue


def test_changes_close_together_do_not_lose_one_another(presenter, desk):
    desk.hold()
    presenter.change("theme", "dark")
    presenter.change("name", "Robin Example")
    presenter.change("theme", "system")
    desk.release()
    assert on_disk(desk) == {"name": "Robin Example"}


def test_what_cannot_be_written_is_said_and_what_holds_is_shown_again(
    presenter, screen, desk, used
):
    (desk.work.profile / f"{FILE_NAME}.new").mkdir()
    presenter.change("name", "Robin Example")
    assert [type(error) for error in desk.errors] == [KnownError]
    assert desk.work.rep.name == ""
    assert shown(screen).settings == Settings()
    assert used == []


def test_every_role_and_theme_can_be_chosen():
    assert [role for role, _ in ROLES] == list(Role)
    assert [theme for theme, _ in THEMES] == list(Theme)


def test_the_sentence_on_roles_says_what_holds():
    words = {
        Right.OVERRIDE_BLOCK: "in spite of a block",
        Right.PUBLISH_PLAYBOOK: "publish playbooks",
        Right.SEE_OTHERS: "figures",
    }
    for right in Right:
        assert words[right] in ROLE_NOTE
        assert not may(Role.REP, right)
        assert may(Role.LEAD, right)
        assert may(Role.ADMIN, right)
    assert "not a lock" in ROLE_NOTE
