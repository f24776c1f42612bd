# SPDX-License-Identifier: MIT
"""The looks of the lead table: painted lines of one height, a quiet heading."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from leaddesk.ui import theme
from leaddesk.ui.models.lead_table import LEAD_ROLE, LeadTable
from leaddesk.ui.presenters.lead_columns import COLUMNS, NARROWEST, USUAL, Column, Layout
from leaddesk.ui.presenters.row_texts import NOTHING
from leaddesk.ui.widgets.chips import GRADE_SIZE, paint_grade

ROW_HEIGHT: Final = 37
HEADING_HEIGHT: Final = 33
TEXT_SIZE: Final = 13
_PAD: Final = 10
_LONGEST: Final = 500
"""Letters of a cell that are drawn."""

# Plain numbers: a screen has hundreds of cells, and Python's flags take longer than drawing one.
_CHOSEN: Final = QStyle.StateFlag.State_Selected.value
_HAS_FOCUS: Final = QStyle.StateFlag.State_HasFocus.value
_IN_ONE_LINE: Final = (
    Qt.AlignmentFlag.AlignAbsolute.value
    | Qt.AlignmentFlag.AlignVCenter.value
    | Qt.TextFlag.TextSingleLine.value
)
_AT_THE_LEFT: Final = Qt.AlignmentFlag.AlignLeft.value | _IN_ONE_LINE
_AT_THE_RIGHT: Final = Qt.AlignmentFlag.AlignRight.value | _IN_ONE_LINE

_NARROWEST_SHARE: Final = 120
"""A column that takes what is left has at least this."""


def _column(index: QModelIndex | QPersistentModelIndex) -> Column:
    model = index.model()
    return model.columns[index.column()] if isinstance(model, LeadTable) else COLUMNS["name"]


class LeadDelegate(QStyledItemDelegate):
    """Paints one cell."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw background, badge or text, and the line below."""
        t = theme.current()
        state = option.state.value
        rect: QRect = option.rect
        column = _column(index)
        painter.save()
        painter.fillRect(rect, theme.color(t.sel if state & _CHOSEN else t.panel))
        painter.setPen(theme.color(t.line2))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if column.key == "grade":
            self._paint_grade(painter, rect, index)
        elif text := index.data():
            self._paint_text(painter, rect, column, text)
        if state & _HAS_FOCUS and column.can_edit:
            painter.setPen(QPen(theme.color(t.accent), 1))
            painter.drawRect(rect.adjusted(1, 1, -2, -3))
        painter.restore()

    def createEditor(
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QWidget:
        """Return a line to type in, named as its column."""
        editor = super().createEditor(parent, option, index)
        editor.setAccessibleName(_column(index).heading)
        editor.setFont(theme.font(TEXT_SIZE))
        editor.setStyleSheet("border-radius: 0; padding: 0 8px;")
        return editor

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the height of a line; widths are set by the view."""
        return QSize(super().sizeHint(option, index).width(), theme.px(ROW_HEIGHT))

    def _paint_grade(
        self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = index.data(LEAD_ROLE)
        if row is None:
            return
        top = rect.top() + (rect.height() - 1 - GRADE_SIZE.height()) / 2
        box = QRectF(rect.left() + _PAD, top, GRADE_SIZE.width(), GRADE_SIZE.height())
        paint_grade(painter, box, row.grade)

    def _paint_text(self, painter: QPainter, rect: QRect, column: Column, text: str) -> None:
        t = theme.current()
        painter.setFont(theme.font(TEXT_SIZE, tabular=column.tabular))
        painter.setPen(theme.color(t.muted if text == NOTHING else t.text))
        room = rect.adjusted(_PAD, 0, -_PAD, -1)
        plain = " ".join(text[:_LONGEST].split())
        shown = painter.fontMetrics().elidedText(plain, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _AT_THE_RIGHT if column.is_number else _AT_THE_LEFT, shown)


class Heading(QHeaderView):
    """The heading: muted words, an arrow at the column sorted by."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setFixedHeight(theme.px(HEADING_HEIGHT))
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(40)
        self.setSectionsMovable(True)
        self.setAccessibleName("Columns")
        self._order: tuple[int | None, bool] = (None, True)

    def show_order(self, column: int | None, *, descending: bool) -> None:
        """Mark the column sorted by; None marks none."""
        self._order = (column, descending)
        self.viewport().update()

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw one heading."""
        t = theme.current()
        painter.save()
        painter.fillRect(rect, theme.color(t.raised))
        painter.setPen(QPen(theme.color(t.line), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setFont(theme.font(TEXT_SIZE, theme.MEDIUM))
        column, descending = self._order
        sorted_by = section == column
        painter.setPen(theme.color(t.text if sorted_by else t.muted))
        arrow = " \u25be" if descending else " \u25b4"
        model = self.model()
        number = isinstance(model, LeadTable) and model.columns[section].is_number
        side = Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft
        words = str(model.headerData(section, Qt.Orientation.Horizontal))
        room = rect.adjusted(_PAD, 0, -_PAD, 0)
        words += arrow if sorted_by else ""
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(side | Qt.AlignmentFlag.AlignVCenter), shown)
        painter.restore()


class LeadTableView(QTableView):
    """One lead a line; moves by keys, calls with Enter, changes a cell with F2.

    Emits:
        wanted: Enter or a double click on a lead.
        layout_changed: somebody moved a column or gave it another width: the `Layout`.
    """

    wanted = Signal()
    layout_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Leads")
        self.setProperty("look", "plain")
        self.heading = Heading(self)
        self.setHorizontalHeader(self.heading)
        self.setItemDelegate(LeadDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(theme.px(ROW_HEIGHT))
        rows.setMinimumSectionSize(theme.px(ROW_HEIGHT))
        self._layout: Layout = USUAL
        self._placing = False
        self.heading.sectionResized.connect(lambda *_: self._tell_layout())
        self.heading.sectionMoved.connect(self._on_moved)
        self.doubleClicked.connect(lambda _index: self.wanted.emit())

    def show_layout(self, layout: Layout) -> None:
        """Give the columns their widths; the model has them already."""
        self._layout = layout
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give columns without a width of their own what the others leave."""
        super().resizeEvent(event)
        self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter calls, F2 edits; Home and End go to the first and last lead."""
        key = event.key()
        if self.state() == QAbstractItemView.State.EditingState:
            event.accept()  # the Enter that ends typing comes by here, and calls nobody
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.wanted.emit()
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and not event.modifiers():
            row = 0 if key == Qt.Key.Key_Home else self.model().rowCount() - 1
            self.setCurrentIndex(self.model().index(row, max(self.currentIndex().column(), 0)))
        else:
            super().keyPressEvent(event)

    def chosen_spans(self) -> list[tuple[int, int]]:
        """Return the first and last line of each run of chosen lines, from the top."""
        selection = self.selectionModel().selection()
        spans = (selection.at(place) for place in range(selection.count()))
        return sorted({(span.top(), span.bottom()) for span in spans})

    def edit_current(self) -> bool:
        """Open the editor of the cell that has the focus; return whether it can be changed."""
        index = self.currentIndex()
        if not index.isValid() or not index.flags() & Qt.ItemFlag.ItemIsEditable:
            return False
        self.edit(index)
        return True

    def _place(self) -> None:
        self._placing = True
        width = self.viewport().width()
        rest = width - sum(theme.px(size) for _, size in self._layout)
        shares = sum(not size for _, size in self._layout)
        for at, (_, size) in enumerate(self._layout):
            share = max(rest // max(shares, 1), theme.px(_NARROWEST_SHARE))
            self.setColumnWidth(at, theme.px(size) if size else share)
        self._placing = False

    def _on_moved(self, _logical: int, old: int, new: int) -> None:
        if self._placing:
            return
        self._placing = True
        self.heading.moveSection(new, old)  # columns stand in the order of the layout itself
        self._placing = False
        moved = list(self._layout)
        moved.insert(new, moved.pop(old))
        self.layout_changed.emit(tuple(moved))

    def _tell_layout(self) -> None:
        if self._placing or self.model() is None:
            return
        found = []
        for at, (key, size) in enumerate(self._layout):
            now = round(self.columnWidth(at) / theme.px(100) * 100)
            changed = abs(now - size) > 1 if size else False
            found.append((key, max(now, NARROWEST) if changed else size))
        dragged = self._share_dragged()
        if dragged is not None:
            key, size = dragged
            found = [(k, size if k == key else s) for k, s in found]
        self._layout = tuple(found)
        self.layout_changed.emit(self._layout)

    def _share_dragged(self) -> tuple[str, int] | None:
        """Return the column of no width of its own that has been given one, and which."""
        shares = [at for at, (_, size) in enumerate(self._layout) if not size]
        widths = {at: self.columnWidth(at) for at in shares}
        rest = self.viewport().width() - sum(theme.px(size) for _, size in self._layout)
        share = max(rest // max(len(shares), 1), theme.px(_NARROWEST_SHARE))
        for at, width in widths.items():
            if abs(width - share) > 1:
                return self._layout[at][0], round(width / theme.px(100) * 100)
        return None
