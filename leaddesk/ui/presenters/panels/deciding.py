# SPDX-License-Identifier: MIT
"""Taking a decision: which reasons can be given, what is agreed next, when it can be confirmed."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from leaddesk.core.domain.assessment import Assessment
from leaddesk.core.domain.call import AnswerValue
from leaddesk.core.domain.nurture import revisit_day, track_for, track_words, weakest_of
from leaddesk.core.domain.playbook import Playbook, Reason, Track
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.domain.wording import VERDICT_NAMES
from leaddesk.core.services.endings import Choice as Decided
from leaddesk.ui.presenters.call_screens import Choice
from leaddesk.ui.presenters.dates import When, in_days, read_when
from leaddesk.ui.presenters.panels import receiving, saying
from leaddesk.ui.presenters.panels.panel import PanelField, PanelScreen, index_of, keys_for

WHY, STEP, WHEN = "why", "step", "when"


class DecidingPanel:
    """One decision being taken.

    Args:
        playbook: Gives the reasons and the nurture tracks.
        assessment: What is recommended.
        decided: The decision to take.
        now: For dates typed as "in 3 weeks".
        done: Takes the decision once nothing is missing.
        meeting: A meeting was agreed on: the step is known, its time is asked for.
        unsaid: Titles of steps that have to be said and were not.
        said: Question id -> what was answered on this call.

    Attributes:
        receiving: What is asked before a pass.
    """

    def __init__(  # noqa: PLR0913 - what a decision depends on
        self,
        playbook: Playbook,
        assessment: Assessment,
        decided: Verdict,
        now: datetime,
        done: Callable[[Decided], None],
        *,
        meeting: bool = False,
        unsaid: tuple[str, ...] = (),
        said: Mapping[str, AnswerValue] | None = None,
    ) -> None:
        self.decided = decided
        self.receiving = receiving.Receiving(playbook)
        self._playbook = playbook
        self._recommended = assessment.recommendation
        self._weakest = weakest_of(playbook, assessment)
        self._reasons = saying.offered(playbook, decided)
        self._saying = saying.Saying()
        self._now = now
        self._done = done
        self._meeting = meeting
        self._unsaid = unsaid
        self._said = said or {}
        offered = {reason.id for reason in self._reasons}
        self._reason = next((reason for reason in assessment.reasons if reason in offered), "")
        self._texts = {WHY: "", STEP: "Meeting" if meeting else "", WHEN: ""}
        self._typed_when = False
        self._suggest_when()

    @property
    def overrides(self) -> bool:
        """Whether this goes against the recommendation, and has to say why."""
        return self.decided is not self._recommended

    @property
    def missing(self) -> str:
        """What is still needed, in one sentence; empty when it can be confirmed."""
        when = self._when()
        if self._reasons and not self._reason:
            return "Pick a reason."
        lacks_why = self.overrides and not self._texts[WHY].strip()
        if words := self._saying.missing(self._reason) or "Say in one line why." * lacks_why:
            return words
        if self.decided is Verdict.PASS and not self._texts[STEP].strip():
            return "Say what happens next."
        if when.problem:
            return when.problem
        if when.at is None and (self._meeting or self.decided is Verdict.NURTURE):
            return "Say when you meet." if self._meeting else "Say when to call again."
        return ""

    def key(self, key: str) -> bool:
        """Pick the reason of that key, or tick a point of the checklist.

        A reason to nurture changes the decision to that.
        """
        if self.decided is Verdict.PASS:
            return self.receiving.key(key)
        if self._reasons and self._saying.key(key):
            return True
        index = index_of(key, len(self._reasons))
        if index < 0:
            return False
        self._reason = self._reasons[index].id
        if self._reasons[index] not in self._playbook.reasons_for(self.decided):
            self.decided = Verdict.NURTURE
            self._reasons = saying.offered(self._playbook, self.decided)
        self._suggest_when()
        return True

    def edit(self, field_id: str, text: str) -> None:
        """Take what is typed."""
        if field_id == receiving.WHO:
            self.receiving.named = text
            return
        if field_id == saying.WORDS:
            self._saying.words = text
            return
        self._texts[field_id] = text
        self._typed_when = self._typed_when or field_id == WHEN

    def confirm(self) -> None:
        """Take the decision, if nothing is missing."""
        if self.missing:
            return
        self._done(
            Decided(
                self.decided,
                self._reason,
                self._texts[WHY].strip() if self.overrides else "",
                self._texts[STEP].strip(),
                self._when().at,
                self._meeting,
                checked=self.receiving.checked,
                receiver=self.receiving.named.strip(),
                said_by=self._saying.by,
                reason_text=self._saying.words.strip(),
            )
        )

    def screen(self) -> PanelScreen:
        """Return the panel."""
        if self.decided is Verdict.PASS:
            return replace(
                self._bare(),
                ask=self.receiving.ask,
                choices=self.receiving.choices(),
                sentence_below=self.receiving.still_open,
            )
        keys = keys_for(len(self._reasons))
        return replace(
            self._bare(),
            ask="Reason" if self._reasons else "",
            choices=(
                *(
                    Choice(
                        key,
                        reason.label,
                        saying.effect(reason, self.decided),
                        chosen=reason.id == self._reason,
                    )
                    for key, reason in zip(keys, self._reasons, strict=True)
                ),
                *(self._saying.choices() if self._reasons else ()),
            ),
            sentence_below=" ".join(
                words
                for words in (saying.advice(self._picked(), self.decided), self._track_words())
                if words
            ),
        )

    def _bare(self) -> PanelScreen:
        """Return the panel without what is picked by key."""
        return PanelScreen(
            title=VERDICT_NAMES[self.decided],
            tone=self.decided,
            sentence=self._sentence(),
            fields=self._fields(),
            missing=self.missing,
            confirm=VERDICT_NAMES[self.decided],
            focus=self._focus(),
        )

    def _fields(self) -> tuple[PanelField, ...]:
        fields = []
        if self.overrides:
            fields.append(PanelField(WHY, self._against(), self._texts[WHY], "In one line"))
        if self.decided is Verdict.PASS:
            hint = "What they agreed to do, and who comes"
            fields.append(PanelField(STEP, "Next step", self._texts[STEP], hint))
            fields.append(PanelField(WHEN, self._when_label("When"), self._texts[WHEN], HINT))
            fields += self.receiving.fields()
        if self.decided is Verdict.NURTURE:
            label = self._when_label("Call again")
            fields.append(PanelField(WHEN, label, self._texts[WHEN], HINT))
        return (*fields, *self._saying.fields(self._reason))

    def _focus(self) -> str:
        """Reasons take keys, so a line gets the focus once a reason is picked, if it is needed."""
        if self._reasons and not self._reason:
            return ""
        if self._saying.focus(self._reason):
            return saying.WORDS
        if self.overrides and not self._texts[WHY].strip():
            return WHY
        if self.decided is Verdict.PASS and not self._texts[STEP].strip():
            return STEP
        return WHEN if self._meeting else ""

    def _picked(self) -> Reason | None:
        return next((one for one in self._reasons if one.id == self._reason), None)

    def _sentence(self) -> str:
        parts = [self._saying.sentence()] if self._reasons else []
        if self._unsaid:
            parts.append(f"Not said yet, and it has to be: {', '.join(self._unsaid)}.")
        return " ".join(parts)

    def _against(self) -> str:
        if self._recommended is Verdict.UNDECIDED:
            return "Too little is known for a recommendation. Why decide now?"
        name = VERDICT_NAMES[self._recommended].lower()
        return f"You decide against the recommendation ({name}). Why?"

    def _when(self) -> When:
        return read_when(self._texts[WHEN], self._now)

    def _when_label(self, words: str) -> str:
        when = self._when()
        return f"{words}: {when.words}" if when.words else words

    def _suggest_when(self) -> None:
        """Fill in when the nurture track of the reason comes back, until something is typed."""
        if self.decided is not Verdict.NURTURE or self._typed_when:
            return
        track = self._track()
        if agreed := self._agreed(track.date_question if track is not None else ""):
            self._texts[WHEN] = agreed
            return
        today = self._now.astimezone().date()
        self._texts[WHEN] = in_days((revisit_day(track, today) - today).days)

    def _track(self) -> Track | None:
        return track_for(self._playbook, self._reason, self._weakest)

    def _track_words(self) -> str:
        """Return what is done while a nurtured lead waits, once it is known why it does."""
        is_known = self.decided is Verdict.NURTURE and self._reason
        return track_words(self._track()) if is_known else ""

    def _agreed(self, question_id: str) -> str:
        """Return what they said to the question of when to call again, where it is a date."""
        said = self._said.get(question_id)
        text = f"in {said} months" if isinstance(said, int) else said
        return text if isinstance(text, str) and read_when(text, self._now).at is not None else ""


HINT = "in 3 weeks, 14 Mar, 14.3. 15:30, tomorrow 9:00"
