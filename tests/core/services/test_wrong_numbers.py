# SPDX-License-Identifier: MIT
"""A number that does not lead to them is left; the lead is called on another one it has."""

import pytest

from leaddesk.core.domain.events import EventKind
from leaddesk.core.domain.merge import OnMatch
from leaddesk.core.domain.queue import Due
from leaddesk.core.domain.stages import Status
from leaddesk.core.services import calling, endings, import_leads, import_taking, lead_page, queue
from leaddesk.core.services.endings import CallResult
from leaddesk.core.services.import_leads import ImportOptions
from tests.core.services.conftest import london
from tests.helpers.talks import NO_ANSWER, start

OFFICE, MOBILE, HOME = "+442079460958", "+447700900123", "+442079460111"
WRONG = [CallResult("WRONG_NUMBER"), CallResult("DISCONNECTED")]


def add(work, email="", **numbers):
    e164 = {f"{name}_e164": text for name, text in numbers.items()}
    with work.store.begin() as unit:
        unit.leads.add([london("L1", email=email, **numbers, **e164)])


def state(work):
    with work.store.read() as unit:
        return unit.leads.state("L1")


def number(work):
    return calling.permission(work, "L1").number


@pytest.mark.parametrize("wrong", WRONG, ids=lambda one: one.line)
def test_the_other_number_is_called_at_once_and_the_lead_ends_with_the_last(work, wrong):
    add(work, phone=OFFICE, mobile=MOBILE, phone_2=HOME)
    for called, following in ((OFFICE, MOBILE), (MOBILE, HOME)):
        assert number(work) == called
        call, _ = endings.end_call(work, start(work), wrong)
        assert (call.line_result, call.is_attempt) == (wrong.line, False)
        assert (state(work).due, state(work).attempts) == (Due.FRESH, 0)
        assert state(work).status is not Status.DISQUALIFIED
        assert list(queue.top(work).row_ids) == [1]
        found = calling.permission(work, "L1")
        assert (found.allowed, found.number) == (True, following)
    call, _ = endings.end_call(work, start(work), wrong)
    assert call.is_attempt
    assert (state(work).due, state(work).status) == (Due.NONE, Status.DISQUALIFIED)
    assert list(queue.top(work).row_ids) == []


def test_it_is_written_down_which_number_it_was(work):
    add(work, phone=OFFICE, mobile=MOBILE)
    call_id = start(work)
    endings.end_call(work, call_id, WRONG[0])
    with work.store.read() as unit:
        (event,) = unit.events.of_lead("L1", (EventKind.NUMBER_WRONG,))
    assert (event.detail, event.call_id) == ({"number": OFFICE}, call_id)
    texts = [entry.text for entry in lead_page.page_of(work, "L1").timeline]
    assert f"Not to be reached on {OFFICE}" in texts


@pytest.mark.parametrize("mobile", ["", OFFICE])
def test_without_another_number_the_lead_ends(work, mobile):
    add(work, phone=OFFICE, mobile=mobile)
    endings.end_call(work, start(work), WRONG[0])
    assert (state(work).due, state(work).status) == (Due.NONE, Status.DISQUALIFIED)


def test_a_number_nobody_may_call_is_no_other_number(work):
    add(work, phone=OFFICE, mobile=MOBILE)
    with work.store.begin() as unit:
        unit.do_not_call.add([MOBILE], work.clock(), "", "a list")
    endings.end_call(work, start(work), WRONG[0])
    assert state(work).status is Status.DISQUALIFIED


def test_a_wrong_number_stays_wrong_after_other_results(work, clock):
    add(work, phone=OFFICE, mobile=MOBILE)
    endings.end_call(work, start(work), WRONG[0])
    endings.end_call(work, start(work), NO_ANSWER)
    clock.move(hours=5)
    assert number(work) == MOBILE
    assert state(work).attempts == 1


def test_a_number_put_right_by_an_import_is_called_again(work, tmp_path):
    add(work, phone=OFFICE, mobile=MOBILE, email="ada@company.example")
    endings.end_call(work, start(work), WRONG[0])
    path = tmp_path / "leads.csv"
    path.write_text(f"Email,Phone\nada@company.example,{HOME}\n", encoding="utf-8")
    options = ImportOptions(on_match=OnMatch.OVERWRITE)
    import_taking.run(work, import_leads.preview(work, path, options))
    assert number(work) == HOME
