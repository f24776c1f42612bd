# SPDX-License-Identifier: MIT
"""The table of leads: ids in order, lines fetched page by page as they come into sight.

A million leads cost eight bytes each here; the UI thread never waits for a line.
"""

from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import datetime
from enum import IntEnum
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from leaddesk.core.domain.stages import Status
from leaddesk.core.services.lead_list import ListRow
from leaddesk.ui.presenters.row_texts import NOTHING, STATUS_WORDS, ago

PAGE: Final = 128
KEPT_PAGES: Final = 64
WAITING_PAGES: Final = 4
"""Pages asked for and not under way yet; older wishes are dropped, they scrolled out of sight."""

NO_INDEX: Final = QModelIndex()
AnyIndex = QModelIndex | QPersistentModelIndex
Fetch = Callable[[Sequence[int], Callable[[list[ListRow]], None]], None]


class Column(IntEnum):
    """Columns in the order they are shown."""

    GRADE = 0
    NAME = 1
    COMPANY = 2
    SOURCE = 3
    EMPLOYEES = 4
    STATUS = 5
    LAST_ACTIVITY = 6


HEADINGS: Final = ("Grade", "Name", "Company", "Source", "Employees", "Status", "Last activity")

LEAD_ROLE: Final = Qt.ItemDataRole.UserRole
"""The `ListRow` of the line, None while it is being fetched."""

SORT_ROLE: Final = Qt.ItemDataRole.UserRole + 1
"""The value itself, not its text."""


class LeadTable(QAbstractTableModel):
    """Lines of leads.

    Args:
        fetch: Reads the lines of row ids, away from the UI thread.
        clock: Says what "2 h ago" is counted from.
    """

    def __init__(
        self, fetch: Fetch, clock: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._clock = clock
        self._ids: array[int] = array("q")
        self._pages: OrderedDict[int, dict[int, ListRow]] = OrderedDict()
        self._before: dict[int, ListRow] = {}
        self._waiting: list[int] = []
        self._fetching: int | None = None
        self._generation = 0

    # Methods

    def show(self, row_ids: "array[int]") -> None:
        """Show these leads; the same ones in the same order again change nothing."""
        if row_ids == self._ids:
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

    def lead(self, row: int) -> ListRow | None:
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
        return 0 if parent.isValid() else len(Column)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        """Return one cell; never waits."""
        if not index.isValid() or role not in _ROLES:
            return None
        column = Column(index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGNED_RIGHT if column is Column.EMPLOYEES else _ALIGNED_LEFT
        row = self.lead(index.row())
        if role == LEAD_ROLE:
            return row
        if role == SORT_ROLE:
            return row[_FIELDS[column]] if row else None
        text = self._text(row, column)
        return f"{HEADINGS[column]}: {text}" if role == _SPOKEN else text

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:  # noqa: ANN401 - Qt's variant
        """Return the heading of a column."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADINGS[section]
        return None

    # Internal functions

    def _text(self, row: ListRow | None, column: Column) -> str:
        if row is None:
            return "\u2026" if column is Column.NAME else ""
        if column is Column.LAST_ACTIVITY:
            return ago(row.last_activity_at, self._clock())
        if column is Column.EMPLOYEES:
            return NOTHING if row.employees is None else f"{row.employees:,}"
        if column is Column.STATUS:
            return STATUS_WORDS[Status(row.status)]
        return str(row[_FIELDS[column]]) or NOTHING

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

    def _take(self, generation: int, number: int, rows: list[ListRow]) -> None:
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


_FIELDS: Final = tuple(
    ListRow._fields.index(name)
    for name in ("grade", "name", "company", "source", "employees", "status", "last_activity_at")
)
_ALIGNED_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_ALIGNED_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_SPOKEN: Final = Qt.ItemDataRole.AccessibleTextRole
_CHANGED_ROLES: Final = [Qt.ItemDataRole.DisplayRole, _SPOKEN, LEAD_ROLE, SORT_ROLE]
_ROLES: Final = frozenset(int(r) for r in (*_CHANGED_ROLES, Qt.ItemDataRole.TextAlignmentRole))
