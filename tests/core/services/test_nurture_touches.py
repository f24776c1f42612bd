# SPDX-License-Identifier: MIT
"""What is done while a lead waits: its words, done, skipped, put off; and leads without a date."""

from dataclasses import replace
from datetime import timedelta

import pytest

from leaddesk.core.domain.events import EventKind
from leaddesk.core.domain.nurture import Nurture
from leaddesk.core.domain.queue import Due
from leaddesk.core.domain.roles import Rep
from leaddesk.core.domain.stages import Status
from leaddesk.core.domain.touches import Touch, TouchKind, TouchState
from leaddesk.core.errors import BugError, KnownError
from leaddesk.core.services import calls, merging, nurturing, playbooks
from tests.core.services.conftest import london
from tests.helpers.talks import start

TEMPLATE = (
    "Hello {{ lead.first_name }}, {{ rep.first_name | default('we') }} will call in"
    " {{ answer.call_again | default('two months') }}. Best from {{ lead.shoe_size }}."
)


@pytest.fixture
def waiting(work):
    """One lead that waits, with one e-mail to send in a month."""
    work.rep = Rep("Ada Berg")
    add(work, london("L1", first_name="Ines"), "T1")
    return work


def add(work, lead, touch_id):
    lead_id = lead.lead_id
    book = playbooks.active(work)
    with work.store.begin() as unit:
        unit.leads.add([lead])
        playbooks.keep(work, unit, book)
        now = work.clock()
        wait = Nurture(f"N{lead_id}", lead_id, "", now, playbook_fingerprint=book.fingerprint)
        due_at = now + timedelta(days=30)
        email = Touch(touch_id, wait.nurture_id, lead_id, 0, TouchKind.EMAIL, TEMPLATE, due_at)
        unit.nurtures.add(wait, [email])


def set_state(work, lead_id="L1", **values):
    with work.store.begin() as unit:
        unit.leads.set_state(lead_id, replace(unit.leads.state(lead_id), **values))


def stored(work, touch_id="T1"):
    with work.store.read() as unit:
        return unit.nurtures.touch(touch_id)


def events(work, kind, lead_id="L1"):
    with work.store.read() as unit:
        return [dict(one.detail) for one in unit.events.of_lead(lead_id, (kind,))]


def test_the_words_have_what_is_known_and_say_what_is_not(waiting):
    found = nurturing.words_of(waiting, "T1")
    assert found.text == "Hello Ines, Ada will call in two months. Best from."
    assert found.sentence == "Left out, because it is not known: shoe size."
    assert nurturing.touch_text(waiting, "T1") == found.text


def test_the_words_use_what_was_said_on_a_call(waiting):
    calls.record_answer(waiting, start(waiting), "call_again", "the spring")
    assert "will call in the spring." in nurturing.touch_text(waiting, "T1")


def test_a_value_is_never_read_as_a_field_or_as_markup(waiting):
    add(waiting, london("L2", first_name="{{ lead.email }}<b>"), "T2")
    assert nurturing.touch_text(waiting, "T2").startswith("Hello {{ lead.email }}<b>, Ada")


def test_a_touch_is_done_once_by_somebody_and_can_be_taken_back(waiting, clock):
    done, changes = nurturing.end_touch(waiting, "T1", TouchState.DONE)
    assert (done.state, done.ended_at, done.by) == (TouchState.DONE, clock.now, "Ada Berg")
    assert stored(waiting) == done
    assert changes.leads == {"L1"}
    with pytest.raises(KnownError, match="it is done"):
        nurturing.end_touch(waiting, "T1", TouchState.SKIPPED)
    reopened, _ = nurturing.reopen_touch(waiting, "T1")
    assert stored(waiting) == reopened
    assert (reopened.state, reopened.ended_at, reopened.by) == (TouchState.OPEN, None, "")
    told = {"touch": "T1", "kind": "email"}
    assert events(waiting, EventKind.TOUCHED) == [
        told | {"state": "done"},
        told | {"state": "open"},
    ]
    with pytest.raises(KnownError, match="still to be done"):
        nurturing.reopen_touch(waiting, "T1")


