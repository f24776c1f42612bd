# SPDX-License-Identifier: MIT
"""Made-up people, companies and data for rehearsals: nobody could take them for real ones.

Everything is picked by the caller's `Pick`, so that one seed always makes the same.
"""

from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import TypeVar

from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.playbook import NUMBER_KINDS, Question

Pick = Callable[[int], int]
"""n, at least 1 -> a number of 0 to n - 1."""

T = TypeVar("T")

_FIRST_NAMES = ("Alex", "Charlie", "Eden", "Kim", "Noor", "Robin", "Sam", "Toni")
_LAST_NAMES = ("Example", "Imaginary", "Invented", "Madeup", "Placeholder", "Pretend", "Sample")
COMPANIES = (
    "Cloud Castle Builders", "Example Gearworks", "Figment Foods", "Imaginary Logistics",
    "Moonbeam Packaging", "Nowhere Textiles", "Pretend Pumps", "Unicorn Saddlery",
)  # fmt: skip

_WORDS = {
    "industry": (
        "Manufacturing", "Logistics", "Retail", "Software", "Consulting", "Healthcare",
        "Education", "Agriculture",
    ),
    "country": ("US", "CA", "GB", "DE", "FR", "NL", "ES", "IT", "AU", "JP", "BR", "NZ"),
    "title": ("Managing Director", "Head of Operations", "Project Manager", "Assistant"),
    "language": ("en", "de", "fr"),
    "source": ("Web form", "Trade show", "Referral"),
}  # fmt: skip
"""What a made-up lead may have in a field, before what the playbook's patterns suggest."""

_TEXT_FIELDS = frozenset(f.name for f in fields(Lead) if f.type is str) - {"lead_id", "grade"}
_NUMBER_FIELDS = frozenset({"employees", "revenue"})
_OTHER_WORD = "Something else"

_NARROWEST_LAST_BAND = 12
_EXACT_STEPS = 20


def made_up_lead(pick: Pick) -> Lead:
    """Return a person of a company, without an id and without any other data."""
    return Lead(
        "",
        first_name=picked(_FIRST_NAMES, pick),
        last_name=picked(_LAST_NAMES, pick),
        company=picked(COMPANIES, pick),
    )


def made_up_values(question: Question, field: str, pick: Pick) -> Sequence[str | int]:
    """Return values a lead may have in `field`, those that read best first.

    Between them they answer the question in many ways. Empty for a field that holds neither a text
    nor a number, or not what the question takes.
    """
    if field in _NUMBER_FIELDS and question.kind in NUMBER_KINDS:
        bands = shuffled(range(len(question.bands)), pick)
        return [number_in(question, band, pick) for band in bands]
    if field not in _TEXT_FIELDS or question.kind in NUMBER_KINDS:
        return ()
    patterns = (pattern for option in question.options for pattern in option.matches)
    suggested = (" ".join(pattern.replace("*", " ").split()) for pattern in patterns)
    words = [text.capitalize() if text.islower() else text for text in suggested if text]
    # A pattern is often but the beginning of a word.
    return (*shuffled(_WORDS.get(field, ()), pick), *shuffled([*words, _OTHER_WORD], pick))


def number_in(question: Question, band: int, pick: Pick) -> int:
    """Return a number within a band of a question, a round one where the band is wide."""
    lowest = question.bands[band].at_least
    if band + 1 < len(question.bands):
        width = question.bands[band + 1].at_least - lowest
    else:
        width = max(lowest, _NARROWEST_LAST_BAND)
    step = 1
    while width > step * 10 * _EXACT_STEPS:
        step *= 10
    return lowest + pick(width) // step * step


def picked(some: Sequence[T], pick: Pick) -> T:
    """Return one of some things, of which there is at least one."""
    return some[pick(len(some))]


def shuffled(some: Sequence[T], pick: Pick) -> list[T]:
    """Return the same things in another order."""
    rest = list(some)
    return [rest.pop(pick(len(rest))) for _ in some]
