# SPDX-License-Identifier: MIT
"""A rep on the phone, for tests of the call presenter: presses keys, looks at what is shown."""

from datetime import UTC, datetime

from leaddesk.core.errors import KnownError
from leaddesk.core.services import calls
from leaddesk.ui.presenters.call_presenter import CallPresenter
from tests.helpers.desk import Recorder

INGRID, PRIYA, SUPPRESSED = (f"L{number:023d}" for number in (0, 1, 10))
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


class Hand:
    """Keys are written as pressed: "1 > 2 >" answers, goes on, answers, goes on; "<" goes back."""

    def __init__(self, desk) -> None:
        self.desk = desk
        self.view = Recorder()
        self.now = NOON
        self.presenter = CallPresenter(self.view, desk, lambda: self.now)

    def press(self, keys: str) -> "Hand":
        for key in keys.split():
            {">": self.presenter.enter, "<": self.presenter.go_back}.get(
                key, lambda key=key: self.presenter.key(key)
            )()
        return self

    def type(self, text: str) -> "Hand":
        self.presenter.edit_entry(text)
        return self

    def call(self, lead_id: str = INGRID) -> "Hand":
        self.presenter.start(lead_id)
        return self

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
    def assessment(self):
        return self.view.last("show_assessment")[0]

    @property
    def deciding(self):
        return self.view.last("show_deciding")[0]

    def on_disk(self) -> dict:
        """Question id -> (value, note) of the call as a new start would find it."""
        session = calls.open_call(self.desk.work)
        return {key: (a.value, a.note) for key, a in session.answers.items()}


def fill_disk(monkeypatch):
    def refuse(*_args, **_kwargs):
        raise KnownError("The disk is full.", "Make room.")

    monkeypatch.setattr(calls, "record_answer", refuse)
