# SPDX-License-Identifier: MIT
"""The table of a file's columns: painted lines, and a list to choose from where one is wanted."""

from functools import partial
from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from leaddesk.ui import theme
from leaddesk.ui.leads.table_view import Heading
from leaddesk.ui.models.column_table import CHECK, COLUMN, GOES_TO, LINE_ROLE, ColumnTable
from leaddesk.ui.presenters.import_leads import ImportPresenter
from leaddesk.ui.presenters.import_texts import FIELD_POLICIES, ColumnText
from leaddesk.ui.presenters.visible import visible

ROW_HEIGHT: Final = 44
_TEXT_SIZE: Final = 13
_SMALL_SIZE: Final = 12
_PAD: Final = 10
_INSET: Final = 4
"""Above and below two lines of text in a cell."""

_SHARES: Final = (17, 24, 26, 33)
"""Widths of the columns, in hundredths."""

_LONGEST: Final = 500
"""Letters of a cell that are drawn."""

AnyIndex = QModelIndex | QPersistentModelIndex


class ColumnTableView(QTableView):
    """Arrows move; F2, Space or Enter choose where a column goes; Alt+P says how."""

    def __init__(self, presenter: ImportPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self.lines = ColumnTable(self)
        self.setModel(self.lines)
        self.setAccessibleName("Columns of the file")
        self.setProperty("look", "plain")
        heading = Heading(self)
        heading.setSectionsMovable(False)
        heading.setSectionsClickable(False)
        heading.setStretchLastSection(True)
        heading.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHorizontalHeader(heading)
        self.setItemDelegate(_Delegate(presenter, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(theme.px(ROW_HEIGHT))
        rows.setDefaultSectionSize(theme.px(ROW_HEIGHT))
        self.clicked.connect(self._on_click)

    def choose(self) -> None:
        """Open the list of where the current column may go."""
        row = self.currentIndex().row()
        if row >= 0:
            index = self.lines.index(row, GOES_TO)
            self.setCurrentIndex(index)
            self.edit(index)

    def policy_menu(self) -> QMenu | None:
        """Return the menu of what a match does to the current field; None: it has no choice."""
        row = self.currentIndex().row()
        if row < 0 or not self._presenter.has_policy(row):
            return None
        menu = QMenu(self)
        menu.setAccessibleName("On a match, for this field")
        for policy, text in FIELD_POLICIES.items():
            action = menu.addAction(text, partial(self._presenter.match_field_by, row, policy))
            action.setCheckable(True)
            action.setChecked(policy is self._presenter.policy_of(row))
        return menu

    def show_policies(self) -> None:
        """Open that menu below the current line."""
        menu = self.policy_menu()
        if menu is not None:
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            goes_to = self.lines.index(self.currentIndex().row(), GOES_TO)
            menu.popup(self.viewport().mapToGlobal(self.visualRect(goes_to).bottomLeft()))

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the choice; what is no key of a table is the page's."""
        key, plain = event.key(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self.state() == QAbstractItemView.State.EditingState:
            event.accept()  # the Enter that ends choosing comes by here, and imports nothing
        elif plain and key in (
            Qt.Key.Key_F2,
            Qt.Key.Key_Space,
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
        ):
            self.choose()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the first line."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.lines.rowCount():
            self.setCurrentIndex(self.lines.index(0, GOES_TO))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show what a match does to this field."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            index = self.indexAt(event.pos())
            if index.isValid():
                self.setCurrentIndex(index)
        self.show_policies()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the width."""
        super().resizeEvent(event)
        width = self.viewport().width()
        for section, share in enumerate(_SHARES[:-1]):
            self.setColumnWidth(section, width * share // 100)

    def _on_click(self, index: QModelIndex) -> None:
        if index.column() == GOES_TO:
            self.choose()


class _Delegate(QStyledItemDelegate):
    """Paints a cell; makes the one list that is open."""

    def __init__(self, presenter: ImportPresenter, parent: QWidget) -> None:
        super().__init__(parent)
        self._presenter = presenter

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw background, text and the line below."""
        t = theme.current()
        state: QStyle.StateFlag = option.state
        rect: QRect = option.rect
        line: ColumnText = index.data(LINE_ROLE)
        painter.save()
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, theme.color(t.sel if chosen else t.panel))
        painter.setPen(QPen(theme.color(t.line2), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setFont(theme.font(_TEXT_SIZE))
        room = rect.adjusted(_PAD, 0, -_PAD, -1)
        if index.column() == GOES_TO:
            has_focus = bool(state & QStyle.StateFlag.State_HasFocus)
            _paint_choice(painter, room, line, str(index.data()), has_focus=has_focus)
        elif index.column() == CHECK:
            _paint_check(painter, room, line)
        else:
            tone = t.text if index.column() == COLUMN else t.muted
            _paint_text(painter, room, str(index.data()), tone)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Return the height of a line; widths are set by the view."""
        return QSize(super().sizeHint(option, index).width(), theme.px(ROW_HEIGHT))

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, index: AnyIndex
    ) -> QWidget:
        """Return the list of where the column may go, opened; typing finds a field."""
        combo = QComboBox(parent)
        line: ColumnText = index.data(LINE_ROLE)
        combo.setAccessibleName(f"{' '.join(visible(line.column).split())[:_LONGEST]} goes to")
        for field, words in self._presenter.fields(index.row()):
            combo.addItem(words, field)
        combo.setCurrentIndex(combo.findData(line.field))
        combo.activated.connect(lambda _at: self._take(combo))
        QTimer.singleShot(0, combo, combo.showPopup)
        return combo

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        """Leave the list as it was made."""

    def setModelData(self, editor: QWidget, _model: QAbstractItemModel, index: AnyIndex) -> None:
        """Let the column go where was chosen, once the list is gone."""
        if isinstance(editor, QComboBox):
            row, field = index.row(), editor.currentData()
            QTimer.singleShot(0, self, partial(self._presenter.move, row, field))

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, _index: AnyIndex
    ) -> None:
        """Lay the list over the painted one."""
        rect: QRect = option.rect
        editor.setGeometry(_box(rect.adjusted(_PAD, 0, -_PAD, -1)).toRect())

    def _take(self, combo: QComboBox) -> None:
        self.commitData.emit(combo)
        self.closeEditor.emit(combo, QStyledItemDelegate.EndEditHint.NoHint)


def _box(room: QRect) -> QRectF:
    return QRectF(room).adjusted(0.5, 7.5, -24.5, -7.5)


def _paint_choice(
    painter: QPainter, room: QRect, line: ColumnText, text: str, *, has_focus: bool
) -> None:
    t = theme.current()
    box = _box(room)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color(t.accent if has_focus else t.line), 1))
    painter.setBrush(theme.color(t.raised))
    painter.drawRoundedRect(box, 5, 5)
    inside = box.toRect().adjusted(10, 0, -10, 0)
    painter.setPen(theme.color(t.text))
    painter.drawText(
        inside, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), "\u25be"
    )
    tone = t.muted if line.extra else t.text
    _paint_text(painter, inside.adjusted(0, 0, -18, 0), text, tone)


def _paint_check(painter: QPainter, room: QRect, line: ColumnText) -> None:
    t = theme.current()
    tones = {"pass": t.pass_, "nurture": t.nurture, "muted": t.muted}
    if line.kept:
        half = (room.height() - 2 * _INSET) // 2
        below = room.adjusted(0, _INSET + half, 0, -_INSET)
        painter.setFont(theme.font(_SMALL_SIZE))
        _paint_text(painter, below, line.kept, t.muted)
        painter.setFont(theme.font(_TEXT_SIZE))
        room = room.adjusted(0, _INSET, 0, -_INSET - half)
    for number, (text, tone) in enumerate(line.check):
        words = f", {text}" if number else text
        room.setLeft(room.left() + _paint_text(painter, room, words, tones[tone]))


def _paint_text(painter: QPainter, room: QRect, text: str, tone: str) -> int:
    """Draw one line, cut at the end; return how wide it is."""
    metrics = painter.fontMetrics()
    plain = text[:_LONGEST].replace("\n", " ").replace("\r", " ").replace("\t", " ")
    shown = metrics.elidedText(plain, Qt.TextElideMode.ElideRight, max(room.width(), 0))
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
    painter.setPen(theme.color(tone))
    painter.drawText(
        room, int(flags | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), shown
    )
    return metrics.horizontalAdvance(shown)
