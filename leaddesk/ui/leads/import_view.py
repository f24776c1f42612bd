# SPDX-License-Identifier: MIT
"""The import page: what a file holds and what importing it would do. Nothing is written before."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QMenu,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from leaddesk.core.domain.merge import OnMatch
from leaddesk.ui import theme
from leaddesk.ui.actions import make_action, shown_keys
from leaddesk.ui.context import Context
from leaddesk.ui.leads.import_card import ImportCard
from leaddesk.ui.leads.reading_menu import open_reading_menu
from leaddesk.ui.presenters.import_leads import REMEMBERED, ImportPresenter
from leaddesk.ui.presenters.import_texts import PreviewText
from leaddesk.ui.widgets.chips import Chip
from leaddesk.ui.widgets.keys import KeyButton, Tone
from leaddesk.ui.widgets.labels import ElidedLabel, label, set_parts

PAGE_WIDTH = 1200
_SMALL = 24
"""Height of a button beside a sentence."""

_POLICIES = {
    OnMatch.FILL: "fill empty fields, keep mine otherwise",
    OnMatch.OVERWRITE: "take everything the file says",
    OnMatch.SKIP: "leave my lead alone",
}


class ImportView(QFrame):
    """Arranges; the presenter decides."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setProperty("look", "page")
        self.setAccessibleName("Import")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._presenter = ImportPresenter(self, context)
        self._open_view = context.open_view
        self._pages = QStackedWidget()
        self._plain = _PlainPage(self.choose_file, self._presenter)
        self._preview = _PreviewPage(self._presenter)
        where = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for action_id, slot in {
            "import_preset": self._preview.show_reading,
            "import_policy": self._preview.table.show_policies,
            "import_forget": self._preview.press_forget,
        }.items():
            make_action(action_id, self, slot, where)
        self._pages.addWidget(self._plain)
        self._pages.addWidget(self._preview)
        row = QHBoxLayout(self)
        row.setContentsMargins(32, 0, 32, 0)
        row.addStretch(1)
        row.addWidget(self._pages, 1000)
        row.addStretch(1)
        self._pages.setMaximumWidth(PAGE_WIDTH)
        self.show_nothing()

    # Methods

    def choose_file(self) -> None:
        """Ask for the file, beside the window; the page is shown once one is chosen."""
        dialog = QFileDialog(self.window(), "Import CSV", self._presenter.folder)
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(["CSV (*.csv *.tsv *.txt)", "All files (*)"])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setModal(False)
        dialog.resize(860, 560)
        dialog.fileSelected.connect(self.show_file)
        dialog.show()

    def show_file(self, path: str) -> None:
        """Show the page with this file."""
        self._presenter.choose(path)
        self._open_view("imports")

    # What the presenter may show

    def show_nothing(self) -> None:
        """Say that no file is chosen."""
        self._plain.show_text("Import a CSV file", "Choose a file to see what is in it.", "")
        self._pages.setCurrentWidget(self._plain)

    def later(self, then: Callable[[], None]) -> None:
        """Call it in a tenth of a second, if the page is still there."""
        QTimer.singleShot(100, self, then)

    def show_working(self, what: str, percent: int | None = None) -> None:
        """Say what is being done, and how far it is."""
        self._plain.show_working(what, percent)
        self._pages.setCurrentWidget(self._plain)

    def show_preview(self, text: PreviewText, on_match: OnMatch, note: str) -> None:
        """Show what an import would do."""
        self._preview.show_text(text, on_match, note)
        self._pages.setCurrentWidget(self._preview)
        self.setFocus()

    def show_facts(self, title: str, what: str, more: str) -> None:
        """Show what taking in a list of activities would do."""
        self._plain.show_text(title, what, more)
        self._pages.setCurrentWidget(self._plain)
        self.setFocus()

    def show_done(self, what: str, rejected: str) -> None:
        """Show what was imported."""
        self._plain.show_text("Imported", what, rejected, done=True)
        self._pages.setCurrentWidget(self._plain)
        self.setFocus()

    def show_failed(self, title: str, what: str, todo: str) -> None:
        """Show why the file cannot be imported."""
        self._plain.show_text(title, what, todo)
        self._pages.setCurrentWidget(self._plain)

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Esc leaves the file alone, Down goes to the columns."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._presenter.go_on()
        elif event.key() == Qt.Key.Key_Escape:
            self._presenter.leave()
        elif event.key() == Qt.Key.Key_Down and self._pages.currentWidget() is self._preview:
            self._preview.table.setFocus()
        else:
            super().keyPressEvent(event)


