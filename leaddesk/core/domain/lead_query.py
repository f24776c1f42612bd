# SPDX-License-Identifier: MIT
"""Which leads a list shows: conditions as values. `store.conditions` finds, `say_query` speaks."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple


class View(StrEnum):
    """Which leads a list holds before any condition.

    TO_CALL: no decision yet and calling is allowed. DECIDED: with a decision of ours; the three
    after it: by what was decided last.
    """

    TO_CALL = "to_call"
    DECIDED = "decided"
    PASSED = "pass"
    NURTURED = "nurture"
    DISQUALIFIED = "disqualify"
    ALL = "all"


class Kind(StrEnum):
    """What a field holds, which says what can be asked of it."""

    TEXT = "text"
    WORD = "word"  # one of few words
    NUMBER = "number"
    TIME = "time"
    FLAG = "flag"
    TAGS = "tags"
    IMPORT = "import"  # by its id; people see its file


class Op(StrEnum):
    """What can be asked of a field. Case never counts; a day is one of the reader's calendar."""

    IS = "is"
    IS_NOT = "is_not"
    CONTAINS = "contains"
    CONTAINS_NOT = "contains_not"
    STARTS_WITH = "starts_with"
    ANY_OF = "any_of"
    GREATER = "greater"
    LESS = "less"
    BETWEEN = "between"  # both ends included
    PAST_DAYS = "past_days"
    BEFORE = "before"  # the day itself not included
    AFTER = "after"  # nor here
    HAS = "has"
    HAS_NOT = "has_not"
    EMPTY = "empty"
    NOT_EMPTY = "not_empty"


_TEXT_OPS = (
    Op.IS, Op.IS_NOT, Op.CONTAINS, Op.CONTAINS_NOT, Op.STARTS_WITH, Op.ANY_OF, Op.EMPTY,
    Op.NOT_EMPTY,
)  # fmt: skip
OPS: Final[Mapping[Kind, tuple[Op, ...]]] = {
    Kind.TEXT: _TEXT_OPS,
    Kind.WORD: (Op.IS, Op.IS_NOT, Op.ANY_OF, Op.EMPTY, Op.NOT_EMPTY),
    Kind.NUMBER: (Op.IS, Op.IS_NOT, Op.GREATER, Op.LESS, Op.BETWEEN, Op.EMPTY, Op.NOT_EMPTY),
    Kind.TIME: (Op.PAST_DAYS, Op.BEFORE, Op.AFTER, Op.BETWEEN, Op.EMPTY, Op.NOT_EMPTY),
    Kind.FLAG: (Op.IS,),
    Kind.TAGS: (Op.HAS, Op.HAS_NOT, Op.ANY_OF, Op.EMPTY, Op.NOT_EMPTY),
    Kind.IMPORT: (Op.IS, Op.IS_NOT, Op.EMPTY, Op.NOT_EMPTY),
}
"""What can be asked of each kind; the first is the usual question."""

EXTRA: Final = "extra."
"""Before the name of a column we do not know, kept as it came."""

YES, NO = "yes", "no"

IMPORT: Final = "batch_id"
"""The imports a lead came by or was changed by."""

_TEXTS = (
    "name", "first_name", "last_name", "full_name", "salutation", "title", "company", "email",
    "email_2", "phone", "phone_2", "mobile", "website", "industry", "currency", "street", "city",
    "state", "postal_code", "country", "time_zone", "language", "source", "owner", "description",
    "grade", "consent_basis", "consent_source",
)  # fmt: skip
FIELDS: Final[Mapping[str, Kind]] = {
    **dict.fromkeys(_TEXTS, Kind.TEXT),
    **dict.fromkeys(("stage", "status", "decided"), Kind.WORD),
    **dict.fromkeys(
        ("employees", "revenue", "engagement", "fit", "priority", "calls"), Kind.NUMBER
    ),
    **dict.fromkeys(("created_at", "last_activity_at", "consent_at"), Kind.TIME),
    **dict.fromkeys(("do_not_call", "opted_out", "suppressed"), Kind.FLAG),
    "tags": Kind.TAGS,
    IMPORT: Kind.IMPORT,
}
"""Fields that can be asked about: those of `Lead`, and what calls, decisions and imports add."""

