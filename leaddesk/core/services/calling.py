# SPDX-License-Identifier: MIT
"""May this lead be called now? By the clock where it is, by the law, by what people asked for.

Unknown is not allowed: where nobody knows what time it is there, the rep asks before dialling.
Source: docs/calling-rules.md.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from leaddesk.core.domain.calling import (
    CallingRules,
    HoursPermission,
    Whereabouts,
    local_text,
    locate,
    may_call_at,
)
from leaddesk.core.domain.calling_windows import zone_named
from leaddesk.core.domain.events import EventKind
from leaddesk.core.domain.places import place_of
from leaddesk.core.domain.queue import Due, keeps_promise
from leaddesk.core.domain.roles import Rep, Right, may
from leaddesk.core.domain.stages import Status
from leaddesk.core.errors import KnownError
from leaddesk.core.services.clock import Clock
from leaddesk.core.services.whole_file import read_if_there

if TYPE_CHECKING:
    from leaddesk.core.domain.attempts import Attempt
    from leaddesk.core.domain.lead import Lead
    from leaddesk.core.domain.lead_state import LeadState
    from leaddesk.core.domain.results import Results
    from leaddesk.core.services.workspace import Texts, Workspace
    from leaddesk.core.store.unit_of_work import Unit

OWN_RULES = "calling.toml"
"""A file of this name in the profile replaces what it names of the rules that ship."""


class BlockCause(StrEnum):
    """What stands against a call, the strongest first."""

    SUPPRESSED = "suppressed"
    DO_NOT_CALL = "do_not_call"
    NUMBER = "number"
    HOURS = "hours"
    ATTEMPTS = "attempts"
    RESERVED = "reserved"


class CallingDesk(Protocol):
    """The part of a `Workspace` that the clock of a lead depends on."""

    @property
    def profile(self) -> Path:
        """The folder with a file of own rules, if there is one."""

    @property
    def texts(self) -> "Texts":
        """Reads the data files shipped with the program."""

    @property
    def clock(self) -> Clock:
        """What time it is."""

    @property
    def rep(self) -> Rep:
        """Who works here."""

    @property
    def whereabouts(self) -> dict[str, Whereabouts]:
        """Places located so far."""

    calling_rules: CallingRules | None


LASTING = frozenset({BlockCause.SUPPRESSED})
"""What no team lead can set aside either."""


@dataclass(frozen=True, slots=True)
class Block:
    """One thing that stands against a call; the sentence says why, and until when."""

    cause: BlockCause
    sentence: str


@dataclass(frozen=True, slots=True)
class CallPermission:
    """Whether a lead may be called now.

    Attributes:
        blocks: What stands against it, the strongest first; empty: nothing.
        needs_zone: Nobody knows what time it is there; to be asked before dialling.
        number: The number to call, as written; the first that nobody asked not to be called on,
            and that leads to them.
        local: "13:42 in Chicago"; empty where it is not known.
        attempts, cap: Attempts that count, and how many there may be.
        may_override: A logged override is possible for who works with this profile.
    """

    blocks: tuple[Block, ...]
    needs_zone: bool
    number: str
    local: str
    hours: HoursPermission
    attempts: int
    cap: int
    may_override: bool

    @property
    def allowed(self) -> bool:
        """Whether the call can be started as it is."""
        return not self.blocks and not self.needs_zone


def rules(work: CallingDesk) -> CallingRules:
    """Return the rules in force: those that ship, with the profile's own in their place."""
    if work.calling_rules is None:
        from leaddesk.core.formats.calling_toml import read_calling

        shipped = work.texts("calling", ".toml")
        found = read_calling(shipped["zones"], "zones.toml")
        found = read_calling(shipped["calling"], "calling.toml", found)
        own = work.profile / OWN_RULES
        text = read_if_there(own)
        if text is not None:
            found = read_calling(text, str(own), found)
        work.calling_rules = found
    return work.calling_rules


