# SPDX-License-Identifier: MIT
"""What is recommended and decided of a lead, and what becomes of it then."""

from enum import StrEnum

from leaddesk.core.domain.stages import Status


class Verdict(StrEnum):
    """What a playbook says of a lead; a person decides one of the first three."""

    PASS = "pass"  # noqa: S105 - the verdict, not a password
    NURTURE = "nurture"
    DISQUALIFY = "disqualify"
    UNDECIDED = "undecided"


DECISIONS = (Verdict.PASS, Verdict.NURTURE, Verdict.DISQUALIFY)
"""What a person can decide, in the order `reachable` and JSON use."""

STATUS_AFTER = {
    Verdict.PASS: Status.PASSED,
    Verdict.NURTURE: Status.NURTURING,
    Verdict.DISQUALIFY: Status.DISQUALIFIED,
}
