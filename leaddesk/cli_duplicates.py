# SPDX-License-Identifier: MIT
"""Commands about leads that may be the same: find them, merge them, or say that they are not."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from leaddesk.cli_output import Json, plain, say, show, show_json, workspace
from leaddesk.core.errors import KnownError

if TYPE_CHECKING:
    from leaddesk.core.services.duplicates import Pair

_Lead = Annotated[str, typer.Argument(metavar="ID", help="Id of the lead that stays.")]
_Other = Annotated[str, typer.Argument(metavar="OTHER", help="Id of the other lead.")]


def duplicates(
    context: typer.Context,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many pairs.")] = 100,
    as_json: Json = False,
) -> None:
    """List pairs of leads that may be the same, the likeliest first, and why."""
    from leaddesk.core.services import duplicates as service

    with workspace(context, read_only=True) as work:
        pairs = service.pairs(work, limit)
    if as_json:
        show_json({"pairs": [_to_json(pair) for pair in pairs]})
        return
    for pair in pairs:
        for lead in (pair.lead, pair.other):
            known = "  ".join(part for part in (lead.company, lead.email, lead.phone) if part)
            show(f"{lead.lead_id}  {lead.name}  {known}")
        show(f"  {pair.likeness.score} of 100: {', '.join(pair.likeness.reasons)}\n")
    say(f"{len(pairs):,} pairs" + (", and there may be more" if len(pairs) == limit else ""))


def merge(
    context: typer.Context,
    lead: _Lead,
    other: _Other,
    take: Annotated[
        list[str] | None, typer.Option(help="A field that takes the other's value; repeat it.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Merge another lead into one, with all that ever happened with it."""
    from leaddesk.core.domain.merging import Side
    from leaddesk.core.services import merging

    with workspace(context, read_only=False) as work:
        merged, _ = merging.merge(work, lead, other, dict.fromkeys(take or (), Side.GONE))
        done = merging.last_of(work, merged.lead_id)
    merge_id = done.merge_id if done else ""
    if as_json:
        show_json({"merge": merge_id, "lead": plain(asdict(merged))})
    else:
        show(f"{merge_id}  {other} is {merged.name} ({merged.lead_id}) now")


def undo_merge(
    context: typer.Context,
    merge_id: Annotated[str, typer.Argument(metavar="MERGE", help="Its id, as merge printed it.")],
    as_json: Json = False,
) -> None:
    """Take a merge back; what happened since stays with the lead that was kept."""
    from leaddesk.core.services import merging

    with workspace(context, read_only=False) as work:
        back, _ = merging.undo(work, merge_id)
    if as_json:
        show_json({"lead": plain(asdict(back))})
    else:
        show(f"{back.name} ({back.lead_id}) is a lead of its own again")


def not_the_same(
    context: typer.Context,
    lead: _Lead,
    other: _Other,
    undo: Annotated[bool, typer.Option("--undo", help="They may be, after all.")] = False,
    as_json: Json = False,
) -> None:
    """Remember that two leads are not the same, so that they are not listed as a pair."""
    from leaddesk.core.services import duplicates as service

    with workspace(context, read_only=False) as work:
        if undo and not service.maybe_the_same(work, lead, other)[0]:
            raise KnownError("Nobody had said that these are not the same.", "Check both ids.")
        if not undo:
            service.not_the_same(work, lead, other)
    if as_json:
        show_json({"lead": lead, "other": other, "not_the_same": not undo})
    else:
        show("They may be the same." if undo else "Not shown as a pair any more.")


def _to_json(pair: "Pair") -> dict[str, object]:
    return {
        "score": pair.likeness.score,
        "reasons": list(pair.likeness.reasons),
        "leads": [
            {
                "lead_id": lead.lead_id,
                "name": lead.name,
                "company": lead.company,
                "email": lead.email,
                "phone": lead.phone,
            }
            for lead in (pair.lead, pair.other)
        ],
    }
