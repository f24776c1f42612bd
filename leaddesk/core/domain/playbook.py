# SPDX-License-Identifier: MIT
"""Everything a team agrees on before it calls: criteria, questions, points, script, reasons.

A playbook is read from TOML by `formats.playbook_toml`, never changed afterwards, and asked by
`domain.resolve` and `domain.assessment`. Source: docs/assessment.md, "Outcomes".
"""

from dataclasses import dataclass
from enum import StrEnum

from leaddesk.core.domain.verdict import Verdict


class Use(StrEnum):
    """What a playbook is for."""

    CALL = "call"
    VIEW = "view"


class Effect(StrEnum):
    """What an outcome does besides its points, the stronger first."""

    DISQUALIFY = "disqualify"
    HOLD = "hold"


class Kind(StrEnum):
    """How a question is answered."""

    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    NUMBER = "number"
    MONEY = "money"
    MONTHS = "months"
    TEXT = "text"


NUMBER_KINDS = (Kind.NUMBER, Kind.MONEY, Kind.MONTHS)
OPTION_KINDS = (Kind.CHOICE, Kind.CHOICES, Kind.YES_NO)


class Evidence(StrEnum):
    """How well an answer is known, weakest first."""

    ASSUMED = "assumed"
    SAID = "said"
    CONFIRMED = "confirmed"

    @property
    def rank(self) -> int:
        """0 for assumed, 1 for said, 2 for confirmed."""
        return tuple(Evidence).index(self)


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a choice, choices or yes_no question.

    Attributes:
        level: 0..3 as in docs/playbook-format.md, None when the playbook does not say.
        reason: Id of a reason; required with `Effect.DISQUALIFY`, optional with `Effect.HOLD`.
        open: Asked, not answered: the question stays open. No outcome, no points, no effect.
        matches: Patterns tried on lead data, case-insensitive, `*` is any text.
    """

    id: str
    label: str
    points: int = 0
    level: int | None = None
    effect: Effect | None = None
    reason: str = ""
    open: bool = False
    matches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Band:
    """A range of a number, money or months question: from `at_least` up to the next band."""

    at_least: int
    label: str
    points: int = 0
    level: int | None = None
    effect: Effect | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question with a finite list of outcomes; `text` has none and is never scored.

    Attributes:
        id: Unique in the playbook.
        ask: What the rep says, with merge fields.
        source: `lead.<field>` or `activity.score` (key `from` in the file), empty if only asked.
        stale_after_days: An older answer is open again; None: answers do not age.
        at_most: Cap on the sum of a `choices` question; None: no cap.
        options: For choice, choices and yes_no.
        bands: For number, money and months, strictly ascending.
    """

    id: str
    kind: Kind
    ask: str
    fact: str = ""
    listen_for: str = ""
    source: str = ""
    stale_after_days: int | None = None
    at_most: int | None = None
    options: tuple[Option, ...] = ()
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True, slots=True)
class Criterion:
    """A group of questions that is judged together.

    Attributes:
        required: A pass needs every scored question of it answered.
        minimum: A pass needs at least these points from it; None: no minimum.
        scored: False: its points count for its own percent only; its effects still count.
    """

    id: str
    title: str
    questions: tuple[Question, ...]
    about: str = ""
    required: bool = False
    minimum: int | None = None
    scored: bool = True


@dataclass(frozen=True, slots=True)
class DecisionRule:
    """Thresholds in whole percent of the most a lead can earn; 0 <= nurture_at < pass_at <= 100.

    Attributes:
        minimum_coverage: Percent; below it, too little is known to disqualify by score.
        evidence: What an answer needs to count; below it the question stays open.
    """

    pass_at: int
    nurture_at: int
    minimum_coverage: int
    evidence: Evidence = Evidence.SAID


@dataclass(frozen=True, slots=True)
class ActivityType:
    """What one kind of activity is worth before it ages."""

    id: str
    points: int
    at_most: int
    strong: bool = False


@dataclass(frozen=True, slots=True)
class EngagementRule:
    """How activities add up; an activity is worth half after `half_life_days`."""

    half_life_days: int
    types: tuple[ActivityType, ...] = ()


@dataclass(frozen=True, slots=True)
class GradeRule:
    """Fit letter by percent of one criterion, engagement digit by score, and the bar of an MQL.

    Attributes:
        a, b, c: Least percent for each letter; below c is D.
        engagement: Least scores for the digits 1, 2 and 3; below the last is 4.
        mql_at: Engagement that makes a lead an MQL; None: never by itself.
    """

    criterion: str
    a: int
    b: int
    c: int
    engagement: tuple[int, int, int] = (60, 30, 10)
    mql_at: int | None = None