_LABELS = {
    "email": "E-mail", "email_2": "Other e-mail", "phone_2": "Other phone", "decided": "Decision",
    IMPORT: "Import", "created_at": "Added", "last_activity_at": "Last activity",
    "consent_at": "Consent given", "opted_out": "Opted out", "description": "Notes",
}  # fmt: skip
_OP_WORDS: Final[Mapping[Op, str]] = {
    Op.IS: "is", Op.IS_NOT: "is not", Op.CONTAINS: "contains",
    Op.CONTAINS_NOT: "does not contain", Op.STARTS_WITH: "starts with", Op.ANY_OF: "is any of",
    Op.GREATER: "is more than", Op.LESS: "is less than", Op.BETWEEN: "is between",
    Op.PAST_DAYS: "in the past days", Op.BEFORE: "before", Op.AFTER: "after", Op.HAS: "has",
    Op.HAS_NOT: "has not", Op.EMPTY: "is empty", Op.NOT_EMPTY: "is not empty",
}  # fmt: skip

_NO_IMPORTS: Final[Mapping[str, str]] = {}
_TWO = 2


@dataclass(frozen=True, slots=True)
class Condition:
    """One question about one field, checked when it is made.

    Attributes:
        field: A key of `FIELDS`, or `EXTRA` and the name of a column.
        op: One of `OPS` for the kind of the field.
        values: As people write them: days as YYYY-MM-DD, numbers as digits, `YES` or `NO` for
            flags. None for EMPTY, two for BETWEEN, any number for ANY_OF, else one.

    Raises:
        ValueError: it asks nothing that can be answered; the text says why, for people.
    """

    field: str
    op: Op
    values: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        kind = kind_of(self.field)
        if self.op not in OPS[kind]:
            raise ValueError(f"{label_of(self.field)} cannot be asked so.")
        if self.op in {Op.EMPTY, Op.NOT_EMPTY}:
            wanted = not self.values
        elif self.op is Op.ANY_OF:
            wanted = bool(self.values)
        else:
            wanted = len(self.values) == (_TWO if self.op is Op.BETWEEN else 1)
        if not wanted or not all(value.strip() for value in self.values):
            raise ValueError("Type what to compare with.")
        _check_values(self, kind)


class LeadQuery(NamedTuple):
    """What a list shows and in which order.

    Attributes:
        search: Words that must all occur, each as the beginning of a word, in what a search looks
            through (`store.search`); empty: no search.
        order: A key of `store.sorting.ORDERS`.
        most: At most so many; 0: all.
        conditions: What must hold beside view and search: all of it, or with `any_of` one.
    """

    view: View = View.ALL
    search: str = ""
    order: str = "priority"
    descending: bool = True
    most: int = 0
    conditions: tuple[Condition, ...] = ()
    any_of: bool = False

    @property
    def is_whole_list(self) -> bool:
        """Whether every lead is in it."""
        return self.view is View.ALL and not self.search.strip() and not self.conditions

    def who(self) -> "LeadQuery":
        """Return the query without order and limit: what a segment keeps."""
        return LeadQuery(self.view, self.search, conditions=self.conditions, any_of=self.any_of)


@dataclass(frozen=True, slots=True)
class Segment:
    """A list somebody named.

    Attributes:
        query: Who is in it; None where a newer leaddesk wrote it and this one cannot read it.
    """

    segment_id: str
    name: str
    query: LeadQuery | None


def kind_of(field: str) -> Kind:
    """Return what a field holds.

    Raises:
        ValueError: there is no such field.
    """
    if field.startswith(EXTRA) and len(field) > len(EXTRA):
        return Kind.TEXT
    if field not in FIELDS:
        raise ValueError(f"There is no field {field}.")
    return FIELDS[field]


def label_of(field: str) -> str:
    """Return what a field is called on screen."""
    if field.startswith(EXTRA):
        return field.removeprefix(EXTRA)
    return _LABELS.get(field) or field.replace("_", " ").capitalize()


def op_words(op: Op) -> str:
    """Return how an operator reads in a list of them."""
    return _OP_WORDS[op]


