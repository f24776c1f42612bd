# SPDX-License-Identifier: MIT
"""The middle pane: header, steps of the script, the screen of the script, and its buttons."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout

from leaddesk.core.services.lead_list import ListRow
from leaddesk.ui import theme
from leaddesk.ui.call.before_call import BeforeCall
from leaddesk.ui.call.call_header import SIDE, CallHeader
from leaddesk.ui.call.crumb_bar import CrumbBar
from leaddesk.ui.call.scrolled import scrolled
from leaddesk.ui.call.span_text import Span, SpanText
from leaddesk.ui.call.stage import Stage
from leaddesk.ui.presenters.call_menu import CallMenu
from leaddesk.ui.presenters.call_presenter import CallPresenter
from leaddesk.ui.presenters.call_screens import EntryScreen, LeadCard, StopScreen
from leaddesk.ui.widgets.keys import KeyButton, Tone

FOOT_HEIGHT = 63
_CRUMB_HEIGHT = 40
_HINT_GAP = 16
_FOOT_SIDE, _FOOT_GAP = 14, 6


class ScriptPane(QFrame):
    """What to say and what was answered. Knows the presenter for its buttons alone."""

    def __init__(self, presenter: CallPresenter, menu: CallMenu) -> None:
        super().__init__()
        self.setProperty("look", "panel")
        self.header = CallHeader()
        self.header.start.clicked.connect(lambda _on: presenter.enter())
        self.before = BeforeCall()
        self.stage = Stage()
        self._crumbs = CrumbBar()
        self._hint = SpanText(pixels=14)
        self._hint_words, self._swing = "", 0
        self._back = KeyButton.of_action("back", presenter.go_back)
        self._next = KeyButton.of_action("next", presenter.enter, Tone.OUTLINE)
        self._note = KeyButton.of_action("note", self.focus_note)
        self._objection = KeyButton.of_action("objection", menu.objections)
        self._end = KeyButton.of_action("end_call", menu.end_call)
        self._pages = QStackedWidget()
        self._stage_scroll = scrolled(self.stage)
        self._assemble()

    def show_row(self, row: ListRow | None) -> None:
        """Show whose page is being read; None: there is no lead."""
        self.header.show_row(row)
        if row is None:
            self.before.show_nobody()
        else:
            self.before.expect_lead()
        self._set_in_call(on=False)

    def show_lead(self, card: LeadCard) -> None:
        """Show a lead before its call."""
        self.header.show_lead(card)
        self.before.show_lead(card)
        self._set_in_call(on=False)

    def show_call(self, card: LeadCard) -> None:
        """Show the call."""
        self.header.show_call(card)
        self.stage.begin_call()
        self._set_in_call(on=True)

    def show_stop(self, screen: StopScreen, entry: EntryScreen) -> None:
        """Show a screen of the script."""
        self._crumbs.set_crumbs(screen.crumbs)
        self._back.setEnabled(screen.can_go_back)
        self._note.setEnabled(screen.takes_note)
        self.show_entry(entry)
        if self.stage.show_stop(screen):
            self._stage_scroll.verticalScrollBar().setValue(0)

    def show_entry(self, entry: EntryScreen) -> None:
        """Show what a key changed."""
        self.stage.show_entry(entry)
        words = "Keep answer" if entry.unsaved else "Next question"
        words = "Confirm answer" if entry.confirms else words
        if self._next.text() != words:
            self._next.setText(words)
        enabled = not entry.at_end or entry.unsaved or entry.confirms
        if self._next.isEnabled() != enabled:
            self._next.setEnabled(enabled)

    def show_hint(self, words: str, swing: int) -> None:
        """Show which question decides most."""
        if (words, swing) != (self._hint_words, self._swing):
            self._hint_words, self._swing = words, swing
            self._fit_hint()

    def focus_note(self) -> None:
        """Go to the note, wherever the page is scrolled to."""
        self.stage.focus_note()
        self._stage_scroll.ensureWidgetVisible(self.stage.note)

    # Events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say less where there is less room."""
        super().resizeEvent(event)
        self._fit_hint()
        self._fit_buttons()

    # Internal functions

    def _fit_hint(self) -> None:
        """Show the hint in full where it leaves room for the steps, else in short."""
        if not self._hint_words:
            self._hint.set_spans(())
            return
        metrics = QFontMetricsF(self._hint.font())
        room = self.width() - 2 * SIDE - _HINT_GAP - self._crumbs.minimumSizeHint().width()
        words = f"{self._hint_words}, could move the score by "
        if metrics.horizontalAdvance(f"{words}{self._swing}0") > room:
            rest = ", up to "
            left = room - metrics.horizontalAdvance(f"{rest}{self._swing}0")
            title = metrics.elidedText(self._hint_words, Qt.TextElideMode.ElideRight, left)
            words = f"{title}{rest}"
        number = Span(str(self._swing), weight=theme.SEMIBOLD)
        self._hint.set_spans([Span(words, "muted"), number])
        self._hint.setFixedWidth(self._hint.sizeHint().width())

    def _fit_buttons(self) -> None:
        """Leave out the buttons there is no room for; their keys work all the same."""
        room = self.width() - 2 * _FOOT_SIDE
        for button in (self._next, self._end, self._objection, self._note, self._back):
            room -= button.sizeHint().width() + _FOOT_GAP
            button.setVisible(room >= 0)

    def _set_in_call(self, *, on: bool) -> None:
        self._pages.setCurrentIndex(1 if on else 0)
        self._crumb_bar.setVisible(on)
        self._foot.setVisible(on)

    def _assemble(self) -> None:
        self._crumb_bar = QFrame()
        self._crumb_bar.setProperty("look", "bar")
        self._crumb_bar.setFixedHeight(theme.px(_CRUMB_HEIGHT))
        row = QHBoxLayout(self._crumb_bar)
        row.setContentsMargins(SIDE, 0, SIDE, 0)
        row.setSpacing(_HINT_GAP)
        row.addWidget(self._crumbs, 1)
        row.addWidget(self._hint, 0, Qt.AlignmentFlag.AlignVCenter)
        self._foot = QFrame()
        self._foot.setProperty("look", "foot")
        self._foot.setFixedHeight(theme.px(FOOT_HEIGHT))
        buttons = QHBoxLayout(self._foot)
        buttons.setContentsMargins(_FOOT_SIDE, 0, _FOOT_SIDE - 2, 0)
        buttons.setSpacing(_FOOT_GAP)
        buttons.addWidget(self._back)
        buttons.addWidget(self._next)
        buttons.addStretch(1)
        buttons.addWidget(self._objection)
        buttons.addWidget(self._note)
        buttons.addWidget(self._end)
        self._pages.addWidget(scrolled(self.before))
        self._pages.addWidget(self._stage_scroll)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._crumb_bar)
        column.addWidget(self._pages, 1)
        column.addWidget(self._foot)
