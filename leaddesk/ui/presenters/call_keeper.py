# SPDX-License-Identifier: MIT
"""Where what happens on a call is kept: on disk, or in a rehearsal nowhere."""

from collections.abc import Callable, Mapping
from typing import Protocol

from leaddesk.core.domain.call import Answer, Call
from leaddesk.core.domain.decision import Decision
from leaddesk.core.domain.events import EventKind
from leaddesk.core.services import calls, endings
from leaddesk.core.services.endings import CallResult, Choice
from leaddesk.ui.presenters.call_jobs import OpenedCall, switched
from leaddesk.ui.presenters.desk import Desk

Failed = Callable[[Exception], None]


class CallKeeper(Protocol):
    """Keeps one call; every answer comes back by a callback, in the order it was asked."""

    @property
    def is_rehearsal(self) -> bool:
        """Whether nothing of this call is written down."""

    def hear(self, question_id: str) -> str:
        """Return what a simulated prospect says to a question; empty: a person speaks."""

    def record(self, answer: Answer, done: Callable[[Answer], None], failed: Failed) -> None:
        """Keep an answer."""

    def save_position(self, stop_id: str, talked_s: int) -> None:
        """Keep where the rep is, for a resume."""

    def note(self, kind: EventKind, detail: Mapping[str, str]) -> None:
        """Keep that something happened."""

    def switch(self, fingerprint: str, done: Callable[[OpenedCall], None], failed: Failed) -> None:
        """Go on with another playbook."""

    def end(
        self, result: CallResult, talked_s: int, done: Callable[[Call], None], failed: Failed
    ) -> None:
        """End the call with its result."""

    def decide(
        self, choice: Choice, talked_s: int, done: Callable[[Decision], None], failed: Failed
    ) -> None:
        """End the call with a decision."""


class DiskKeeper:
    """Keeps a call on disk, through the services.

    Args:
        initiator: Named in what is announced, so that the presenter does not hear itself.
    """

    is_rehearsal = False

    def __init__(self, desk: Desk, call_id: str, initiator: object) -> None:
        self._desk = desk
        self._call_id = call_id
        self._initiator = initiator

    def hear(self, question_id: str) -> str:  # noqa: ARG002 - a person speaks, on the phone
        """Return nothing: a person speaks, on the phone."""
        return ""

    def record(self, answer: Answer, done: Callable[[Answer], None], failed: Failed) -> None:
        """Keep an answer; it is on disk when `done` is called."""
        call_id = self._call_id
        self._desk.change(
            lambda work: calls.record_answer(
                work,
                call_id,
                answer.question_id,
                answer.value,
                note=answer.note,
                evidence=answer.evidence,
                state=answer.state,
                withdrawn=answer.withdrawn,
                said_at=answer.at,
            ),
            done,
            failed,
            self._initiator,
        )

    def save_position(self, stop_id: str, talked_s: int) -> None:
        """Keep where the rep is and how long they have talked."""
        call_id = self._call_id
        self._desk.run(lambda work: calls.save_position(work, call_id, stop_id, talked_s))

    def note(self, kind: EventKind, detail: Mapping[str, str]) -> None:
        """Keep that something happened on the call."""
        call_id = self._call_id
        self._desk.change(
            lambda work: calls.note_event(work, call_id, kind, detail), initiator=self._initiator
        )

    def switch(self, fingerprint: str, done: Callable[[OpenedCall], None], failed: Failed) -> None:
        """Go on with another playbook, with what was said carried over."""
        call_id = self._call_id
        self._desk.change(
            lambda work: switched(work, call_id, fingerprint), done, failed, self._initiator
        )

    def end(
        self, result: CallResult, talked_s: int, done: Callable[[Call], None], failed: Failed
    ) -> None:
        """End the call with its result."""
        call_id = self._call_id
        self._desk.change(
            lambda work: endings.end_call(work, call_id, result, talked_s),
            done,
            failed,
            self._initiator,
        )

    def decide(
        self, choice: Choice, talked_s: int, done: Callable[[Decision], None], failed: Failed
    ) -> None:
        """End the call with a decision."""
        call_id = self._call_id
        self._desk.change(
            lambda work: endings.decide(work, call_id, choice, talked_s),
            done,
            failed,
            self._initiator,
        )
