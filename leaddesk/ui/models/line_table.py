# SPDX-License-Identifier: MIT
"""A table that is read only: a line a thing, a text a column."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, Qt

from leaddesk.ui.models.lead_table import NO_INDEX, AnyIndex
from leaddesk.ui.presenters.visible import visible
from leaddesk.ui.widgets.labels import tip


class LineTable(QAbstractTableModel):
    """Holds lines, each as wide as the headings."""

    def __init__(self, headings: tuple[str, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._headings = headings
        self._lines: tuple[tuple[str, ...], ...] = ()

    def show(self, lines: tuple[tuple[str, ...], ...]) -> None:
        """Show these lines."""
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = NO_INDEX) -> int:
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: AnyIndex = NO_INDEX) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._headings)

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
        """Return a cell, or what is read aloud for it."""
        if not index.isValid():
            return None
        text = visible(self._lines[index.row()][index.column()])
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(text)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._headings[index.column()]}: {text or 'nothing'}"
        return None