def results(work: "Workspace") -> "Results":
    """Return what can become of a call, with effects."""
    if work.call_results is None:
        from leaddesk.core.formats.results_toml import read_results

        work.call_results = read_results(work.texts("calling", ".toml")["results"], "results.toml")
    return work.call_results


def whereabouts(work: CallingDesk, place: str) -> Whereabouts:
    """Return the time zones and regions of a place; worked out once."""
    found = work.whereabouts.get(place)
    if found is None:
        from leaddesk.core.formats.phone_zones import phone_zones

        found = work.whereabouts[place] = locate(rules(work), place, phone_zones)
    return found


def open_places(work: CallingDesk, now: datetime) -> Callable[[str], bool]:
    """Return whether a place may be called at `now`; where the time is not known, it is asked."""
    known: dict[tuple[tuple[str, ...], tuple[str, ...]], bool] = {}

    def is_open(place: str) -> bool:
        # Tens of thousands of places lie in a few hundred zones and regions.
        where = whereabouts(work, place)
        key = where.zones, where.regions
        if key not in known:
            hours = may_call_at(rules(work), where, now)
            known[key] = hours.allowed or hours.unknown
        return known[key]

    return is_open


def opening(work: CallingDesk, where: Whereabouts) -> Callable[[datetime], datetime | None]:
    """Return, from a moment, when calls are allowed next; itself where nobody knows the time."""

    def next_open(at: datetime) -> datetime | None:
        hours = may_call_at(rules(work), where, at)
        return at if hours.allowed or hours.unknown else hours.opens_at

    return next_open


def permission(work: "Workspace", lead_id: str) -> CallPermission:
    """Return whether a lead may be called now.

    Raises:
        KnownError: there is no such lead.
    """
    with work.store.read() as unit:
        return permission_in(work, unit, lead_of(unit, lead_id))


def permission_in(work: "Workspace", unit: "Unit", lead: "Lead") -> CallPermission:
    """Do what `permission` does, inside a transaction that is open already."""
    now = work.clock()
    state = unit.leads.state(lead.lead_id)
    found = rules(work)
    where = whereabouts(work, place_of(lead))
    hours = may_call_at(found, where, now)
    attempts = unit.calls.attempts_of(lead.lead_id)
    numbers = numbers_of(lead)
    free = free_numbers(work, unit, lead)
    promised = keeps_promise(state.due, state.due_at, now, found.clocks)
    needs_zone = hours.unknown and not promised
    blocks = (
        *(asked := _asked_not_to(lead, state)),
        *_by_number(numbers, free),
        *(() if asked else _is_suppressed(work, unit, lead)),
        *(() if promised else _by_hours(hours)),
        *_by_attempts(found, attempts, where, now, asked_for=promised or state.due is Due.INBOUND),
        *_by_others(work, state, now),
    )
    return CallPermission(
        blocks=blocks,
        needs_zone=needs_zone,
        number=next(iter(free or numbers), ("", ""))[0],
        local=local_text(hours),
        hours=hours,
        attempts=state.attempts,
        cap=found.attempts.cap,
        may_override=may(work.rep.role, Right.OVERRIDE_BLOCK)
        and bool(blocks or needs_zone)
        and not any(block.cause in LASTING for block in blocks),
    )


def lead_of(unit: "Unit", lead_id: str) -> "Lead":
    """Return a lead.

    Raises:
        KnownError: there is none of that id.
    """
    lead = unit.leads.get(lead_id)
    if lead is None:
        raise KnownError("This lead is not in this profile.", "Look it up in the list again.")
    return lead


def zone_of(where: Whereabouts) -> tzinfo | None:
    """Return the clock attempts are counted by: that of the first zone; None: not known."""
    return zone_named(where.zones[0]) if where.zones else None


def numbers_of(lead: "Lead") -> list[tuple[str, str]]:
    """Return (as written, E.164) of each number; what cannot be read stands for itself."""
    pairs = (
        (lead.phone, lead.phone_e164),
        (lead.mobile, lead.mobile_e164),
        (lead.phone_2, lead.phone_2_e164),
    )
    return [(written, e164 or written) for written, e164 in pairs if written]


