# SPDX-License-Identifier: MIT
"""The left pane: search, segments, and the leads in the order they are to be called."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QGridLayout,
    QListView,
    QVBoxLayout,
    QWidget,
)

from leaddesk.core.domain.queue import held_words
from leaddesk.core.services.clock import Clock
from leaddesk.core.services.lead_list import ListRow
from leaddesk.ui import theme
from leaddesk.ui.actions import shown_keys
from leaddesk.ui.call.queue_delegate import LINE_HEIGHT, QueueDelegate
from leaddesk.ui.context import Context
from leaddesk.ui.models.queue_model import QueueModel
from leaddesk.ui.presenters.call_queue import QueuePresenter, Segment, fetch_lines
from leaddesk.ui.widgets.chips import ChipButton
from leaddesk.ui.widgets.labels import label
from leaddesk.ui.widgets.search import SearchField

if TYPE_CHECKING:
    from array import array

    from leaddesk.core.services.queue import QueueCounts

WIDTH = 336
ASSESSMENT_WIDTH = 372
_SEGMENTS = (
    (Segment.NEXT, "Next"),
    (Segment.NEW, "New"),
    (Segment.CALLBACKS, "Callbacks"),
    (Segment.ALL, "All"),
)
TICK_MS = 30_000
"""How often the queue follows the clock."""

_END_ROWS = 20
"""So near the end of the list, more of it is read."""

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
        self._chips = {segment: ChipButton(text) for segment, text in _SEGMENTS}
        self._held = label("", "muted", pixels=12)
        self._held.setWordWrap(True)
        self._hours = label("", "muted", pixels=12)
        self._hours.setWordWrap(True)
        self._clock = QTimer(self, interval=TICK_MS)
        self._announced: ListRow | None = None
        self._assemble()
        self._connect()
        if context.first is not None:
            self.presenter.show_first(context.first.rows)
            self.model.show_first(context.first.rows)
            self._set_current(0)

    # Methods of QueueView

    def show_counts(self, counts: "QueueCounts") -> None:
        """Show how many leads each segment holds, and how many are held back."""
        numbers = {
            Segment.NEXT: counts.now,
            Segment.NEW: counts.new,
            Segment.CALLBACKS: counts.callbacks,
            Segment.ALL: counts.all,
        }
        for segment, text in _SEGMENTS:
            self._chips[segment].setText(f"{text} {_short(numbers[segment])}")
            self._chips[segment].setAccessibleName(f"{text}, {numbers[segment]:,}")
        words = held_words(counts.held)
        self._held.setText(f"Held back: {words}" if words else "")
        self._show_foot()

    def show_best_hours(self, words: str) -> None:
        """Show when one's own calls were answered."""
        self._hours.setText(words)
        self._show_foot()

    def show_segment(self, segment: Segment) -> None:
        """Show which leads are listed."""
        for one, chip in self._chips.items():
            chip.setChecked(one is segment)

    def show_leads(self, row_ids: "array[int]", chosen: int) -> None:
        """Show these leads with the one at `chosen` selected, at the place it was on screen."""
        top = self.list.verticalScrollBar().value()
        self.model.show(row_ids)
        self.list.verticalScrollBar().setValue(top)
        self._set_current(chosen)

    def refresh_lines(self, lead_ids: frozenset[str] | None) -> None:
        """Fetch the lines of these leads again; None: of all."""
        self.model.refresh(lead_ids)

    def show_nothing(self, sentence: str) -> None:
        """Say why there is no lead to show."""
        self._empty.setText(sentence)
        self._empty.setVisible(bool(sentence))
        self.list.setVisible(not sentence)

    # Other methods

    def follow_clock(self) -> None:
        """Begin to follow the clock, once the database is open."""
        self._clock.start()
        self.presenter.read_best_hours()

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
        # Larger text has no room for all four beside one another.
        per_row = len(_SEGMENTS) if theme.px(100) == 100 else len(_SEGMENTS) // 2  # noqa: PLR2004 - as is
        row = QGridLayout()
        row.setSpacing(6)
        for index, (segment, _text) in enumerate(_SEGMENTS):
            row.addWidget(self._chips[segment], index // per_row, index % per_row)
        row.setColumnStretch(per_row, 1)
        self._chips[Segment.NEXT].setChecked(True)
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
        self._foot = QFrame()
        self._foot.setProperty("look", "foot")
        words = QVBoxLayout(self._foot)
        words.setContentsMargins(14, 8, 14, 9)
        words.setSpacing(3)
        words.addWidget(self._held)
        words.addWidget(self._hours)
        whole.addWidget(self._foot)
        self._show_foot()

    def _show_foot(self) -> None:
        for line in (self._held, self._hours):
            line.setVisible(bool(line.text()))
        self._foot.setVisible(bool(self._held.text() or self._hours.text()))

    def _connect(self) -> None:
        self.search.installEventFilter(self)
        self.search.searched.connect(self.presenter.search)
        self.search.left.connect(self.left)
        self.list.called.connect(self._call)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.model.dataChanged.connect(lambda *_args: self._announce())
        for segment, chip in self._chips.items():
            chip.clicked.connect(lambda _on, segment=segment: self._choose(segment))
        self._clock.timeout.connect(self.presenter.tick)
        self.list.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def _choose(self, segment: Segment) -> None:
        self.show_segment(segment)
        self.presenter.show_segment(segment)

    def _on_scrolled(self, value: int) -> None:
        bar = self.list.verticalScrollBar()
        if bar.maximum() and value > bar.maximum() - _END_ROWS * LINE_HEIGHT:
            self.presenter.more()


def _short(number: int) -> str:
    """Return a count that fits its chip: 9,240, but 12k and 1.2m."""
    if number < 10_000:  # noqa: PLR2004 - from here on the thousands are short enough
        return f"{number:,}"
    if number < 1_000_000:  # noqa: PLR2004 - a million
        return f"{number // 1000}k"
    return f"{number / 1_000_000:.1f}m"
