# SPDX-License-Identifier: MIT
"""`calling` and `playbook publish` as a person meets them: what a team agrees on before."""

import json
from pathlib import Path

import pytest

from leaddesk.core.services.workspace import take_lock
from tests.helpers.command_line import DONE, REFUSED, WITH_PROBLEMS, leaddesk, parsed, refused
from tests.helpers.playbook_texts import SHORT

OWN = 'schema = 1\n\n[[windows]]\nregions = ["GB"]\nevery_day = "9:00-17:00"\nwhy = "Ours."\n'


@pytest.fixture
def lead_at_work(profile) -> Path:
    """A profile of somebody who may publish."""
    profile.mkdir(parents=True)
    (profile / "settings.json").write_text('{"role": "lead"}', encoding="utf-8")
    return profile


@pytest.fixture
def playbook(tmp_path) -> Path:
    made = tmp_path / "ours.toml"
    made.write_text(SHORT, encoding="utf-8")
    return made


def test_the_rules_of_calling_are_shown_those_of_the_team_last(profile):
    shipped = leaddesk("calling", "show")
    assert shipped.returncode == DONE
    assert "[[windows]]" in shipped.stdout
    assert not profile.exists()
    profile.mkdir(parents=True)
    (profile / "calling.toml").write_text(OWN, encoding="utf-8")
    both = leaddesk("calling", "show")
    assert both.returncode == DONE
    assert both.stdout == f"{shipped.stdout}\n# {profile / 'calling.toml'}\n{OWN}"


def test_the_rules_in_force_are_one_document(profile):
    assert "GB" not in parsed("calling", "show")[1]["windows"]
    profile.mkdir(parents=True)
    own = profile / "calling.toml"
    own.write_text(OWN, encoding="utf-8")
    status, rules = parsed("calling", "show")
    assert (status, rules["windows"]["GB"]["why"]) == (DONE, "Ours.")
    assert {"attempts", "clocks"} <= rules.keys()
    own.write_text("schema = [", encoding="utf-8")
    assert "Line 1: This is not TOML" in refused("calling", "show", "--json")


def test_rules_of_calling_are_checked_line_by_line(tmp_path):
    rules = tmp_path / "calling.toml"
    rules.write_text(OWN, encoding="utf-8")
    done = leaddesk("calling", "check", rules)
    assert (done.returncode, done.stdout) == (DONE, "")
    assert done.stderr == f"{rules}: all is well\n"
    assert parsed("calling", "check", rules) == (DONE, {"mistakes": []})
    rules.write_text(OWN + "[attempts]\ncap = -1\nlots = 3\n", encoding="utf-8")
    done = leaddesk("calling", "check", rules)
    assert done.returncode == REFUSED
    assert [line.split(",")[0] for line in done.stdout.splitlines()] == ["Line 8", "Line 9"]
    assert done.stderr == f"{rules}: 2 things to look at\n"
    status, found = parsed("calling", "check", rules)
    assert status == REFUSED
    assert [(one["line"], one["severity"]) for one in found["mistakes"]] == [
        (8, "error"),
        (9, "error"),
    ]


@pytest.mark.parametrize("command", [("calling", "check"), ("playbook", "check")])
def test_what_cannot_be_checked_is_refused(tmp_path, command):
    path = tmp_path / "rules.toml"
    assert f"{path} cannot be read: No such file" in refused(*command, path)
    path.mkdir()
    assert "then try again" in refused(*command, path)
    path.rmdir()
    path.write_bytes(b"schema = 1\n# \xff\n")
    done = leaddesk(*command, path)
    assert done.returncode == REFUSED
    assert done.stdout == "Line 2: This is not TOML: a character that is no text.\n"
    assert "Missing argument" in refused(*command)


@pytest.mark.parametrize("group", ["calling", "playbook"])
def test_a_group_of_commands_alone_lists_them(group):
    done = leaddesk(group)
    assert (done.returncode, done.stdout) == (REFUSED, "")
    assert done.stderr.startswith(f"Usage: leaddesk {group} ")
    assert done.stderr.rstrip().splitlines()[-1].split()[0] in {"check", "publish"}
    assert refused(group, "nonsense") == (
        f"No such command 'nonsense'. leaddesk {group} --help lists the commands."
    )


def test_a_playbook_is_published_once_and_for_all(lead_at_work, playbook):
    done = leaddesk("playbook", "publish", playbook)
    assert (done.returncode, done.stdout) == (DONE, "short v1 is published.\n")
    published = lead_at_work / "playbooks" / "short-v1.toml"
    assert published.read_text(encoding="utf-8") == SHORT
    status, again = parsed("playbook", "publish", playbook)
    assert (status, again["id"], again["version"]) == (DONE, "short", 1)
    playbook.write_text(SHORT.replace("What hurts?", "Where?"), encoding="utf-8")
    assert "Give the file version 2." in refused("playbook", "publish", playbook)
    assert published.read_text(encoding="utf-8") == SHORT


def test_only_who_may_publishes(profile, playbook):
    assert "Only a team lead" in refused("playbook", "publish", playbook)
    assert not (profile / "playbooks").exists()


def test_a_broken_playbook_is_not_published(lead_at_work, playbook):
    playbook.write_text(SHORT.replace("pass_at = 70", "pass_at = 700"), encoding="utf-8")
    assert "pass_at" in refused("playbook", "publish", playbook)
    playbook.write_bytes(b"\xff\xfe")
    assert "a character that is no text" in refused("playbook", "publish", playbook)
    assert "No such file" in refused("playbook", "publish", playbook.with_name("gone.toml"))
    assert "There is no playbook 'nonsense'" in refused("playbook", "publish", "nonsense")
    assert "Missing argument" in refused("playbook", "publish")
    assert not (lead_at_work / "playbooks").exists()


def test_nothing_is_published_into_a_profile_that_is_open(lead_at_work, playbook):
    lock = take_lock(lead_at_work)
    try:
        assert "is open with this profile" in refused("playbook", "publish", playbook)
    finally:
        lock.release()


def test_a_playbook_that_is_only_odd_is_done_with_problems(playbook):
    odd = SHORT.replace('questions = ["hurts"]', "questions = []")
    playbook.write_text(odd, encoding="utf-8")
    done = leaddesk("playbook", "check", playbook, "--json")
    assert done.returncode == WITH_PROBLEMS
    assert {one["severity"] for one in json.loads(done.stdout)["mistakes"]} == {"warning"}
