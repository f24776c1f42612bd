# SPDX-License-Identifier: MIT
"""Who receives a lead that is passed: the first rule that matches, and whose turn it is there."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.playbook import Playbook, Route


@dataclass(frozen=True, slots=True)
class Routed:
    """What the rules say of a lead.

    Attributes:
        receivers: Who takes turns, in the order of the rule; empty: no rule matches.
        rule: Name of the rule, as in `Handoff`; empty: no rule matches.
        number: Of the rule in the playbook, 1 first; 0: no rule matches.
        why: The rule in words: "country DE, score at least 80".
    """

    receivers: tuple[str, ...] = ()
    rule: str = ""
    number: int = 0
    why: str = ""


def route(playbook: Playbook, lead: Lead, score: int) -> Routed:
    """Return the first rule of a playbook that matches a lead.

    Args:
        playbook: Its rules are tried in its order.
        lead: What it is.
        score: Percent earned on the call.
    """
    for number, rule in enumerate(playbook.routing, 1):
        if rule.to and _matches(rule, lead, score):
            return Routed(rule.to, rule_name(playbook.id, rule), number, _in_words(rule))
    return Routed()


def next_receiver(receivers: Sequence[str], given: Mapping[str, int]) -> str:
    """Return whose turn it is: who was given the fewest, of equals the first of the rule.

    Who is new to a rule therefore takes the next leads until all have as many; nobody has to be
    told to begin a count anew.

    Args:
        receivers: Of the rule; at least one.
        given: Receiver -> how many leads of this rule they have.
    """
    return min(receivers, key=lambda receiver: given.get(receiver, 0))


def rule_name(playbook_id: str, rule: Route) -> str:
    """Return a text that is the same in all versions of a playbook with these conditions.

    Who receives by them is not part of it: a rule that gets a new receiver goes on counting.
    """
    when: dict[str, object] = {name: sorted(map(_folded, values)) for name, values in rule.when}
    if rule.score_at_least is not None:
        when["score_at_least"] = rule.score_at_least
    conditions = json.dumps(when, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"{playbook_id} {conditions}"


def covers(first: Route, later: Route) -> bool:
    """Return whether a rule takes every lead that one after it would match."""
    wanted = dict(later.when)
    for name, values in first.when:
        if name not in wanted:
            return False
        if not set(map(_folded, wanted[name])) <= set(map(_folded, values)):
            return False
    least, later_least = first.score_at_least, later.score_at_least
    return least is None or (later_least is not None and later_least >= least)


def _matches(rule: Route, lead: Lead, score: int) -> bool:
    if rule.score_at_least is not None and score < rule.score_at_least:
        return False
    return all(
        any(_fits(getattr(lead, name), value) for value in values) for name, values in rule.when
    )


def _fits(found: object, wanted: str) -> bool:
    """Return whether a field has a value; a number may be wanted as a range, "50-" or "10-49"."""
    if found is None or found == "":
        return False
    if isinstance(found, int):
        return _in_range(found, wanted)
    return _folded(str(found)) == _folded(wanted)


def _in_range(found: int, wanted: str) -> bool:
    least, dash, most = wanted.replace(" ", "").partition("-")
    if not all(part.isdecimal() for part in (least, most) if part):
        return False
    if not dash:
        return bool(least) and found == int(least)
    return (not least or found >= int(least)) and (not most or found <= int(most))


def _in_words(rule: Route) -> str:
    parts = [f"{name.replace('_', ' ')} {' or '.join(values)}" for name, values in rule.when]
    if rule.score_at_least is not None:
        parts.append(f"score at least {rule.score_at_least}")
    return ", ".join(parts) or "every lead"


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
