# SPDX-License-Identifier: MIT
"""A rep on the phone, for tests of the call presenter: presses keys, looks at what is shown."""

from datetime import timedelta

from leaddesk.core.errors import KnownError
from leaddesk.core.services import calls, lead_list, lead_page
from leaddesk.ui.presenters.call_menu import CallMenu
from leaddesk.ui.presenters.call_presenter import CallPresenter
from leaddesk.ui.presenters.lead_menu import LeadMenu
from tests.helpers.desk import Recorder
from tests.helpers.noon import NOON

INGRID, PRIYA, SUPPRESSED = (f"L{number:023d}" for number in (0, 1, 10))


class Hand:
    """Keys are written as pressed: "1 > 2 >" answers, goes on, answers, goes on; "<" goes back.

    Attributes:
        now: The time of day; the workspace of `hand` reads it here, too.
        seconds: Of the clock that only goes forward.
    """

    def __init__(self, desk) -> None:
        self.desk = desk
        self.view = Recorder()
        self.now = NOON
        self.seconds = 1000.0
        self.presenter = CallPresenter(
            self.view, desk, lambda: self.now, monotonic=lambda: self.seconds
        )
        self.menu = CallMenu(self.presenter)
        self.leads = LeadMenu(self.presenter)

    def press(self, keys: str) -> "Hand":
        for key in keys.split():
            {">": self.presenter.enter, "<": self.presenter.go_back}.get(
                key, lambda key=key: self.presenter.key(key)
            )()
        return self

    def type(self, text: str) -> "Hand":
        self.presenter.edit_entry(text)
        return self

    def fill(self, **lines: str) -> "Hand":
        """Type into lines of the panel, by their ids."""
        for field_id, text in lines.items():
            self.presenter.edit_panel(field_id, text)
        return self

    def call(self, lead_id: str = INGRID) -> "Hand":
        self.presenter.start(lead_id)
        return self

    def look(self, lead_id: str) -> "Hand":
        """Choose a lead of the queue."""
        work = self.desk.work
        row_id = lead_list.row_id_of(work, lead_id)
        self.presenter.choose(lead_list.rows(work, [row_id])[0])
        return self

    def later(self, **much: int) -> "Hand":
        """Let time pass, on every clock."""
        self.now += timedelta(**much)
        self.seconds += timedelta(**much).total_seconds()
        return self

    def hang_up(self, keys: str = "2 >") -> "Hand":
        """End the call, as one nobody answered where nothing else is said."""
        self.menu.end_call()
        return self.press(keys)

    @property
    def stop(self):
        return self.view.last("show_stop")[0]

    @property
    def entry(self):
        return next(
            args[-1]
            for name, args, _ in reversed(self.view.shown)
            if name in {"show_stop", "show_entry"}
        )

    @property
    def chosen(self) -> list[str]:
        return [choice.label for choice in self.entry.choices if choice.chosen]

    @property
    def remarks(self) -> list[str]:
        return [remark.text for remark in self.entry.remarks]

    @property
    def assessment(self):
        return self.view.last("show_assessment")[0]

    @property
    def panel(self):
        """The panel as it is shown; None: there is none."""
        return self.view.last("show_panel")[0]

    @property
    def offered(self) -> dict[str, str]:
        """What can be picked in the panel: label -> key."""
        return {choice.label: choice.key for choice in self.panel.choices}

    @property
    def said(self) -> str:
        return self.view.last("say")[0]

    @property
    def error(self):
        return self.view.last("show_error")[0]

    def on_disk(self) -> dict:
        """Question id -> (value, note) of the call as a new start would find it."""
        session = calls.open_call(self.desk.work)
        return {key: (a.value, a.note) for key, a in session.answers.items()}

    def history(self, lead_id: str = INGRID) -> list[str]:
        """What happened with a lead, newest first."""
        return [entry.text for entry in lead_page.page_of(self.desk.work, lead_id).timeline]

    def state(self, lead_id: str = INGRID):
        """How far a lead is, and what is due of it."""
        with self.desk.work.store.read() as unit:
            return unit.leads.state(lead_id)

    def events(self, kind, lead_id: str = INGRID) -> list[dict]:
        """The details of what was written down."""
        with self.desk.work.store.read() as unit:
            return [dict(event.detail) for event in unit.events.of_lead(lead_id, (kind,))]


def fill_disk(monkeypatch):
    def refuse(*_args, **_kwargs):
        raise KnownError("The disk is full.", "Make room.")

    monkeypatch.setattr(calls, "record_answer", refuse)
