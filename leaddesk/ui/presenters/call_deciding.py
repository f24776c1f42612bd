# SPDX-License-Identifier: MIT
"""Taking a decision: which reasons can be given, what is missing, when it can be confirmed."""

from dataclasses import dataclass, replace

from leaddesk.core.domain.assessment import Assessment
from leaddesk.core.domain.playbook import Playbook, Reason
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.domain.wording import VERDICT_NAMES
from leaddesk.ui.presenters.call_screens import DecideScreen, ReasonChoice

REASON_KEYS = "123456789abcdefghijklmnopqrstuvwxyz"
"""One key a reason, in the playbook's order."""


@dataclass(frozen=True, slots=True)
class Deciding:
    """A decision being taken. Immutable: every key makes the next one.

    Attributes:
        reason: Id of the reason picked; empty: none yet.
        override_reason: Why it goes against the recommendation, as typed so far.
    """

    decided: Verdict
    recommended: Verdict
    reasons: tuple[Reason, ...]
    reason: str = ""
    override_reason: str = ""

    @property
    def overrides(self) -> bool:
        """Whether this goes against the recommendation, and has to say why."""
        return self.decided is not self.recommended

    @property
    def missing(self) -> str:
        """What is still needed, in one sentence; empty when it can be confirmed."""
        if self.reasons and not self.reason:
            return "Pick a reason."
        if self.overrides and not self.override_reason.strip():
            return "Say in one line why."
        return ""

    def pick(self, key: str) -> "Deciding":
        """Return the decision with the reason of that key; unchanged when no reason has it."""
        index = REASON_KEYS.find(key.casefold()) if len(key) == 1 else -1
        if not 0 <= index < len(self.reasons):
            return self
        return replace(self, reason=self.reasons[index].id)

    def because(self, text: str) -> "Deciding":
        """Return the decision with what was typed as the reason for going against."""
        return replace(self, override_reason=text)

    def screen(self) -> DecideScreen:
        """Return the panel."""
        keys = REASON_KEYS.ljust(len(self.reasons))
        return DecideScreen(
            decided=self.decided,
            title=VERDICT_NAMES[self.decided],
            reasons=tuple(
                ReasonChoice(key.strip(), reason.id, reason.label, chosen=reason.id == self.reason)
                for key, reason in zip(keys, self.reasons, strict=False)
            ),
            against=self._against(),
            override_reason=self.override_reason,
            missing=self.missing,
        )

    def _against(self) -> str:
        if not self.overrides:
            return ""
        if self.recommended is Verdict.UNDECIDED:
            return "Too little is known for a recommendation. Why decide now?"
        name = VERDICT_NAMES[self.recommended].lower()
        return f"You decide against the recommendation ({name}). Why?"


def start_deciding(playbook: Playbook, assessment: Assessment, decided: Verdict) -> Deciding:
    """Return the panel's first state; a reason the assessment itself gives is picked already."""
    reasons = playbook.reasons_for(decided)
    offered = {reason.id for reason in reasons}
    given = next((reason for reason in assessment.reasons if reason in offered), "")
    return Deciding(decided, assessment.recommendation, reasons, given)
