# SPDX-License-Identifier: MIT
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk import resources
from leaddesk.core.domain.events import EventKind
from leaddesk.core.domain.follow_ups import FollowUp, FollowUpKind
from leaddesk.core.domain.queue import Due
from leaddesk.core.domain.stages import Status
from leaddesk.core.domain.touches import TouchState
from leaddesk.core.services import follow_ups
from leaddesk.core.services.workspace import open_workspace
from leaddesk.ui.presenters.follow_up_lines import Act, Chip, snoozed
from leaddesk.ui.presenters.follow_ups import FollowUpsPresenter
from leaddesk.ui.presenters.mail_link import mail_link
from tests.helpers.desk import PlainDesk, Recorder
from tests.helpers.due import a_day, put_due, some_due
from tests.helpers.noon import NOON, noon


class Screen(Recorder):
    """Remembers what was shown; has a mail program or not."""

    has_mail = True

    def open_mail(self, link):
        self.shown.append(("open_mail", (link,), {}))
        return self.has_mail


@pytest.fixture
def work(profile):
    with open_workspace(profile, resources.texts, clock=noon) as opened:
        yield opened


@pytest.fixture
def screen():
    return Screen()


@pytest.fixture
def desk(work):
    return PlainDesk(work)


@pytest.fixture
def presenter(work, desk, screen):
    with work.store.begin() as unit:
        unit.leads.add(some_due())
    a_day(work)
    made = FollowUpsPresenter(screen, desk, work.clock)
    desk.listeners.append(made.on_changed)
    made.shown(is_shown=True)
    return made


def titles(screen):
    return [line.title for line in screen.last("show_lines")[0]]


def line_of(screen, key):
    return next(line for line in screen.last("show_lines")[0] if line.id == key)


def rows(work):
    return {one.id: one for one in follow_ups.listing(work).rows}


@pytest.mark.usefixtures("presenter")
def test_lines_stand_under_their_headings(screen):
    assert titles(screen) == [
        "Late",
        "Call Ingrid back",
        "Today",
        "First attempt, Priya",
        "Sales has not answered, Marcus",
        "Nurture over, Dana",
        "Send the e-mail, Oleksandr",
        "Tomorrow and later",
        "Returned by sales, Wei-Ling",
        "Attempt 4 of 6, Tom\u00e1s",
        "Call on the way, Oleksandr",
        "Nurture over, Oleksandr",
    ]
    assert screen.last("show_day") == ("Monday 23 November",)
    acts = [line.act for line in screen.last("show_lines")[0] if line.id][:7]
    assert acts == [
        Act.CALL, Act.CALL, Act.REMIND, Act.CALL, Act.COPY, Act.CALL, Act.MOVE,
    ]  # fmt: skip


@pytest.mark.usefixtures("presenter")
def test_lateness_is_read_aloud(screen):
    spoken = line_of(screen, "L1").spoken
    assert spoken.startswith("late, 11:48, 12 min, Call Ingrid back")
    assert spoken.endswith("Enter: Call")


def test_chips_say_how_many_and_narrow_the_list(presenter, screen):
    texts, chosen = screen.last("show_chips")
    assert texts == {
        Chip.MINE: "Mine 9",
        Chip.CALLBACKS: "Callbacks 1",
        Chip.NURTURE: "Nurture 4",
        Chip.HANDOFFS: "Hand-offs 2",
    }
    assert chosen == {Chip.MINE}
    presenter.choose(Chip.CALLBACKS)
    assert titles(screen) == ["Late", "Call Ingrid back"]
    presenter.choose(Chip.CALLBACKS)
    assert len(titles(screen)) == 12
    presenter.choose(Chip.MINE)
    texts, chosen = screen.last("show_chips")
    assert (texts[Chip.MINE], chosen) == ("Everybody\u2019s 9", frozenset())


def test_enter_calls_or_copies_or_asks(presenter, screen, desk):
    presenter.act("L1")
    assert desk.called == ["L1"]
    presenter.act("T2L4")
    assert screen.last("copy") == ("Hello Oleksandr, here is the checklist.",)
    presenter.act("L6")
    assert screen.last("ask_line")[0] == "Moved to when?"


def test_a_reminder_is_ready_for_the_clipboard(presenter, screen, desk, work):
    key = next(one.id for one in rows(work).values() if one.kind is FollowUpKind.UNANSWERED)
    presenter.act(key)
    assert "Marcus of Company 7 was passed to you" in screen.last("copy")[0]
    assert "Sam Sales" in desk.said[-1]
    with work.store.read() as unit:
        (told,) = unit.events.of_lead("L7", (EventKind.REMINDED,))
    assert told.detail["receiver"] == "Sam Sales"


def test_an_e_mail_is_begun_in_the_mail_program_or_its_text_copied(presenter, screen, desk):
    presenter.mail("T2L4")
    (link,) = screen.last("open_mail")
    assert urlsplit(link).path == "person3@company.example"
    body = "Hello Oleksandr, here is the checklist."
    assert parse_qs(urlsplit(link).query) == {"body": [body]}
    screen.has_mail = False
    presenter.mail("T2L4")
    assert screen.last("copy") == (body,)
    assert "No mail program" in desk.said[-1]
    presenter.mail("L1")
    assert "no e-mail" in desk.said[-1]


