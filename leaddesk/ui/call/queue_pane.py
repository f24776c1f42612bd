# SPDX-License-Identifier: MIT
"""The left pane: search, segments, and the leads in the order they are to be called."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QListView,
    QVBoxLayout,
    QWidget,
)

from leaddesk.core.services.clock import Clock
from leaddesk.core.services.lead_list import Counts, ListRow, View
from leaddesk.ui.actions import shown_keys
from leaddesk.ui.call.queue_delegate import QueueDelegate
from leaddesk.ui.context import Context
from leaddesk.ui.models.queue_model import QueueModel
from leaddesk.ui.presenters.call_queue import QueuePresenter, fetch_lines
from leaddesk.ui.widgets.chips import ChipButton
from leaddesk.ui.widgets.labels import label
from leaddesk.ui.widgets.search import SearchField

if TYPE_CHECKING:
    from array import array

WIDTH = 336
ASSESSMENT_WIDTH = 372
_SEGMENTS = ((View.TO_CALL, "To call"), (View.DECIDED, "Decided"), (View.ALL, "All"))
_MOVES = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -8,
    Qt.Key.Key_PageDown: 8,
}


class QueueList(QListView):
    """The list itself. Enter calls, digits are left to the script.

    Emits:
        called: Enter or a double click on a line.
    """

    called = Signal()

    def __init__(self, model: QueueModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(QueueDelegate(self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setAccessibleName("Leads to call")
        self.doubleClicked.connect(lambda _index: self.called.emit())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows; everything else belongs to the view."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.called.emit()
        elif event.key() in _MOVES or event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            super().keyPressEvent(event)
        else:
            event.ignore()


class QueuePane(QFrame):
    """Implements `QueueView`.

    Emits:
        chosen: the `ListRow` that is selected, None for none.
        called: id of the lead Enter or a double click asks for.
        left: Esc in the empty search field.
    """

    chosen = Signal(object)
    called = Signal(str)
    left = Signal()

    def __init__(self, context: Context, clock: Clock) -> None:
        super().__init__()
        self.setProperty("look", "left")
        self.setFixedWidth(WIDTH)
        self.presenter = QueuePresenter(self, context)
        self.model = QueueModel(fetch_lines(context), clock, self)
        self.search = SearchField("Search name, company, phone\u2026", shown_keys("call_search"))
        self.search.setAccessibleName("Search the queue")
        self.list = QueueList(self.model)
        self._empty = label("", "muted")
        self._empty.setWordWrap(True)
        self._empty.setContentsMargins(16, 16, 16, 16)
        self._empty.hide()
        self._chips = {view: ChipButton(text) for view, text in _SEGMENTS}
        self._announced: ListRow | None = None
        self._assemble()
        self._connect()
        if context.first is not None:
            self.presenter.show_first(context.first.rows, context.first.counts)
            self.model.show_first(context.first.rows)
            self._set_current(0)

    # Methods of QueueView

    def show_counts(self, counts: Counts) -> None:
        """Show how many leads each segment holds."""
        numbers = {View.TO_CALL: counts.to_call, View.DECIDED: counts.decided, View.ALL: counts.all}
        for view, text in _SEGMENTS:
            self._chips[view].setText(f"{text} {numbers[view]:,}")

    def show_leads(self, row_ids: "array[int]", chosen: int) -> None:
        """Show these leads with the one at `chosen` selected, at the place it was on screen."""
        top = self.list.verticalScrollBar().value()
        self.model.show(row_ids)
        self.list.verticalScrollBar().setValue(top)
        self._set_current(chosen)

    def refresh_lines(self, lead_ids: frozenset[str]) -> None:
        """Fetch the lines of these leads again."""
        self.model.refresh(lead_ids)

    def show_nothing(self, sentence: str) -> None:
        """Say why there is no lead to show."""
        self._empty.setText(sentence)
        self._empty.setVisible(bool(sentence))
        self.list.setVisible(not sentence)

    # Other methods

    def current(self) -> ListRow | None:
        """Return the line that is selected, None while it is being fetched."""
        index = self.list.currentIndex()
        return self.model.lead(index.row()) if index.isValid() else None

    def move_by(self, key: int) -> bool:
        """Move the selection by a key; return whether the key moves it."""
        step = _MOVES.get(Qt.Key(key))
        if step is None:
            return False
        last = self.model.rowCount() - 1
        self._set_current(min(last, max(0, self.list.currentIndex().row() + step)))
        return True

    # Events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows move the selection while the focus stays in the search field."""
        if watched is self.search and event.type() == QEvent.Type.KeyPress:
            key = event.key()  # type: ignore[attr-defined]  # a QKeyEvent by its type
            if self.move_by(key):
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._call()
                return True
        return super().eventFilter(watched, event)

    # Private slots

    def _call(self) -> None:
        row = self.current()
        if row is not None:
            self.called.emit(row.lead_id)

    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            self.presenter.select(current.row())
        self._announce()

    def _announce(self) -> None:
        """Say which lead is chosen; for a line that is being fetched, once it is here."""
        row = self.current()
        if row is None and self.list.currentIndex().isValid():
            return
        if row != self._announced:
            self._announced = row
            self.chosen.emit(row)

    # Internal functions

    def _set_current(self, position: int) -> None:
        index = self.model.index(position, 0)
        self.list.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        if index.isValid():
            self.list.scrollTo(index)
        self._announce()

    def _assemble(self) -> None:
        head = QWidget()
        fields = QVBoxLayout(head)
        fields.setContentsMargins(14, 12, 14, 9)
        fields.setSpacing(10)
        fields.addWidget(self.search)
        row = QHBoxLayout()
        row.setSpacing(6)
        group = QButtonGroup(self)
        for view, _text in _SEGMENTS:
            chip = self._chips[view]
            group.addButton(chip)
            row.addWidget(chip)
        self._chips[View.TO_CALL].setChecked(True)
        row.addStretch(1)
        fields.addLayout(row)
        rule = QFrame()
        rule.setProperty("look", "rule")
        rule.setFixedHeight(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        whole.addWidget(rule)
        # One of the two is shown, and takes all the room, so that the rest stays at the top.
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        whole.addWidget(self._empty, 1)
        whole.addWidget(self.list, 1)

    def _connect(self) -> None:
        self.search.installEventFilter(self)
        self.search.searched.connect(self.presenter.search)
        self.search.left.connect(self.left)
        self.list.called.connect(self._call)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.model.dataChanged.connect(lambda *_args: self._announce())
        for view, chip in self._chips.items():
            chip.clicked.connect(lambda _on, view=view: self.presenter.show_segment(view))
