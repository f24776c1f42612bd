# SPDX-License-Identifier: MIT
"""Prove a profile: recompute every decision from what was stored, check the database itself."""

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from leaddesk.core.domain.assessment import assess
from leaddesk.core.domain.decision import Decision
from leaddesk.core.errors import BugError, KnownError
from leaddesk.core.services import playbooks

if TYPE_CHECKING:
    from leaddesk.core.services.workspace import Workspace
    from leaddesk.core.store.unit_of_work import Unit


@dataclass(frozen=True, slots=True)
class Difference:
    """One decision that does not come out as it was recorded.

    Attributes:
        field: recommended, earned or most; playbook or resolved where that cannot be read.
    """

    decision_id: str
    field: str
    recorded: str
    recomputed: str


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What a check of a profile found.

    Attributes:
        decisions: How many were recomputed.
        integrity: "ok", or what the database says is wrong with it.
        state: SHA-256 (hex) over leads, who is the same, calls, answers and decisions, the same
            for equal data whatever the order it came in.
    """

    decisions: int
    differences: tuple[Difference, ...]
    integrity: str
    state: str


def verify(work: "Workspace") -> VerifyReport:
    """Return whether every decision recomputes and the database is sound. Changes nothing."""
    differences: list[Difference] = []
    count = 0
    with work.store.read() as unit:
        for decision in unit.decisions.all():
            count += 1
            differences += _recompute(work, unit, decision)
        digest = hashlib.sha256()
        for line in unit.canonical_lines():
            digest.update(line.encode())
            digest.update(b"\n")
        integrity = unit.integrity()
    return VerifyReport(count, tuple(differences), integrity, digest.hexdigest())


def _recompute(work: "Workspace", unit: "Unit", decision: Decision) -> list[Difference]:
    from leaddesk.core.formats.resolved_json import read_resolved

    fingerprint = decision.playbook_fingerprint
    try:
        playbook = playbooks.of_unit(work, unit, fingerprint)
    except (KnownError, BugError) as error:
        return [Difference(decision.decision_id, "playbook", fingerprint, str(error))]
    if playbook.fingerprint != fingerprint:
        found = playbook.fingerprint
        return [Difference(decision.decision_id, "playbook", fingerprint, found)]
    try:
        resolved = read_resolved(playbook, decision.resolved)
    except (KnownError, ValueError) as error:
        return [Difference(decision.decision_id, "resolved", decision.resolved, str(error))]
    again = assess(playbook, resolved)
    pairs = (
        ("recommended", decision.recommended, again.recommendation),
        ("earned", decision.earned, again.earned),
        ("most", decision.most, again.most),
    )
    return [
        Difference(decision.decision_id, name, str(recorded), str(recomputed))
        for name, recorded, recomputed in pairs
        if recorded != recomputed
    ]
