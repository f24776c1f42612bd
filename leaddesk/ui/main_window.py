# SPDX-License-Identifier: MIT
"""The window: tabs, the view that is shown, the bar that says what went wrong, the status bar.

Only the Call view is built before the first paint; the others when they are first shown.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
)

from leaddesk.ui import theme
from leaddesk.ui.actions import make_action, shown_keys, spec
from leaddesk.ui.call.call_view import CallView
from leaddesk.ui.context import Context
from leaddesk.ui.views import OF_LEADS, Views
from leaddesk.ui.widgets.keys import KeyButton, Tone
from leaddesk.ui.widgets.labels import label

if TYPE_CHECKING:
    from datetime import date

    from leaddesk.core.domain.lead_query import LeadQuery
    from leaddesk.core.services.changes import Changes
    from leaddesk.core.services.lead_list import Counts
    from leaddesk.core.services.settings import Settings
    from leaddesk.ui.errors import Message
    from leaddesk.ui.widgets.message_bar import MessageBar
    from leaddesk.ui.widgets.overview import Overview

TOP_HEIGHT = 44
FOOT_HEIGHT = 26
SAID_MS = 12_000
"""How long a sentence stays in the status bar."""

DAY_MS = 60_000
"""How often is looked whether another day has begun."""

_MOST_DUE = 999

BUSY_MS = 300
"""A job that is back sooner is not shown as work."""


class MainWindow(QMainWindow):
    """One window, one profile.

    Args:
        context: Given to every view; the window fills in what views may ask of it.
        save_theme: Keeps the colours chosen, for the next start.
    """

    def __init__(self, context: Context, save_theme: Callable[[str], None]) -> None:
        super().__init__()
        self.context = context
        self._save_theme = save_theme
        self._view_name = self._before = "call"
        self._overview: Overview | None = None
        self._message: MessageBar | None = None
        self._painted = False
        context.say = self.say
        context.open_view = self.open_view
        context.show_import = self.show_import
        context.start_call = self.start_call
        context.export = self.export
        context.show_company = self.show_company
        context.notifier.changed.connect(self._on_changed)
        context.tasks.running_changed.connect(self._on_running)

        self.setWindowTitle("leaddesk")
        self.setMinimumSize(1040, 640)
        self.resize(1440, 900)
        self._page = QFrame()
        self._stack = QStackedWidget()
        back = lambda: self.open_view(self._before)  # noqa: E731 - one use
        self.views = Views(context, self._stack, self.use_settings, back)
        self._busy = QTimer(self, interval=BUSY_MS, singleShot=True)
        self._busy.timeout.connect(self._show_busy)
        self._said = QTimer(self, interval=SAID_MS, singleShot=True)
        self._said.timeout.connect(self._show_saved)
        self._day = QTimer(self, interval=DAY_MS)
        self._day.timeout.connect(self._follow_day)
        self._refreshed_on: date | None = None
        self.call = CallView(context, context.clock)
        self._stack.addWidget(self.call)
        self._assemble()
        if context.first is not None:
            self._show_counts(context.first.counts)
        self.open_view("call")

    # Methods

    def open_view(self, name: str) -> None:
        """Show a view by its name; all but "call" are built when shown."""
        view = self.call if name == "call" else self.views.named(name)
        if name != self._view_name:
            self._before, self._view_name = self._view_name, name
        for tab_name, tab in self._tabs.items():
            tab.setChecked(tab_name == ("leads" if name in OF_LEADS else name))
        self._stack.setCurrentWidget(view)
        if name == "follow_ups":
            self._refresh_due()
        self._shown = view
        view.setFocus()
        self._hint.setText(
            {
                "leads": f"{shown_keys('export')} export",
                "imports": f"{shown_keys('import_cancel')} cancel",
                "follow_ups": " \u00b7 ".join(
                    f"{shown_keys(f'follow_{word}')} {word}" for word in ("snooze", "done", "move")
                ),
                "settings": "Esc back",
            }.get(name, "")
        )

    def start_call(self, lead_id: str) -> None:
        """Show the Call view and call this lead."""
        self.open_view("call")
        self.call.start_call(lead_id)

    def export(self, query: "LeadQuery", row_ids: Sequence[int]) -> None:
        """Show the export page for leads by row id; without any, for all the query finds."""
        self.views.exports.begin(query, row_ids)
        self.open_view("exports")

    def show_import(self, batch_id: str) -> None:
        """Show the Leads view with the leads of this import."""
        self.open_view("leads")
        self.views.leads.show_import(batch_id)

    def show_company(self) -> None:
        """Show everybody of the company of the lead that is chosen or on the phone."""
        if self._view_name == "call":
            lead_id = self.call.presenter.company_lead_id if self.call.is_complete else ""
        else:
            lead_id = self.views.leads.chosen_lead_id
        if lead_id:
            self.views.company.begin(lead_id)
            self.open_view("company")
        else:
            self.say("Choose a lead first.")

    def choose_file(self) -> None:
        """Ask for a CSV to import."""
        self.views.imports.choose_file()

    def say(self, text: str) -> None:
        """Show a sentence in the status bar for a while."""
        self._state.setText(text)
        self._said.start()

    def show_message(self, message: "Message") -> None:
        """Show what went wrong, above the view."""
        from leaddesk.ui.widgets.message_bar import MessageBar

        if self._message is None:
            self._message = MessageBar()
            self._column.insertWidget(1, self._message)
        self._message.say(message.what, message.todo, serious=message.serious)

    def toggle_overview(self) -> None:
        """Show every key, or hide them again."""
        from leaddesk.ui.widgets.overview import Overview

        if self._overview is None:
            self._overview = Overview(self._page)
        self._overview.toggle()
        if not self._overview.isVisible():
            self._shown.setFocus()

    def next_theme(self) -> None:
        """Go from the system's colours to light, dark and back."""
        schemes = theme.SCHEMES
        scheme = schemes[(schemes.index(theme.scheme()) + 1) % len(schemes)]
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, scheme)
        self._save_theme(scheme)
        if self._view_name == "settings":
            self.views.settings.refresh()
        self.say(f"Colours: {'as the system' if scheme == 'system' else scheme}")

    def use_settings(self, settings: "Settings") -> None:
        """Take over what the window itself needs of the settings; the rest is the workspace's."""
        self.context.country = settings.country
        app = QApplication.instance()
        if settings.theme != theme.scheme() and isinstance(app, QApplication):
            theme.apply(app, settings.theme)
        if self.call.is_complete:
            self.call.presenter.look_again()

    # Events

    def paintEvent(self, event: QPaintEvent) -> None:
        """Start the database work once the first picture is out."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self._after_first_paint)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the message, where nothing in the view wanted it."""
        message = self._message
        if event.key() == Qt.Key.Key_Escape and message is not None and message.isVisible():
            message.hide()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the overview over everything."""
        super().resizeEvent(event)
        if self._overview is not None:
            self._overview.setGeometry(self._page.rect())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Finish what is being written, then close."""
        if self.views.is_built("settings"):
            self.views.settings.keep_typed()
        if self.views.is_built("duplicates"):
            self.views.duplicates.give_up()
        if self.views.is_built("exports"):
            self.views.exports.give_up()
        if self.call.is_complete:
            self.call.panes.show_whole()
        self.context.close()
        super().closeEvent(event)

    # Private slots

    def _after_first_paint(self) -> None:
        self._bind_keys()
        self.context.start()
        self._refresh_counts()
        self._refresh_due()
        self._follow_day()
        self._day.start()

    def _follow_day(self) -> None:
        """What leads did counts less every day, also while the window stays open for many."""
        today = self.context.clock().astimezone().date()
        if today != self._refreshed_on:
            self._refreshed_on = today
            self._refresh_engagement()

    def _on_changed(self, changes: "Changes", _initiator: object) -> None:
        if changes.whole_list or changes.imports:
            self._refresh_counts()
        if changes.what_is_due:
            self._refresh_due()

    def _on_running(self, running: int) -> None:
        if running and not self._busy.isActive():
            self._busy.start()
        elif not running:
            self._busy.stop()
            if not self._said.isActive():
                self._show_saved()

    # Internal functions

    def _refresh_counts(self) -> None:
        from leaddesk.core.services import lead_list

        self.context.run(lead_list.counts, self._show_counts)

    def _refresh_engagement(self, after: str = "") -> None:
        from leaddesk.core.services import activities

        def go_on(done: str) -> None:
            if done:
                self._refresh_engagement(done)

        self.context.change(lambda work: activities.refresh(work, after), go_on)

    def _refresh_due(self) -> None:
        from leaddesk.core.services import follow_ups

        self.context.run(follow_ups.count, self._show_due)

    def _show_due(self, counted: "tuple[int, bool]") -> None:
        due, is_more = counted
        text = spec("view_follow_ups").text
        number = f"{min(due, _MOST_DUE)}{'+' if is_more or due > _MOST_DUE else ''}"
        self._tabs["follow_ups"].setText(f"{text}  {number}" if due else text)

    def _show_counts(self, counts: "Counts") -> None:
        one = "" if counts.all == 1 else "s"
        self._count.setText(f"{counts.all:,} lead{one}")

    def _show_busy(self) -> None:
        if not self._said.isActive():
            self._state.setText("Working\u2026")

    def _show_saved(self) -> None:
        self._state.setText("Saved")

    def _bind_keys(self) -> None:
        make_action("view_call", self, partial(self.open_view, "call"))
        make_action("view_leads", self, partial(self.open_view, "leads"))
        make_action("view_follow_ups", self, partial(self.open_view, "follow_ups"))
        make_action("import", self, self.choose_file)
        make_action("duplicates", self, partial(self.open_view, "duplicates"))
        make_action("company", self, self.show_company)
        make_action("history", self, partial(self.open_view, "history"))
        make_action("settings", self, partial(self.open_view, "settings"))
        make_action("shortcuts", self, self.toggle_overview)
        make_action("theme", self, self.next_theme)
        make_action("quit", self, self.close)

    def _assemble(self) -> None:
        self._page.setProperty("look", "page")
        column = self._column = QVBoxLayout(self._page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._top_bar())
        column.addWidget(self._stack, 1)
        column.addWidget(self._foot())
        self.setCentralWidget(self._page)

    def _top_bar(self) -> QFrame:
        bar = QFrame()
        bar.setProperty("look", "bar")
        bar.setFixedHeight(theme.px(TOP_HEIGHT))
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(4)
        row.addWidget(label("leaddesk", weight=theme.SEMIBOLD))
        row.addSpacing(14)
        self._tabs = {}
        for name in ("call", "leads", "follow_ups"):
            action_id = f"view_{name}"
            tab = KeyButton.of_action(action_id, partial(self.open_view, name), Tone.TAB, cap=False)
            tab.setCheckable(True)
            tab.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(tab)
            self._tabs[name] = tab
        row.addStretch()
        for button in (
            KeyButton.of_action("import", self.choose_file, cap=False),
            KeyButton.of_action("settings", partial(self.open_view, "settings"), cap=False),
        ):
            button.setFixedHeight(theme.px(TOP_HEIGHT - 10))
            row.addWidget(button)
        return bar

    def _foot(self) -> QFrame:
        foot = QFrame()
        foot.setProperty("look", "foot")
        foot.setFixedHeight(theme.px(FOOT_HEIGHT))
        row = QHBoxLayout(foot)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(18)
        self._state = label("Saved", "muted", pixels=12)
        self._count = label("", "muted", pixels=12, tabular=True)
        self._hint = label("", "muted", pixels=12)
        row.addWidget(self._state)
        row.addWidget(self._count)
        row.addStretch()
        for text in (
            f"{shown_keys('view_call')}\u20133 views",
            f"{shown_keys('shortcuts')} shortcuts",
        ):
            row.addWidget(label(text, "muted", pixels=12))
        row.insertWidget(3, self._hint)
        return foot
