# SPDX-License-Identifier: MIT
"""How many questions settle a call: in the order of the script, and in the suggested order.

Prospects are random: each outcome of a question is as likely as any other. What a playbook takes
from data is known before the call. Counted is every question that is asked (ADR 14); beside it
stands what is saved of those with outcomes alone, since asking for the prospect's own words later
is not what makes an order clever.
"""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from statistics import fmean

from benchmarks.measuring import Figure
from leaddesk.core.domain.assessment import assess
from leaddesk.core.domain.call import Answer
from leaddesk.core.domain.outcomes import outcomes_of, scorable_questions
from leaddesk.core.domain.playbook import Playbook
from leaddesk.core.domain.resolve import Resolved
from leaddesk.core.domain.script import next_stop, stops
from leaddesk.core.formats.playbook_toml import read_playbook
from leaddesk.resources import texts

PROSPECTS = 1000
MOST_PERCENT = 85
NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
VIEW = re.compile(r'^use\s*=\s*"view"', re.MULTILINE)
"""A playbook that reads calls and is never called with."""

Known = frozenset[tuple[str, int]]
"""What has been answered: question id and index of the outcome."""
Look = Callable[[Known], tuple[bool, tuple[str, ...]]]
"""Answers -> whether they settle it, and the open questions, the one worth most first."""


@dataclass(slots=True)
class Counts:
    """Questions asked until it is settled, one number a prospect.

    Attributes:
        scripted: With outcomes, in the order of the script.
        words: For the prospect's own words, asked by the script on its way.
        suggested: In the suggested order.
    """

    scripted: list[int] = field(default_factory=list)
    words: list[int] = field(default_factory=list)
    suggested: list[int] = field(default_factory=list)

    def saved_percent(self, *, with_words: bool) -> float:
        script = fmean(self.scripted) + (fmean(self.words) if with_words else 0)
        return 100 - 100 * fmean(self.suggested) / script


def figures() -> Iterator[Figure]:
    """Measure, playbook by playbook and over all of them."""
    everything = Counts()
    for name, text in texts("playbooks", ".toml").items():
        if VIEW.search(text):
            continue
        counts = Counts()
        _count(read_playbook(text, name), counts)
        yield _means(name, counts)
        everything.scripted += counts.scripted
        everything.words += counts.words
        everything.suggested += counts.suggested
    yield _means("all playbooks", everything)
    for asked, with_words, goal in (
        ("of any kind", True, MOST_PERCENT), ("with outcomes", False, None),
    ):  # fmt: skip
        saved = everything.saved_percent(with_words=with_words)
        what = f"still asked of the script's questions {asked} (saves {saved:.1f} %)"
        yield Figure(what, 100 - saved, "%", goal)


def _means(name: str, counts: Counts) -> Figure:
    ours, script = fmean(counts.suggested), fmean(counts.scripted)
    return Figure(
        f"questions until settled, {name}, suggested order", ours, "questions",
        peer=f"order of the script: {script:.3g}, and {fmean(counts.words):.2g} for words",
        ratio=ours / script,
    )  # fmt: skip


def _count(playbook: Playbook, counts: Counts) -> None:
    dice = random.Random(20261122)  # noqa: S311 - the same prospects in every run
    look = _look(playbook)
    for _ in range(PROSPECTS):
        prospect = {
            question.id: dice.randrange(len(outcomes_of(question)))
            for question in scorable_questions(playbook)
        }
        asked = _asked(playbook, prospect, look, _by_script(playbook, prospect))
        scorable = sum(name in prospect for name in asked)
        counts.scripted.append(scorable)
        counts.words.append(len(asked) - scorable)
        counts.suggested.append(len(_asked(playbook, prospect, look, None)))


def _asked(
    playbook: Playbook, prospect: dict[str, int], look: Look, order: Iterator[str] | None
) -> list[str]:
    """Return the questions that settle it; `order` None: the one worth most each time."""
    to_ask = {question.id for question in scorable_questions(playbook) if not question.source}
    known = frozenset(one for one in prospect.items() if one[0] not in to_ask)
    asked: list[str] = []
    while True:
        settled, best = look(known)
        if settled:
            return asked
        name = next(order if order is not None else (one for one in best if one in to_ask))
        if name in prospect:
            known |= {(name, prospect[name])}
        asked.append(name)


def _by_script(playbook: Playbook, prospect: dict[str, int]) -> Iterator[str]:
    """Yield the questions to ask as the script goes with these answers, then what it left out."""
    scorable = {question.id: question for question in scorable_questions(playbook)}
    answers = {
        name: Answer(name, outcomes_of(scorable[name])[index].answer, NOW)
        for name, index in prospect.items()
    }
    route = stops(playbook)
    asked = {name for name, question in scorable.items() if question.source}
    told = {name: answers[name] for name in asked}
    current: int | None = 0
    passed: set[int] = set()
    while current is not None and current not in passed:
        passed.add(current)
        question = route[current].question
        if question is not None and question.id not in asked:
            asked.add(question.id)
            yield question.id
        if question is not None and question.id in answers:
            told[question.id] = answers[question.id]
        current = next_stop(playbook, route, current, told)
    yield from (name for name in scorable if name not in asked)


def _look(playbook: Playbook) -> Look:
    @cache
    def look(known: Known) -> tuple[bool, tuple[str, ...]]:
        indices = dict(known)
        found = tuple(indices.get(question.id) for question in scorable_questions(playbook))
        assessment = assess(playbook, Resolved(found, (None,) * len(found)))
        return assessment.settled, tuple(one.question for one in assessment.next)

    return look