def say_condition(condition: Condition, imports: Mapping[str, str] = _NO_IMPORTS) -> str:
    """Return a condition as a short sentence: "Stage is MQL", "Added in the past 7 days".

    Args:
        condition: What is said.
        imports: What each import is called, by its id.
    """
    label, op, values = label_of(condition.field), condition.op, condition.values
    if kind_of(condition.field) is Kind.FLAG:
        return label if values[0] == YES else f"Not: {label.lower()}"
    if op is Op.PAST_DAYS:
        days = values[0].strip()
        return f"{label} in the past {'day' if days == '1' else f'{days} days'}"
    if op is Op.BETWEEN:
        return f"{label} {_OP_WORDS[op]} {values[0]} and {values[1]}"
    if condition.field == IMPORT:
        values = tuple(imports.get(value, "one not known here") for value in values)
    return f"{label} {_OP_WORDS[op]} {', '.join(values)}".strip()


def say_query(query: LeadQuery, imports: Mapping[str, str] = _NO_IMPORTS) -> str:
    """Return who a query finds, in one sentence; empty where it finds everybody."""
    said = (say_condition(condition, imports) for condition in query.conditions)
    parts = [] if query.view is View.ALL else [_VIEW_WORDS[query.view]]
    joined = (" or " if query.any_of else " and ").join(said)
    parts += [joined] if joined else []
    if query.search.strip():
        parts.append(f"\u201c{query.search.strip()}\u201d occurs")
    return "; ".join(parts)


_VIEW_WORDS = {
    View.TO_CALL: "To call",
    View.DECIDED: "Decided",
    View.PASSED: "Passed to sales",
    View.NURTURED: "Nurture",
    View.DISQUALIFIED: "Disqualified",
}


def to_json(query: LeadQuery) -> dict[str, object]:
    """Return who a query finds, for JSON; what is usual is left out."""
    made: dict[str, object] = {}
    if query.view is not View.ALL:
        made["view"] = query.view.value
    if query.search.strip():
        made["search"] = query.search.strip()
    if query.conditions:
        made["any" if query.any_of else "all"] = [
            {"field": c.field, "op": c.op.value, "values": list(c.values)} for c in query.conditions
        ]
    return made


def from_json(made: Mapping[str, object]) -> LeadQuery:
    """Return the query of `to_json`.

    Raises:
        ValueError: it is none; the text says why.
    """
    unknown = made.keys() - {"view", "search", "any", "all"}
    if unknown or {"any", "all"} <= made.keys():
        raise ValueError(f"A query has no {', '.join(sorted(unknown)) or 'any beside all'}.")
    any_of = "any" in made
    found = made.get("any" if any_of else "all", [])
    if not isinstance(found, list):
        raise ValueError("The conditions of a query are a list.")  # noqa: TRY004 - as below
    return LeadQuery(
        View(str(made.get("view", View.ALL))),
        str(made.get("search", "")),
        conditions=tuple(_condition(one) for one in found),
        any_of=any_of,
    )


def _condition(made: object) -> Condition:
    if not isinstance(made, dict) or not isinstance(made.get("values", []), list):
        raise ValueError("A condition is an object with field, op and values.")  # noqa: TRY004 - bad data, not a bad call
    values = tuple(str(value) for value in made.get("values", []))
    return Condition(str(made.get("field", "")), Op(str(made.get("op", ""))), values)


def _check_values(condition: Condition, kind: Kind) -> None:
    for value in condition.values:
        if kind is Kind.NUMBER or condition.op is Op.PAST_DAYS:
            number_of(value)
        elif kind is Kind.TIME:
            day_of(value)
        elif kind is Kind.FLAG and value not in {YES, NO}:
            raise ValueError("Answer yes or no.")


def number_of(text: str) -> int:
    """Return the whole number a value stands for; thousands may be set apart.

    Raises:
        ValueError: it is none; the text says so.
    """
    plain = text.strip().translate(_GROUPING)
    if not plain.removeprefix("-").isdecimal() or len(plain) > _MOST_DIGITS:
        raise ValueError(f"{text.strip()} is no whole number. Type digits, for example 250.")
    return int(plain)


def day_of(text: str) -> tuple[int, int, int]:
    """Return year, month and day of a value.

    Raises:
        ValueError: it is none; the text says so.
    """
    from datetime import date

    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f"{text.strip()} is no day. Type it like 2026-03-14.") from None
    return day.year, day.month, day.day


_GROUPING = dict.fromkeys(map(ord, " ,.'\u2019\u00a0\u202f"))
_MOST_DIGITS = 16
