# SPDX-License-Identifier: MIT
"""The table of leads: ids in order, lines fetched page by page as they come into sight.

A million leads cost eight bytes each here; the UI thread never waits for a line.
"""

from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from leaddesk.ui.presenters.lead_columns import COLUMNS, USUAL, Column, Layout, cell_text, edit_text
from leaddesk.ui.presenters.visible import visible

PAGE: Final = 128
KEPT_PAGES: Final = 32
WAITING_PAGES: Final = 4
"""Pages asked for and not under way yet; older wishes are dropped, they scrolled out of sight."""

NO_INDEX: Final = QModelIndex()
AnyIndex = QModelIndex | QPersistentModelIndex
Line = Any
"""A line of a list, as `lead_list.rows` and `lead_list.table_rows` give it."""

Fetch = Callable[[Sequence[int], Callable[[list[Line]], None]], None]


LEAD_ROLE: Final = Qt.ItemDataRole.UserRole
"""The `Line` itself, None while it is being fetched."""

SORT_ROLE: Final = Qt.ItemDataRole.UserRole + 1
"""The value itself, not its text."""


class LeadTable(QAbstractTableModel):
    """Lines of leads.

    Args:
        fetch: Reads the lines of row ids, away from the UI thread.
        clock: Says what "2 h ago" is counted from.

    Emits:
        edited: the `Line`, the `Column` and the text somebody typed into a cell.
    """

    edited = Signal(object, object, str)

    def __init__(
        self, fetch: Fetch, clock: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._clock = clock
        self._ids: array[int] = array("q")
        self._pages: OrderedDict[int, dict[int, Line]] = OrderedDict()
        self._before: dict[int, Line] = {}
        self._waiting: list[int] = []
        self._fetching: int | None = None
        self._generation = 0
        self.columns: tuple[Column, ...] = tuple(COLUMNS[key] for key, _ in USUAL)

    # Methods

    def show_columns(self, layout: Layout) -> None:
        """Show other columns."""
        columns = tuple(COLUMNS[key] for key, _ in layout)
        if columns != self.columns:
            self.beginResetModel()
            self.columns = columns
            self.endResetModel()

    def show(self, row_ids: "array[int]") -> None:
        """Show these leads; the same ones in the same order again change nothing.

        Where they begin with those that are shown, the others come behind them.
        """
        shown = len(self._ids)
        if row_ids == self._ids:
            return
        if shown and len(row_ids) > shown and row_ids[:shown] == self._ids:
            self.beginInsertRows(NO_INDEX, shown, len(row_ids) - 1)
            self._ids = row_ids
            if shown % PAGE:
                self._before.update(self._pages.pop(shown // PAGE, {}))
            self.endInsertRows()
            return
        self.beginResetModel()
        self._ids = row_ids
        self._before = {key: row for page in self._pages.values() for key, row in page.items()}
        self._pages.clear()
        self._waiting.clear()
        self._generation += 1
        self.endResetModel()

    def refresh(self, lead_ids: frozenset[str] | None) -> None:
        """Fetch the pages again that hold one of these leads (None: all) when they are in sight."""
        for number in tuple(self._pages):
            page = self._pages[number]
            if lead_ids is None or any(row.lead_id in lead_ids for row in page.values()):
                self._before.update(self._pages.pop(number))
                self._generation += 1
                self._tell(number)

    def row_of(self, row_id: int) -> int:
        """Return the line of a lead, -1 where it is not shown."""
        try:
            return self._ids.index(row_id)
        except ValueError:
            return -1

    def row_id(self, row: int) -> int:
        """Return the row id of a line."""
        return self._ids[row]

    def row_ids(self, first: int, last: int) -> "array[int]":
        """Return the row ids of lines one behind the other, both ends included."""
        return self._ids[first : last + 1]

    def whole(self) -> QItemSelection:
        """Return every cell."""
        last = self.index(self.rowCount() - 1, self.columnCount() - 1)
        return QItemSelection(self.index(0, 0), last)

    def lead(self, row: int) -> Line | None:
        """Return a line, None while it is fetched for the first time.

        A line that was in sight before stays till its fresh one is here.
        """
        number = row // PAGE
        page = self._pages.get(number)
        if page is None:
            self._want(number)
            page = self._before
        else:
            self._pages.move_to_end(number)
        return page.get(self._ids[row])

    # Qt overrides

    def rowCount(self, parent: AnyIndex = NO_INDEX) -> int:
        """Return the number of leads."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: AnyIndex = NO_INDEX) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        """Return one cell; never waits."""
        if not index.isValid() or role not in _ROLES:
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGNED_RIGHT if column.is_number else _ALIGNED_LEFT
        row = self.lead(index.row())
        if role == LEAD_ROLE:
            return row
        if role == SORT_ROLE:
            return getattr(row, column.key) if row else None
        if role == Qt.ItemDataRole.EditRole:
            return edit_text(row, column) if row else ""
        text = visible(self._text(row, column))
        return f"{column.heading}: {text}" if role == _SPOKEN else text

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Let cells be changed whose lead is here and whose column follows from nothing."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        can_edit = self.columns[index.column()].can_edit and self.lead(index.row()) is not None
        return _CAN_EDIT if can_edit else _CAN_CHOOSE

    def setData(
        self,
        index: AnyIndex,
        value: Any,  # noqa: ANN401 - Qt's variant
        role: int = Qt.ItemDataRole.EditRole,
    ) -> bool:
        """Ask for a change; the cell shows it once it is on disk."""
        row = self.lead(index.row()) if index.isValid() else None
        if row is None or role != Qt.ItemDataRole.EditRole:
            return False
        column = self.columns[index.column()]
        if str(value) != edit_text(row, column):
            self.edited.emit(row, column, str(value))
        return True

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:  # noqa: ANN401 - Qt's variant
        """Return the heading of a column."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].heading
        return None

    # Internal functions

    def _text(self, row: Line | None, column: Column) -> str:
        if row is None:
            return "\u2026" if column.key == "name" else ""
        return cell_text(row, column, self._clock())

    def _want(self, number: int) -> None:
        if number in self._waiting or number == self._fetching:
            return
        self._waiting.append(number)
        del self._waiting[:-WAITING_PAGES]
        self._fetch_next()

    def _fetch_next(self) -> None:
        if self._fetching is not None or not self._waiting:
            return
        number = self._fetching = self._waiting.pop()
        row_ids = self._ids[number * PAGE : (number + 1) * PAGE]
        self._fetch(row_ids, partial(self._take, self._generation, number))

    def _take(self, generation: int, number: int, rows: list[Line]) -> None:
        self._fetching = None
        if generation == self._generation:
            self._pages[number] = {row.row_id: row for row in rows}
            while len(self._pages) > KEPT_PAGES:
                self._pages.popitem(last=False)
            self._tell(number)
        elif number * PAGE < len(self._ids):
            self._want(number)
        self._fetch_next()

    def _tell(self, number: int) -> None:
        first = number * PAGE
        last = min(first + PAGE, len(self._ids)) - 1
        right = self.columnCount() - 1
        self.dataChanged.emit(self.index(first, 0), self.index(last, right), _CHANGED_ROLES)


_ALIGNED_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_ALIGNED_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_SPOKEN: Final = Qt.ItemDataRole.AccessibleTextRole
_CHANGED_ROLES: Final = [Qt.ItemDataRole.DisplayRole, _SPOKEN, LEAD_ROLE, SORT_ROLE]
_CAN_CHOOSE: Final = (  # as `QAbstractTableModel` has it, which every painted cell would ask
    Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
)
_CAN_EDIT: Final = _CAN_CHOOSE | Qt.ItemFlag.ItemIsEditable
_ROLES: Final = frozenset(
    int(role)
    for role in (
        *_CHANGED_ROLES,
        Qt.ItemDataRole.EditRole,
        Qt.ItemDataRole.TextAlignmentRole,
    )
)
