# SPDX-License-Identifier: MIT
"""Everything the Call view decides, from choosing a lead to leaving its call. Knows no widget.

Commands come from the view, screens go back to it; services run on the database thread, through a
`Desk`. What is said on the call is `call_talk`'s; what is asked beside it, from the decision to the
jump to another question, is opened by `call_menu`.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from leaddesk.core.errors import BugError
from leaddesk.core.services.clock import Clock
from leaddesk.core.services.lead_list import ListRow
from leaddesk.ui.presenters import call_compose as compose
from leaddesk.ui.presenters import call_jobs as jobs
from leaddesk.ui.presenters.call_jobs import ChosenLead, OpenedCall
from leaddesk.ui.presenters.call_keeper import CallKeeper, DiskKeeper
from leaddesk.ui.presenters.call_live import LiveCall, first_assessment
from leaddesk.ui.presenters.call_ports import CallView
from leaddesk.ui.presenters.call_screens import Confirmation, Phase
from leaddesk.ui.presenters.call_talk import CallTalk
from leaddesk.ui.presenters.companies import tell_of_others
from leaddesk.ui.presenters.desk import Desk
from leaddesk.ui.presenters.talk_timer import TalkTimer

if TYPE_CHECKING:
    from leaddesk.ui.presenters.panels.panel import Panel


class CallPresenter:
    """One per window; at most one call at a time.

    Args:
        monotonic: Seconds of a clock that only goes forward, for the time talked.
        later: Runs what can follow an answer a moment behind it.

    Attributes:
        phase: What the view is in the middle of.
        talk: The talk of the call in progress; None: there is none.
        chosen: The lead that is looked at before a call, as far as it is read.
        is_rehearsed: What was over last was a rehearsal, and nobody has chosen a lead since.
        when_blocked: Called with a lead that must not be called now.
    """

    def __init__(
        self,
        view: CallView,
        desk: Desk,
        clock: Clock,
        monotonic: Callable[[], float],
        later: Callable[[Callable[[], None]], None] = lambda job: job(),
    ) -> None:
        self.phase = Phase.IDLE
        self.talk: CallTalk | None = None
        self.chosen: ChosenLead | None = None
        self._after_call = ""
        self.is_rehearsed = False
        self.view = view
        self.desk = desk
        self.clock = clock
        self.when_blocked: Callable[[ChosenLead], None] = lambda _chosen: None
        self._monotonic = monotonic
        self._later = later
        self._panel: Panel | None = None
        self._row: ListRow | None = None
        self._reader = jobs.LeadReader(desk)

    @property
    def is_idle(self) -> bool:
        """Whether no call is in progress or being started."""
        return self.phase is Phase.IDLE

    @property
    def is_asking(self) -> bool:
        """Whether a key may be an answer."""
        return self.phase is Phase.IN_CALL and self._panel is None

    @property
    def has_panel(self) -> bool:
        """Whether something is asked beside the call."""
        return self._panel is not None

    @property
    def talking(self) -> CallTalk | None:
        """The talk, while it may go on: not while the call is being closed."""
        return self.talk if self.phase is Phase.IN_CALL else None

    @property
    def live(self) -> LiveCall | None:
        """The call in progress."""
        return self.talk.live if self.talk is not None else None

    @property
    def call_lead_id(self) -> str:
        """Id of the lead of the call in progress; empty when there is none."""
        return self.talk.live.lead.lead_id if self.talk is not None else ""

    @property
    def stop_id(self) -> str:
        """Id of the question, else of the step on screen; empty when there is no call."""
        return self.talk.live.stop_id if self.talk is not None else ""

    # Before a call

    def resume(self, done: Callable[[], None]) -> None:
        """Go on with the call a crash left open, if there is one; then call `done`."""

        def resumed(opened: OpenedCall | None) -> None:
            if opened is not None and self.phase is Phase.IDLE:
                self.begin(opened)
                self.view.say(f"The call with {opened.lead.name} goes on where it was.")
            done()

        self.desk.run(jobs.open_call, resumed)

    @property
    def company_lead_id(self) -> str:
        """Whose company is meant: on the phone, just called, or chosen; empty: nobody's."""
        on_screen = self.call_lead_id if self.talk is not None else self._after_call
        return on_screen or (self._row.lead_id if self._row is not None else "")

    def choose(self, row: ListRow | None) -> None:
        """Show a lead of the queue; during a call the call stays on screen."""
        self._row = row
        if self.phase is not Phase.IDLE:
            return
        if row is None or self.chosen is None or self.chosen.page.lead.lead_id != row.lead_id:
            self.chosen, self.is_rehearsed = None, False
            self.close_panel()
        self.view.show_row(row)
        self.look_again()

    def look_again(self) -> None:
        """Read the chosen lead, as it is now."""
        if self.phase is Phase.IDLE and self._row is not None:
            self._reader.read(self._row.lead_id, self._looked, self.view.show_error)

    def start(self, lead_id: str, override: str = "") -> None:
        """Start the call with a lead, or go on with it; where it may not be, say why."""
        if self.phase is not Phase.IDLE:
            if lead_id != self.call_lead_id and self.talk is not None:
                name = self.talk.live.lead.name
                self.view.say(f"You are on a call with {name}. End it first (Ctrl+E).")
            return
        if not lead_id:
            return
        self.phase, self.is_rehearsed, self._after_call = Phase.STARTING, False, ""
        self.view.show_confirmation(None)
        if override:
            self._start(lead_id, override)
        else:
            job = partial(jobs.read_lead, lead_id=lead_id)
            self.desk.run(job, self._start_if_allowed, self._not_started)

    def begin(self, opened: OpenedCall, keeper: CallKeeper | None = None) -> None:
        """Show a call that has begun or goes on; without a keeper it is kept on disk."""
        call = opened.session.call
        # With another playbook it is still the same call: its time goes on.
        timer = self.talk.timer if self.talk else TalkTimer(self._monotonic, call.talk_s)
        self.phase = Phase.IN_CALL
        self.close_panel()
        self.talk = CallTalk(
            LiveCall(opened, self.clock()),
            keeper or DiskKeeper(self.desk, call.call_id, self),
            timer,
            self.view,
            self.clock,
            self._later,
            self._stay_open,
        )
        self.view.show_call(compose.call_card(opened))
        self.tick()
        self.talk.begin()

    # Keys

    def enter(self) -> None:
        """Do what Enter stands for: start, keep or say again an answer, go on, or confirm."""
        if self._panel is not None:
            self._panel.confirm()
            self.show_panel()
        elif self.phase is Phase.IDLE:
            self.start(self._row.lead_id if self._row is not None else "")
        elif (talk := self.talking) is not None:
            talk.enter()

    def key(self, key: str) -> bool:
        """Answer with one key, or pick from a panel; return whether it stands for something."""
        if self._panel is not None:
            taken = self._panel.key(key)
            self.show_panel()
            return taken
        return self.talking is not None and self.talking.key(key)

    def panel_key(self, key: str) -> None:
        """Pick from a panel, also while a line of it is typed in."""
        if self._panel is not None:
            self.key(key)

    def edit_entry(self, text: str) -> None:
        """Take what is typed into the field for a number or a text."""
        if self.talk is not None:
            self.talk.edit_entry(text)

    def edit_note(self, text: str) -> None:
        """Take what is typed as a note."""
        if self.talk is not None:
            self.talk.edit_note(text)

    def keep_note(self) -> None:
        """Write the notes typed."""
        if self.talk is not None:
            self.talk.keep_note()

    def go_back(self) -> None:
        """Go to the screen before."""
        if self.talking is not None:
            self.talking.go_back()

    def tick(self) -> None:
        """Show the time; called once a second during a call."""
        if self.talk is not None:
            self.view.show_elapsed(self.talk.timer.text)

    # Panels

    def open_panel(self, panel: "Panel") -> None:
        """Ask something beside the call."""
        if self.phase in {Phase.STARTING, Phase.CLOSING}:
            return
        if self.talk is not None:
            self.talk.keep_all()
        self._panel = panel
        self.view.show_panel(panel.screen())

    def edit_panel(self, field_id: str, text: str) -> None:
        """Take what is typed into a line of the panel."""
        if self._panel is not None:
            self._panel.edit(field_id, text)
            self.show_panel()

    def show_panel(self) -> None:
        """Show the panel as it is now."""
        if self._panel is not None and self.phase is not Phase.CLOSING:
            self.view.show_panel(self._panel.screen())

    def close_panel(self) -> None:
        """Go back from the panel to the call, or to the lead before it."""
        if self._panel is not None and self.phase is not Phase.CLOSING:
            self._panel = None
            self.view.show_panel(None)

    # The end

    def close(self, job: Callable[[], None]) -> None:
        """Close the call by a job of its keeper, once everything said is on disk.

        Another playbook closes it as well, and begins it anew: nothing is answered in between.
        """
        if (talk := self.talking) is not None:
            talk.keep_all()
            self.phase = Phase.CLOSING
            talk.is_closing = True
            talk.when_saved(job)

    def not_closed(self, error: Exception) -> None:
        """Go on with a call that could not be closed."""
        self._stay_open()
        self.view.show_error(error)

    def over(self, told: Confirmation) -> None:
        """Leave a call that is closed."""
        if self.talk is None:
            raise BugError("a call was closed that was not open")
        lead_id = self.call_lead_id
        self.talk, self.is_rehearsed, self._after_call = None, not lead_id, lead_id
        self.phase = Phase.IDLE
        self.close_panel()
        self.view.show_confirmation(told)
        self.view.call_over(lead_id)
        if lead_id:
            tell_of_others(self.desk, self.view.say, lead_id)
        if not lead_id:
            self.view.show_row(self._row)
            self.look_again()

    def put_rehearsal_away(self) -> None:
        """Show no longer what a rehearsal was worth."""
        self.is_rehearsed = False
        self.close_panel()
        self.view.show_confirmation(None)

    # Internal

    def _start_if_allowed(self, chosen: ChosenLead) -> None:
        if chosen.permission.allowed:
            self._start(chosen.page.lead.lead_id, "")
            return
        self.phase = Phase.IDLE
        self._show_chosen(chosen)
        self.when_blocked(chosen)

    def _start(self, lead_id: str, override: str) -> None:
        job = partial(jobs.start_call, lead_id=lead_id, override=override)
        self.desk.change(job, self.begin, self._not_started, self)

    def _not_started(self, error: Exception) -> None:
        self.phase = Phase.IDLE
        self.view.show_error(error)
        self.resume(lambda: None)

    def _looked(self, chosen: ChosenLead) -> None:
        if self.phase is Phase.IDLE:
            self._show_chosen(chosen)

    def _show_chosen(self, chosen: ChosenLead) -> None:
        self.chosen = chosen
        self.view.show_lead(compose.chosen_card(chosen))
        session = chosen.session
        known = compose.Known(chosen.page.lead, session.answers, session.activities)
        self.view.show_assessment(
            first_assessment(chosen.playbook, known, self.clock(), is_silent=chosen.is_silent)
        )

    def _stay_open(self) -> None:
        """Go back from closing to what was on screen before: the panel, else the call."""
        if self.phase is Phase.CLOSING and self.talk is not None:
            self.phase = Phase.IN_CALL
            self.talk.is_closing = False
            self.show_panel()
