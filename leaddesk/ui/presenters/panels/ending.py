# SPDX-License-Identifier: MIT
"""How a call ended: what the line did, and where somebody answered, what they said."""

from collections.abc import Callable
from datetime import datetime, tzinfo

from leaddesk.core.domain.results import ResultRule, Results, effect_words
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.services.endings import CallResult
from leaddesk.ui.presenters.call_screens import Choice
from leaddesk.ui.presenters.dates import When, read_when, say_when
from leaddesk.ui.presenters.panels.deciding import HINT
from leaddesk.ui.presenters.panels.panel import PanelField, PanelScreen

WHEN, TEXT = "when", "text"


class EndingPanel:
    """The result of a call being picked: first the line, then the conversation.

    Args:
        results: What there is to pick, with effects.
        now, zone: For the time of a callback, by the clock of the lead; None: not known.
        done: Ends the call with its result.
        decide: Takes a decision instead: a result that stands for one was picked.
        talked: Something was answered on this call, so somebody is there: no line to pick.
        line: Id of a line result picked already, as behind a voicemail.
        gap_hours: Least time between two attempts: what a result says is never less.
    """

    def __init__(  # noqa: PLR0913 - what a result depends on
        self,
        results: Results,
        now: datetime,
        zone: tzinfo | None,
        done: Callable[[CallResult], None],
        decide: Callable[[Verdict, bool], None],
        *,
        talked: bool = False,
        line: str = "",
        gap_hours: int = 0,
    ) -> None:
        self._results = results
        self._now = now
        self._zone = zone
        self._done = done
        self._decide = decide
        self._gap_hours = gap_hours
        self._line = (
            results.line_rule("CONNECTED_TARGET" if talked else line) if (talked or line) else None
        )
        self._said: ResultRule | None = None
        self._texts = {WHEN: "", TEXT: ""}

    @property
    def missing(self) -> str:
        """What is still needed before the call can end; empty: nothing."""
        rule = self._rule()
        if rule is None:
            return "Pick what came of it." if self._line else "Pick what the line did."
        if rule.needs_date and (self._when().problem or self._when().at is None):
            return self._when().problem or "Say when."
        if self._lacks_text(rule):
            return f"{rule.needs_text}?"
        return ""

    def key(self, key: str) -> bool:
        """Pick the result of that key; one that needs nothing more still waits for Enter."""
        rule = next((one for one in self._offered() if one.key == key.casefold()), None)
        if rule is None:
            return False
        if self._is_talk:
            self._said = rule
            if rule.decides:
                self._decide(Verdict(rule.decides), rule.id == "MEETING_SET")
        else:
            self._line = rule
        return True

    def edit(self, field_id: str, text: str) -> None:
        """Take what is typed."""
        self._texts[field_id] = text

    def confirm(self) -> None:
        """End the call, if nothing is missing."""
        line, said, rule = self._line, self._said, self._rule()
        if self.missing or line is None or rule is None:
            return
        if said in self._results.line:
            line, said = rule, None
        # What was typed for another result, picked before, is none of this one's.
        self._done(
            CallResult(
                line.id,
                said.id if said is not None else "",
                self._when().at if rule.needs_date else None,
                self._texts[TEXT].strip() if rule.needs_text else "",
            )
        )

    def screen(self) -> PanelScreen:
        """Return the panel."""
        talking = self._is_talk
        rule = self._rule()
        return PanelScreen(
            title="How did it end?",
            sentence=f"{self._line.label}." if self._line is not None and talking else "",
            ask="What came of it" if talking else "What the line did",
            choices=tuple(
                Choice(one.key, one.label, "", chosen=one is rule) for one in self._offered()
            ),
            sentence_below=self._effects(rule),
            fields=self._fields(rule),
            missing=self.missing,
            confirm="End call",
            focus=self._focus(rule),
        )

    @property
    def _is_talk(self) -> bool:
        """Whether somebody answered, and the line did not end it."""
        return self._line is not None and not self._line.ends_conversation

    def _offered(self) -> tuple[ResultRule, ...]:
        if not self._is_talk:
            return self._results.line
        keys = {rule.key for rule in self._results.conversation}
        cut_off = (
            rule for rule in self._results.line
            if rule.connected and rule.ends_conversation and rule.key not in keys
        )  # fmt: skip
        return (*self._results.conversation, *cut_off)

    def _rule(self) -> ResultRule | None:
        """The result that says what happens; None while it is not picked."""
        return self._said if self._is_talk else self._line

    def _effects(self, rule: ResultRule | None) -> str:
        return effect_words(rule, self._gap_hours) if rule is not None else ""

    def _fields(self, rule: ResultRule | None) -> tuple[PanelField, ...]:
        fields = []
        if rule is not None and rule.needs_text:
            fields.append(PanelField(TEXT, rule.needs_text, self._texts[TEXT]))
        if rule is not None and rule.needs_date:
            fields.append(PanelField(WHEN, self._when_label(), self._texts[WHEN], HINT))
        return tuple(fields)

    def _focus(self, rule: ResultRule | None) -> str:
        if rule is None:
            return ""
        if self._lacks_text(rule):
            return TEXT
        return WHEN if rule.needs_date and not self._texts[WHEN].strip() else ""

    def _lacks_text(self, rule: ResultRule) -> bool:
        given = self._texts[TEXT].strip()
        return bool(rule.needs_text) and not (rule.text_optional or given)

    def _when(self) -> When:
        return read_when(self._texts[WHEN], self._now, self._zone)

    def _when_label(self) -> str:
        whose = "by their clock" if self._zone is not None else "by your clock"
        when = self._when()
        if when.at is None:
            return f"When, {whose}"
        here = f" \u00b7 {say_when(when.at)} here" if self._zone is not None else ""
        return f"When, {whose}: {when.words}{here}"
