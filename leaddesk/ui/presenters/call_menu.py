# SPDX-License-Identifier: MIT
"""What can be done on a call besides answering: decide, end it, jump, meet an objection, undo.

Each action opens a panel or does its one thing. What can be done before a call is in `lead_menu`.
"""

from functools import partial
from typing import TYPE_CHECKING

from leaddesk.core.domain.call import AnswerState, Call
from leaddesk.core.domain.decision import Decision
from leaddesk.core.domain.events import EventKind
from leaddesk.core.domain.playbook import Phase, Playbook
from leaddesk.core.domain.results import ConversationResult, LineResult, Results
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.domain.wording import answer_words
from leaddesk.core.services import calling, endings, playbooks
from leaddesk.core.services.endings import CallResult, Choice
from leaddesk.ui.presenters import call_compose as compose
from leaddesk.ui.presenters.call_jobs import Heard, OpenedCall, heard
from leaddesk.ui.presenters.call_reading import ledger_rows, view_panel
from leaddesk.ui.presenters.call_way import Aside, AsideKind, objection_aside, step_aside
from leaddesk.ui.presenters.panels.deciding import DecidingPanel
from leaddesk.ui.presenters.panels.ending import EndingPanel
from leaddesk.ui.presenters.panels.pick import Item, PickPanel
from leaddesk.ui.presenters.panels.receiving import ask_receiver

if TYPE_CHECKING:
    from leaddesk.ui.presenters.call_presenter import CallPresenter
    from leaddesk.ui.presenters.call_talk import CallTalk

_LINE_AFTER = {
    AsideKind.GATEKEEPER: LineResult.GATEKEEPER,
    AsideKind.VOICEMAIL: LineResult.VOICEMAIL_LEFT,
}


