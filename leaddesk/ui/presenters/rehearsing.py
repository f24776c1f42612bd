# SPDX-License-Identifier: MIT
"""A rehearsal: a call with a simulated prospect, in the same view, of which nothing is written.

The prospect is made up and knows what is true; at the end stands what was found, what was missed,
and how many questions it took.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from leaddesk.core.domain.call import Answer, Call, latest_answers
from leaddesk.core.domain.call_session import CallSession
from leaddesk.core.domain.decision import Decision
from leaddesk.core.domain.events import EventKind
from leaddesk.core.domain.playbook import Playbook
from leaddesk.core.domain.rehearsal import Prospect, make_prospect, reply
from leaddesk.core.domain.rehearsal_review import Finding, RehearsalReview, review
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.domain.wording import VERDICT_NAMES
from leaddesk.core.services import playbooks
from leaddesk.core.services.endings import CallResult, Choice
from leaddesk.ui.presenters.call_jobs import OpenedCall, rep_fields
from leaddesk.ui.presenters.call_keeper import Failed
from leaddesk.ui.presenters.call_screens import Confirmation
from leaddesk.ui.presenters.panels.panel import PanelRow
from leaddesk.ui.presenters.panels.pick import PickPanel

if TYPE_CHECKING:
    from leaddesk.core.services.workspace import Workspace
    from leaddesk.ui.presenters.call_presenter import CallPresenter

LEAD_ID = ""
"""A made-up lead is in no list."""


class _Setting(NamedTuple):
    """What a rehearsal takes from the workspace: all that a call with a person would."""

    playbook: Playbook
    rep_fields: Mapping[str, str]
    is_silent: bool


class RehearsalKeeper:
    """Keeps a call in memory, and speaks for the prospect."""

    is_rehearsal = True

    def __init__(
        self,
        playbook: Playbook,
        prospect: Prospect,
        finished: Callable[["RehearsalKeeper", Verdict | None], None],
    ) -> None:
        self.playbook = playbook
        self.prospect = prospect
        self.asked: list[str] = []
        self.said: list[Answer] = []
        self._finished = finished

    def hear(self, question_id: str) -> str:
        """Return what the prospect says when asked, the first time or again."""
        if question_id not in self.prospect.truth:
            return ""
        self.asked.append(question_id)
        times = self.asked.count(question_id)
        return reply(self.playbook, self.prospect, question_id, times).words

    def record(self, answer: Answer, done: Callable[[Answer], None], failed: Failed) -> None:  # noqa: ARG002 - nothing can fail
        """Remember an answer."""
        self.said.append(answer)
        done(answer)

    def save_position(self, stop_id: str, talked_s: int) -> None:
        """Forget it: a rehearsal is not resumed."""

    def note(self, kind: EventKind, detail: Mapping[str, str]) -> None:
        """Forget it."""

    def switch(self, fingerprint: str, done: Callable[[OpenedCall], None], failed: Failed) -> None:
        """Stay: the prospect was made for this playbook; the menu does not offer others."""

    def end(
        self,
        result: CallResult,  # noqa: ARG002 - nobody was called
        talked_s: int,  # noqa: ARG002
        done: Callable[[Call], None],  # noqa: ARG002
        failed: Failed,  # noqa: ARG002
    ) -> None:
        """Finish without a decision."""
        self._finished(self, None)

    def decide(
        self,
        choice: Choice,
        talked_s: int,  # noqa: ARG002 - as above
        done: Callable[[Decision], None],  # noqa: ARG002
        failed: Failed,  # noqa: ARG002
    ) -> None:
        """Finish with a decision."""
        self._finished(self, choice.decided)


class Rehearsing:
    """Starts rehearsals, and says at the end what they were worth.

    Args:
        pick: Number of choices -> one of them, from 0; another one every time.
    """

    def __init__(self, presenter: "CallPresenter", pick: Callable[[int], int]) -> None:
        self._presenter = presenter
        self._pick = pick

    def start(self) -> None:
        """Call a simulated prospect."""
        if not self._presenter.is_idle:
            self._presenter.view.say("A call is open. Decide or end it first.")
            return
        self._presenter.desk.run(_setting, self._begin)

    def _begin(self, setting: _Setting) -> None:
        if not self._presenter.is_idle:
            return
        playbook = setting.playbook
        prospect = make_prospect(playbook, self._pick)
        now = self._presenter.clock()
        call = Call(
            "", LEAD_ID, playbook.id, playbook.version, playbook.fingerprint, started_at=now
        )
        lead = replace(prospect.lead, lead_id=LEAD_ID)
        opened = OpenedCall(
            CallSession(call, {}),
            playbook,
            lead,
            rep_fields=setting.rep_fields,
            is_silent=setting.is_silent,
            is_rehearsal=True,
        )
        keeper = RehearsalKeeper(playbook, prospect, self._finished)
        self._presenter.begin(opened, keeper)
        self._presenter.view.say("A rehearsal: nobody is called, and nothing is written down.")

    def _finished(self, keeper: RehearsalKeeper, decided: Verdict | None) -> None:
        found = review(
            keeper.playbook,
            keeper.prospect,
            latest_answers(keeper.said),
            keeper.asked,
            decided,
            self._presenter.clock(),
        )
        name = keeper.prospect.lead.name
        self._presenter.over(
            Confirmation(decided or Verdict.UNDECIDED, f"Rehearsal with {name}", found.sentence)
        )
        self._presenter.open_panel(
            PickPanel(
                "What the rehearsal was worth",
                sentence=found.sentence,
                rows=tuple(_rows(found)),
                back="Back",
                tone=found.true_verdict if found.true_verdict is not Verdict.UNDECIDED else None,
            )
        )


def _setting(work: "Workspace") -> _Setting:
    return _Setting(playbooks.active(work), rep_fields(work), work.is_silent)


def _rows(found: RehearsalReview) -> list[PanelRow]:
    """Return the review as lines: figures first, then what was missed, heard wrongly, found."""
    fewest = "" if found.fewest is None else f"{found.fewest} could have settled it"
    rows = [
        PanelRow("What was true", right=VERDICT_NAMES[found.true_verdict], strong=True),
        PanelRow("What you recorded comes to", right=VERDICT_NAMES[found.your_verdict]),
        PanelRow(f"Questions asked. {fewest}".strip(), right=str(found.questions_asked)),
    ]
    for title, findings in (
        ("Heard otherwise", found.wrong),
        ("Missed", found.missed),
        ("Found", found.found),
    ):
        if findings:
            rows.append(PanelRow(title, right=str(len(findings)), strong=True))
            rows += [PanelRow(_words(one, title)) for one in findings]
    return rows


def _words(finding: Finding, title: str) -> str:
    if title == "Heard otherwise":
        return f"{finding.topic}: {finding.truth}; you wrote {finding.heard}"
    return f"{finding.topic}: {finding.truth}"
