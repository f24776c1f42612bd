# SPDX-License-Identifier: MIT
"""What has to be there before a call can end as it is to end."""

from typing import TYPE_CHECKING

from leaddesk.core.domain.playbook import OTHER, Playbook, ReasonKind
from leaddesk.core.domain.results import ResultRule
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.errors import BugError, KnownError

if TYPE_CHECKING:
    from leaddesk.core.services.endings import CallResult, Choice


def check_result(rule: ResultRule, result: "CallResult") -> None:
    """Refuse a result that lacks what it asks for.

    Raises:
        KnownError: in words.
    """
    if rule.decides:
        raise KnownError(f"“{rule.label}” is a decision.", "Take it with its own key.")
    if rule.needs_date and result.at is None:
        raise KnownError(f"“{rule.label}” needs a time.", "Say when.")
    if rule.needs_text and not (rule.text_optional or result.text.strip()):
        raise KnownError(f"“{rule.label}” needs {rule.needs_text.lower()}.", "Type it.")


def check_meeting(rule: ResultRule, choice: "Choice") -> None:
    """Refuse a meeting without a time.

    Raises:
        KnownError: in words.
    """
    if rule.decides != choice.decided:
        raise BugError(f"{rule.id} is not what {choice.decided} says")
    if rule.needs_date and choice.next_at is None:
        raise KnownError(f"“{rule.label}” needs a time.", "Say when.")


def check_choice(playbook: Playbook, choice: "Choice", recommended: Verdict) -> None:
    """Refuse a decision that lacks its reason, its next step or its time.

    Raises:
        KnownError: in words.
    """
    allowed = {one.id for one in playbook.reasons_for(choice.decided)}
    decided = choice.decided
    if choice.reason not in allowed and (choice.reason or decided is not Verdict.PASS):
        raise KnownError("This decision needs a reason.", "Pick one of the reasons shown.")
    if choice.reason == OTHER and not choice.reason_text.strip():
        raise KnownError("\u201cOther\u201d says nothing by itself.", "Say the reason in a line.")
    if decided is not recommended and not choice.override_reason.strip():
        raise KnownError(
            "This is not what the playbook recommends.", "Say in one line why you decide so."
        )
    if decided is Verdict.PASS and not choice.next_step.strip():
        raise KnownError("A pass needs a next step.", "Say what was agreed to happen next.")
    if decided is Verdict.NURTURE and choice.next_at is None:
        raise KnownError("Nurture needs a next date.", "Say when to call again.")


def suppresses(playbook: Playbook, reason: str) -> bool:
    """Return whether a reason means that a lead is never to be reached again."""
    return any(r.id == reason and ReasonKind.SUPPRESS in r.kinds for r in playbook.reasons)
