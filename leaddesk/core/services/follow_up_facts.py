# SPDX-License-Identifier: MIT
"""Reads follow-ups of one kind, with everything that is said of them."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from leaddesk.core.domain import service_levels
from leaddesk.core.domain.attempts import Daypart, daypart
from leaddesk.core.domain.follow_ups import FollowUp, FollowUpKind
from leaddesk.core.domain.re_entry import sentence
from leaddesk.core.domain.stages import Stage
from leaddesk.core.formats.re_entry_json import read_re_entry
from leaddesk.core.services import calling, playbooks
from leaddesk.core.store.follow_ups import DueLead, DueTouch, Talk, WaitingHandoff, Whose
from leaddesk.core.store.times import from_text, from_text_or_none, to_text

if TYPE_CHECKING:
    from leaddesk.core.domain.service_levels import ServiceClock
    from leaddesk.core.services.workspace import Workspace
    from leaddesk.core.store.unit_of_work import Unit

R = TypeVar("R", DueTouch, WaitingHandoff)

_BATCH = 25
"""Of most kinds none or few are among the first; what is said of those is read by so many."""


def whose(work: "Workspace", now: datetime, *, mine: bool) -> Whose:
    """Return whose follow-ups are meant; everybody's where nobody said who works here."""
    hours = calling.rules(work).clocks.callback_anyone_after_hours
    midnight = now.astimezone().replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    tomorrow = (midnight + timedelta(days=1)).astimezone()
    rep = work.rep.name if mine else ""
    return Whose(rep, to_text(now - timedelta(hours=hours)), to_text(tomorrow))


class Reader:
    """Reads follow-ups inside a transaction."""

    def __init__(self, work: "Workspace", unit: "Unit", asked: Whose, now: datetime) -> None:
        self._work = work
        self._unit = unit
        self._due = unit.follow_ups
        self._asked = asked
        self._now = now
        self._rules = calling.rules(work)

    def of(self, kind: FollowUpKind, most: int) -> Iterator[FollowUp]:
        """Yield the first follow-ups of a kind, by time; read in batches, as they are asked for."""
        if kind is FollowUpKind.TOUCH:
            return self._touches(most)
        if kind is FollowUpKind.UNANSWERED:
            return self._handoffs(most)
        return self._of_leads(kind, most)

    def _of_leads(self, kind: FollowUpKind, most: int) -> Iterator[FollowUp]:
        row_ids = self._due.lead_rows(kind, self._asked, most)
        for start in range(0, len(row_ids), _BATCH):
            yield from self._said(kind, row_ids[start : start + _BATCH])

    def _said(self, kind: FollowUpKind, row_ids: Sequence[int]) -> Iterator[FollowUp]:
        leads = self._due.leads(row_ids)
        ids = [lead.lead_id for lead in leads.values()]
        said, moved = self._promises(ids)
        facts = _Facts(self, kind, ids)
        for lead in (leads[row_id] for row_id in row_ids):
            due_at = from_text_or_none(lead.due_at or None)
            until, first = moved.get(lead.lead_id, ("", ""))
            moved_from = from_text_or_none(first or None) if _is(until, due_at) else None
            clock = facts.clock(lead, moved_from or due_at)
            yield FollowUp(
                kind,
                lead.lead_id,
                lead.lead_id,
                _due_at(due_at, clock, is_moved=moved_from is not None),
                lead.due_for,
                lead.name,
                lead.company,
                lead.grade,
                lead.priority,
                is_mql=lead.stage != Stage.LEAD,
                clock=clock,
                note=said.get(lead.lead_id, "") if _is_callback(kind) else facts.note(lead),
                ask_first=facts.ask_first(lead),
                moved_from=moved_from,
                number=lead.attempts + 1,
                count=self._rules.attempts.cap,
                receiver=facts.receiver(lead),
                talked_at=facts.talked_at(lead),
                email=lead.email,
                tried_in=facts.tried_in(lead),
                comes_in=self.daypart(lead, due_at),
            )

    def _touches(self, most: int) -> Iterator[FollowUp]:
        found = self._due.touches(self._asked, most)
        tracks: dict[str, tuple[str, int]] = {}
        for number, (one, lead) in enumerate(self._with_leads(found)):
            if number % _BATCH == 0:
                tracks = self._due.tracks([t.nurture_id for t in found[number : number + _BATCH]])
            track, steps = tracks[one.nurture_id]
            yield FollowUp(
                FollowUpKind.TOUCH,
                one.touch_id,
                lead.lead_id,
                from_text(one.due_at),
                one.due_for,
                lead.name,
                lead.company,
                lead.grade,
                lead.priority,
                number=one.number + 1,
                count=steps,
                track=track.replace("-", " ").replace("_", " "),
                way=one.kind,
                email=lead.email,
            )

    def _handoffs(self, most: int) -> Iterator[FollowUp]:
        found = self._due.handoffs(self._asked, most)
        escalates = timedelta(hours=self._rules.clocks.escalate_hours)
        for one, lead in self._with_leads(found):
            accept_by = from_text(one.accept_by)
            yield FollowUp(
                FollowUpKind.UNANSWERED,
                one.handoff_id,
                lead.lead_id,
                accept_by,
                one.by_whom,
                lead.name,
                lead.company,
                lead.grade,
                lead.priority,
                clock=service_levels.acceptance(from_text(one.at), accept_by),
                escalate_at=accept_by + escalates,
                receiver=one.receiver,
                email=lead.email,
            )

    def _with_leads(self, found: Sequence[R]) -> Iterator[tuple[R, DueLead]]:
        """Yield each with its lead."""
        for start in range(0, len(found), _BATCH):
            few = found[start : start + _BATCH]
            leads = self._due.leads([one.row_id for one in few])
            yield from ((one, leads[one.row_id]) for one in few)

    def _promises(self, ids: Sequence[str]) -> tuple[dict[str, str], dict[str, tuple[str, str]]]:
        """Return lead id -> what was promised, and -> until when it was moved, from when."""
        said: dict[str, str] = {}
        moved: dict[str, tuple[str, str]] = {}
        for lead_id, kind, detail in self._due.promises(ids):
            if kind == "callback":
                said[lead_id] = detail.get("note", "")
            elif "touch" not in detail:
                moved[lead_id] = detail.get("until", ""), detail.get("first", "")
        return said, moved

    def daypart(self, lead: DueLead, at: datetime | None) -> Daypart | None:
        """Return the part of the lead's day a moment lies in."""
        if at is None:
            return None
        return daypart(at, calling.zone_of(calling.whereabouts(self._work, lead.place)))

    def wait_words(self, reason: str, fingerprint: str, text: str) -> str:
        """Return why a lead waited: in somebody's own words, else as the playbook labels it."""
        if text or not fingerprint:
            return text
        playbook = playbooks.of_unit(self._work, self._unit, fingerprint)
        return next((one.label for one in playbook.reasons if one.id == reason), "")

    def ask_first(self, re_entry: str) -> str:
        """Return what the next call opens with, by the playbook it would be held with."""
        test = read_re_entry(re_entry)
        if test is None:
            return ""
        return sentence(playbooks.active(self._work), test, {})

    def clock_of(self, kind: FollowUpKind, at: datetime | None) -> "ServiceClock | None":
        """Return the clock that began at a moment."""
        if at is None:
            return None
        clocks = self._rules.clocks
        match kind:
            case FollowUpKind.FIRST_ATTEMPT:
                return service_levels.first_attempt(at, clocks)
            case FollowUpKind.RETURNED:
                return service_levels.to_fix(at, clocks)
            case FollowUpKind.DECISION:
                return service_levels.decision(at, clocks, None)
            case _:
                return None


