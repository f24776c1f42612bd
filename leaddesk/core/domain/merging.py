# SPDX-License-Identifier: MIT
"""What one lead becomes when another, who is the same person, is merged into it."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from enum import StrEnum

from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.lead_keys import email_key
from leaddesk.core.domain.lead_state import LeadState
from leaddesk.core.domain.merge import OnMatch, lead_values, merge
from leaddesk.core.domain.queue import Due
from leaddesk.core.domain.stages import Stage, Status


class Side(StrEnum):
    """Whose value a field takes: that of the lead that stays, or of the one that goes."""

    KEPT = "kept"
    GONE = "gone"


Choices = Mapping[str, Side]
"""Field of `CHOOSABLE` -> whose value it takes; others take the other's where theirs is blank."""

_UNITED = frozenset(
    {"tags", "external_ids", "extra", "do_not_call", "opted_out", "suppressed"}
)  # fmt: skip
_BY_HISTORY = frozenset({"stage", "status", "created_at", "last_activity_at"})
_FOLLOWING = frozenset(
    {"lead_id", "as_written", "phone_e164", "phone_2_e164", "mobile_e164", "currency",
     "grade", "engagement", "fit", "priority"}
)  # fmt: skip
CHOOSABLE = tuple(
    each.name for each in fields(Lead) if each.name not in _UNITED | _BY_HISTORY | _FOLLOWING
)
"""Fields a person can choose a side for. Of the rest some are united (who opted out stays opted
out), some follow from what happened, some from the fields here."""

_STAGES = tuple(Stage)
_EMAILS = ("email", "email_2")
_PHONES = ("phone", "mobile", "phone_2")
_WORKED_ON = frozenset({Due.CALLBACK, Due.INBOUND, Due.RETURNED})


def merged(kept: Lead, gone: Lead, choices: Choices) -> Lead:
    """Return the lead that stays, with what the other adds; grade and state are left to follow.

    Addresses and numbers of the other that have no place of their own take a free one.
    """
    wanted = {Side.KEPT: OnMatch.SKIP, Side.GONE: OnMatch.MIRROR}
    by_field = {name: wanted[side] for name, side in choices.items()}
    lead = merge(kept, lead_values(gone), OnMatch.FILL, by_field)
    created = [lead.created_at, gone.created_at]
    lead = replace(lead, created_at=min((at for at in created if at is not None), default=None))
    for names in (_EMAILS, _PHONES):
        lead = _spread(lead, (kept, gone), names, [name for name in names if name not in choices])
    return lead


def _spread(lead: Lead, sources: Sequence[Lead], names: Sequence[str], free: Sequence[str]) -> Lead:
    """Return the lead with all addresses or numbers of both, as far as there is room."""
    have: set[str] = set()
    for name in names:
        key = _key(lead, name)
        if key and key in have and name in free:
            lead = _put(lead, name, None, "")
        elif key:
            have.add(key)
    for source in sources:
        for name in names:
            key = _key(source, name)
            room = next((one for one in free if not getattr(lead, one)), "")
            if key and key not in have and room:
                have.add(key)
                lead = _put(lead, room, source, name)
    return lead


def _key(lead: Lead, name: str) -> str:
    written = str(getattr(lead, name))
    return email_key(written) if name in _EMAILS else getattr(lead, f"{name}_e164") or written


def _put(lead: Lead, name: str, source: Lead | None, from_name: str) -> Lead:
    """Return the lead with an address or a number of another in this place; None: with none."""
    values: dict[str, str] = {name: getattr(source, from_name) if source else ""}
    if name in _PHONES:
        values[f"{name}_e164"] = getattr(source, f"{from_name}_e164") if source else ""
    written = {key: text for key, text in lead.as_written.items() if key != name}
    if source and from_name in source.as_written:
        written[name] = source.as_written[from_name]
    return replace(lead, **values, as_written=written)  # type: ignore[arg-type]  # texts all


def merged_state(
    kept: LeadState,
    gone: LeadState,
    kept_called_at: datetime | None,
    gone_called_at: datetime | None,
) -> LeadState:
    """Return what happens next with a lead that another was merged into.

    It goes on from whichever was called last, or waits for somebody; what one asked for (not to be
    called, a callback) holds for both, and attempts to reach either count.

    Args:
        kept: What happens now with the one that stays.
        gone: What happens now with the other.
        kept_called_at: When the one that stays was called last; None: never.
        gone_called_at: When the other was.
    """
    leads = _leads_on(kept, kept_called_at), _leads_on(gone, gone_called_at)
    on, other = (gone, kept) if leads[1] > leads[0] else (kept, gone)
    promised = other if other.due is Due.CALLBACK and not on.decided else on
    due = on if on.due is Due.CALLBACK else promised
    reserved = kept if kept.reserved_by else gone
    return replace(
        on,
        stage=max(kept.stage, gone.stage, key=_STAGES.index),
        status=Status.SUPPRESSED if Status.SUPPRESSED in {kept.status, gone.status} else on.status,
        do_not_call=kept.do_not_call or gone.do_not_call,
        suppressed=kept.suppressed or gone.suppressed,
        due=due.due,
        due_at=due.due_at,
        due_for=due.due_for,
        attempts=on.attempts if on.decided else kept.attempts + gone.attempts,
        reserved_by=reserved.reserved_by,
        reserved_until=reserved.reserved_until,
    )


def _leads_on(state: LeadState, called_at: datetime | None) -> tuple[bool, float, bool, bool]:
    return (
        called_at is not None,
        called_at.timestamp() if called_at is not None else 0.0,
        state.due in _WORKED_ON,
        state.status is not Status.NEW,
    )
