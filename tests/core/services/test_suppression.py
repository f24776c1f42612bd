# SPDX-License-Identifier: MIT
"""A suppressed number or address holds whoever has it, wherever they come from."""

import json

import pytest

from leaddesk.core.domain.roles import Rep
from leaddesk.core.domain.stages import Status
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.errors import KnownError
from leaddesk.core.services import (
    calls,
    edit_leads,
    endings,
    import_leads,
    import_taking,
    lead_page,
    merging,
    queue,
    quick_lead,
    suppression,
)
from leaddesk.core.services.import_leads import ImportOptions
from leaddesk.core.services.verify import verify
from tests.core.services.conftest import london
from tests.helpers.talks import decide, start

NUMBER, OTHER = "+442079460958", "+442079460959"
EMAIL = "Ada@Company.example"


def reached(number, email=""):
    written = f"+44 20 7946 {number[-4:]}"
    return {"phone": written, "phone_e164": number, "email": email}


@pytest.fixture
def three(work):
    """Ada; a colleague on her number; another with her address. Held are none."""
    work.rep = Rep("Ada Berg")
    with work.store.begin() as unit:
        unit.leads.add(
            [
                london("L1", last_name="Weber", **reached(NUMBER, EMAIL)),
                london("L2", last_name="Lane", **reached(NUMBER)),
                london("L3", last_name="Roe", **reached(OTHER, EMAIL.lower())),
                london("L4", last_name="Far", **reached("+442079460123")),
            ]
        )
    yield work
    report = verify(work)
    assert (report.differences, report.integrity) == ((), "ok")


def to_call(work):
    return {row.lead_id for row in rows(work)}


def rows(work):
    from leaddesk.core.services import lead_list

    return lead_list.rows(work, queue.top(work).row_ids)


def refuse(work, lead_id):
    with pytest.raises(KnownError):
        calls.start_call(work, lead_id)
    return True


def suppress(work, lead_id="L1"):
    return decide(work, lead_id, Verdict.DISQUALIFY, reason="asked_not_to_be_contacted")


def stored(work):
    with work.store.read() as unit:
        return [json.loads(one) for one in unit.canonical_lines() if one.startswith('["suppressed')]


def test_a_decision_that_suppresses_holds_all_with_the_number_or_the_address(three):
    assert to_call(three) == {"L1", "L2", "L3", "L4"}
    suppress(three)
    assert to_call(three) == {"L4"}
    assert all(refuse(three, lead_id) for lead_id in ("L1", "L2", "L3"))
    assert any("suppressed" in one.text for one in lead_page.page_of(three, "L3").timeline)


def test_only_hashes_are_kept_and_another_team_has_others(three):
    suppress(three)
    kept = stored(three)
    assert sorted(row[2] for row in kept) == ["email", "phone"]
    digests = [row[1] for row in kept]
    assert all(len(digest) == 64 for digest in digests)
    assert not any(text in json.dumps(kept) for text in ("2079460958", "ompany"))
    from leaddesk.core.services.ids import Ids

    assert Ids(b"another").keyed_hash("phone", NUMBER) not in digests
    assert three.ids.keyed_hash("phone", NUMBER) in digests


def test_a_decision_taken_back_lets_go_of_everybody(three):
    decision = suppress(three)
    call_id, _ = endings.undo_decision(three, decision.decision_id)
    endings.end_call(three, call_id, endings.CallResult("CANCELLED"))
    assert stored(three) == []
    assert {"L2", "L3", "L4"} <= to_call(three)
    with three.store.read() as unit:
        assert not unit.leads.state("L1").suppressed


def test_what_another_suppressed_stays_when_a_decision_is_taken_back(three, clock):
    edit_leads.set_field(three, "L2", "suppressed", "yes")
    clock.move(hours=1)
    with three.store.begin() as unit:
        unit.leads.add([london("L5", **reached(OTHER, EMAIL))])
    decision = suppress(three, "L5")
    endings.undo_decision(three, decision.decision_id)
    assert refuse(three, "L2")
    assert [row[2] for row in stored(three)] == ["phone"]


