# SPDX-License-Identifier: MIT
"""The small tables of a playbook file: decision, engagement, grades, reasons, routing, hand-off.

Format: docs/playbook-format.md.
"""

from itertools import pairwise

from leaddesk.core.domain.playbook import (
    ActivityType,
    DecisionRule,
    EngagementRule,
    Evidence,
    GradeRule,
    HandoffRule,
    Reason,
    ReasonKind,
    Route,
)
from leaddesk.core.formats.playbook_criteria import MOST_DAYS, MOST_POINTS
from leaddesk.core.formats.playbook_names import LEAD_SOURCES, Names, Thing
from leaddesk.core.formats.toml_table import Table, Words, listed

MOST_PERCENT = 100
DEFAULT_DIGITS = (60, 30, 10)
_ROUTED_BY = tuple(source.removeprefix("lead.") for source in LEAD_SOURCES)


def read_decision(file: Table) -> DecisionRule:
    """Return the thresholds."""
    table = file.table("decision", required=True)
    if table is None:
        return DecisionRule(pass_at=0, nurture_at=0, minimum_coverage=0)
    pass_at = table.optional_integer("pass_at", 0, MOST_PERCENT, required=True)
    nurture_at = table.optional_integer("nurture_at", 0, MOST_PERCENT, required=True)
    if pass_at is not None and nurture_at is not None and nurture_at >= pass_at:
        allowed = f"it has to be less than pass_at, which is {pass_at}"
        table.report("thresholds", "nurture_at", found=nurture_at, allowed=allowed)
    rule = DecisionRule(
        pass_at=pass_at or 0,
        nurture_at=nurture_at or 0,
        minimum_coverage=table.integer("minimum_coverage", 0, MOST_PERCENT),
        evidence=table.word("evidence", Evidence, Evidence.SAID),
    )
    table.close()
    return rule


def read_engagement(file: Table) -> EngagementRule | None:
    """Return how activities count; None: not followed."""
    table = file.table("engagement")
    if table is None:
        return None
    half_life = table.integer("half_life_days", 1, MOST_DAYS)
    names = tuple(key for key in table.keys if key != "half_life_days")
    types = tuple(_read_activity(table, name) for name in names)
    return EngagementRule(half_life, tuple(kind for kind in types if kind is not None))


def _read_activity(engagement: Table, name: str) -> ActivityType | None:
    if not engagement.is_table(name):
        engagement.report(
            "unknown_key",
            name,
            found=Words(name),
            allowed="half_life_days, and a table for each type of activity",
            among=("half_life_days",),
        )
        return None
    table = engagement.table(name)
    if table is None:
        return None
    kind = ActivityType(
        id=name,
        points=table.integer("points", -MOST_POINTS, MOST_POINTS),
        at_most=table.integer("at_most", -MOST_POINTS, MOST_POINTS, default=MOST_PERCENT),
        strong=table.flag("strong"),
    )
    table.close()
    return kind


def read_grades(file: Table, names: Names) -> GradeRule | None:
    """Return how fit and engagement become a letter and a digit; None: no grades."""
    table = file.table("grades")
    if table is None:
        return None
    digits = _read_digits(table)
    mql_at = table.optional_integer("mql_at", 0, MOST_PERCENT)
    fit = table.table("fit", required=True)
    table.close()
    if fit is None:
        return None
    criterion = names.refer(fit, "criterion", Thing.CRITERION, required=True)
    a, b, c = _read_letters(fit)
    fit.close()
    return GradeRule(criterion, a, b, c, digits, mql_at)


def _read_letters(fit: Table) -> tuple[int, int, int]:
    percents = {
        letter: fit.optional_integer(letter, 0, MOST_PERCENT, required=True) for letter in "abc"
    }
    for better, letter in pairwise("abc"):
        above, here = percents[better], percents[letter]
        if above is not None and here is not None and here >= above:
            allowed = f"it has to be less than {better}, which is {above}"
            fit.report("thresholds", letter, found=here, allowed=allowed)
    a, b, c = (percent or 0 for percent in percents.values())
    return a, b, c


def _read_digits(table: Table) -> tuple[int, int, int]:
    scores = table.integers("engagement", 0, MOST_PERCENT)
    if "engagement" not in table:
        return DEFAULT_DIGITS
    if len(scores) != len(DEFAULT_DIGITS) or any(a <= b for a, b in pairwise(scores)):
        found = Words(", ".join(map(str, scores)) or "without whole numbers")
        allowed = "three whole numbers, each less than the one before"
        table.report("wrong_value", "engagement", found=found, allowed=allowed)
        return DEFAULT_DIGITS
    first, second, third = scores
    return first, second, third


def read_reasons(file: Table, names: Names) -> tuple[Reason, ...]:
    """Return the reasons for decisions."""
    return tuple(_read_reason(table, names) for table in file.tables("reasons"))


def _read_reason(table: Table, names: Names) -> Reason:
    reason = Reason(
        id=names.claim(table, Thing.REASON),
        label=table.text("label"),
        kinds=_read_kinds(table),
    )
    table.close()
    return reason


def _read_kinds(table: Table) -> tuple[ReasonKind, ...]:
    allowed = listed(ReasonKind)
    kinds = []
    words = table.texts("kinds", f"a list of {allowed}", required=True)
    for position, word in enumerate(words):
        if word in set(ReasonKind):
            kinds.append(ReasonKind(word))
        else:
            table.report(
                "wrong_value",
                "kinds",
                found=word,
                allowed=allowed,
                at=(position,),
                among=ReasonKind,
            )
    return tuple(kinds)


def read_routing(file: Table) -> tuple[Route, ...]:
    """Return who receives a passed lead."""
    return tuple(_read_route(table) for table in file.tables("routing"))


def _read_route(table: Table) -> Route:
    to = table.texts("to", "a list of receivers", required=True)
    when = table.table("when")
    table.close()
    if when is None:
        return Route(to)
    fields = tuple(
        (name, values) for name in _ROUTED_BY if (values := when.texts(name, "a list of values"))
    )
    least = when.optional_integer("score_at_least", 0, MOST_PERCENT)
    when.close()
    return Route(to, fields, least)


def read_handoff(file: Table) -> HandoffRule:
    """Return what the receiver of a passed lead wants."""
    table = file.table("handoff")
    if table is None:
        return HandoffRule()
    rule = HandoffRule(checklist=table.texts("checklist"), view=table.text("view", ""))
    table.close()
    return rule
