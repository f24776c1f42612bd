# SPDX-License-Identifier: MIT
"""What the Call view shows, as values: composed by `call_compose`, painted by `ui.call`.

Every text is ready to be shown as plain text; nothing here knows a widget.
"""

from dataclasses import dataclass
from enum import StrEnum

from leaddesk.core.domain.script import TextPart
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.domain.wording import Sentence


class Phase(StrEnum):
    """What the view is in the middle of."""

    IDLE = "idle"
    STARTING = "starting"
    IN_CALL = "in call"
    CLOSING = "closing"


class Entry(StrEnum):
    """How the answer of a stop is given."""

    NOTHING = "nothing"
    CHOICE = "choice"
    CHOICES = "choices"
    NUMBER = "number"
    TEXT = "text"


class Gap(StrEnum):
    """How far a criterion is known. MISSED: all answered, and below what a pass needs."""

    OPEN = "open"
    PART = "part"
    DONE = "done"
    MISSED = "missed"


class SaveState(StrEnum):
    """Whether everything said is on disk."""

    SAVED = "saved"
    SAVING = "saving"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class LeadCard:
    """A lead as the header and the page before a call show it.

    Attributes:
        contact: Pieces of the second line: phone, source, last contact; blank ones left out.
        facts: (label, value) of what is known, in the order they are read.
        history: (when, what happened), newest first.
        blocked: Why this lead may not be called; empty when it may.
        local: What time it is there; empty: not known.
        permission: "ok to call", "not now", "time there unknown"; shown behind the time.
        is_allowed: None where it has to be asked.
        decided: It was decided before: a call opens it again.
        last_time: (label, words) of what it was sent to wait with, what to ask first at the top.
    """

    lead_id: str
    name: str
    subtitle: str
    contact: tuple[str, ...]
    facts: tuple[tuple[str, str], ...] = ()
    history: tuple[tuple[str, str], ...] = ()
    blocked: str = ""
    local: str = ""
    permission: str = ""
    is_allowed: bool | None = True
    decided: bool = False
    last_time: tuple[tuple[str, str], ...] = ()


class RemarkTone(StrEnum):
    """How a remark is meant."""

    QUIET = "quiet"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Remark:
    """A short line about an answer: how old, how sure, what speaks against it."""

    text: str
    tone: RemarkTone = RemarkTone.QUIET


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the script in the breadcrumb; `passed` ones lie behind the current one."""

    title: str
    passed: bool
    current: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be given with one key, or one band of a number.

    Attributes:
        key: The key that picks it; empty for a band, which follows from the number typed.
        effect: What it does to the score, in words.
    """

    key: str
    label: str
    effect: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class StopScreen:
    """One screen of the script.

    Attributes:
        stop_id: Id of the question, else of the step.
        say: Talking point of the step, shown above its first question or alone in large type.
        ask: The question, in large type; empty for a step with nothing to ask.
        value: Text of the entry field for number and text.
        hint: What the entry field wants, shown while it is empty.
        badge: What kind of words these are, where they are no ordinary question.
        heard: What a simulated prospect says; empty: a person speaks, on the phone.
    """

    stop_id: str
    crumbs: tuple[Crumb, ...]
    say: tuple[TextPart, ...]
    ask: tuple[TextPart, ...]
    listen_for: str
    entry: Entry
    choices: tuple[Choice, ...]
    value: str
    hint: str
    takes_note: bool
    note: str
    noted_at: str
    can_go_back: bool
    badge: str = ""
    heard: str = ""


@dataclass(frozen=True, slots=True)
class EntryScreen:
    """What changes on a stop while its answer is given.

    Attributes:
        problem: Why what was typed is not an answer; empty when it is or may become one.
        unsaved: Enter keeps the answer first, before it goes on.
        at_end: There is no stop after this one.
        remarks: What is to be known about the answer, the most important first.
        confirms: Enter says an old answer again first.
    """

    choices: tuple[Choice, ...]
    problem: str
    unsaved: bool
    at_end: bool
    remarks: tuple[Remark, ...] = ()
    confirms: bool = False


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """One line of the checklist.

    Attributes:
        suffix: Said beside the title, for example "from lead data".
        earned, reach: Shares 0..1 of the most this criterion can give.
        badge: Letter shown instead of the meter; empty: the meter.
        is_best: Holds the question that decides most in this phase.
    """

    criterion_id: str
    title: str
    suffix: str
    gap: Gap
    line: str
    earned: float
    reach: float
    badge: str
    current: bool
    is_best: bool = False


@dataclass(frozen=True, slots=True)
class AssessmentScreen:
    """The right pane: the score as an interval, the verdict, the checklist with gaps first.

    Attributes:
        score, low, high: Percent, not rounded, for the bar.
        shown: The score as people see it, rounded down.
        reach: "to 88 still reachable".
        recommended: The decision to fill; UNDECIDED fills none.
        still_needed: What the hand-off lacks though it is decided; empty: nothing.
        is_silent: Score and verdict are shown at the end only.
    """

    score: float
    low: float
    high: float
    shown: int
    reach: str
    playbook: str
    nurture_at: int
    pass_at: int
    recommended: Verdict
    headline: str
    sentence: Sentence
    lines: tuple[CriterionLine, ...]
    still_needed: str = ""
    is_silent: bool = False


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What was just done, in a calm line above the next lead.

    Attributes:
        decision_id: Of the decision that can still be taken back; empty: none was taken.
    """

    verdict: Verdict
    title: str
    text: str
    decision_id: str = ""
