# SPDX-License-Identifier: MIT
"""Changes of leads by hand: one field of one lead, or tags and owner of many. Each can be undone.

A text is read as an import would read the cell. What was before and who changed it goes into the
history of every lead; `revision` counts up.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from leaddesk.core.domain.events import Event, EventKind
from leaddesk.core.domain.grading import graded
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.lead_query import label_of
from leaddesk.core.domain.merge import is_blank
from leaddesk.core.domain.rows import ColumnMap
from leaddesk.core.errors import BugError, KnownError
from leaddesk.core.services import playbooks, suppression
from leaddesk.core.services.changes import Changes

if TYPE_CHECKING:
    from leaddesk.core.services.workspace import Workspace
    from leaddesk.core.store.lead_edits import Span
    from leaddesk.core.store.unit_of_work import Unit

NAME = "name"
"""Stands for the fields a name is made of."""

PHONES = ("phone", "phone_2", "mobile")
FIELDS = (
    "first_name", "last_name", "full_name", "salutation", "title", "company", "email", "email_2",
    *PHONES, "website", "industry", "employees", "revenue", "currency", "street", "city", "state",
    "postal_code", "country", "time_zone", "language", "source", "stage", "status", "owner",
    "tags", "description", "do_not_call", "opted_out", "suppressed", "consent_basis",
    "consent_source", "consent_at",
)  # fmt: skip
"""Fields that can be changed by hand, in the order of a form."""

_CONTACTS = ("first_name", "last_name", "full_name", "company", "email", "email_2", *PHONES)
_HINTS = {
    **dict.fromkeys(("email", "email_2"), "Type it like ada@company.example."),
    **dict.fromkeys(PHONES, "Type it with its country code: +44 20 7946 0958."),
    **dict.fromkeys(("employees", "revenue"), "Type a number, for example 250 or 1.2 Mio."),
    **dict.fromkeys(("do_not_call", "opted_out", "suppressed"), "Type yes or no."),
    "consent_at": "Type a day like 2026-03-14.",
    "country": "Type its name or two letters, for example Germany or DE.",
    "currency": "Type three letters, for example EUR.",
}
_USUAL = {field.name: field.default for field in fields(Lead)}
_FEW = 1_000
"""Leads that are named one by one to views; of more the whole list is read again."""


@dataclass(frozen=True, slots=True)
class LeadEdit:
    """One lead as it was and as it is now.

    Attributes:
        words: What was done, for people: "Company changed".
    """

    words: str
    before: Lead
    after: Lead


@dataclass(frozen=True, slots=True)
class BulkEdit:
    """One column of many leads, as it was and as it is now.

    Attributes:
        words: What was done, for people: "Tag fair added to 1,200 leads".
        count: So many leads were changed; those that had it so already are not among them.
    """

    words: str
    column: str
    spans: "tuple[Span, ...]"

    @property
    def count(self) -> int:
        """How many leads were changed."""
        return sum(len(span.row_ids) for span in self.spans)


Edit = LeadEdit | BulkEdit


def set_field(
    work: "Workspace", lead_id: str, field: str, text: str, country: str = ""
) -> tuple[LeadEdit | None, Changes]:
    """Change one field of a lead; return what was done, None where it was so already.

    E.164 follows the number and the country, grade and priority follow the data.

    Args:
        work: Where the lead is.
        lead_id: Its id.
        field: One of `FIELDS`, or `NAME`.
        text: As typed; blank: not known any more.
        country: Of phone numbers without a country code where the lead has no country, ISO
            3166 alpha-2; empty: not known.

    Raises:
        KnownError: the text cannot be read as this field, the lead is gone, or nothing would be
            left to call it by.
    """
    if field not in FIELDS and field != NAME:
        raise BugError(f"{field} is not changed by hand")
    with work.store.begin() as unit:
        before = _lead(unit, lead_id)
        after = _with(before, field, text.strip(), country)
        if after == before:
            return None, Changes()
        after = _store(work, unit, before, after)
    return LeadEdit(f"{label_of(field)} changed", before, after), _changes([lead_id])


def add_tag(work: "Workspace", row_ids: Sequence[int], tag: str) -> tuple[BulkEdit, Changes]:
    """Give leads a tag; those that have it in any case of letters keep theirs.

    Raises:
        KnownError: there is no tag.
    """
    plain = _named(tag, "A tag needs a name.")
    same = plain.casefold()

    def made(tags: list[str]) -> list[str]:
        return tags if same in map(str.casefold, tags) else [*tags, plain]

    return _bulk(work, row_ids, "tags", _over_tags(made), f"Tag {plain} added to")


def remove_tag(work: "Workspace", row_ids: Sequence[int], tag: str) -> tuple[BulkEdit, Changes]:
    """Take a tag from leads, in any case of letters.

    Raises:
        KnownError: there is no tag.
    """
    plain = _named(tag, "A tag needs a name.")
    same = plain.casefold()

    def made(tags: list[str]) -> list[str]:
        return [one for one in tags if one.casefold() != same]

    return _bulk(work, row_ids, "tags", _over_tags(made), f"Tag {plain} taken from")


def assign(work: "Workspace", row_ids: Sequence[int], owner: str) -> tuple[BulkEdit, Changes]:
    """Give leads an owner; an empty one: nobody."""
    name = " ".join(owner.split())
    words = f"Owner {name} given to" if name else "Owner taken from"
    return _bulk(work, row_ids, "owner", lambda _before: name, words)


def undo(work: "Workspace", edit: Edit) -> tuple[str, Changes]:
    """Take a change back; return what was done, for people. Later changes stay.

    Raises:
        KnownError: the lead was changed again since, or all of them were.
    """
    if isinstance(edit, BulkEdit):
        return _undo_bulk(work, edit)
    with work.store.begin() as unit:
        now = _lead(unit, edit.after.lead_id)
        names = _differing(edit.before, edit.after)
        if any(getattr(now, name) != getattr(edit.after, name) for name in names):
            raise KnownError(
                "This was changed again since, so it is not taken back.", "Change it by hand."
            )
        back = replace(now, **{name: getattr(edit.before, name) for name in names})
        _store(work, unit, now, back)
    return f"Taken back: {edit.words[0].lower()}{edit.words[1:]}", _changes([now.lead_id])


def _undo_bulk(work: "Workspace", edit: BulkEdit) -> tuple[str, Changes]:
    with work.store.begin() as unit:
        undone = unit.lead_edits.change_back(edit.column, edit.spans)
        if not undone:
            raise KnownError("All of these were changed again since.", "Change them by hand.")
        _note(work, unit, edit.column, undone)
    back = BulkEdit(edit.words, edit.column, undone)
    left = edit.count - back.count
    rest = f"; {left:,} changed since and stay" if left else ""
    return f"Taken back: {edit.words[0].lower()}{edit.words[1:]}{rest}", Changes(whole_list=True)


def _bulk(
    work: "Workspace",
    row_ids: Sequence[int],
    column: str,
    made: Callable[[str], str],
    words: str,
) -> tuple[BulkEdit, Changes]:
    with work.store.begin() as unit:
        spans = unit.lead_edits.change(column, row_ids, made)
        _note(work, unit, column, spans)
        edit = BulkEdit(words, column, spans)
        some = edit.count <= _FEW
        found = [row_id for span in spans for row_id in span.row_ids] if some else []
        named = list(unit.lead_edits.lead_ids(found))
    many = "lead" if edit.count == 1 else "leads"
    edit = replace(edit, words=f"{words} {edit.count:,} {many}")
    return edit, _changes(named) if some else Changes(whole_list=True)


def _note(work: "Workspace", unit: "Unit", column: str, spans: "Sequence[Span]") -> None:
    """Write into the history of each lead what was changed."""
    now = work.clock()
    for span in spans:
        texts = (_stored_text(column, span.before), _stored_text(column, span.after))
        for start in range(0, len(span.row_ids), _FEW):
            few = span.row_ids[start : start + _FEW]
            unit.events.add(
                Event(
                    work.ids.new("E"),
                    lead_id,
                    now,
                    EventKind.EDITED,
                    work.rep.name,
                    changes={column: texts},
                )
                for lead_id in unit.lead_edits.lead_ids(few)
            )


def _store(work: "Workspace", unit: "Unit", before: Lead, after: Lead) -> Lead:
    """Grade a changed lead, store it and write into its history what changed."""
    from leaddesk.core.formats.csv_writer import cell_text

    stored = graded(playbooks.active(work), after)
    unit.leads.replace([stored])
    suppression.follow_edit(work, unit, before, stored)
    changes = {
        name: (cell_text(getattr(before, name)), cell_text(getattr(after, name)))
        for name in _differing(before, after)
        if name in FIELDS
    }
    edited = Event(
        work.ids.new("E"),
        after.lead_id,
        work.clock(),
        EventKind.EDITED,
        work.rep.name,
        changes=changes,
    )
    unit.events.add([edited])
    return stored


def _with(lead: Lead, field: str, text: str, country: str) -> Lead:
    """Return the lead with a field as typed and what follows from it."""
    values = _name(lead, text) if field == NAME else _read(lead, field, text, country)
    written = {
        name: as_it_came
        for name, as_it_came in lead.as_written.items()
        if name not in values and name != field
    }
    found = values.pop("as_written", {})
    if isinstance(found, Mapping):
        written |= {name: as_it_came for name, as_it_came in found.items() if name in values}
    changed = replace(lead, **values, as_written=written)  # type: ignore[arg-type]  # LeadRow.values promises the types
    if not any(getattr(changed, name) for name in _CONTACTS):
        raise KnownError(
            "Nothing would be left to call this lead by.",
            "Type a name, company, e-mail or phone first.",
        )
    return changed


def _name(lead: Lead, text: str) -> dict[str, object]:
    """Return the parts of a name as the lead has them: in one piece, or the last word apart."""
    plain = " ".join(text.split())
    if not (lead.first_name or lead.last_name):
        return {"full_name": plain}
    first, _, last = plain.rpartition(" ")
    return {"first_name": first, "last_name": last, "full_name": ""}


def _read(lead: Lead, field: str, text: str, country: str) -> dict[str, object]:
    """Return field -> value of what was typed, read as a row of a file with these cells."""
    from leaddesk.core.formats.csv_reader import CsvRow
    from leaddesk.core.formats.lead_rows import read_leads

    cells = {field: text}
    if field == "country":
        cells |= {phone: getattr(lead, phone) for phone in PHONES}
    elif field in PHONES:
        cells["country"] = lead.country
    # Somebody the row is about, whatever the cell says; not looked at again.
    cells.setdefault("full_name", ".")
    columns = [ColumnMap(name, name) for name in cells]
    row = CsvRow(1, tuple(cells.values()))
    (read,) = read_leads([row], columns, system="", country=country)
    values = {name: column[0] for name, column in read.values.items() if not is_blank(column[0])}
    values["as_written"] = read.as_written[0]
    if text and (field not in values or field in read.extra[0]):
        raise KnownError(
            f"{label_of(field)} cannot be \u201c{text}\u201d.", _HINTS.get(field, "Type it anew.")
        )
    follows = {field: _USUAL[field]}
    for phone in PHONES:
        if field in {phone, "country"}:
            follows[f"{phone}_e164"] = ""
    if field == "revenue":
        follows["currency"] = lead.currency
    kept = {*follows, "as_written"}
    return follows | {name: value for name, value in values.items() if name in kept}


def _lead(unit: "Unit", lead_id: str) -> Lead:
    lead = unit.leads.get(lead_id)
    if lead is None:
        raise KnownError("This lead is not in this profile.", "Look it up in the list again.")
    return lead


def _differing(before: Lead, after: Lead) -> list[str]:
    return [name for name in _USUAL if getattr(before, name) != getattr(after, name)]


def _named(text: str, what: str) -> str:
    plain = " ".join(text.replace(";", " ").split())
    if not plain:
        raise KnownError(what, "Type one.")
    return plain


def _over_tags(made: Callable[[list[str]], list[str]]) -> Callable[[str], str]:
    """Return a function over the stored text of tags."""
    from leaddesk.core.store.conditions import tags_to_text

    return lambda stored: tags_to_text(made(json.loads(stored) if stored else []))


def _stored_text(column: str, stored: str) -> str:
    return "; ".join(json.loads(stored)) if column == "tags" and stored else stored


def _changes(lead_ids: Sequence[str]) -> Changes:
    return Changes(leads=frozenset(lead_ids), queue=True)