def test_a_touch_of_a_wait_that_is_over_stays_as_it_is(waiting, clock):
    nurturing.end_touch(waiting, "T1", TouchState.SKIPPED)
    with waiting.store.begin() as unit:
        unit.nurtures.end("NL1", clock.now, "C1")
    with pytest.raises(KnownError, match="is over"):
        nurturing.reopen_touch(waiting, "T1")
    assert stored(waiting).state is TouchState.SKIPPED


def test_only_what_people_do_can_end_a_touch(waiting):
    with pytest.raises(BugError):
        nurturing.end_touch(waiting, "T1", TouchState.DROPPED)


def test_a_touch_is_put_off_to_a_time_that_is_to_come(waiting, clock):
    until = clock.now + timedelta(days=40)
    nurturing.put_off_touch(waiting, "T1", until)
    assert stored(waiting).due_at == until
    told = {"touch": "T1", "what": "email", "until": until.isoformat()}
    assert events(waiting, EventKind.PUT_OFF) == [told]
    with pytest.raises(KnownError, match="past"):
        nurturing.put_off_touch(waiting, "T1", clock.now)
    assert stored(waiting).due_at == until


def test_a_touch_that_is_gone_is_a_sentence(waiting):
    with pytest.raises(KnownError):
        nurturing.put_off_touch(waiting, "T9", waiting.clock() + timedelta(days=1))


def test_the_touches_of_a_merged_lead_are_those_of_the_lead_it_was_merged_into(waiting):
    add(waiting, london("L2", first_name="Inez", email="i@example.com"), "T2")
    for lead_id in ("L1", "L2"):
        set_state(waiting, lead_id, status=Status.NURTURING, due=Due.NURTURE)
    merging.merge(waiting, "L1", "L2")
    _, changes = nurturing.end_touch(waiting, "T2", TouchState.DONE)
    assert changes.leads == {"L1"}
    assert events(waiting, EventKind.TOUCHED)[-1]["touch"] == "T2"
    assert nurturing.touch_text(waiting, "T2").startswith("Hello Ines")


def test_leads_that_wait_without_a_date_are_counted_and_listed(work, clock):
    with work.store.begin() as unit:
        names = ("One", "Two", "Three", "Four", "Five")
        unit.leads.add(london(f"L{n}", last_name=name) for n, name in enumerate(names, start=1))
    waits = {"status": Status.NURTURING, "due": Due.NURTURE}
    set_state(work, "L1", **waits)
    set_state(work, "L2", **waits, due_at=clock.now)
    set_state(work, "L3", status=Status.PASSED, due=Due.NONE)
    set_state(work, "L4", **waits)
    set_state(work, "L5", **waits, do_not_call=True)
    count, rows = nurturing.without_date(work, 1)
    assert (count, [row.name for row in rows]) == (2, ["One"])
    assert [row.lead_id for row in nurturing.without_date(work, 10)[1]] == ["L1", "L4"]


def test_a_lead_that_waits_is_given_a_date(waiting, clock):
    set_state(waiting, status=Status.NURTURING, due=Due.NURTURE)
    assert nurturing.without_date(waiting, 9)[0] == 1
    at = clock.now + timedelta(days=9)
    after, changes = nurturing.give_date(waiting, "L1", at)
    assert (after.due, after.due_at, after.status) == (Due.NURTURE, at, Status.NURTURING)
    with waiting.store.read() as unit:
        assert unit.leads.state("L1") == after
    assert nurturing.without_date(waiting, 9) == (0, [])
    assert (changes.leads, changes.queue) == ({"L1"}, True)
    assert events(waiting, EventKind.PUT_OFF) == [{"what": "nurture", "until": at.isoformat()}]
    assert len(events(waiting, EventKind.MOVED)) == 1


def test_only_a_lead_that_waits_is_given_a_date_and_not_one_that_is_over(waiting, clock):
    with pytest.raises(KnownError, match="does not wait"):
        nurturing.give_date(waiting, "L1", clock.now + timedelta(days=9))
    set_state(waiting, status=Status.EXHAUSTED, due=Due.NURTURE)
    with pytest.raises(KnownError, match="past"):
        nurturing.give_date(waiting, "L1", clock.now)