class _PlainPage(QWidget):
    """A heading and two sentences: no file yet, reading, done, failed."""

    def __init__(self, choose_file: Callable[[], None], presenter: ImportPresenter) -> None:
        super().__init__()
        self._title = label(pixels=19, weight=theme.BOLD)
        self._what = label()
        self._more = label(look="muted")
        for line in (self._title, self._what, self._more):
            line.setWordWrap(True)
            line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._progress = QProgressBar()
        self._progress.setRange(0, 0)
        self._progress.setTextVisible(False)
        self._progress.setMaximumWidth(360)
        self._progress.setAccessibleName("Working")
        self._choose = KeyButton("Choose a file", shown_keys("import"))
        self._choose.clicked.connect(choose_file)
        self._leave = KeyButton("Cancel", shown_keys("import_cancel"))
        self._leave.clicked.connect(presenter.leave)
        self._leads = KeyButton("Show the leads", shown_keys("import_run"), Tone.FILLED)
        self._leads.clicked.connect(presenter.leave)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self._leads, self._choose, self._leave):
            buttons.addWidget(button)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 28, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self._what)
        column.addWidget(self._more)
        column.addWidget(self._progress)
        column.addSpacing(10)
        column.addLayout(buttons)
        column.addStretch()

    def show_text(self, title: str, what: str, more: str, *, done: bool = False) -> None:
        """Show a heading and sentences, with what can be done next."""
        self._show(title, what, more)
        self._progress.hide()
        self._leads.setVisible(done)
        self._choose.show()
        self._leave.setVisible(not done)

    def show_working(self, what: str, percent: int | None) -> None:
        """Show that something is under way, and how far it is where that is known."""
        self._show(what, "", "")
        self._progress.setRange(0, 0 if percent is None else 100)
        if percent is not None:
            self._progress.setValue(percent)
        self._progress.show()
        self._leads.hide()
        self._choose.hide()
        self._leave.show()

    def _show(self, title: str, what: str, more: str) -> None:
        for line, text in ((self._title, title), (self._what, what), (self._more, more)):
            line.setText(text)
            line.setVisible(bool(text))


class _PreviewPage(QWidget):
    """What the file is, what would happen, its columns, the rows that cannot be used."""

    def __init__(self, presenter: ImportPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._title = ElidedLabel(pixels=19, weight=theme.BOLD)
        self._source = label(look="muted")
        self._chips = QHBoxLayout()
        self._chips.setSpacing(10)
        self._card = ImportCard(presenter)
        self.table = self._card.table
        self._note = label("", "muted")
        self._forget = KeyButton.of_action("import_forget", presenter.forget, cap=False)
        self._forget.setFixedHeight(theme.px(_SMALL))
        self._change = KeyButton.of_action("import_preset", self.show_reading, cap=False)
        self._change.setFixedHeight(theme.px(_SMALL))
        self._policy = KeyButton("", "")
        menu = QMenu(self._policy)
        for policy, text in _POLICIES.items():
            menu.addAction(text, partial(presenter.match_by, policy))
        self._policy.setMenu(menu)
        self._cancel = KeyButton("Cancel", shown_keys("import_cancel"))
        self._cancel.clicked.connect(presenter.leave)
        self._import = KeyButton("Import", shown_keys("import_run"), Tone.FILLED)
        self._import.clicked.connect(presenter.go_on)
        self._assemble()

    def show_text(self, text: PreviewText, on_match: OnMatch, note: str) -> None:
        """Show a preview."""
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self._forget.setVisible(note == REMEMBERED)
        self._title.setText(text.title)
        set_parts(self._source, text.source)
        self._show_chips(text.chips)
        self._card.show_text(text)
        self._policy.setText(f"{_POLICIES[on_match]}  \u25be")
        self._policy.setAccessibleName(f"On a match: {_POLICIES[on_match]}")
        self._import.setText(text.button or "Nothing to import")
        self._import.setEnabled(bool(text.button))

    def show_reading(self) -> None:
        """Open the menu of how the file may be read."""
        open_reading_menu(self._change, self._presenter.reading(), self._presenter.read_by)

    def press_forget(self) -> None:
        """Forget what was remembered, where it is offered."""
        if self._forget.isVisible():
            self._presenter.forget()

    def _show_chips(self, chips: tuple[tuple[str, str], ...]) -> None:
        while (item := self._chips.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for text, tone in chips:
            self._chips.addWidget(Chip(text, tone))
        self._chips.addStretch()
        self._chips.addWidget(label("Nothing is written until you press Import", "muted"))

    def _assemble(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(label("On a match:", "muted"))
        buttons.addWidget(self._policy)
        buttons.addSpacing(12)
        hint = (
            f"\u2193 {shown_keys('import_field')} where a column goes \u00b7 "
            f"{shown_keys('import_policy')} a field on a match"
        )
        buttons.addWidget(label(hint, "muted", pixels=12))
        buttons.addStretch()
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._import)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 26, 0, 24)
        column.setSpacing(0)
        column.addWidget(self._title)
        column.addSpacing(3)
        source = QHBoxLayout()
        source.setSpacing(10)
        source.addWidget(self._source)
        source.addWidget(self._change)
        source.addStretch()
        column.addLayout(source)
        column.addSpacing(10)
        column.addLayout(self._chips)
        column.addSpacing(12)
        note = QHBoxLayout()
        note.setSpacing(10)
        note.addWidget(self._note)
        note.addWidget(self._forget)
        note.addStretch()
        column.addLayout(note)
        column.addSpacing(6)
        column.addWidget(self._card, 1)
        column.addSpacing(14)
        column.addLayout(buttons)
