# SPDX-License-Identifier: MIT
"""The criteria of a playbook file: questions with their options and bands.

Format: docs/playbook-format.md.
"""

from dataclasses import dataclass
from itertools import pairwise

from leaddesk.core.domain.playbook import (
    NUMBER_KINDS,
    OPTION_KINDS,
    Band,
    Criterion,
    Effect,
    Kind,
    Option,
    Question,
)
from leaddesk.core.formats.playbook_names import LEAD_SOURCES, Names, Thing
from leaddesk.core.formats.toml_table import Table, Words

MOST_POINTS = 1_000
"""Chances are convolutions over points, so their number has to stay in proportion."""

MOST_AMOUNT = 10**15
MOST_DAYS = 36_500
MOST_CHOICES = 10
MOST_QUESTIONS = 200
MOST_LEVEL = 3

_YES_NO = {"yes", "no"}
_SOURCES = ("activity.score", *LEAD_SOURCES)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What options and bands have in common."""

    points: int
    level: int | None
    effect: Effect | None
    reason: str


def read_criteria(file: Table, names: Names) -> tuple[Criterion, ...]:
    """Return the criteria; their mistakes are reported to the tables they stand in."""
    tables = file.tables("criteria", required=True)
    criteria = tuple(_read_criterion(table, names) for table in tables)
    count = sum(len(criterion.questions) for criterion in criteria)
    if count > MOST_QUESTIONS:
        found, allowed = Words(f"{count} questions"), f"at most {MOST_QUESTIONS}"
        file.report("too_many_questions", "criteria", found=found, allowed=allowed)
    return criteria


def _read_criterion(table: Table, names: Names) -> Criterion:
    criterion_id = names.claim(table, Thing.CRITERION)
    criterion = Criterion(
        id=criterion_id,
        title=table.text("title", criterion_id),
        about=table.text("about", ""),
        required=table.flag("required"),
        minimum=table.optional_integer("minimum", -MOST_POINTS, MOST_POINTS),
        scored=table.flag("scored", default=True),
        questions=tuple(
            _read_question(question, names) for question in table.tables("questions", required=True)
        ),
    )
    table.close()
    return criterion


def _read_question(table: Table, names: Names) -> Question:
    question_id = names.claim(table, Thing.QUESTION)
    kind = table.optional_word("kind", Kind, required=True)
    question = Question(
        id=question_id,
        kind=kind or Kind.TEXT,
        ask=names.words(table, "ask"),
        fact=table.text("fact", ""),
        listen_for=table.text("listen_for", ""),
        source=_read_source(table),
        stale_after_days=table.optional_integer("stale_after_days", 1, MOST_DAYS),
        at_most=_read_cap(table, kind),
        options=_read_options(table, kind, names),
        bands=_read_bands(table, kind, names),
    )
    table.close()
    return question


def _read_source(table: Table) -> str:
    source = table.text("from", "")
    if source and source not in _SOURCES:
        allowed = "activity.score or lead.<field>"
        table.report("wrong_value", "from", found=source, allowed=allowed, among=_SOURCES)
    return source


def _read_cap(table: Table, kind: Kind | None) -> int | None:
    if kind not in {Kind.CHOICES, None}:
        table.refuse("at_most", "a choices question")
    return table.optional_integer("at_most", -MOST_POINTS, MOST_POINTS)


def _read_options(table: Table, kind: Kind | None, names: Names) -> tuple[Option, ...]:
    if kind is not None and kind not in OPTION_KINDS:
        table.refuse("options", "a choice, choices or yes_no question")
        return ()
    tables = table.tables("options", required=kind is not None)
    options = tuple(_read_option(option, kind, names) for option in tables)
    _check_unique(tables, options)
    if kind is Kind.YES_NO and options:
        _check_yes_no(table, options)
    if kind is Kind.CHOICES and len(options) > MOST_CHOICES:
        found, allowed = Words(f"{len(options)} options"), f"at most {MOST_CHOICES}"
        table.report("too_many_options", "options", found=found, allowed=allowed)
    if options and all(option.open for option in options):
        table.report("no_outcome", "options", allowed="at least one option that is not open")
    return options


def _check_unique(tables: tuple[Table, ...], options: tuple[Option, ...]) -> None:
    seen: set[str] = set()
    for table, option in zip(tables, options, strict=True):
        if option.id and option.id in seen:
            allowed = "unique within its question"
            table.report("duplicate_id", "id", found=option.id, allowed=allowed)
        seen.add(option.id)


def _check_yes_no(table: Table, options: tuple[Option, ...]) -> None:
    ids = [option.id for option in options]
    if set(ids) != _YES_NO or len(ids) != len(_YES_NO):
        found, allowed = Words(", ".join(ids)), "exactly yes and no"
        table.report("yes_no_options", "options", found=found, allowed=allowed)


def _read_option(table: Table, kind: Kind | None, names: Names) -> Option:
    is_open = table.flag("open")
    if "open" in table and kind not in {Kind.CHOICE, None}:
        table.report("not_here", "open", allowed="an option of a choice question")
    option_id = table.identifier()
    label = table.text("label")
    outcome = _read_outcome(table, names)
    if is_open:
        _check_open(table, outcome)
    option = Option(
        id=option_id,
        label=label,
        points=outcome.points,
        level=outcome.level,
        effect=outcome.effect,
        reason=outcome.reason,
        open=is_open,
        matches=table.texts("matches"),
    )
    table.close()
    return option


def _check_open(table: Table, outcome: _Outcome) -> None:
    """An open option is no outcome, so it has nothing of one. Points of 0 say nothing else."""
    given = {
        "points": outcome.points != 0,
        "level": outcome.level is not None,
        "effect": outcome.effect is not None,
        "reason": bool(outcome.reason) and outcome.effect is not None,
    }
    for key, is_given in given.items():
        if is_given:
            table.report("not_here", key, allowed="an option that is not open")


def _read_outcome(table: Table, names: Names) -> _Outcome:
    outcome = _Outcome(
        points=table.integer("points", -MOST_POINTS, MOST_POINTS, default=0),
        level=table.optional_integer("level", 0, MOST_LEVEL),
        effect=table.optional_word("effect", Effect),
        reason=names.refer(table, "reason", Thing.REASON),
    )
    if outcome.effect is Effect.DISQUALIFY and not outcome.reason:
        table.report("missing_reason", "reason", allowed="the id of a reason")
    if "reason" in table and "effect" not in table:
        table.report("not_here", "reason", allowed="an effect")
    return outcome


def _read_bands(table: Table, kind: Kind | None, names: Names) -> tuple[Band, ...]:
    if kind is not None and kind not in NUMBER_KINDS:
        table.refuse("bands", "a number, money or months question")
        return ()
    tables = table.tables("bands", required=kind is not None)
    starts = [
        band.optional_integer("at_least", -MOST_AMOUNT, MOST_AMOUNT, required=True)
        for band in tables
    ]
    for band, (before, here) in zip(tables[1:], pairwise(starts), strict=True):
        if before is not None and here is not None and here <= before:
            band.report("bands_order", "at_least", found=here, allowed=f"more than {before}")
    return tuple(
        _read_band(band, start or 0, names) for band, start in zip(tables, starts, strict=True)
    )


def _read_band(table: Table, at_least: int, names: Names) -> Band:
    label = table.text("label", f"{at_least} and more")
    outcome = _read_outcome(table, names)
    band = Band(
        at_least=at_least,
        label=label,
        points=outcome.points,
        level=outcome.level,
        effect=outcome.effect,
        reason=outcome.reason,
    )
    if "matches" in table:
        table.refuse("matches", "options")
    table.close()
    return band
