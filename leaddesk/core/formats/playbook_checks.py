# SPDX-License-Identifier: MIT
"""What is odd about a playbook as a whole, though every table of it is in order: warnings.

Dead ends and unreachable steps of the script, questions nobody asks, answers that lead nowhere, and
verdicts no lead can reach. Listed in docs/playbook-format.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import fields

from leaddesk.core.domain.assessment import assess
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.outcomes import outcomes_of, scorable_questions
from leaddesk.core.domain.playbook import (
    NUMBER_KINDS,
    OPTION_KINDS,
    OTHER,
    Kind,
    Phase,
    Playbook,
    Question,
    Step,
)
from leaddesk.core.domain.resolve import Resolved
from leaddesk.core.domain.routing import covers
from leaddesk.core.domain.script import FLOW_PHASES
from leaddesk.core.domain.verdict import DECISIONS
from leaddesk.core.domain.wording import VERDICT_NAMES
from leaddesk.core.formats.toml_table import Table, Words

FACTS = (
    "FIT", "SITUATION", "NEED", "PAIN", "IMPACT", "METRIC", "CONSEQUENCE", "GOAL", "PLAN",
    "INTEREST", "AUTHORITY", "ECON_BUYER", "CHAMPION", "MONEY", "TIME", "EVENT", "PRIORITY",
    "CRITERIA", "PROCESS", "PAPER", "COMPETITION", "ORIGINALITY", "SIZE", "SOLUTION_FIT",
)  # fmt: skip
"""Canonical facts, the common ground of all frameworks."""

_SAYS_NOTHING = frozenset({"other", "others", "other reason", "misc", "miscellaneous", "else"})
_NUMBERS = {f"lead.{f.name}" for f in fields(Lead) if f.type in {int, int | None}}
_NUMBERS.add("activity.score")


def most_points(playbook: Playbook) -> int:
    """Return M, the most points a lead can earn."""
    return sum(
        max(0, *(outcome.points for outcome in outcomes_of(question)))
        for criterion in playbook.criteria
        if criterion.scored
        for question in criterion.questions
        if question.kind is not Kind.TEXT
    )


def look_over(file: Table, playbook: Playbook) -> None:
    """Report warnings to the tables of a file that reads without a mistake."""
    tables = _question_tables(file)
    for table, question in zip(tables, playbook.questions, strict=True):
        _check_question(table, question)
    _check_asked(tables, playbook)
    _check_reasons(file, playbook)
    _check_routing(file, playbook)
    _check_script(file, playbook)
    _check_verdicts(file, playbook)


def _question_tables(file: Table) -> tuple[Table, ...]:
    return tuple(
        question
        for criterion in file.tables("criteria")
        for question in criterion.tables("questions")
    )


def _check_question(table: Table, question: Question) -> None:
    if question.fact and question.fact not in FACTS:
        allowed = ", ".join(FACTS)
        table.report("unknown_fact", "fact", found=question.fact, allowed=allowed, among=FACTS)
    if not question.ask and not question.source:
        table.report("missing_ask", "ask", allowed='the words to ask it with, or "from"')
    if question.source:
        _check_source(table, question)
    else:
        for option in table.tables("options"):
            if "matches" in option:
                allowed = "take it away, or say where the answer comes from"
                option.report("unused_matches", "matches", allowed=allowed)
    outcomes = outcomes_of(question)
    if outcomes and all(outcome.effect for outcome in outcomes):
        table.report("gate_always_fires", allowed="leave one answer without an effect")


def _check_source(table: Table, question: Question) -> None:
    allowed = ""
    if question.kind in NUMBER_KINDS and question.source not in _NUMBERS:
        allowed = ", ".join(sorted(_NUMBERS))
    elif question.kind in OPTION_KINDS and not any(option.matches for option in question.options):
        allowed = 'options with "matches"'
    elif question.kind is Kind.TEXT:
        allowed = "a question with options or bands"
    if allowed:
        table.report("from_never_fits", "from", found=question.source, allowed=allowed)


def _check_asked(tables: Iterable[Table], playbook: Playbook) -> None:
    if not playbook.script:
        return
    asked = {name for step in playbook.script for name in step.questions}
    for table, question in zip(tables, playbook.questions, strict=True):
        if question.id not in asked and not question.source:
            allowed = "it comes up before the close"
            table.report("unasked_question", found=question.id, allowed=allowed)


def _check_reasons(file: Table, playbook: Playbook) -> None:
    """Say which reasons tell nothing: for the one with the id "other" words are asked for."""
    for table, reason in zip(file.tables("reasons"), playbook.reasons, strict=True):
        if reason.id != OTHER and reason.label.strip(" .\u2026").casefold() in _SAYS_NOTHING:
            allowed = f'the id "{OTHER}", for which words are asked, or a label that says more'
            table.report("bare_other", "label", found=reason.label, allowed=allowed)


def _check_routing(file: Table, playbook: Playbook) -> None:
    for number, (table, rule) in enumerate(
        zip(file.tables("routing"), playbook.routing, strict=True)
    ):
        if any(covers(before, rule) for before in playbook.routing[:number]):
            allowed = "put it before the rule that takes all it would match"
            table.report("unreachable_rule", found=Words(f"rule {number + 1}"), allowed=allowed)


def _check_script(file: Table, playbook: Playbook) -> None:
    flow = {
        step.id: (table, step)
        for table, step in zip(file.tables("script"), playbook.script, strict=True)
        if step.phase in FLOW_PHASES
    }
    if not flow:
        return
    follows = _followers([step for _, step in flow.values()])
    reached = _reached([next(iter(flow)), *_resumed(playbook)], follows)
    leads_to: dict[str, set[str]] = {name: set() for name in (*flow, "")}
    for name, followers in follows.items():
        for follower in followers:
            leads_to[follower].add(name)
    comes_to_an_end = _reached([""], leads_to)
    for name, (table, step) in flow.items():
        if name not in reached:
            allowed = "lead to it by a branch, or take it out"
            table.report("unreachable_step", found=name, allowed=allowed)
        elif name not in comes_to_an_end:
            table.report("dead_end", found=name, allowed="let one of its ways go on")
        elif "" in follows[name] and step.phase is not Phase.CLOSE:
            table.report("no_result", found=name, allowed="let a step of phase close follow")


def _followers(flow: list[Step]) -> dict[str, set[str]]:
    """Return step id -> ids of the steps that may follow, "" for the end of the call."""
    order = [step.id for step in flow] + [""]
    return {
        step.id: {*(branch.to for branch in step.branch), step.next or order[position + 1]}
        for position, step in enumerate(flow)
    }


def _resumed(playbook: Playbook) -> set[str]:
    """Return the ids of steps an objection goes back to."""
    step_of = {name: step.id for step in playbook.script for name in step.questions}
    steps = {step.id for step in playbook.script}
    targets = {objection.then for objection in playbook.objections}
    return {name if name in steps else step_of.get(name, "") for name in targets}


def _reached(start: Iterable[str], follows: Mapping[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    waiting = list(start)
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += follows.get(name, ())
    return reached


def _check_verdicts(file: Table, playbook: Playbook) -> None:
    open_ = (None,) * len(scorable_questions(playbook))
    reachable = assess(playbook, Resolved(open_, open_)).reachable
    decision = file.table("decision")
    for verdict in DECISIONS:
        if verdict not in reachable and decision is not None:
            found = Words(f'"{VERDICT_NAMES[verdict]}"')
            decision.report(
                "unreachable_verdict",
                found=found,
                allowed="look at the thresholds, minimum points and effects",
            )
