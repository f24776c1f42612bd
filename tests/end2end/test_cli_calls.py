# SPDX-License-Identifier: MIT
"""`queue` and `activities` as a person meets them: who is next, why, and what leads did."""

import shutil
from datetime import timedelta
from importlib.resources import files
from pathlib import Path

import pytest

from leaddesk import resources
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.lead_state import LeadState
from leaddesk.core.domain.queue import Due
from leaddesk.core.domain.stages import Stage, Status
from leaddesk.core.services.clock import system_clock
from leaddesk.core.services.workspace import open_workspace, take_lock
from tests.helpers.command_line import DONE, WITH_PROBLEMS, leaddesk, parsed, refused

NOW = system_clock()
ACTIVITIES = f"""\
Email,Activity Type,Activity Date
ada@berg.example,Demo request,{NOW - timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ}
nobody@berg.example,Webinar,{NOW - timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ}
"""


def due(kind: Due, hours_ago: float | None = None, **fields) -> LeadState:
    at = None if hours_ago is None else NOW - timedelta(hours=hours_ago)
    return LeadState(Stage.LEAD, fields.pop("status", Status.NEW), due=kind, due_at=at, **fields)


def fill(profile: Path, states: dict[str, LeadState], **fields) -> None:
    """Make a profile in which everybody may be called at any hour."""
    usual = {"phone": "+44 20 7946 0958", "phone_e164": "+442079460958", "grade": "B2"}
    with open_workspace(profile, resources.texts) as work, work.store.begin() as unit:
        unit.leads.add(
            Lead(f"L{name}", last_name=name, email=f"{name}@berg.example", **(usual | fields))
            for name in states
        )
        for name, state in states.items():
            unit.leads.set_state(f"L{name}", state)
    shutil.copy(resources.find("demo/calling.toml"), profile)


def whys() -> dict[str, str]:
    """Return name -> why, as printed, in the order of the queue."""
    done = leaddesk("queue")
    assert done.returncode == DONE
    parts = [line.split(maxsplit=2)[2] for line in done.stdout.splitlines()]
    found = [part.split("  ", maxsplit=1) for part in parts]
    return {rest.split()[0]: why for why, rest in found}


def test_the_queue_says_who_is_next_and_why(profile):
    fill(
        profile,
        {
            "fresh": due(Due.FRESH),
            "retry": due(Due.RETRY, 1, attempts=2, status=Status.ATTEMPTING),
            "nurture": due(Due.NURTURE, 1, status=Status.NURTURING),
            "returned": due(Due.RETURNED, 1, status=Status.RETURNED),
            "waiting": due(Due.INBOUND, 3.5),
            "overdue": due(Due.CALLBACK, 2.5),
        },
    )
    assert whys() == {
        "overdue": "callback overdue 2 h",
        "waiting": "inbound, waiting 3 h",
        "returned": "returned by sales",
        "nurture": "nurture due",
        "retry": "attempt 3 of 60",
        "fresh": "new",
    }
    assert list(whys()) == ["overdue", "waiting", "returned", "nurture", "retry", "fresh"]
    status, found = parsed("queue", "--limit", "2")
    assert (status, found["count"], found["held"]) == (DONE, 6, {})
    assert [(one["name"], one["why"], one["urgent"]) for one in found["leads"]] == [
        ("overdue", "callback overdue 2 h", True),
        ("waiting", "inbound, waiting 3 h", True),
    ]


@pytest.mark.parametrize(
    ("fields", "why"),
    [({"grade": ""}, "new, not scored"), ({"time_zone": "Pacific/Kiritimati"}, "new, ")],
)
def test_a_fresh_lead_is_called_new_whatever_else_is_told_of_it(profile, fields, why):
    fill(profile, {"fresh": due(Due.FRESH)}, **fields)
    assert whys()["fresh"].startswith(why)


def test_the_time_there_is_told_by_our_zones_whatever_the_machine_has(profile, tmp_path):
    fill(profile, {"fresh": due(Due.FRESH)}, time_zone="Pacific/Kiritimati")
    (tmp_path / "Pacific").mkdir()
    utc = (files("tzdata.zoneinfo") / "UTC").read_bytes()
    (tmp_path / "Pacific" / "Kiritimati").write_bytes(utc)
    done = leaddesk("queue", PYTHONTZPATH=str(tmp_path), TZ="UTC")
    there = (NOW + timedelta(hours=14)).strftime("new, %H:")
    later = (NOW + timedelta(hours=15)).strftime("new, %H:")
    assert there in done.stdout or later in done.stdout


def test_who_is_held_back_is_counted_by_cause(profile):
    fill(
        profile,
        {
            "never": due(Due.FRESH, do_not_call=True),
            "later": due(Due.RETRY, -4),
            "taken": due(Due.FRESH, reserved_by="Bo", reserved_until=NOW + timedelta(hours=1)),
        },
    )
    done = leaddesk("queue")
    assert (done.returncode, done.stdout) == (DONE, "")
    words = "1 do not call · 1 called often enough · 1 open with somebody else"
    assert done.stderr == f"0 to call now, held back: {words}\n"


