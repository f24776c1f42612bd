# SPDX-License-Identifier: MIT
"""The columns of a file as a table: a line each, however many there are."""

from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QObject, Qt

from leaddesk.ui.models.lead_table import NO_INDEX, AnyIndex
from leaddesk.ui.presenters.import_texts import ColumnText
from leaddesk.ui.presenters.visible import visible

LINE_ROLE: Final = Qt.ItemDataRole.UserRole
COLUMN, GOES_TO, VALUES, CHECK = range(4)


class ColumnTable(QAbstractTableModel):
    """Holds the lines of a preview; nothing is a widget, so a wide file costs no more."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[ColumnText, ...] = ()
        self._headings: tuple[str, ...] = ("Column in the file", "Goes to", "First values", "Check")

    def show(self, lines: tuple[ColumnText, ...], check_title: str) -> None:
        """Show the columns of a file."""
        self.beginResetModel()
        self._lines = lines
        self._headings = (*self._headings[:CHECK], check_title)
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = NO_INDEX) -> int:
        """Return the number of columns of the file."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: AnyIndex = NO_INDEX) -> int:
        """Return four."""
        return 0 if parent.isValid() else len(self._headings)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Where a column goes can be chosen."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == GOES_TO else flags

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:  # noqa: ANN401 - Qt's variant
        """Return a heading."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section]
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        """Return a cell: its text, what is read aloud, or the line it belongs to."""
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == LINE_ROLE:
            return line
        text = visible(_cells(line)[index.column()])
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._headings[index.column()]}: {text or 'nothing'}"
        return None


def _cells(line: ColumnText) -> tuple[str, str, str, str]:
    goes_to = f"{line.goes_to} \u00b7 {line.policy}" if line.policy else line.goes_to
    check = ", ".join(text for text, _ in line.check)
    return line.column, goes_to, line.values, f"{check} ({line.kept})" if line.kept else check