class _Facts:
    """What is known of the leads of one kind, read for all of them at once."""

    def __init__(self, reader: Reader, kind: FollowUpKind, ids: Sequence[str]) -> None:
        due = reader._due  # noqa: SLF001 - of the same module
        self._reader = reader
        self._kind = kind
        self._talks: dict[str, list[Talk]] = {}
        self._returned = {}
        self._notes: dict[str, str] = {}
        self._asks: dict[str, str] = {}
        if kind in {FollowUpKind.RETRY, FollowUpKind.DECISION}:
            for talk in due.talks(ids):
                self._talks.setdefault(talk.lead_id, []).append(talk)
        if kind is FollowUpKind.RETURNED:
            self._returned = {one[0]: one for one in due.returned(ids)}
        if kind is FollowUpKind.NURTURE_OVER:
            for lead_id, reason, re_entry, fingerprint, text in due.waits(ids):
                self._notes[lead_id] = reader.wait_words(reason, fingerprint, text)
                self._asks[lead_id] = reader.ask_first(re_entry)

    def clock(self, lead: DueLead, due_at: datetime | None) -> "ServiceClock | None":
        """Return the clock of the service level that runs for a lead."""
        if self._kind is FollowUpKind.DECISION:
            return self._reader.clock_of(self._kind, self._last(lead, connected=True))
        if self._kind is FollowUpKind.RETURNED:
            found = self._returned.get(lead.lead_id)
            return self._reader.clock_of(self._kind, from_text(found[1]) if found else None)
        return self._reader.clock_of(self._kind, due_at)

    def note(self, lead: DueLead) -> str:
        """Return the reason, in words."""
        found = self._returned.get(lead.lead_id)
        if found is not None:
            return " ".join(part for part in found[2:4] if part)
        return self._notes.get(lead.lead_id, "")

    def ask_first(self, lead: DueLead) -> str:
        """Return what the next call opens with."""
        return self._asks.get(lead.lead_id, "")

    def receiver(self, lead: DueLead) -> str:
        """Return who in sales had it."""
        found = self._returned.get(lead.lead_id)
        return found[4] if found is not None else ""

    def talked_at(self, lead: DueLead) -> datetime | None:
        """Return when it was tried or talked to last."""
        return self._last(lead, connected=False)

    def tried_in(self, lead: DueLead) -> tuple[Daypart, ...]:
        """Return the parts of its day at which it was tried, for as many attempts as count."""
        tries = [talk for talk in self._talks.get(lead.lead_id, ()) if talk.is_attempt]
        few = tries[-lead.attempts :] if lead.attempts else ()
        parts = (self._reader.daypart(lead, from_text(talk.at)) for talk in few)
        return tuple(part for part in parts if part is not None)

    def _last(self, lead: DueLead, *, connected: bool) -> datetime | None:
        talks = self._talks.get(lead.lead_id, ())
        found = [talk for talk in talks if talk.is_connected or not connected]
        return from_text(found[-1].at) if found else None


def _is_callback(kind: FollowUpKind) -> bool:
    return kind is FollowUpKind.CALLBACK


def _is(until: str, due_at: datetime | None) -> bool:
    """Return whether something was put off to the moment it is due at now."""
    return bool(until) and due_at is not None and datetime.fromisoformat(until) == due_at


def _due_at(
    due_at: datetime | None, clock: "ServiceClock | None", *, is_moved: bool
) -> datetime | None:
    """Return when it is to be done: when its clock runs out, unless somebody moved it."""
    if clock is None or is_moved:
        return due_at
    return clock.runs_out_at