@dataclass(frozen=True, slots=True)
class Branch:
    """Where the script goes next when every named question has one of the named answers."""

    when: tuple[tuple[str, tuple[str, ...]], ...]
    to: str


class Phase(StrEnum):
    """Where in a call a step belongs."""

    OPENING = "opening"
    GATEKEEPER = "gatekeeper"
    VOICEMAIL = "voicemail"
    DISCOVERY = "discovery"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the script: what to say and which questions it asks.

    Attributes:
        say: Talking point, with merge fields.
        verbatim: Exact words where a team wants them, with merge fields.
        must_say: A compliance step.
        next: Id of the step that follows; empty: the next in the file.
    """

    id: str
    title: str
    phase: Phase
    say: str = ""
    verbatim: str = ""
    must_say: bool = False
    questions: tuple[str, ...] = ()
    branch: tuple[Branch, ...] = ()
    next: str = ""


@dataclass(frozen=True, slots=True)
class Objection:
    """What to say when they push back; `then` is the step or question to return to."""

    id: str
    title: str
    say: str
    listen_for: tuple[str, ...] = ()
    then: str = ""


@dataclass(frozen=True, slots=True)
class TrackStep:
    """One touch of a nurture track."""

    after_days: int
    kind: str
    template: str = ""


@dataclass(frozen=True, slots=True)
class Track:
    """How a nurtured lead is kept warm, chosen by reason and weakest criterion."""

    id: str
    reasons: tuple[str, ...] = ()
    weakest: tuple[str, ...] = ()
    revisit_after_days: int = 90
    date_question: str = ""
    steps: tuple[TrackStep, ...] = ()


@dataclass(frozen=True, slots=True)
class Route:
    """Who receives a passed lead: first match wins, round robin over `to`.

    Attributes:
        when: Lead field -> allowed values; `score_at_least` is kept apart.
    """

    to: tuple[str, ...]
    when: tuple[tuple[str, tuple[str, ...]], ...] = ()
    score_at_least: int | None = None


class ReasonKind(StrEnum):
    """What a reason is good for."""

    TERMINAL = "terminal"
    NURTURE = "nurture"
    SUPPRESS = "suppress"


OTHER = "other"
"""Id of the reason that says nothing by itself: who gives it has to say it in words."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason for a decision; ids are fixed, labels are free."""

    id: str
    label: str
    kinds: tuple[ReasonKind, ...]


@dataclass(frozen=True, slots=True)
class HandoffRule:
    """What the receiver wants: a checklist and the framework they read in."""

    checklist: tuple[str, ...] = ()
    view: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Playbook:
    """A published playbook. Equal fingerprints mean equal playbooks; one made without is itself.

    Attributes:
        use: A view is never offered for a call: it reads the facts of a call in its own framework.
        fingerprint: SHA-256 (hex) of the file's canonical JSON.
    """

    id: str
    version: int
    title: str
    decision: DecisionRule
    criteria: tuple[Criterion, ...]
    framework: str = ""
    use: Use = Use.CALL
    language: str = "en"
    engagement: EngagementRule | None = None
    grades: GradeRule | None = None
    script: tuple[Step, ...] = ()
    objections: tuple[Objection, ...] = ()
    nurture: tuple[Track, ...] = ()
    routing: tuple[Route, ...] = ()
    reasons: tuple[Reason, ...] = ()
    handoff: HandoffRule = HandoffRule()
    fingerprint: str = ""

    def __eq__(self, other: object) -> bool:
        """Compare by fingerprint: a playbook keys a cache on every answer."""
        if self is other:
            return True
        return isinstance(other, Playbook) and self.fingerprint == other.fingerprint != ""

    def __hash__(self) -> int:
        return hash(self.fingerprint)

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions in the playbook's order."""
        return tuple(q for c in self.criteria for q in c.questions)

    def question(self, question_id: str) -> Question:
        """Return the question of that id.

        Raises:
            KeyError: no question has it.
        """
        for question in self.questions:
            if question.id == question_id:
                return question
        raise KeyError(question_id)

    def reasons_for(self, decided: Verdict) -> tuple[Reason, ...]:
        """Return the reasons that may be given for a decision, in the playbook's order.

        A pass needs none; nurture takes those of kind nurture; disqualify those of kind terminal
        or suppress.
        """
        wanted = {
            Verdict.NURTURE: {ReasonKind.NURTURE},
            Verdict.DISQUALIFY: {ReasonKind.TERMINAL, ReasonKind.SUPPRESS},
        }.get(decided, set())
        return tuple(reason for reason in self.reasons if wanted.intersection(reason.kinds))

    def reason_label(self, reason_id: str) -> str:
        """Return the label of a reason; an id the playbook does not list is shown as words."""
        for reason in self.reasons:
            if reason.id == reason_id:
                return reason.label
        return reason_id.replace("_", " ")
