# SPDX-License-Identifier: MIT
"""Which playbooks calls are held with; a team's own, published once and for all."""

import pytest

from leaddesk.core.domain.roles import Rep, Role
from leaddesk.core.errors import BugError, KnownError
from leaddesk.core.services import playbooks
from leaddesk.core.services.workspace import open_workspace
from tests.core.services.conftest import london, texts
from tests.helpers.playbook_texts import SHORT
from tests.helpers.talks import put_own_playbook, start

LEAD = Rep("Bo Dahl", role=Role.LEAD)
SECOND = SHORT.replace("version = 1", "version = 2").replace("What hurts?", "Where does it hurt?")
VIEW = SHORT.replace('id = "short"', 'id = "lens"').replace(
    'title = "Short call"', 'title = "Lens"\nuse = "view"'
)


def names(books):
    return {(book.id, book.version) for book in books}


def test_calls_are_held_with_the_playbook_of_the_settings(work):
    own = put_own_playbook(work)
    assert playbooks.active(work).id == playbooks.USUAL
    playbooks.choose(work, "short")
    assert playbooks.active(work) == own
    with work.store.begin() as unit:
        unit.leads.add([london("L1")])
    start(work)
    with work.store.read() as unit:
        assert unit.playbooks.text(own.fingerprint) == SHORT


def test_a_playbook_that_is_gone_or_not_for_calls_gives_way_to_the_usual_one(work):
    folder = work.profile / playbooks.OWN_FOLDER
    folder.mkdir()
    (folder / "lens-v1.toml").write_text(VIEW, encoding="utf-8")
    for playbook_id in ("gone", "lens"):
        playbooks.choose(work, playbook_id)
        assert playbooks.active(work).id == playbooks.USUAL
    assert "lens" in {book.id for book in playbooks.views(work)}
    assert "lens" not in {book.id for book in playbooks.offered(work)}


def test_the_newest_version_is_offered(work):
    put_own_playbook(work)
    put_own_playbook(work, SECOND, "short-v2")
    offered = names(playbooks.offered(work))
    assert ("short", 2) in offered
    assert ("short", 1) not in offered
    assert any(one == playbooks.USUAL for one, _ in offered)
    playbooks.choose(work, "short")
    assert playbooks.active(work).version == 2


BROKEN = SHORT.replace("pass_at = 70", "pass_at = 700")


def lay(work, name, content):
    """Put a file among the team's own playbooks, whatever is in it."""
    folder = work.profile / playbooks.OWN_FOLDER
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.toml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_one_that_is_broken_is_named_and_the_others_are_offered(work):
    shipped, views = names(playbooks.offered(work)), names(playbooks.views(work))
    assert playbooks.refused(work) == ()
    put_own_playbook(work)
    lay(work, "worse-v1", BROKEN)
    lay(work, "bytes-v1", b"\xff\xfe")
    (work.profile / playbooks.OWN_FOLDER / "folder-v1.toml").mkdir()
    assert names(playbooks.offered(work)) == shipped | {("short", 1)}
    assert names(playbooks.views(work)) == views
    refused = playbooks.refused(work)
    assert len(refused) == 3
    assert any('"worse-v1" has one mistake' in one and "700" in one for one in refused)
    assert any('"bytes-v1"' in one and "no text" in one for one in refused)
    assert any("folder-v1" in one and "cannot be read" in one for one in refused)


def test_a_broken_version_leaves_the_one_before_in_force_until_it_is_mended(work):
    put_own_playbook(work)
    path = lay(work, "short-v2", BROKEN)
    playbooks.choose(work, "short")
    assert playbooks.active(work).version == 1
    assert ("short", 1) in names(playbooks.offered(work))
    path.write_text(SECOND, encoding="utf-8")
    assert ("short", 2) in names(playbooks.offered(work))
    assert playbooks.refused(work) == ()


def test_calls_go_on_with_the_usual_one_where_the_one_chosen_is_broken(work):
    lay(work, "short-v1", BROKEN)
    playbooks.choose(work, "short")
    assert playbooks.active(work).id == playbooks.USUAL


def test_a_file_of_the_profile_never_stands_in_for_one_that_ships(work):
    shipped = playbooks.active(work)
    name = f"{shipped.id}-v{shipped.version}"
    put_own_playbook(work, SHORT.replace('id = "short"', f'id = "{shipped.id}"'), name)
    with open_workspace(work.profile, texts, read_only=True) as again:
        assert playbooks.active(again).fingerprint == shipped.fingerprint


def test_only_what_is_offered_is_found_by_its_fingerprint(work):
    own = put_own_playbook(work)
    assert playbooks.offered_one(work, own.fingerprint) == own
    put_own_playbook(work, SECOND, "short-v2")
    with pytest.raises(KnownError, match="not offered"):
        playbooks.offered_one(work, own.fingerprint)
    with pytest.raises(BugError, match="no playbook"):
        playbooks.of(work, "unknown")


@pytest.mark.parametrize("role", Role)
def test_only_some_roles_publish(work, role):
    work.rep = Rep("Ada Berg", role=role)
    if role is Role.REP:
        with pytest.raises(KnownError, match="Only a team lead"):
            playbooks.publish(work, "short.toml", SHORT)
        assert not (work.profile / playbooks.OWN_FOLDER).exists()
        return
    published = playbooks.publish(work, "short.toml", SHORT)
    assert published in playbooks.offered(work)
    (file,) = (work.profile / playbooks.OWN_FOLDER).iterdir()
    assert (file.name, file.read_text(encoding="utf-8")) == ("short-v1.toml", SHORT)


def test_a_published_version_never_changes_and_a_newer_one_is_used_at_once(work):
    work.rep = LEAD
    playbooks.publish(work, "short.toml", SHORT)
    playbooks.choose(work, "short")
    assert playbooks.active(work).version == 1
    assert playbooks.publish(work, "again.toml", SHORT) == playbooks.active(work)
    changed = SECOND.replace("version = 2", "version = 1")
    with pytest.raises(KnownError, match="never changes") as caught:
        playbooks.publish(work, "changed.toml", changed)
    assert "version 2" in caught.value.todo
    assert [p.name for p in (work.profile / "playbooks").iterdir()] == ["short-v1.toml"]
    playbooks.publish(work, "second.toml", SECOND)
    assert playbooks.active(work).version == 2


def test_a_playbook_that_ships_is_not_published_over(work):
    work.rep = LEAD
    usual = playbooks.active(work)
    text = SHORT.replace('id = "short"', f'id = "{usual.id}"')
    with pytest.raises(KnownError, match="never changes"):
        playbooks.publish(work, "mine.toml", text)


def test_a_text_with_mistakes_is_not_published(work):
    work.rep = LEAD
    with pytest.raises(KnownError):
        playbooks.publish(work, "broken.toml", SHORT.replace("pass_at = 70", "pass_at = 700"))
    assert not (work.profile / playbooks.OWN_FOLDER).exists()


def test_a_profile_that_cannot_be_written_is_told(work):
    work.rep = LEAD
    (work.profile / playbooks.OWN_FOLDER).write_text("in the way")
    with pytest.raises(KnownError, match="could not be written"):
        playbooks.publish(work, "short.toml", SHORT)
