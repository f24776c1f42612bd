# SPDX-License-Identifier: MIT
"""The live assessment and the quick score, on random playbooks with everything in them."""

import random
from collections.abc import Iterator
from functools import partial

from benchmarks.measuring import Figure, percentile, times_of
from leaddesk.core.domain.assessment import assess, quick_score
from leaddesk.core.domain.playbook import (
    Criterion,
    DecisionRule,
    Effect,
    Kind,
    Option,
    Playbook,
    Question,
)
from leaddesk.core.domain.resolve import Resolved
from leaddesk.core.domain.scoring import OPEN
from tests.helpers.brute_force import BruteForce

PLAYBOOKS = 25
SHEETS = 40
Codes = tuple[int, ...]


def figures() -> Iterator[Figure]:
    """Measure, shape by shape."""
    naive = 6  # questions: 15,625 completions, about as many as enumeration stands in a benchmark
    for questions, options, goal_ms in ((12, 5, 2.0), (30, 6, 8.0)):
        cases = list(_cases(questions, options))
        _warm(cases)
        times = times_of(partial(_assess, book, codes) for book, codes in cases)
        for percent, goal in ((50, None), (99, goal_ms)):
            yield Figure(
                f"live assessment, {questions} questions x {options} options, p{percent}",
                percentile(times, percent) * 1e3, "ms", goal,
            )  # fmt: skip
    small = [(book, (OPEN,) * naive) for book, _ in _cases(naive, 5)][:1]
    _warm(small)
    ours = percentile(times_of(partial(_assess, *case) for case in small * 20), 50)
    brute = percentile(times_of(partial(BruteForce(book, {}).chance) for book, _ in small), 50)
    yield Figure(
        f"live assessment, {naive} questions x 5 options, p50", ours * 1e3, "ms",
        peer="enumeration, chances alone", ratio=ours / brute,
    )  # fmt: skip
    for questions, options in ((12, 5), (30, 6)):
        yield _quick(questions, options)


def _quick(questions: int, options: int) -> Figure:
    cases = list(_cases(questions, options))
    _warm(cases)
    by_book = [(book, [codes] * 50) for book, codes in cases]
    batches = times_of(partial(_score_all, book, codes) for book, codes in by_book)
    ours = percentile(batches, 50) / 50
    naive = [
        BruteForce(book, {f"q{i}": code for i, code in enumerate(codes) if code != OPEN})
        for book, codes in cases[:200]
    ]
    walked = percentile(times_of(one.verdict for one in naive), 50)
    return Figure(
        f"score, bounds and verdict, {questions} questions, a case", ours * 1e6, "us", 10.0,
        "walking the playbook, verdict alone", ours / walked,
    )  # fmt: skip


def _score_all(book: Playbook, cases: list[Codes]) -> None:
    for codes in cases:
        quick_score(book, codes)


def _assess(book: Playbook, codes: Codes) -> None:
    assess(book, Resolved(tuple(None if c == OPEN else c for c in codes), (None,) * len(codes)))


def _warm(cases: list[tuple[Playbook, Codes]]) -> None:
    for book, codes in cases:
        quick_score(book, codes)


def _cases(questions: int, options: int) -> Iterator[tuple[Playbook, Codes]]:
    """Yield playbooks with answers to any number of their questions, none to all."""
    dice = random.Random(20261123)  # noqa: S311 - the same cases in every run
    for number in range(PLAYBOOKS):
        book = _playbook(dice, questions, options, number)
        for _ in range(SHEETS):
            answered = set(dice.sample(range(questions), dice.randint(0, questions)))
            yield (
                book,
                tuple(dice.randrange(options) if i in answered else OPEN for i in range(questions)),
            )


def _playbook(dice: random.Random, questions: int, options: int, number: int) -> Playbook:
    criteria = dice.choice((1, 4, 6, questions))
    size = -(-questions // criteria)
    asked = [_question(dice, f"q{i}", options) for i in range(questions)]
    return Playbook(
        "bench", number + 1, "", DecisionRule(70, 40, 50),
        tuple(
            Criterion(
                f"c{at}", "", tuple(asked[at : at + size]),
                required=at == 0, minimum=5 if at == size else None,
            )
            for at in range(0, questions, size)
        ),
        fingerprint=f"{questions}-{options}-{number}",
    )  # fmt: skip


def _question(dice: random.Random, question_id: str, options: int) -> Question:
    effects = [None] * 30 + [Effect.HOLD, Effect.DISQUALIFY]
    return Question(
        question_id, Kind.CHOICE, "?",
        options=tuple(
            Option(f"o{n}", "", dice.randint(-2, 25), effect=dice.choice(effects), reason="r")
            for n in range(options)
        ),
    )  # fmt: skip
