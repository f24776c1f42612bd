# SPDX-License-Identifier: MIT
"""The answers of a call in progress: what is on screen, and which of it is on disk."""

from collections.abc import Mapping

from leaddesk.core.domain.call import Answer


class LiveAnswers:
    """Answers as the rep sees them, ahead of the disk by those still being written.

    Every answer given gets a number. When one cannot be written, the screen goes back to the
    last answer to that question that is on disk, unless a later one was given meanwhile.
    """

    def __init__(self, saved: Mapping[str, Answer]) -> None:
        self._saved = dict(saved)
        self._shown = dict(saved)
        self._latest: dict[str, int] = {}
        self._waiting: dict[int, str] = {}
        self._count = 0

    @property
    def shown(self) -> Mapping[str, Answer]:
        """Question id -> the answer on screen."""
        return self._shown

    @property
    def waiting_count(self) -> int:
        """How many answers are not acknowledged yet."""
        return len(self._waiting)

    def give(self, answer: Answer) -> int:
        """Put an answer on screen; return its number."""
        self._count += 1
        self._shown[answer.question_id] = answer
        self._latest[answer.question_id] = self._count
        self._waiting[self._count] = answer.question_id
        return self._count

    def acknowledge(self, number: int, answer: Answer) -> None:
        """Take note that answer `number` is on disk."""
        del self._waiting[number]
        self._saved[answer.question_id] = answer

    def take_back(self, number: int) -> bool:
        """Undo an answer that could not be written; return whether the screen changed."""
        question_id = self._waiting.pop(number)
        if self._latest[question_id] != number:
            return False
        if question_id in self._saved:
            self._shown[question_id] = self._saved[question_id]
        else:
            self._shown.pop(question_id, None)
        return True