def test_done_ends_a_touch_and_is_undone(presenter, screen, work):
    presenter.done("T2L4")
    assert "T2L4" not in rows(work)
    assert "Send the e-mail, Oleksandr" not in titles(screen)
    with work.store.read() as unit:
        assert unit.nurtures.touch("T2L4").state is TouchState.DONE
    presenter.steps.undo()
    assert "Send the e-mail, Oleksandr" in titles(screen)


def test_a_call_is_not_done_by_saying_so(presenter, desk, work):
    before = rows(work)
    presenter.done("L1")
    assert "call makes it done" in desk.said[-1]
    assert rows(work) == before


def test_a_late_callback_is_snoozed_for_an_hour_and_back(presenter, screen, work, desk):
    before = rows(work)["L1"]
    presenter.snooze("L1")
    assert rows(work)["L1"].due_at == NOON + timedelta(hours=1)
    assert desk.said[-1].startswith("Promised call moved to Mon 23 Nov 2026")
    assert "Promised for 11:48, then moved." in line_of(screen, "L1").detail
    presenter.steps.undo()
    assert rows(work)["L1"] == before


def test_what_is_due_at_any_time_is_snoozed_to_the_next_working_morning():
    friday = NOON + timedelta(days=4)
    one = FollowUp(FollowUpKind.NURTURE_OVER, "L1", "L1", friday)
    at = snoozed(one, friday).astimezone()
    assert (at.weekday(), at.hour, at.minute) == (0, 9, 0)


@pytest.mark.parametrize("key", ["L1", "T2L4", "L3"])
def test_a_line_is_moved_to_what_is_typed_and_back(presenter, screen, work, key):
    before = rows(work)[key]
    presenter.move(key)
    screen.last("ask_line")[2]("in 3 days")
    assert (rows(work)[key].due_at - NOON).days in {2, 3}
    presenter.steps.undo()
    assert rows(work)[key] == before


def test_what_is_no_date_is_asked_again(presenter, screen, work):
    before = rows(work)
    presenter.move("L1")
    screen.last("ask_line")[2]("someday")
    _, _, _, typed, problem = screen.last("ask_line")
    assert typed == "someday"
    assert "no date" in problem
    assert rows(work) == before


def test_what_sales_has_to_answer_is_not_moved(presenter, desk, work):
    key = next(one.id for one in rows(work).values() if one.kind is FollowUpKind.UNANSWERED)
    for do in (presenter.snooze, presenter.move, presenter.done):
        do(key)
        assert "waits for the answer of sales" in desk.said[-1]


def test_leads_without_a_date_are_listed_and_given_one(presenter, screen, work):
    put_due(work, "L3", Due.NURTURE, None, status=Status.NURTURING)
    presenter.refresh()
    assert screen.last("show_dateless")[0] == "1 lead in nurture without a next date"
    presenter.choose_dateless()
    assert titles(screen) == ["In nurture without a next date", "No next date, Dana"]
    presenter.act("L3")
    screen.last("ask_line")[2]("in 3 days")
    assert screen.last("show_nothing")[0] == "Every lead in nurture has a next date"
    presenter.steps.undo()
    assert titles(screen) == ["In nurture without a next date", "No next date, Dana"]


def test_a_calendar_file_is_written_of_one_or_all(presenter, screen, desk, tmp_path):
    presenter.calendar()
    screen.last("ask_file")[1](str(tmp_path / "all.ics"))
    assert (tmp_path / "all.ics").read_text("utf-8").count("BEGIN:VEVENT") == 9
    presenter.calendar("L1")
    screen.last("ask_file")[1](str(tmp_path / "one.ics"))
    assert (tmp_path / "one.ics").read_text("utf-8").count("BEGIN:VEVENT") == 1
    screen.last("ask_file")[1](str(tmp_path))
    assert "written" in str(desk.errors[-1])


def test_nothing_due_says_what_to_do(work, desk, screen):
    presenter = FollowUpsPresenter(screen, desk, work.clock)
    presenter.shown(is_shown=True)
    assert screen.last("show_nothing")[0] == "Nothing is due"
    presenter.calendar()
    assert "nothing to write" in desk.said[-1]


def test_nothing_is_read_out_of_sight(presenter, screen, work):
    presenter.shown(is_shown=False)
    before = screen.times("show_lines")
    put_due(work, "L3", Due.NONE, None)
    presenter.snooze("L1")
    assert screen.times("show_lines") == before


@given(st.text(), st.text())
def test_no_text_adds_a_receiver_or_a_header_to_a_mail(to, text):
    link = mail_link(to, text.encode("utf-8", "replace").decode())
    parts = urlsplit(link)
    assert parts.scheme == "mailto"
    assert not parts.fragment
    assert set(parse_qs(parts.query)) <= {"subject", "body"}
    assert "\n" not in link


def test_the_first_line_may_be_the_subject():
    query = parse_qs(urlsplit(mail_link("a@b.example", "Subject: R&D?\n\nHello\nyou")).query)
    assert query == {"subject": ["R&D?"], "body": ["Hello\r\nyou"]}
