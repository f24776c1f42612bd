# SPDX-License-Identifier: MIT
"""The answers of a call in progress: what is on screen, and which of it is on disk."""

from collections.abc import Mapping, Sequence

from leaddesk.core.domain.call import Answer


class LiveAnswers:
    """Answers as the rep sees them, ahead of the disk by those still being written.

    Every answer given gets a number. One that cannot be written is taken out again, and what stood
    before it stands; one that takes another back does the same on purpose.

    Args:
        before: Question id -> what is known from earlier calls.
        said: Answers given in this call so far, in their order.
    """

    def __init__(self, before: Mapping[str, Answer], said: Sequence[Answer]) -> None:
        self._before = dict(before)
        self._given: dict[int, Answer] = {}
        self._waiting: set[int] = set()
        self._count = 0
        self._shown: dict[str, Answer] = {}
        for answer in said:
            self._count += 1
            self._given[self._count] = answer
        self._stand()

    @property
    def shown(self) -> Mapping[str, Answer]:
        """Question id -> the answer on screen."""
        return self._shown

    @property
    def said(self) -> tuple[Answer, ...]:
        """All answers given in this call, in their order."""
        return tuple(self._given.values())

    @property
    def waiting_count(self) -> int:
        """How many answers are not acknowledged yet."""
        return len(self._waiting)

    def last(self, question_id: str = "") -> Answer | None:
        """Return the latest answer of this call that stands; of one question, where it is named."""
        stacks: list[Answer] = []
        for answer in self._given.values():
            if question_id and answer.question_id != question_id:
                continue
            if not answer.withdrawn:
                stacks.append(answer)
                continue
            for index in range(len(stacks) - 1, -1, -1):
                if stacks[index].question_id == answer.question_id:
                    del stacks[index]
                    break
        return stacks[-1] if stacks else None

    def give(self, answer: Answer) -> int:
        """Put an answer on screen; return its number."""
        self._count += 1
        self._given[self._count] = answer
        self._waiting.add(self._count)
        self._stand(answer.question_id)
        return self._count

    def acknowledge(self, number: int, answer: Answer) -> None:
        """Take note that answer `number` is on disk."""
        self._waiting.discard(number)
        if number in self._given:
            self._given[number] = answer
            self._stand(answer.question_id)

    def take_back(self, number: int) -> bool:
        """Undo an answer that could not be written; return whether the screen changed."""
        self._waiting.discard(number)
        answer = self._given.pop(number)
        before = self._shown.get(answer.question_id)
        self._stand(answer.question_id)
        return before != self._shown.get(answer.question_id)

    def _stand(self, question_id: str = "") -> None:
        """Work out what stands, of one question or of all."""
        ids = (
            {question_id}
            if question_id
            else {*self._before, *(answer.question_id for answer in self._given.values())}
        )
        for one in ids:
            stack = [self._before[one]] if one in self._before else []
            for answer in self._given.values():
                if answer.question_id != one:
                    continue
                if not answer.withdrawn:
                    stack.append(answer)
                elif len(stack) > (one in self._before):
                    stack.pop()
            if stack:
                self._shown[one] = stack[-1]
            else:
                self._shown.pop(one, None)