def free_numbers(work: "Workspace", unit: "Unit", lead: "Lead") -> list[tuple[str, str]]:
    """Return those of `numbers_of` that may be called, the ones that lead to them first."""
    from leaddesk.core.services import suppression

    numbers = suppression.without_suppressed(work, unit, numbers_of(lead))
    barred = unit.do_not_call.since(e164 for _, e164 in numbers)
    wrong = wrong_numbers(unit, lead)
    free = [number for number in numbers if number[1] not in barred]
    return sorted(free, key=lambda number: number[1] in wrong)


def wrong_numbers(unit: "Unit", lead: "Lead") -> frozenset[str]:
    """Return the numbers, as in `numbers_of`, on which somebody else or nobody was found."""
    found = unit.events.of_lead(lead.lead_id, (EventKind.NUMBER_WRONG,))
    return frozenset(event.detail["number"] for event in found)


def _asked_not_to(lead: "Lead", state: "LeadState") -> Sequence[Block]:
    if state.suppressed or state.status is Status.SUPPRESSED:
        return (Block(BlockCause.SUPPRESSED, f"{lead.name} is not to be contacted."),)
    if state.do_not_call:
        return (Block(BlockCause.DO_NOT_CALL, f"{lead.name} asked not to be called."),)
    return ()


def _is_suppressed(work: "Workspace", unit: "Unit", lead: "Lead") -> Sequence[Block]:
    from leaddesk.core.services import suppression

    if suppression.since(work, unit, lead) is None:
        return ()
    sentence = f"A number or address of {lead.name} is not to be used any more."
    return (Block(BlockCause.SUPPRESSED, sentence),)


def _by_number(
    numbers: Sequence[tuple[str, str]], free: Sequence[tuple[str, str]]
) -> Sequence[Block]:
    if free or not numbers:
        return ()
    written = numbers[0][0]
    return (Block(BlockCause.NUMBER, f"Nobody is to be called on {written} any more."),)


def _by_hours(hours: HoursPermission) -> Sequence[Block]:
    if hours.allowed or hours.unknown:
        return ()
    opens = ""
    if hours.opens_at is not None:
        local = hours.opens_at.astimezone()
        opens = f" Again from {local:%a} {local.day} {local:%b, %H:%M} by your clock."
    where = local_text(hours)
    sentence = f"It is {where}, outside of calling hours." if where else "Outside of calling hours."
    return (Block(BlockCause.HOURS, f"{sentence}{opens} ({hours.why})"),)


def _by_attempts(
    found: CallingRules,
    attempts: "Sequence[Attempt]",
    where: Whereabouts,
    now: datetime,
    *,
    asked_for: bool,
) -> Sequence[Block]:
    from leaddesk.core.domain.attempts import AttemptLimit, may_attempt

    # Whoever asked to be called is not kept waiting by our limits; the law's 24 hours hold.
    limits = (AttemptLimit.PER_24H,) if asked_for else tuple(AttemptLimit)
    cause, until = may_attempt(found.attempts, attempts, zone_of(where), now, limits)
    if not cause:
        return ()
    most = found.attempts
    words = {
        "cap": f"Tried {most.cap} times in {most.cap_working_days} working days.",
        "gap": f"The last attempt is less than {most.gap_hours} hours ago.",
        "per_day": f"Tried {most.per_day} times today.",
        "per_24h": f"Called {most.per_24h} times within 24 hours.",
    }[cause]
    again = f" Again from {until.astimezone():%d %b, %H:%M}." if until is not None else ""
    return (Block(BlockCause.ATTEMPTS, f"{words}{again}"),)


def _by_others(work: "Workspace", state: "LeadState", now: datetime) -> Sequence[Block]:
    if state.reserved_until is None or state.reserved_until <= now:
        return ()
    if state.reserved_by == work.rep.name:
        return ()
    until = f"{state.reserved_until.astimezone():%H:%M}"
    return (Block(BlockCause.RESERVED, f"{state.reserved_by} has taken this lead until {until}."),)