def test_the_queue_of_an_empty_profile_is_empty_and_makes_none(profile):
    done = leaddesk("queue")
    assert (done.returncode, done.stdout, done.stderr) == (DONE, "", "0 to call now\n")
    assert parsed("queue") == (DONE, {"count": 0, "held": {}, "leads": []})
    assert not profile.exists()


def test_the_queue_is_read_beside_an_open_window(profile):
    fill(profile, {"fresh": due(Due.FRESH)})
    lock = take_lock(profile)
    try:
        assert whys() == {"fresh": "new"}
    finally:
        lock.release()


@pytest.mark.parametrize("command", ["queue", "activities"])
def test_wrong_arguments_are_told_with_where_help_is(command):
    assert (
        refused(command, "--nonsense")
        == f"No such option: --nonsense. leaddesk {command} --help says what it takes."
    )
    line = refused("queue", "--limit", "0")
    assert "'--limit'" in line
    assert ". leaddesk queue --help says what it takes." in line
    assert "Missing argument 'file'." in refused("activities")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"schema = [", "Line 1: This is not TOML"),
        (b"schema = 1\nnonsense = 3\n", 'Line 2: "nonsense" is not a key'),
        (b"schema = 1\n# \xff\n", "Line 2: This is not TOML: a character that is no text"),
        (None, "cannot be read: "),
    ],
)
def test_broken_calling_rules_of_a_team_stop_the_queue_with_a_sentence(profile, content, says):
    fill(profile, {"fresh": due(Due.FRESH)})
    own = profile / "calling.toml"
    own.unlink()
    if content is None:
        own.mkdir()
    else:
        own.write_bytes(content)
    line = refused("queue")
    assert says in line
    assert str(own) in line


@pytest.fixture
def source(profile, tmp_path) -> Path:
    fill(profile, {"ada": due(Due.FRESH)})
    made = tmp_path / "did.csv"
    made.write_text(ACTIVITIES, encoding="utf-8")
    return made


def test_activities_are_taken_in_once_and_hurry_who_asked(source):
    done = leaddesk("activities", source)
    assert done.returncode == WITH_PROBLEMS
    assert done.stdout.startswith("2 rows: 1 new activity of 1 lead, 0 there already, 1 not usable")
    rejects = source.with_name("did.rejected.csv")
    assert str(rejects) in done.stdout
    assert "nobody@berg.example" in rejects.read_text(encoding="utf-8-sig")
    assert whys()["ada"].startswith("MQL, waiting")
    status, again = parsed("activities", source)
    assert (status, again["rows"], again["added"], again["known"]) == (WITH_PROBLEMS, 2, 0, 1)


def test_a_dry_run_of_activities_changes_nothing(source):
    status, report = parsed("activities", "--dry-run", source)
    assert (status, report["added"], report["rejected"]) == (WITH_PROBLEMS, 1, 1)
    assert report["rejects_file"] is None
    assert whys() == {"ada": "new"}
    assert [path.name for path in source.parent.iterdir() if path.suffix == ".csv"] == ["did.csv"]


def test_a_file_of_activities_without_a_mistake_is_done(source):
    source.write_text("".join(ACTIVITIES.splitlines(keepends=True)[:2]), encoding="utf-8")
    done = leaddesk("activities", source)
    assert done.returncode == DONE
    assert done.stdout == "1 row: 1 new activity of 1 lead, 0 there already, 0 not usable\n"


def test_activities_of_nobody_are_all_left_out(tmp_path, profile):
    source = tmp_path / "did.csv"
    source.write_text(ACTIVITIES, encoding="utf-8")
    status, report = parsed("activities", "--dry-run", source)
    assert (status, report["rejected"]) == (WITH_PROBLEMS, 2)
    assert not profile.exists()


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_what_is_no_list_of_activities_is_refused(tmp_path, options):
    leads = tmp_path / "leads.csv"
    leads.write_text("Name,Email\nAda,ada@berg.example\n", encoding="utf-8")
    picture = tmp_path / "picture.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    assert "It needs a column for who" in refused("activities", leads, *options)
    assert "picture" in refused("activities", picture, *options)
    assert "No such file" in refused("activities", tmp_path / "gone.csv", *options)
    assert "is no file" in refused("activities", tmp_path, *options)


def test_beside_a_broken_playbook_of_a_team_the_usual_one_is_in_force(source, profile):
    (profile / "playbooks").mkdir()
    (profile / "playbooks" / "own-v1.toml").write_bytes(b"schema = 1\n# \xff\n")
    (profile / "settings.json").write_text('{"playbook": "own"}', encoding="utf-8")
    done = leaddesk("activities", source)
    assert done.returncode == WITH_PROBLEMS
    assert "1 new activity of 1 lead" in done.stdout
