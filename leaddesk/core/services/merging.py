# SPDX-License-Identifier: MIT
"""Merge two leads that are one, with their history; take that back."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from leaddesk.core.domain.events import Event, EventKind
from leaddesk.core.domain.merging import CHOOSABLE, Choices, Side, merged, merged_state
from leaddesk.core.errors import KnownError
from leaddesk.core.services import activities, calling, nurturing, suppression
from leaddesk.core.services.changes import Changes

if TYPE_CHECKING:
    from datetime import datetime

    from leaddesk.core.domain.lead import Lead
    from leaddesk.core.services.workspace import Workspace
    from leaddesk.core.store.merges import Merge
    from leaddesk.core.store.unit_of_work import Unit

_NO_CHOICE: Choices = {}
_NOT_COMPARED = frozenset({"row_id", "revision"})


def merge(
    work: "Workspace", kept_id: str, gone_id: str, choices: Choices = _NO_CHOICE
) -> "tuple[Lead, Changes]":
    """Merge one lead into another, and return what that is now.

    Blank fields are filled; opt-outs, tags, ids elsewhere are united; all that ever happened with
    either is the history of the one that stays. A lead that was merged already stands for itself no
    more: the one it was merged into is meant.

    Args:
        work: Where the leads are.
        kept_id: Of the lead that stays.
        gone_id: Of the lead that goes.
        choices: Whose value a field takes.

    Raises:
        KnownError: they are one lead already or marked as not the same, one of them is on the
            phone, or a field cannot be chosen.
    """
    _check_choices(choices)
    with work.store.begin() as unit:
        kept, gone = (calling.lead_of(unit, lead_id) for lead_id in (kept_id, gone_id))
        _refuse(unit, kept, gone)
        before = unit.merges.columns(kept.lead_id)
        state = _state(unit, kept, gone)
        unit.leads.replace([merged(kept, gone, choices)])
        unit.leads.set_state(kept.lead_id, state)
        was, moved = unit.merges.hide(gone.lead_id, kept.lead_id)
        activities.grade_anew(work, unit, [kept.lead_id])
        merge_id = work.ids.new("M")
        _note(work, unit, merge_id, before, kept, gone, was, moved)
        nurturing.after_merge(work, unit, kept.lead_id, merge_id)
        lead = calling.lead_of(unit, kept.lead_id)
        suppression.look_again(work, unit, [lead])
    return lead, _changes(kept.lead_id, gone.lead_id)


def undo(work: "Workspace", merge_id: str) -> "tuple[Lead, Changes]":
    """Take a merge back: both are as they were; what happened since stays with the kept one.

    Returns:
        The lead that is back.

    Raises:
        KnownError: there is no such merge, it was taken back, or what it did cannot be told from
            what was done since.
    """
    with work.store.begin() as unit:
        found = unit.merges.get(merge_id)
        if found is None:
            raise KnownError(
                f"There is no merge {merge_id}.", "The page of a lead has those it had."
            )
        now = unit.merges.columns(found.kept_id)
        _refuse_undo(unit, found, now)
        unit.merges.show(found)
        back, is_exact = _parted(found, now)
        unit.merges.set_columns(found.kept_id, back)
        if not is_exact:
            unit.leads.replace([calling.lead_of(unit, found.kept_id)])
            activities.grade_anew(work, unit, [found.kept_id])
        unit.do_not_call.bar([found.kept_id, found.gone_id])
        unit.merges.set_undone(merge_id, work.clock())
        nurturing.after_parting(unit, (found.kept_id, found.gone_id), merge_id)
        lead = calling.lead_of(unit, found.gone_id)
        suppression.look_again(work, unit, [lead, calling.lead_of(unit, found.kept_id)])
        unit.events.add([_event(work, found.kept_id, EventKind.PARTED, lead, merge_id)])
    return lead, _changes(found.kept_id, found.gone_id)


def last_of(work: "Workspace", lead_id: str) -> "Merge | None":
    """Return the latest merge into a lead that was not taken back; None: there is none."""
    with work.store.read() as unit:
        standing = unit.merges.standing_of(unit.merges.visible_id(lead_id))
    return standing[0] if standing else None


def _check_choices(choices: Choices) -> None:
    for name, side in choices.items():
        if name not in CHOOSABLE:
            raise KnownError(f"{name!r} cannot be chosen.", f"Allowed: {', '.join(CHOOSABLE)}.")
        if side not in set(Side):
            raise KnownError(f"{side!r} is no side.", f"Allowed: {', '.join(Side)}.")


def _refuse(unit: "Unit", kept: "Lead", gone: "Lead") -> None:
    if kept.lead_id == gone.lead_id:
        raise KnownError("These are one lead already.", "Choose two that are not.")
    _refuse_on_the_phone(unit, {kept.lead_id, gone.lead_id})
    if frozenset((kept.lead_id, gone.lead_id)) in unit.duplicates.marked():
        raise KnownError(
            f"{kept.name} and {gone.name} are marked as not the same.", "Take that back first."
        )


def _refuse_on_the_phone(unit: "Unit", lead_ids: set[str]) -> None:
    opened = unit.calls.open()
    if opened is not None and unit.merges.visible_id(opened.call.lead_id) in lead_ids:
        raise KnownError("A call with this lead is still open.", "Decide or end that call first.")


def _state(unit: "Unit", kept: "Lead", gone: "Lead") -> Any:  # noqa: ANN401 - a LeadState
    states = [unit.leads.state(lead.lead_id) for lead in (kept, gone)]
    called = [_called_at(unit, lead.lead_id) for lead in (kept, gone)]
    return merged_state(states[0], states[1], called[0], called[1])


def _called_at(unit: "Unit", lead_id: str) -> "datetime | None":
    calls = unit.calls.of_lead(lead_id)
    return calls[-1].started_at if calls else None


def _note(  # noqa: PLR0913, PLR0917 - what was, of both
    work: "Workspace",
    unit: "Unit",
    merge_id: str,
    before: Mapping[str, Any],
    kept: "Lead",
    gone: "Lead",
    was: Mapping[str, Any],
    moved: tuple[str, ...],
) -> None:
    from leaddesk.core.store.lead_mapping import STATE_COLUMNS
    from leaddesk.core.store.merges import Merge

    after = unit.merges.columns(kept.lead_id)
    noted = {
        name: (before[name], after[name])
        for name in after.keys() - _NOT_COMPARED
        if before[name] != after[name] or name in STATE_COLUMNS
    }
    done = Merge(
        merge_id, kept.lead_id, gone.lead_id, work.clock(), work.rep.name, noted, was, moved
    )
    unit.merges.add(done)
    unit.events.add([_event(work, kept.lead_id, EventKind.MERGED, gone, merge_id)])


def _refuse_undo(unit: "Unit", found: "Merge", now: Mapping[str, Any]) -> None:
    if found.undone_at:
        raise KnownError("This merge was taken back already.", "Nothing is left to do.")
    later = unit.merges.visible_id(found.kept_id)
    if later != found.kept_id:
        name = calling.lead_of(unit, later).name
        raise KnownError(
            f"The lead it stayed with was itself merged into {name} since.",
            "Take that merge back first.",
        )
    if unit.merges.standing_of(found.kept_id)[0].merge_id != found.merge_id:
        raise KnownError(
            "Another lead was merged into this one since.", "Take that merge back first."
        )
    _refuse_on_the_phone(unit, {found.kept_id})
    edited = [
        name
        for name, (_, after) in found.kept.items()
        if now[name] != after and name not in _of_its_own()
    ]
    if edited:
        raise KnownError(
            f"What this merge brought was changed since: {', '.join(sorted(edited))}.",
            "Change it back, then take the merge back.",
        )


def _parted(found: "Merge", now: Mapping[str, Any]) -> tuple[dict[str, Any], bool]:
    """Return column -> value to give the kept lead, and whether nothing else has to follow."""
    from leaddesk.core.store.lead_mapping import STATE_COLUMNS

    is_exact = all(now[name] == after for name, (_, after) in found.kept.items())
    # A call since then was with the kept lead: what followed from it stays, as a whole.
    has_moved_on = any(now[name] != found.kept[name][1] for name in STATE_COLUMNS)
    left = set() if is_exact else _of_its_own() - (set() if has_moved_on else set(STATE_COLUMNS))
    back = {name: before for name, (before, _) in found.kept.items() if name not in left}
    flags = {**now, **back}
    back["held"] = int(any(flags[name] for name in ("do_not_call", "suppressed", "barred")))
    return back, is_exact


def _of_its_own() -> set[str]:
    """Return the columns that change by themselves, as calls are made and time goes by."""
    from leaddesk.core.store.lead_mapping import DERIVED_COLUMNS, STATE_COLUMNS

    graded = {"grade", "engagement", "fit", "priority"}
    return {*STATE_COLUMNS, *DERIVED_COLUMNS, *graded, "last_activity_at"}


def _event(work: "Workspace", lead_id: str, kind: EventKind, other: "Lead", merge_id: str) -> Event:
    detail = {"merge": merge_id, "lead": other.lead_id, "name": other.name}
    return Event(work.ids.new("E"), lead_id, work.clock(), kind, work.rep.name, detail=detail)


def _changes(*lead_ids: str) -> Changes:
    return Changes(leads=frozenset(lead_ids), queue=True, whole_list=True)
