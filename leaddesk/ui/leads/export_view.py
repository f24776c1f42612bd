# SPDX-License-Identifier: MIT
"""The export page: for whom, and what would be written. Nothing is before a place is chosen."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from leaddesk.ui import theme
from leaddesk.ui.actions import make_action, shown_keys, spec
from leaddesk.ui.context import Context
from leaddesk.ui.leads.line_table_view import LineTableView
from leaddesk.ui.models.line_table import LineTable
from leaddesk.ui.presenters.export_leads import ExportPresenter
from leaddesk.ui.presenters.export_texts import HEADINGS, CheckText
from leaddesk.ui.widgets.chips import Chip
from leaddesk.ui.widgets.empty import EmptyState
from leaddesk.ui.widgets.inputs import DropDown, TickBox
from leaddesk.ui.widgets.keys import KeyButton, Tone
from leaddesk.ui.widgets.labels import label, set_tip

PAGE_WIDTH: Final = 1200
_SHARES: Final = (22, 30, 10, 38)
_CONTROL_HEIGHT: Final = 36
_TARGET_WIDTH: Final = 230


class ExportView(QFrame):
    """Arranges; the presenter decides."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setProperty("look", "page")
        self.setAccessibleName("Export")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        presenter = self._presenter = ExportPresenter(self, context)
        self.begin, self.give_up = presenter.begin, presenter.give_up
        self._pages = QStackedWidget()
        self._check = _CheckPage(presenter)
        self._plain = _PlainPage(presenter)
        self._pages.addWidget(self._check)
        self._pages.addWidget(self._plain)
        self._pages.setMaximumWidth(PAGE_WIDTH)
        where = Qt.ShortcutContext.WidgetWithChildrenShortcut
        make_action("export_for", self, self._check.open_targets, where)
        make_action("export_safe", self, presenter.turn_protection, where)
        row = QHBoxLayout(self)
        row.setContentsMargins(32, 0, 32, 0)
        row.addStretch(1)
        row.addWidget(self._pages, 1000)
        row.addStretch(1)

    # What the presenter may show

    def show_leads(self, title: str, which: str) -> None:
        """Say how many leads are to be written, and which."""
        self._check.title.setText(title)
        self._check.which.setText(which)

    def show_targets(self, targets: Sequence[tuple[str, str]], chosen: str) -> None:
        """Offer these (id, name) to write for."""
        self._check.offer(targets, chosen)

    def show_safe(self, note: str, *, offered: bool, chosen: bool) -> None:
        """Show whether cells are protected for a spreadsheet, and what that means."""
        self._check.show_safe(note, offered=offered, chosen=chosen)

    def show_checking(self) -> None:
        """Say that the leads are being looked at; what was said of them before is gone."""
        self._close_dialog()
        self._check.show_checking()
        self._turn_to(self._check)

    def show_check(self, text: CheckText) -> None:
        """Show what would be written."""
        self._check.show_text(text)
        self._announce(", ".join(chip for chip, _ in text.chips) or text.fine)

    def ask_place(self, proposed: str) -> None:
        """Ask for the place and the name, beside the window."""
        self._close_dialog()
        dialog = QFileDialog(self, "Export to CSV", proposed)
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter("CSV (*.csv)")
        dialog.setDefaultSuffix("csv")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setModal(False)
        dialog.resize(860, 560)
        dialog.fileSelected.connect(self._presenter.write)
        dialog.show()

    def show_working(self, what: str, percent: int) -> None:
        """Say how far the writing is."""
        self._plain.show_working(what, percent)
        self._turn_to(self._plain)

    def show_done(self, what: str, more: str) -> None:
        """Say what was written where."""
        self._plain.show_text("Exported", what, more, done=True)
        self._turn_to(self._plain)
        self._announce(what)

    def show_failed(self, what: str, todo: str) -> None:
        """Say why nothing was written."""
        self._plain.show_text("Nothing was exported", what, todo, done=False)
        self._turn_to(self._plain)
        self._announce(what)

    # Events

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the focus to the first thing to choose."""
        super().focusInEvent(event)
        if self._pages.currentWidget() is self._check:
            self._check.target.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Esc stops or leaves."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._presenter.go_on()
        elif event.key() == Qt.Key.Key_Escape:
            self._presenter.leave()
        else:
            super().keyPressEvent(event)

    # Internal

    def _close_dialog(self) -> None:
        """Ask no more for the place of an export that is another by now."""
        for dialog in self.findChildren(QFileDialog):
            dialog.close()

    def _announce(self, text: str) -> None:
        if self.isVisible():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def _turn_to(self, page: QWidget) -> None:
        if self._pages.currentWidget() is not page:
            self._pages.setCurrentWidget(page)
            if self.isVisible():
                self.setFocus()


class _CheckPage(QWidget):
    """For whom, and what would be written."""

    def __init__(self, presenter: ExportPresenter) -> None:
        super().__init__()
        self.title = label(pixels=19, weight=theme.BOLD)
        self.which = label(look="muted")
        self.target = DropDown()
        self.target.setAccessibleName("For")
        self.target.setFixedSize(theme.px(_TARGET_WIDTH), theme.px(_CONTROL_HEIGHT))
        set_tip(self.target, f"{spec('export_for').tip} ({shown_keys('export_for')})")
        self.target.activated.connect(
            lambda index: presenter.write_for(str(self.target.itemData(index)))
        )
        self._safe = TickBox(spec("export_safe").text)
        self._safe.setAccessibleName(spec("export_safe").text)
        set_tip(self._safe, f"{spec('export_safe').tip} ({shown_keys('export_safe')})")
        self._safe.clicked.connect(lambda on: presenter.protect(on=on))
        self._note = label(look="muted", pixels=13, wrap=True)
        self._chips = QHBoxLayout()
        self._chips.setSpacing(10)
        self._lines = LineTable(HEADINGS, self)
        self.table = LineTableView(self._lines, "What to know before", _SHARES)
        self._fine = EmptyState()
        self._card = QStackedWidget()
        self._card.addWidget(self._fine)
        self._card.addWidget(self.table)
        self._cancel = KeyButton.of_action("export_cancel", presenter.leave)
        self._export = KeyButton.of_action("export_run", presenter.go_on, Tone.FILLED)
        self._assemble()

    def offer(self, targets: Sequence[tuple[str, str]], chosen: str) -> None:
        """Offer these (id, name) to write for."""
        with QSignalBlocker(self.target):
            self.target.clear()
            for target, name in targets:
                self.target.addItem(name, target)
            self.target.setCurrentIndex(self.target.findData(chosen))

    def open_targets(self) -> None:
        """Open the list of what the file may be for."""
        if self.isVisible():
            self.target.setFocus()
            self.target.showPopup()

    def show_safe(self, note: str, *, offered: bool, chosen: bool) -> None:
        """Show whether cells are protected for a spreadsheet, and what that means."""
        self._safe.setEnabled(offered)
        self._safe.setChecked(chosen)
        self._safe.setAccessibleDescription(note)
        self._note.setText(note)

    def show_checking(self) -> None:
        """Say that the leads are being looked at."""
        self._show_chips((("Looking at the leads\u2026", "neutral"),))
        self._lines.show(())
        self._fine.say("", "")
        self._card.setCurrentWidget(self._fine)
        self._export.setEnabled(False)

    def show_text(self, text: CheckText) -> None:
        """Show what would be written."""
        self._show_chips(text.chips)
        self._lines.show(text.lines)
        self._fine.say(text.fine, text.fine_more)
        self._card.setCurrentWidget(self.table if text.lines else self._fine)
        self._export.setText(text.button or "Nothing to export")
        self._export.setEnabled(bool(text.button))

    def _show_chips(self, chips: tuple[tuple[str, str], ...]) -> None:
        while (item := self._chips.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for text, tone in chips:
            self._chips.addWidget(Chip(text, tone))
        self._chips.addStretch()
        self._chips.addWidget(label("Nothing is written until you choose a place", "muted"))

    def _assemble(self) -> None:
        card = QFrame()
        card.setProperty("look", "card")
        around = QVBoxLayout(card)
        around.setContentsMargins(1, 1, 1, 1)
        around.addWidget(self._card)
        choice = QHBoxLayout()
        choice.setSpacing(10)
        name = label("For", "muted")
        name.setBuddy(self.target)
        choice.addWidget(name)
        choice.addWidget(self.target)
        choice.addSpacing(14)
        choice.addWidget(self._safe)
        choice.addStretch()
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        hint = (
            f"{shown_keys('export_for')} for whom \u00b7 {shown_keys('export_safe')} spreadsheets"
        )
        buttons.addWidget(label(hint, "muted", pixels=12))
        buttons.addStretch()
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._export)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 26, 0, 24)
        column.setSpacing(0)
        column.addWidget(self.title)
        column.addSpacing(3)
        column.addWidget(self.which)
        column.addSpacing(14)
        column.addLayout(choice)
        column.addSpacing(6)
        column.addWidget(self._note)
        column.addSpacing(14)
        column.addLayout(self._chips)
        column.addSpacing(12)
        column.addWidget(card, 1)
        column.addSpacing(14)
        column.addLayout(buttons)


class _PlainPage(QWidget):
    """A heading and two sentences: being written, written, failed."""

    def __init__(self, presenter: ExportPresenter) -> None:
        super().__init__()
        self._title = label(pixels=19, weight=theme.BOLD)
        self._what = label(wrap=True)
        self._more = label(look="muted", wrap=True)
        for line in (self._what, self._more):
            line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setMaximumWidth(360)
        self._progress.setAccessibleName("Written")
        self._go_on = KeyButton("", shown_keys("export_run"), Tone.FILLED)
        self._go_on.clicked.connect(lambda *_: presenter.go_on())
        self._leave = KeyButton.of_action("export_cancel", presenter.leave)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._go_on)
        buttons.addWidget(self._leave)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 28, 0, 0)
        column.setSpacing(8)
        for widget in (self._title, self._what, self._more, self._progress):
            column.addWidget(widget)
        column.addSpacing(10)
        column.addLayout(buttons)
        column.addStretch()

    def show_text(self, title: str, what: str, more: str, *, done: bool) -> None:
        """Show a heading and sentences, with what can be done next."""
        self._show(title, what, more)
        self._progress.hide()
        self._go_on.setText("Show the leads" if done else "Try again")
        self._go_on.show()
        self._leave.setVisible(not done)

    def show_working(self, what: str, percent: int) -> None:
        """Show how far the writing is."""
        self._show("Exporting", what, "")
        self._progress.setValue(percent)
        self._progress.show()
        self._go_on.hide()
        self._leave.show()

    def _show(self, title: str, what: str, more: str) -> None:
        for line, text in ((self._title, title), (self._what, what), (self._more, more)):
            line.setText(text)
            line.setVisible(bool(text))
