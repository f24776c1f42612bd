# SPDX-License-Identifier: MIT
import subprocess
import sys
from pathlib import Path

import pytest

from leaddesk.core.domain.lead import Lead
from leaddesk.core.errors import KnownError
from leaddesk.core.services import lead_list
from leaddesk.core.services.workspace import (
    DATABASE_NAME,
    default_profile,
    named_profile,
    open_workspace,
)
from tests.core.services.conftest import texts


def test_a_profile_is_made_where_there_is_none(tmp_path):
    folder = tmp_path / "a" / "new one"
    with open_workspace(folder, texts):
        assert (folder / DATABASE_NAME).is_file()


def test_only_one_may_write_and_others_may_read(work):
    with pytest.raises(KnownError, match="open with this profile already"):
        open_workspace(work.profile, texts)
    with work.store.begin() as unit:
        unit.leads.add([Lead("L1")])
    with open_workspace(work.profile, texts, read_only=True) as looking:
        assert lead_list.counts(looking).all == 1


def test_a_closed_workspace_lets_the_next_one_in(work):
    work.close()
    open_workspace(work.profile, texts).close()


def test_a_database_that_cannot_be_opened_does_not_keep_the_lock(tmp_path):
    (tmp_path / DATABASE_NAME).write_bytes(b"no database" * 500)
    for _ in range(2):
        with pytest.raises(KnownError, match="is no database"):
            open_workspace(tmp_path, texts)


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(KnownError, match="cannot be made"):
        open_workspace(tmp_path / "file" / "profile", texts)


def test_looking_at_a_profile_that_is_not_there_makes_nothing(tmp_path):
    with open_workspace(tmp_path / "none", texts, read_only=True) as looking:
        assert lead_list.counts(looking).all == 0
    assert not (tmp_path / "none").exists()


def test_the_usual_profile_is_in_the_home_of_the_user(home):
    assert default_profile().is_relative_to(home)


def test_what_the_first_window_imports_is_light():
    program = (
        "import sys\n"
        "from leaddesk.core.services import calls, lead_list, playbooks, settings, workspace\n"
        "from leaddesk.core.services import clock, changes, export_leads, ids, import_leads\n"
        "from leaddesk.core.store import first_screen\n"
        "heavy = {'sqlalchemy', 'alembic', 'asyncio', 'phonenumbers', 'email_validator',\n"
        "    'charset_normalizer', 'tomllib', 'typer', 'csv', 'platformdirs'}\n"
        "print(sorted(heavy & sys.modules.keys()))\n"
    )
    found = subprocess.run(  # noqa: S603 - this Python, with the program above
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert found.stdout == "[]\n"


@pytest.mark.parametrize("read_only", [True, False])
@pytest.mark.parametrize("name", ["file", "file/below", "x" * 300])
def test_a_profile_that_is_no_folder_is_told(tmp_path, name, read_only):
    (tmp_path / "file").write_text("a file")
    with pytest.raises(KnownError, match="folder"):
        open_workspace(tmp_path / name, texts, read_only=read_only)


def test_a_home_that_is_nobodys_is_told():
    with pytest.raises(KnownError, match="home folder"):
        named_profile(Path("~nobody-of-that-name/leads"))


def test_a_text_that_is_not_unicode_is_told(work):
    with pytest.raises(KnownError, match="Unicode"):
        lead_list.row_id_of(work, "\udcff")
