# SPDX-License-Identifier: MIT
"""How much an answer says: its level, 0 (evidence against) to 3 (confirmed), whatever the kind."""

from leaddesk.core.domain.call import AnswerValue
from leaddesk.core.domain.outcomes import AnswerError, outcome_index
from leaddesk.core.domain.playbook import NUMBER_KINDS, Kind, Question


def is_possible(question: Question, value: AnswerValue) -> bool:
    """Return whether a question can have this answer; an open one it can."""
    try:
        outcome_index(question, value)
    except AnswerError:
        return False
    return True


def says_something(question: Question, value: AnswerValue) -> bool:
    """Return whether an answer tells anything: possible, and neither empty nor open."""
    if value is None or not is_possible(question, value):
        return False
    if question.kind is Kind.TEXT:
        return bool(str(value).strip())
    return not any(option.open and option.id == value for option in question.options)


def level_of(question: Question, value: AnswerValue) -> int | None:
    """Return the level of an answer, of several options the highest.

    None where the playbook gives no level, and for an answer that is open or not possible.
    """
    if question.kind is Kind.TEXT or not says_something(question, value):
        return None
    if question.kind in NUMBER_KINDS:
        index = outcome_index(question, value)
        return None if index is None else question.bands[index].level
    ids = value if isinstance(value, tuple) else (value,)
    levels = [o.level for o in question.options if o.id in ids and o.level is not None]
    return max(levels, default=None)
