# SPDX-License-Identifier: MIT
"""The test for coming back as JSON: what a wait keeps, whatever playbook comes after it."""

import json
from typing import Any

from leaddesk.core.domain.call import AnswerValue
from leaddesk.core.domain.re_entry import ReEntry


def write_re_entry(test: ReEntry | None) -> str:
    """Return a test as text; equal tests give equal text, none gives an empty one."""
    if test is None:
        return ""
    values = {"question": test.question, "answers": test.answers, "points": test.points}
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def read_re_entry(text: str) -> ReEntry | None:
    """Return the test of a text; None where there is none, or it cannot be read."""
    try:
        found = json.loads(text) if text else None
    except ValueError:
        return None
    if not isinstance(found, dict) or not isinstance(found.get("question"), str):
        return None
    answers, points = found.get("answers"), found.get("points")
    return ReEntry(
        found["question"],
        tuple(map(_value, answers)) if isinstance(answers, list) else (),
        points if isinstance(points, int) else 0,
    )


def _value(found: Any) -> AnswerValue:  # noqa: ANN401 - whatever JSON holds
    if isinstance(found, list):
        return tuple(str(one) for one in found)
    return found if isinstance(found, str | int) and not isinstance(found, bool) else None
