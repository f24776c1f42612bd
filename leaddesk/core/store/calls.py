# SPDX-License-Identifier: MIT
"""Calls and what was said on them. Answers are only ever added: triggers refuse anything else."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from leaddesk.core.domain.attempts import Attempt
from leaddesk.core.domain.best_hours import Try
from leaddesk.core.domain.call import Answer, AnswerState, AnswerValue, Call
from leaddesk.core.domain.playbook import Evidence, Playbook
from leaddesk.core.store.merges import ids_of
from leaddesk.core.store.schema import answers, calls
from leaddesk.core.store.times import from_text, from_text_or_none, to_text, to_text_or_none


@dataclass(frozen=True, slots=True)
class OpenCall:
    """The call in progress and where in the script the rep is."""

    call: Call
    position: str


_CALL_BY_ID = select(calls).where(calls.c.call_id == bindparam("wanted"))
_OPEN = select(calls).where(calls.c.ended_at.is_(None)).order_by(calls.c.started_at.desc()).limit(1)
# The one statement a person waits for, so it goes to the driver past SQLAlchemy's compiler.
_ADD_ANSWER = (
    "INSERT INTO answers (answer_id, call_id, question_id, value, at, evidence, note, withdrawn,"
    " state, playbook_fingerprint) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
# Answers older than the column were all given to the playbook of their call.
_FACTS_OF_LEAD = (
    "SELECT question_id, value, at, evidence, note, call_id, answer_id, withdrawn, state,"
    " coalesce(nullif(answers.playbook_fingerprint, ''), calls.playbook_fingerprint)"
    " FROM answers JOIN calls USING (call_id)"
    " WHERE lead_id IN (SELECT value FROM json_each(?)) ORDER BY number"
)
_EVIDENCE = {evidence.value: evidence for evidence in Evidence}
_STATES = {"": AnswerState.GIVEN, **{state.value: state for state in AnswerState}}


class Calls:
    """The tables `calls` and `answers`, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, call: Call, local_hour: int | None = None) -> None:
        """Store a call that begins; `local_hour`: by the clock of the lead, None: not known."""
        self._connection.execute(
            insert(calls),
            {
                "call_id": call.call_id,
                "lead_id": call.lead_id,
                "playbook_id": call.playbook_id,
                "playbook_version": call.playbook_version,
                "playbook_fingerprint": call.playbook_fingerprint,
                "started_at": to_text(call.started_at),
                "ended_at": to_text_or_none(call.ended_at),
                "called_by": call.by,
                "local_hour": local_hour,
            },
        )

    def get(self, call_id: str) -> Call | None:
        """Return one call, None when there is none of that id."""
        row = self._connection.execute(_CALL_BY_ID, {"wanted": call_id}).one_or_none()
        return None if row is None else _call(row)

    def open(self) -> OpenCall | None:
        """Return the call in progress, the latest begun if there are several; None: none is."""
        row = self._connection.execute(_OPEN).one_or_none()
        return None if row is None else OpenCall(_call(row), row.position)

    def of_lead(self, lead_id: str) -> list[Call]:
        """Return all calls with a lead, in the order they began."""
        query = (
            select(calls)
            .where(calls.c.lead_id.in_(ids_of(self._connection, lead_id)))
            .order_by(calls.c.started_at)
        )
        return [_call(row) for row in self._connection.execute(query)]

    def set_position(self, call_id: str, position: str, talk_s: int) -> None:
        """Store where in the script the rep is, and how long the call has lasted."""
        self._connection.execute(
            update(calls)
            .where(calls.c.call_id == call_id)
            .values(position=position, talk_s=func.max(calls.c.talk_s, talk_s))
        )

    def switch(self, call_id: str, playbook: Playbook) -> None:
        """Store that a call goes on with another playbook."""
        self._connection.execute(
            update(calls)
            .where(calls.c.call_id == call_id)
            .values(
                playbook_id=playbook.id,
                playbook_version=playbook.version,
                playbook_fingerprint=playbook.fingerprint,
            )
        )

    def end(self, call: Call, *, is_connected: bool) -> None:
        """Store how and when a call ended; `is_connected`: somebody was talked to."""
        self._connection.execute(
            update(calls)
            .where(calls.c.call_id == call.call_id)
            .values(
                ended_at=to_text_or_none(call.ended_at),
                line_result=call.line_result,
                conversation_result=call.conversation_result,
                talk_s=call.talk_s,
                is_attempt=int(call.is_attempt),
                is_connected=int(is_connected),
            )
        )

    def reopen(self, call_id: str) -> None:
        """Store that a call goes on, whose end was taken back."""
        self._connection.execute(
            update(calls)
            .where(calls.c.call_id == call_id)
            .values(
                ended_at=None, line_result="", conversation_result="", is_attempt=0, is_connected=0
            )
        )

    def attempts_of(self, lead_id: str) -> list[Attempt]:
        """Return the attempts to reach a lead, in the order they were made."""
        query = (
            select(calls.c.started_at, calls.c.line_result, calls.c.is_connected, calls.c.called_by)
            .where(calls.c.lead_id.in_(ids_of(self._connection, lead_id)), calls.c.is_attempt == 1)
            .order_by(calls.c.started_at)
        )
        return [
            Attempt(from_text(at), line_result, bool(connected), by)
            for at, line_result, connected, by in self._connection.execute(query)
        ]

    def tries_by(self, called_by: str, most: int) -> list[Try]:
        """Return a rep's latest attempts: at which hour of the lead's clock, and if answered."""
        query = (
            select(calls.c.local_hour, calls.c.is_connected)
            .where(
                calls.c.called_by == called_by,
                calls.c.is_attempt == 1,
                calls.c.local_hour.is_not(None),
            )
            .order_by(calls.c.started_at.desc())
            .limit(most)
        )
        return [Try(hour, bool(answered)) for hour, answered in self._connection.execute(query)]

    def add_answer(self, answer: Answer) -> None:
        """Store what was said to one question."""
        self._connection.exec_driver_sql(
            _ADD_ANSWER,
            (
                answer.answer_id,
                answer.call_id,
                answer.question_id,
                _value_text(answer.value),
                to_text(answer.at),
                answer.evidence.value,
                answer.note,
                int(answer.withdrawn),
                "" if answer.state is AnswerState.GIVEN else answer.state.value,
                answer.playbook_fingerprint,
            ),
        )

    def facts_of_lead(self, lead_id: str) -> list[Answer]:
        """Return everything said on calls with a lead, in the order it was recorded."""
        rows = self._connection.exec_driver_sql(_FACTS_OF_LEAD, (self._ids(lead_id),))
        return [_answer(*row) for row in rows]

    def quotes_of_lead(self, lead_id: str) -> dict[str, str]:
        """Return call id -> the last thing noted of it in the lead's own words."""
        rows = self._connection.exec_driver_sql(
            "SELECT call_id, note FROM answers JOIN calls USING (call_id)"
            " WHERE lead_id IN (SELECT value FROM json_each(?)) AND note <> '' ORDER BY number",
            (self._ids(lead_id),),
        )
        return {row.call_id: row.note for row in rows}

    def notes(self, call_ids: Sequence[str]) -> dict[str, str]:
        """Return call id -> the prospect's words in that call, a line a note."""
        query = (
            select(answers.c.call_id, answers.c.question_id, answers.c.note, answers.c.withdrawn)
            .where(answers.c.call_id.in_(call_ids))
            .order_by(answers.c.number)
        )
        said: dict[str, list[tuple[str, str]]] = {}
        for call_id, question_id, note, withdrawn in self._connection.execute(query):
            notes = said.setdefault(call_id, [])
            if not withdrawn:
                notes.append((question_id, note))
                continue
            taken = [index for index, (one, _) in enumerate(notes) if one == question_id]
            if taken:
                del notes[taken[-1]]
        texts = {
            call_id: "\n".join(dict.fromkeys(note for _, note in notes if note))
            for call_id, notes in said.items()
        }
        return {call_id: text for call_id, text in texts.items() if text}

    def _ids(self, lead_id: str) -> str:
        return json.dumps(ids_of(self._connection, lead_id))


def _call(row: Row[*tuple[Any, ...]]) -> Call:
    return Call(
        row.call_id,
        row.lead_id,
        row.playbook_id,
        row.playbook_version,
        row.playbook_fingerprint,
        from_text(row.started_at),
        from_text_or_none(row.ended_at),
        row.line_result,
        row.conversation_result,
        row.talk_s,
        row.called_by,
        bool(row.is_attempt),
    )


def _answer(  # noqa: PLR0913, PLR0917 - the columns of `_FACTS_OF_LEAD`
    question_id: str,
    value: str,
    at: str,
    evidence: str,
    note: str,
    call_id: str,
    answer_id: str,
    withdrawn: int,
    state: str,
    playbook_fingerprint: str,
) -> Answer:
    return Answer(
        question_id,
        _value(value),
        from_text(at),
        _EVIDENCE[evidence],
        note,
        call_id,
        answer_id,
        bool(withdrawn),
        _STATES[state],
        playbook_fingerprint,
    )


def _value_text(value: AnswerValue) -> str:
    """Return JSON; the options of a `choices` question become a list."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=1 << 12)
def _value(text: str) -> AnswerValue:
    value: AnswerValue | list[str] = json.loads(text)
    return tuple(value) if isinstance(value, list) else value
