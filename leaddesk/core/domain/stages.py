# SPDX-License-Identifier: MIT
"""How far a lead came, and what happens to it now."""

from enum import StrEnum


class Stage(StrEnum):
    """How far a lead came."""

    LEAD = "LEAD"
    MQL = "MQL"
    SQL = "SQL"
    OPPORTUNITY = "OPPORTUNITY"
    CUSTOMER = "CUSTOMER"


class Status(StrEnum):
    """What happens to a lead now."""

    NEW = "NEW"
    ATTEMPTING = "ATTEMPTING"
    IN_CONVERSATION = "IN_CONVERSATION"
    NURTURING = "NURTURING"
    PASSED = "PASSED"
    ACCEPTED = "ACCEPTED"
    RETURNED = "RETURNED"
    DISQUALIFIED = "DISQUALIFIED"
    EXHAUSTED = "EXHAUSTED"
    SUPPRESSED = "SUPPRESSED"


OPEN_STATUSES = (Status.NEW, Status.ATTEMPTING, Status.IN_CONVERSATION, Status.RETURNED)
"""Statuses of leads that still wait for a decision: what the queue shows."""