def test_asked_on_a_call_never_to_be_called_suppresses_too(three):
    call_id = start(three)
    endings.end_call(three, call_id, endings.CallResult("CONNECTED_TARGET", "DO_NOT_CALL"))
    assert to_call(three) == {"L4"}


def test_by_hand_and_back(three):
    edit, _ = edit_leads.set_field(three, "L1", "suppressed", "yes")
    assert to_call(three) == {"L4"}
    edit_leads.undo(three, edit)
    assert to_call(three) == {"L1", "L2", "L3", "L4"}


def test_an_edit_can_bring_a_lead_under_it_and_out_of_it(three):
    suppress(three)
    edit_leads.set_field(three, "L4", "email_2", EMAIL.upper())
    assert to_call(three) == set()
    edit_leads.set_field(three, "L4", "email_2", "")
    assert to_call(three) == {"L4"}


def test_a_number_typed_in_is_held(three):
    suppress(three)
    with three.store.begin() as unit:
        unit.leads.replace([london("L1"), london("L2")])  # the number is no longer theirs
    edit_leads.set_field(three, "L1", "phone", "+44 20 7946 0777")
    edit_leads.set_field(three, "L2", "phone", "+44 20 7946 0778")
    found, _ = quick_lead.add(three, "+44 20 7946 0958", "Old Friend")
    assert not found.was_there
    assert refuse(three, found.lead.lead_id)


@pytest.mark.parametrize("in_steps", [False, True])
def test_an_import_keeps_the_rows_holds_them_and_says_so(three, tmp_path, in_steps):
    suppress(three)
    with three.store.begin() as unit:
        blank = {"phone": "", "phone_e164": "", "email": "seven@company.example"}
        unit.leads.add([london("L7", last_name="Seven", **blank)])
    file = tmp_path / "fair.csv"
    file.write_text(
        "last name,phone,email\n"
        "Free,+44 20 7946 0002,free@company.example\n"
        "Works,+44 20 7946 0958,works@company.example\n"
        "Seven,+44 20 7946 0958,seven@company.example\n",
        encoding="utf-8",
    )
    preview = import_leads.preview(three, file, ImportOptions())
    if in_steps:
        taking = import_taking.start(three, preview)
        while not taking.step(three)[0]:
            pass
        report = taking.report
    else:
        report, _ = import_taking.run(three, preview)
    names = {row.name for row in rows(three)}
    assert names == {"Far", "Free"}
    assert (report.imported, report.updated, report.held) == (2, 1, 2)
    assert f"{report.held} came in but are never called" in import_leads.report_in_words(report)


def test_without_any_hash_an_import_says_nothing_of_it(three, tmp_path):
    file = tmp_path / "fair.csv"
    file.write_text("last name,phone\nFree,+44 20 7946 0002\n", encoding="utf-8")
    report, _ = import_taking.run(three, import_leads.preview(three, file, ImportOptions()))
    assert report.held == 0
    assert "never called" not in import_leads.report_in_words(report)


def test_a_merge_brings_it_along_and_taking_it_back_leaves_it_there(three):
    suppress(three)
    with three.store.begin() as unit:
        unit.leads.add([london("L6", last_name="Six", **reached("+442079460666", EMAIL))])
        lead = unit.leads.get("L6")
        suppression.look_again(three, unit, [lead])
    merging.merge(three, "L4", "L6")
    assert to_call(three) == set()
    merge_id = merging.last_of(three, "L4").merge_id
    merging.undo(three, merge_id)
    assert to_call(three) == {"L4"}


def test_the_status_of_those_held_stays_theirs(three):
    suppress(three)
    assert lead_page.page_of(three, "L2").lead.status is Status.NEW
