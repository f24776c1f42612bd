# SPDX-License-Identifier: MIT
"""Numbers and addresses never to be used again, known by keyed hashes alone.

A hash holds when nothing else of a person is left: whoever comes with the number or the address,
by a file, by hand or by an edit, is kept but never called. Hashes are only ever added; what a
decision or a flag set by hand added goes with it when that is taken back, for it was a mistake.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from leaddesk.core.domain.lead_keys import MatchKeys, email_key
from leaddesk.core.services.calling import numbers_of

if TYPE_CHECKING:
    from leaddesk.core.domain.lead import Lead
    from leaddesk.core.services.workspace import Workspace
    from leaddesk.core.store.suppressed import Contacts
    from leaddesk.core.store.unit_of_work import Unit

PHONE, EMAIL = "phone", "email"
BY_HAND = "by hand"
_NOBODY = MatchKeys(frozenset(), frozenset(), frozenset(), frozenset(), frozenset())
_BATCH = 1_000


def suppress(work: "Workspace", unit: "Unit", lead: "Lead", reason: str) -> None:
    """Never use the numbers and addresses of a lead again, whoever has them.

    Args:
        work: Whose secret the hashes are made with.
        unit: The transaction that is open.
        lead: Who is suppressed.
        reason: What did it: the id of a decision or a call, or `BY_HAND`.
    """
    unit.suppressed.add(_hashes(work, lead), work.clock(), work.rep.name, reason)
    look_again(work, unit, _who_shares(unit, lead))


def lift(work: "Workspace", unit: "Unit", lead: "Lead", reason: str) -> None:
    """Take back what a decision that is undone, or a flag, suppressed; what others did stays."""
    if unit.suppressed.is_empty():
        return
    if reason == BY_HAND:
        unit.suppressed.remove([digest for digest, _ in _hashes(work, lead)], reason)
    else:
        unit.suppressed.remove_all(reason)
    _hold_or_free(work, unit, _who_shares(unit, lead))


def look_again(work: "Workspace", unit: "Unit", leads: "Sequence[Lead]") -> None:
    """Hold those of these leads that are not to be reached, let go of the others."""
    if not unit.suppressed.is_empty():
        _hold_or_free(work, unit, leads)


def follow_edit(work: "Workspace", unit: "Unit", before: "Lead", after: "Lead") -> None:
    """Do what a change of a lead by hand means: its flag, its numbers, its addresses."""
    if after.suppressed and not before.suppressed:
        suppress(work, unit, after, BY_HAND)
    elif before.suppressed and not after.suppressed:
        lift(work, unit, before, BY_HAND)
    look_again(work, unit, [after])


def since(work: "Workspace", unit: "Unit", lead: "Lead") -> datetime | None:
    """Return since when a lead is not to be reached: by an address, or on none of its numbers.

    None: it may be. A number may be that of a switchboard: who has another one may be called there.
    """
    if unit.suppressed.is_empty():
        return None
    hashes = _hashes(work, lead)
    found = unit.suppressed.since(digest for digest, _ in hashes)
    return min(found.values()) if _is_hit(hashes, found) else None


def without_suppressed(
    work: "Workspace", unit: "Unit", numbers: "Sequence[tuple[str, str]]"
) -> list[tuple[str, str]]:
    """Return those of some numbers, as in `calling.numbers_of`, that may be used."""
    if not numbers or unit.suppressed.is_empty():
        return list(numbers)
    keyed = {number: work.ids.keyed_hash(PHONE, number) for _, number in numbers}
    found = unit.suppressed.since(keyed.values())
    return [number for number in numbers if keyed[number[1]] not in found]


def hold_lines(work: "Workspace", unit: "Unit", batch_id: str, lines: tuple[int, int]) -> int:
    """Hold the new leads of staged lines that are not to be contacted; return how many."""
    if unit.suppressed.is_empty():
        return 0
    return _hold(work, unit, unit.suppressed.of_lines(batch_id, *lines))


def hold_rows(work: "Workspace", unit: "Unit", row_ids: Sequence[int]) -> int:
    """Hold those of these leads that are not to be contacted; return how many."""
    if not row_ids or unit.suppressed.is_empty():
        return 0
    return _hold(work, unit, unit.suppressed.of_rows(row_ids))


def _hold(work: "Workspace", unit: "Unit", found: "Iterable[Contacts]") -> int:
    held = 0
    contacts = list(found)
    for start in range(0, len(contacts), _BATCH):
        some = contacts[start : start + _BATCH]
        hashes = {one.lead_id: _digests(work, one.phones, one.emails) for one in some}
        known = unit.suppressed.since(digest for all_ in hashes.values() for digest, _ in all_)
        hit = {lead_id for lead_id, all_ in hashes.items() if _is_hit(all_, known)}
        unit.suppressed.hold(sorted(hit))
        held += len(hit)
    return held


def _hold_or_free(work: "Workspace", unit: "Unit", leads: "Sequence[Lead]") -> None:
    hit = {lead.lead_id for lead in leads if since(work, unit, lead) is not None}
    unit.suppressed.hold(sorted(hit))
    unit.suppressed.free([lead.lead_id for lead in leads if lead.lead_id not in hit])


def _is_hit(hashes: "Sequence[tuple[str, str]]", found: "Mapping[str, datetime]") -> bool:
    """Return whether somebody with these (hash, kind) is not to be reached."""
    if any(kind == EMAIL and digest in found for digest, kind in hashes):
        return True
    phones = [digest for digest, kind in hashes if kind == PHONE]
    return bool(phones) and all(digest in found for digest in phones)


def _who_shares(unit: "Unit", lead: "Lead") -> "list[Lead]":
    """Return a lead with those that have a number or an address of it."""
    emails = frozenset(email_key(address) for address in (lead.email, lead.email_2) if address)
    phones = frozenset(number for _, number in numbers_of(lead))
    others = unit.leads.find(replace(_NOBODY, emails=emails, phones=phones))
    return [lead, *(one for one in others if one.lead_id != lead.lead_id)]


def _hashes(work: "Workspace", lead: "Lead") -> list[tuple[str, str]]:
    emails = [address for address in (lead.email, lead.email_2) if address]
    return _digests(work, [number for _, number in numbers_of(lead)], emails)


def _digests(
    work: "Workspace", phones: Iterable[str], emails: Iterable[str]
) -> list[tuple[str, str]]:
    """Return (hash, kind) of numbers and addresses."""
    keyed = work.ids.keyed_hash
    return [
        *((keyed(PHONE, number), PHONE) for number in phones),
        *((keyed(EMAIL, email_key(address)), EMAIL) for address in emails),
    ]
