# SPDX-License-Identifier: MIT
"""How likely two leads are the same person or company.

What two say of each other is added up as in the model of Fellegi and Sunter (A Theory for Record
Linkage, 1969): what agrees speaks for one person by how seldom it agrees by chance, what differs
against it by how seldom it is mistyped. The points were set for business leads: people change
companies and have several addresses and numbers; colleagues share a company, a street and a
switchboard. `domain.traits` says which leads are compared at all.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import product
from typing import NamedTuple

from leaddesk.core.domain.mailboxes import is_shared
from leaddesk.core.domain.traits import FEWEST_DIGITS, TAIL, Traits

LIKELY = 60
"""From this score on two leads are shown as possible duplicates."""


class Likeness(NamedTuple):
    """How alike two leads are.

    Attributes:
        score: 0..100; see `LIKELY`.
        reasons: What speaks for it, in words, the strongest first.
    """

    score: int
    reasons: tuple[str, ...]


class _Finding(NamedTuple):
    """What one comparison says: points for (or against), and the words for it.

    Attributes:
        is_where: It says where somebody is to be found, which colleagues share: the more of that
            agrees, the less each adds.
    """

    points: int
    words: str
    is_where: bool = False


def compare(one: Traits, other: Traits) -> Likeness:
    """Return how alike two leads are; the same whichever comes first."""
    found = [finding for check in _CHECKS if (finding := check(one, other)) is not None]
    where = sum(finding.points for finding in found if finding.is_where)
    if one.is_person and other.is_person:
        where = min(where, _MOST_FOR_WHERE)
    total = where + sum(finding.points for finding in found if not finding.is_where)
    for_it = sorted((f for f in found if f.points > 0 and f.words), key=lambda f: -f.points)
    return Likeness(max(0, min(100, total)), tuple(finding.words for finding in for_it))


_MOST_FOR_WHERE = 50
_MOST_FOR_OTHER_EMAILS = 25
_ALIKE = 92


def _email_likeness(one: str, other: str) -> int:
    local, _, domain = one.partition("@")
    local_, _, domain_ = other.partition("@")
    # Colleagues have all but the name in common.
    return _ratio(local, local_) if domain == domain_ else _ratio(one, other)


def _emails(one: Traits, other: Traits) -> _Finding | None:
    if not (one.emails and other.emails):
        return None
    same = set(one.emails) & set(other.emails)
    if any(not is_shared(address) for address in same):
        return _Finding(100, "same e-mail")
    if same:
        return _Finding(20, "same shared e-mail")
    likeness = max(_email_likeness(mine, theirs) for mine in one.emails for theirs in other.emails)
    if likeness >= _ALIKE:
        return _Finding(_MOST_FOR_OTHER_EMAILS, f"e-mail alike {likeness}")
    locals_ = [{address.partition("@")[0] for address in who.emails} for who in (one, other)]
    if any(len(local) >= FEWEST_DIGITS for local in locals_[0] & locals_[1]):
        return _Finding(15, "e-mail alike but for the domain")
    return _Finding(-2, "")


def _phone(one: Traits, other: Traits) -> _Finding | None:
    if not (one.phones and other.phones):
        return None
    # A number without any name, as somebody typed it in a hurry, has nothing else to go by.
    points = 36 if one.is_person and other.is_person else 62
    if set(one.phones) & set(other.phones):
        return _Finding(points, "same phone number", is_where=True)
    if _ends(one) & _ends(other):
        return _Finding(points - 8, "phone numbers end alike", is_where=True)
    return _Finding(-2, "")


def _ends(one: Traits) -> set[str]:
    return {number[-TAIL:] for number in one.phones}


def _name(one: Traits, other: Traits) -> _Finding | None:
    if not (one.is_person and other.is_person):
        return None
    likeness, is_whole = _names(one, other)
    points = _by_step(likeness, _WHOLE_NAME if is_whole else _HALF_NAME)
    what = "name" if is_whole else "part of the name"
    return _Finding(points, f"same {what}" if likeness == _SAME else f"{what} alike {likeness}")


_SAME = 100
_WHOLE_NAME = ((97, 38), (92, 36), (86, 26), (80, 16), (72, 0), (45, -16), (0, -40))
_HALF_NAME = ((97, 24), (90, 16), (80, 6), (70, -4), (0, -16))
"""(At least so alike, points); half: one of both has a first or a last name alone."""


def _names(one: Traits, other: Traits) -> tuple[int, bool]:
    """Return 0..100, and whether both have a first and a last name; they may be swapped."""
    if one.first and one.last and other.first and other.last:
        straight = 55 * _likeness(one.last, other.last) + 45 * _first_names(one.first, other.first)
        crossed = 50 * (_likeness(one.first, other.last) + _likeness(one.last, other.first))
        return max(straight, crossed) // 100, True
    mine, theirs = (filter(None, (who.first, who.last)) for who in (one, other))
    return max(_likeness(*pair) for pair in product(mine, theirs)), False


def _first_names(one: str, other: str) -> int:
    if one == other:
        return 100
    if 1 in {len(one), len(other)}:  # J. Weber, John Weber
        return 92 if one[0] == other[0] else 0
    if one.partition(" ")[0] == other.partition(" ")[0]:  # Anna, Anna Maria
        return 95
    return _likeness(one, other)


def _company(one: Traits, other: Traits) -> _Finding | None:
    if not (one.company and other.company):
        return None
    # Where there is no person, the company is who it is.
    is_all = not (one.is_person or other.is_person)
    if one.company == other.company:
        return _Finding(60 if is_all else 28, "same company", is_where=True)
    likeness = max(_ratio(one.company, other.company), _sorted_ratio(one.company, other.company))
    words = set(one.company.split()), set(other.company.split())
    if words[0] <= words[1] or words[1] <= words[0]:  # Weber, Weber Rohrtechnik
        likeness = max(likeness, _PART_OF)
    steps = _COMPANY_ALONE if is_all else _COMPANY
    return _Finding(_by_step(likeness, steps), f"company alike {likeness}", is_where=True)


_PART_OF = 85
_COMPANY = ((92, 20), (84, 10), (70, 0), (0, -12))
_COMPANY_ALONE = ((92, 46), (84, 24), (70, 0), (0, -40))


def _street(one: Traits, other: Traits) -> _Finding | None:
    if not (one.street and other.street):
        return None
    points = _by_step(_sorted_ratio(one.street, other.street), _STREET)
    return _Finding(points, "same street", is_where=True)


_STREET = ((88, 20), (76, 15), (65, 6), (0, -6))
_CITY = ((84, 8), (65, 0), (0, -6))
_PLACE = ((80, 6), (0, 0))


def _place(one: Traits, other: Traits) -> _Finding | None:
    if not (one.place and other.place):
        return None
    points = _by_step(_ratio(one.place, other.place), _PLACE)
    return _Finding(points, "same second line of address", is_where=True)


def _city(one: Traits, other: Traits) -> _Finding | None:
    if not (one.city and other.city):
        return None
    return _Finding(_by_step(_ratio(one.city, other.city), _CITY), "same city", is_where=True)


def _postal_code(one: Traits, other: Traits) -> _Finding | None:
    if not (one.postal_code and other.postal_code):
        return None
    slips = _slips(one.postal_code, other.postal_code)
    points, words = ((10, "same postal code"), (5, ""), (-6, ""))[slips]
    return _Finding(points, words, is_where=True)


def _state(one: Traits, other: Traits) -> _Finding | None:
    if not (one.state and other.state):
        return None
    return _Finding(3 if one.state == other.state else -4, "", is_where=True)


def _country(one: Traits, other: Traits) -> _Finding | None:
    if not (one.country and other.country) or one.country == other.country:
        return None
    return _Finding(-12, "", is_where=True)


def _born(one: Traits, other: Traits) -> _Finding | None:
    if not (one.born and other.born):
        return None
    slips = _slips(one.born, other.born)
    if slips > 1:
        return _Finding(-16, "")
    return _Finding((44, 30)[slips], ("same day of birth", "day of birth but for a digit")[slips])


_CHECKS: tuple[Callable[[Traits, Traits], _Finding | None], ...] = (
    _emails, _phone, _name, _company, _born, _street, _place, _city, _postal_code, _state, _country,
)  # fmt: skip


def _by_step(likeness: int, steps: tuple[tuple[int, int], ...]) -> int:
    return next(points for least, points in steps if likeness >= least)


def _likeness(one: str, other: str) -> int:
    """Return 0..100 by Jaro and Winkler: made for names, kind to slips and strict on the start."""
    # Jaro pairs letters from the left, so the order of both texts could matter.
    return int(100 * _measures()[0](*sorted((one, other))))


def _ratio(one: str, other: str) -> int:
    return int(_measures()[1](one, other))


def _sorted_ratio(one: str, other: str) -> int:
    return int(_measures()[2](one, other))


def _slips(one: str, other: str) -> int:
    """Return how many slips (a sign other, missing, more, or swapped) lie between; 2: or more."""
    from rapidfuzz.distance import OSA

    return min(2, OSA.distance(one, other, score_cutoff=1))


@cache
def _measures() -> tuple[Callable[[str, str], float], ...]:
    """Return what two texts are compared by; an import a million times over costs, too."""
    from rapidfuzz import fuzz
    from rapidfuzz.distance import JaroWinkler

    return JaroWinkler.normalized_similarity, fuzz.ratio, fuzz.token_sort_ratio


def can_be_likely(one: Traits, other: Traits) -> bool:
    """Tell whether comparing two leads can come to `LIKELY`, for a fraction of what that costs."""
    named = _name(one, other)
    if named is None or (one.born and other.born):
        return True
    if named.points < LIKELY - _MOST_FOR_WHERE - _MOST_FOR_OTHER_EMAILS:
        return not set(one.emails).isdisjoint(other.emails)
    where = 28 if one.company and other.company else 0
    where += 20 if one.street and other.street else 0
    where += 10 if one.postal_code and other.postal_code else 0
    where += 8 if one.city and other.city else 0
    where += 9  # state, second line
    if where < _MOST_FOR_WHERE and one.phones and other.phones and _ends(one) & _ends(other):
        where += 36
    most = named.points + min(where, _MOST_FOR_WHERE)
    if most + _MOST_FOR_OTHER_EMAILS < LIKELY and set(one.emails).isdisjoint(other.emails):
        return False
    written = _emails(one, other)
    return most + (written.points if written else 0) >= LIKELY


def pairs_of(block: Sequence[tuple[int, Traits]]) -> Iterator[tuple[int, int, Likeness]]:
    """Yield the likely pairs among leads that share a key: their numbers, the smaller first."""
    for at, (one, mine) in enumerate(block):
        for other, theirs in block[at + 1 :]:
            if not can_be_likely(mine, theirs):
                continue
            likeness = compare(mine, theirs)
            if likeness.score >= LIKELY:
                yield min(one, other), max(one, other), likeness
