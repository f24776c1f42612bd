# SPDX-License-Identifier: MIT
"""A call in progress with all that is known: what was said now, before, and what the lead did."""

from collections.abc import Mapping
from dataclasses import dataclass

from leaddesk.core.domain.call import Answer, Call, latest_answers
from leaddesk.core.domain.engagement import Activity
from leaddesk.core.domain.facts import Carried


@dataclass(frozen=True, slots=True)
class CallSession:
    """A call in progress.

    Attributes:
        before: Question id of the call's playbook -> what is known of it from earlier calls and
            from answers to other playbooks, translated.
        said: Answers given in this call to its playbook, in their order; those left out that what
            was said later, to another playbook, took the place of.
        steps_said: Ids of steps that have to be said, and were.
        position: Id of the question the rep was at; empty: the first of the script.
    """

    call: Call
    before: Mapping[str, Carried]
    said: tuple[Answer, ...] = ()
    activities: tuple[Activity, ...] = ()
    steps_said: frozenset[str] = frozenset()
    position: str = ""

    @property
    def answers(self) -> dict[str, Answer]:
        """Question id -> the answer that stands."""
        return {
            **{question_id: known.answer for question_id, known in self.before.items()},
            **latest_answers(self.said),
        }
