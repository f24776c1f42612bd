# SPDX-License-Identifier: MIT
"""The imports that were done, as a table."""

from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QObject, Qt

from leaddesk.ui.models.lead_table import NO_INDEX, AnyIndex
from leaddesk.ui.presenters.import_history import ImportLine
from leaddesk.ui.presenters.visible import visible

HEADINGS: Final = ("File", "When", "By", "From", "Rows", "State")


class ImportTable(QAbstractTableModel):
    """Holds the lines of the history."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[ImportLine, ...] = ()

    def show(self, lines: tuple[ImportLine, ...]) -> None:
        """Show these imports."""
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = NO_INDEX) -> int:
        """Return the number of imports."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: AnyIndex = NO_INDEX) -> int:
        """Return the number of facts of an import."""
        return 0 if parent.isValid() else len(HEADINGS)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:  # noqa: ANN401 - Qt's variant
        """Return a heading."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADINGS[section]
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        """Return a cell, or what is read aloud for it."""
        if not index.isValid():
            return None
        text = visible(self._lines[index.row()].cells[index.column()])
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{HEADINGS[index.column()]}: {text or 'nothing'}"
        return None
