# SPDX-License-Identifier: MIT
"""Where in the script a call is: the way gone, the way ahead, and what is said on the side.

The rep may go anywhere; the script follows from there. An objection, the front desk and the voice
mail are asides: said in between, and then back to the same place or to where an objection leads.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from leaddesk.core.domain.playbook import Objection, Phase, Playbook, Question, Step
from leaddesk.core.domain.resolve import Resolved
from leaddesk.core.domain.script import Stop, next_stop, stops
from leaddesk.core.domain.short_call import two_minutes
from leaddesk.ui.presenters import call_compose as compose
from leaddesk.ui.presenters.call_answers import LiveAnswers
from leaddesk.ui.presenters.call_screens import Crumb


class AsideKind(StrEnum):
    """What is said on the side."""

    OBJECTION = "objection"
    GATEKEEPER = "gatekeeper"
    VOICEMAIL = "voicemail"


@dataclass(frozen=True, slots=True)
class Aside:
    """Words on the side of the script.

    Attributes:
        id: Of the objection or the step.
        badge: Shown above the words.
        say, verbatim: Points to make, and exact words; one of them may be empty.
        then: Id of the question or step to go on with; empty: back to the same place.
    """

    id: str
    kind: AsideKind
    badge: str
    say: str
    verbatim: str = ""
    then: str = ""

    def words(self, *, exact: bool) -> str:
        """What to say: the exact words where they are wanted and there are any."""
        return self.verbatim if exact and self.verbatim else self.say or self.verbatim


class Way:
    """The position in the script of one call.

    Attributes:
        aside: What is said on the side just now.
        short: Ids of the questions a short call asks; None: the script is followed.
    """

    def __init__(self, playbook: Playbook, answers: LiveAnswers, position: str) -> None:
        self._playbook = playbook
        self._answers = answers
        self.stops = stops(playbook)
        self._at = self.find(position) or 0
        self._trail = self._way_to(self._at)
        self.aside: Aside | None = None
        self.short: tuple[str, ...] | None = None
        self._hurried_at = 0

    @property
    def stop(self) -> Stop:
        """The screen of the script the rep is at."""
        return self.stops[self._at]

    @property
    def question(self) -> Question | None:
        """The question on screen; None in an aside."""
        return self.stop.question if self.aside is None else None

    @property
    def stop_id(self) -> str:
        """The question's id, else the step's."""
        stop = self.stop
        return stop.question.id if stop.question is not None else stop.step.id

    @property
    def can_go_back(self) -> bool:
        """Whether there is a screen before."""
        return self.aside is not None or bool(self._trail) or self._at > 0

    @property
    def is_first_of_step(self) -> bool:
        """Whether this is the first screen of its step: its talking point is shown there."""
        return self._at == 0 or self.stops[self._at - 1].step is not self.stop.step

    def advance(self) -> bool:
        """Go to the stop that follows from the answers; return False at the end.

        From an aside it leads to where the aside says, in two minutes to the same place.
        """
        if self.aside is not None:
            then = self.aside.then if self.short is None else ""
            self.aside = None
            self.go_to(then)
            return True
        following = self.following()
        if following is None:
            return False
        self._trail.append(self._at)
        self._at = following
        return True

    def go_back(self) -> bool:
        """Go to the stop before; return False at the start."""
        if self.aside is not None:
            self.aside = None
            return True
        if not self._trail and self._at == 0:
            return False
        self._at = self._trail.pop() if self._trail else self._at - 1
        return True

    def go_to(self, stop_id: str) -> bool:
        """Go to a question or a step, whatever comes between; return whether there is one."""
        found = self.find(stop_id)
        if found is None:
            return False
        self.aside = None
        if found != self._at:
            self._trail.append(self._at)
            self._at = found
        return True

    def first_open(self) -> str:
        """Return the id of the first question that nothing answers yet, without one of the close.

        Empty where there is neither.
        """
        asked = (stop.question.id for stop in self.stops if stop.question is not None)
        close = (stop.step.id for stop in self.stops if stop.step.phase is Phase.CLOSE)
        shown = self._answers.shown
        return next((one for one in asked if one not in shown), next(close, ""))

    def say_aside(self, aside: Aside) -> None:
        """Show words on the side; the place in the script stays."""
        self.aside = aside

    def hurry(self, resolved: Resolved) -> bool:
        """Ask only what can still decide from here on; return False where nothing can."""
        self.short = two_minutes(self._playbook, resolved)
        if not self.short:
            self.short = None
            return False
        self._hurried_at = len(self._trail)
        return self.go_to(self.short[0])

    def take_time(self) -> None:
        """Follow the script again."""
        self.short = None

    def following(self, way: Sequence[int] = ()) -> int | None:
        """Return the stop that follows at the end of a way (empty: the one gone so far).

        None at the end of the script.
        """
        way = way or (*self._trail, self._at)
        if self.short is not None:
            return self._following_in_short(way)
        return next_stop(self._playbook, self.stops, way[-1], self._answers.shown)

    def crumbs(self) -> tuple[Crumb, ...]:
        """The steps gone through, and those that follow if the answers stay as they are."""
        way = [*self._trail, self._at]
        while (ahead := self.following(way)) is not None and ahead not in way:
            way.append(ahead)
        return compose.crumbs([self.stops[at] for at in way], len(self._trail))

    def questions_of_phase(self) -> Collection[str]:
        """Return the ids of the questions that belong to the phase the call is in."""
        phase = self.stop.step.phase
        return {
            stop.question.id
            for stop in self.stops
            if stop.question is not None and stop.step.phase is phase
        }

    def find(self, stop_id: str) -> int | None:
        """Return the position of a question or a step, None where there is none of that id."""
        for index, stop in enumerate(self.stops):
            if stop_id == (stop.question.id if stop.question is not None else stop.step.id):
                return index
        for index, stop in enumerate(self.stops):
            if stop_id == stop.step.id:
                return index
        return None

    def _following_in_short(self, way: Sequence[int]) -> int | None:
        here, asked = way[-1], self._answers.shown
        # What was passed over is not asked again: two minutes come to an end.
        been = way[self._hurried_at :]
        for question_id in self.short or ():
            found = self.find(question_id)
            if question_id not in asked and found is not None and found not in been:
                return found
        close = next(
            (i for i, stop in enumerate(self.stops) if stop.step.phase is Phase.CLOSE), None
        )
        return close if close is not None and close != here else None

    def _way_to(self, goal: int) -> list[int]:
        """Return the stops before `goal` on the way the answers lead; none where they lead past."""
        way = [0]
        while way[-1] != goal:
            ahead = next_stop(self._playbook, self.stops, way[-1], self._answers.shown)
            if ahead is None or ahead in way:
                return []
            way.append(ahead)
        return way[:-1]


def objection_aside(objection: Objection) -> Aside:
    """Return an objection as words on the side."""
    badge = f"Objection \u00b7 {objection.title}"
    kind = AsideKind.OBJECTION
    return Aside(f"objection.{objection.id}", kind, badge, objection.say, then=objection.then)


def step_aside(step: Step) -> Aside:
    """Return a step of the front desk or the voice mail as words on the side."""
    kind = AsideKind.GATEKEEPER if step.phase is Phase.GATEKEEPER else AsideKind.VOICEMAIL
    return Aside(f"step.{step.id}", kind, step.title, step.say, step.verbatim)
