# SPDX-License-Identifier: MIT
"""Who named the reason of a decision, in which words; a reason to nurture under "disqualify"."""

from leaddesk.core.domain.decision import SaidBy
from leaddesk.core.domain.playbook import OTHER, Playbook, Reason, ReasonKind
from leaddesk.core.domain.verdict import Verdict
from leaddesk.ui.presenters.call_screens import Choice
from leaddesk.ui.presenters.panels.panel import PanelField

WORDS = "words"
BY_KEY, WORDS_KEY = ".", ","
"""Go through who said so, and open the line for own words; the other keys are reasons.

While a line is typed in, the actions `said_by` and `own_words` do."""

_WHO = {"": "not noted", SaidBy.PROSPECT: "they did", SaidBy.REP: "my impression"}


class Saying:
    """What is asked about a reason besides which it is.

    Attributes:
        by: A `SaidBy`; empty: not noted.
    """

    def __init__(self) -> None:
        self.by = ""
        self.words = ""
        self._is_open = False

    def key(self, key: str) -> bool:
        """Go on to the next answer to who said so, or open the line, if this is the key of it."""
        if key == WORDS_KEY:
            self._is_open = True
            return True
        if key != BY_KEY:
            return False
        order = list(_WHO)
        self.by = str(order[(order.index(self.by) + 1) % len(order)])
        return True

    def missing(self, reason: str) -> str:
        """Return what is still needed for a reason; empty: nothing."""
        return "Say the reason in a line." if reason == OTHER and not self.words.strip() else ""

    def choices(self) -> tuple[Choice, ...]:
        """Return the lines for who said so, and for own words."""
        return (
            Choice(BY_KEY, "Who said so", _WHO[self.by], chosen=bool(self.by)),
            Choice(WORDS_KEY, "Own words", "", chosen=bool(self.words.strip())),
        )

    def sentence(self) -> str:
        """Return what is noted, with the keys that work from everywhere."""
        return f"Who said so: {_WHO[self.by]} (Alt S). Own words: Alt O."

    def fields(self, reason: str) -> tuple[PanelField, ...]:
        """Return the line for own words, once it is wanted or needed."""
        if reason == OTHER:
            return (PanelField(WORDS, "The reason", self.words, "In one line"),)
        if self._is_open or self.words:
            return (PanelField(WORDS, "In their words or yours", self.words),)
        return ()

    def focus(self, reason: str) -> str:
        """Return the line if it waits for being typed in, else an empty id."""
        return WORDS if self.fields(reason) and not self.words.strip() else ""


def offered(playbook: Playbook, decided: Verdict) -> tuple[Reason, ...]:
    """Return the reasons that can be picked: to disqualify, those to nurture instead come last."""
    own = playbook.reasons_for(decided)
    if decided is not Verdict.DISQUALIFY:
        return own
    return (*own, *(one for one in playbook.reasons_for(Verdict.NURTURE) if one not in own))


def effect(reason: Reason, decided: Verdict) -> str:
    """Return what picking a reason does besides: small words at its right."""
    if decided is Verdict.DISQUALIFY and reason.kinds == (ReasonKind.NURTURE,):
        return "nurture instead"
    if ReasonKind.SUPPRESS in reason.kinds:
        return "never again"
    return ""


def advice(reason: Reason | None, decided: Verdict) -> str:
    """Return what there is to say of the reason that is picked; empty: nothing."""
    if reason is None or decided is not Verdict.DISQUALIFY:
        return ""
    if ReasonKind.SUPPRESS in reason.kinds:
        return "It holds for their numbers and addresses, whoever has them."
    if ReasonKind.NURTURE in reason.kinds:
        return "This reason may pass: you can nurture instead."
    return ""