class CallMenu:
    """One per window.

    Attributes:
        last_decision_id: Of the decision just taken; empty: none was.
    """

    def __init__(self, presenter: "CallPresenter") -> None:
        self._presenter = presenter
        self.last_decision_id = ""

    # The end of a call

    def decide(self, decided: Verdict, *, meeting: bool = False) -> None:
        """Open the panel for a decision, or change to another decision."""
        talk = self._presenter.talking
        if talk is None:
            return
        talk.keep_all()
        live, now = talk.live, self._presenter.clock()
        panel = DecidingPanel(
            live.playbook,
            live.assess(now),
            decided,
            now,
            self._decided_on,
            meeting=meeting,
            unsaid=live.unsaid_steps(),
            said=live.said_now(),
        )
        ask_receiver(self._presenter, panel)
        self._presenter.open_panel(panel)

    def end_call(self) -> None:
        """Ask how the call ended."""
        if self._presenter.talking is not None:
            self._presenter.desk.run(
                lambda work: (calling.results(work), calling.rules(work).attempts.gap_hours),
                self._ask_result,
            )

    def do_not_call(self) -> None:
        """Take down that they asked never to be called again; it ends the call."""
        talk = self._presenter.talking
        if talk is None:
            return
        result = CallResult(LineResult.CONNECTED_TARGET, ConversationResult.DO_NOT_CALL)
        self._presenter.open_panel(
            PickPanel(
                "Never call again",
                [Item(f"{talk.live.lead.name} asked not to be called")],
                lambda _index: self._end(result),
                tone=Verdict.DISQUALIFY,
                sentence="It holds at once, for the person and for every number of theirs.",
            )
        )

    # Around the script

    def jump(self) -> None:
        """List all questions and steps, to go to any of them."""
        talk = self._presenter.talking
        if talk is None:
            return
        live = talk.live
        stops = live.way.stops
        here, best = live.stop_id, live.next_best()
        items = []
        for stop in stops:
            title = stop.step.title
            question = stop.question
            if question is None:
                items.append(Item(title, "", stop.step.id == here))
                continue
            if len(stop.step.questions) > 1:
                title = f"{title}: {question.id.replace('_', ' ')}"
            answer = live.answers.shown.get(question.id)
            words = answer_words(question, answer) if answer is not None else "open"
            if question.id == best and not live.is_silent:
                words = "decides most"
            items.append(Item(title, words, question.id == here))
        ids = [stop.question.id if stop.question else stop.step.id for stop in stops]

        def go(index: int) -> None:
            self._presenter.close_panel()
            talk.go_to(ids[index])

        self._presenter.open_panel(PickPanel("Go to", items, go))

    def ask_best(self) -> None:
        """Go to the question that decides most."""
        talk = self._presenter.talking
        if talk is None:
            return
        best = talk.live.next_best()
        if best:
            self._presenter.close_panel()
            talk.go_to(best)
        else:
            self._presenter.view.say("No open question here can change the recommendation.")

    def hurry(self) -> None:
        """Ask only what can still decide, or follow the script again."""
        talk = self._presenter.talking
        if talk is None:
            return
        talk.keep_all()
        way = talk.live.way
        if way.short is not None:
            way.take_time()
            self._presenter.view.say("Back to the whole script.")
        elif way.hurry(talk.live.resolved):
            count = len(way.short or ())
            questions = "question" if count == 1 else "questions"
            self._presenter.view.say(f"Two minutes: {count} {questions} can still decide.")
        else:
            self._presenter.view.say("Nothing open can change the recommendation. Go to the close.")
            return
        talk.arrive()

    def objections(self) -> None:
        """List what they may say against it; a key shows what to answer."""
        talk = self._presenter.talking
        if talk is None:
            return
        cards = talk.live.playbook.objections

        def meet(index: int) -> None:
            self._presenter.close_panel()
            talk.keeper.note(EventKind.OBJECTION, {"objection": cards[index].id})
            self._say_aside(talk, objection_aside(cards[index]))

        items = [Item(card.title, " \u00b7 ".join(card.listen_for[:2])) for card in cards]
        self._presenter.open_panel(PickPanel("They say", items, meet))

    def front_desk(self) -> None:
        """Show what to say to the front desk."""
        self._say_step(Phase.GATEKEEPER)

    def voicemail(self) -> None:
        """Show what to say to the voice mail."""
        self._say_step(Phase.VOICEMAIL)

    def exact_words(self) -> None:
        """Show the exact words of a step, or its talking point again."""
        talk = self._presenter.talking
        if talk is not None:
            talk.live.exact_words = not talk.live.exact_words
            talk.show_stop()

    # Around an answer

    def would_not_say(self) -> None:
        """Record that they would not say."""
        if (talk := self._asking()) is not None:
            talk.leave_open(AnswerState.DECLINED)

    def does_not_know(self) -> None:
        """Record that they do not know."""
        if (talk := self._asking()) is not None:
            talk.leave_open(AnswerState.UNKNOWN)

    def change_evidence(self) -> None:
        """Say how sure the answer is."""
        if (talk := self._asking()) is not None:
            talk.change_evidence()

    def undo(self) -> None:
        """Take back the latest answer."""
        if (talk := self._asking()) is not None:
            talk.take_back()

    def take_back(self) -> None:
        """Take back the answer to the question on screen."""
        if (talk := self._asking()) is not None and talk.live.question is not None:
            talk.take_back(talk.live.question.id)

    # Reading

    def ledger(self) -> None:
        """Show how the score came about, answer by answer."""
        talk = self._presenter.talking
        if talk is None:
            return
        talk.keep_all()
        if talk.live.is_silent:
            self._presenter.view.say("The score is kept for the end of the call.")
            return
        rows = ledger_rows(talk.live, self._presenter.clock())
        sentence = "" if rows else "Nothing was answered on this call yet."
        self._presenter.open_panel(
            PickPanel("How the score came about", sentence=sentence, rows=rows)
        )

    def read_as(self) -> None:
        """Read the call as another framework sees it."""
        talk = self._presenter.talking
        if talk is None:
            return
        talk.keep_all()
        live = talk.live
        own = Heard(live.answers.said, {live.playbook.fingerprint: live.playbook})
        lead_id = live.lead.lead_id
        self._presenter.desk.run(
            lambda work: (playbooks.views(work), heard(work, lead_id) if lead_id else own),
            self._choose_view,
        )

    def switch_playbook(self) -> None:
        """Go on with another playbook."""
        talk = self._presenter.talking
        if talk is None:
            return
        if talk.keeper.is_rehearsal:
            self._presenter.view.say("A rehearsal stays with the playbook it was made for.")
        else:
            self._presenter.desk.run(
                lambda work: (playbooks.offered(work), playbooks.refused(work)),
                self._choose_playbook,
            )

    # Undoing a decision

    def undo_decision(self) -> None:
        """Take back the decision just taken, else that of the lead on screen; its call goes on."""
        presenter = self._presenter
        if not presenter.is_idle:
            presenter.view.say("A call is open. Decide or end it first.")
            return
        if presenter.is_rehearsed:
            presenter.put_rehearsal_away()
            presenter.view.say("That was a rehearsal: there is nothing to take back.")
            return
        chosen = presenter.chosen
        decision_id = self.last_decision_id or (chosen.page.decision_id if chosen else "")
        if not decision_id:
            presenter.view.say("There is no decision to take back.")
            return

        def undone(_call_id: str) -> None:
            self.last_decision_id = ""
            presenter.view.show_confirmation(None)
            presenter.resume(lambda: None)

        presenter.desk.change(
            lambda work: endings.undo_decision(work, decision_id),
            undone,
            presenter.view.show_error,
            presenter,
        )

    # Internal

    def _asking(self) -> "CallTalk | None":
        return self._presenter.talk if self._presenter.is_asking else None

    def _ask_result(self, found: tuple[Results, int]) -> None:
        results, gap_hours = found
        talk = self._presenter.talking
        if talk is None:
            return
        talk.keep_all()
        aside = talk.live.way.aside
        line = _LINE_AFTER.get(aside.kind, "") if aside is not None else ""
        self._presenter.open_panel(
            EndingPanel(
                results,
                self._presenter.clock(),
                talk.live.zone,
                self._end,
                lambda decided, meeting: self.decide(decided, meeting=meeting),
                talked=bool(talk.live.answers.said) and not line,
                line=line,
                gap_hours=gap_hours,
            )
        )

    def _end(self, result: CallResult) -> None:
        talk = self._presenter.talk
        if talk is None:
            return

        def ended(call: Call) -> None:
            self._presenter.over(compose.ended(talk.live.lead, call))

        def job() -> None:
            self.last_decision_id = ""
            talk.keeper.end(result, talk.timer.talked_s, ended, self._presenter.not_closed)

        self._presenter.close(job)

    def _decided_on(self, choice: Choice) -> None:
        talk = self._presenter.talk
        if talk is None:
            return

        def decided(decision: Decision) -> None:
            self.last_decision_id = decision.decision_id
            live = talk.live
            self._presenter.over(compose.confirmation(live.playbook, live.lead, decision))

        def job() -> None:
            self.last_decision_id = ""  # a rehearsal has none
            talk.keeper.decide(choice, talk.timer.talked_s, decided, self._presenter.not_closed)

        self._presenter.close(job)

    def _say_step(self, phase: Phase) -> None:
        talk = self._presenter.talking
        if talk is None:
            return
        step = next((step for step in talk.live.playbook.script if step.phase is phase), None)
        if step is None:
            self._presenter.view.say("This playbook has no words for that.")
            return
        self._presenter.close_panel()
        self._say_aside(talk, step_aside(step))

    def _say_aside(self, talk: "CallTalk", aside: Aside) -> None:
        talk.keep_all()
        talk.live.way.say_aside(aside)
        talk.show_stop()

    def _choose_playbook(self, found: "tuple[tuple[Playbook, ...], tuple[str, ...]]") -> None:
        offered, refused = found
        talk = self._presenter.talking
        if talk is None:
            return

        def take(index: int) -> None:
            self._presenter.close_panel()
            if offered[index] != talk.live.playbook:
                wanted, not_switched = offered[index].fingerprint, self._presenter.not_closed
                job = partial(talk.keeper.switch, wanted, self._switched, not_switched)
                self._presenter.close(job)

        items = [
            Item(book.title, f"v{book.version}", book == talk.live.playbook) for book in offered
        ]
        kept = "What was said is kept, and carried over where it fits."
        sentence = " ".join((kept, *refused))
        self._presenter.open_panel(PickPanel("Go on with", items, take, sentence=sentence))

    def _switched(self, opened: OpenedCall) -> None:
        talk = self._presenter.talk
        if talk is None:
            return
        has_begun = talk.live.way.stop.step.phase is not Phase.OPENING
        self._presenter.begin(opened, talk.keeper)
        live = self._presenter.live
        if has_begun and live is not None and self._presenter.talk is not None:
            # The opening was said.
            self._presenter.talk.go_to(live.way.first_open())
        self._presenter.view.say(f"Now: {opened.playbook.title}.")

    def _choose_view(self, found: "tuple[tuple[Playbook, ...], Heard]") -> None:
        views, said = found
        talk = self._presenter.talking
        if talk is None:
            return

        open_panel = self._presenter.open_panel
        open_panel(view_panel(views, talk.live, said, open_panel))
