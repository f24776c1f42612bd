# SPDX-License-Identifier: MIT
"""Follow-ups as a list: lines under headings, which cannot be chosen."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, Qt

from leaddesk.ui.models.lead_table import NO_INDEX, AnyIndex
from leaddesk.ui.presenters.follow_up_lines import FollowUpLine
from leaddesk.ui.presenters.visible import visible
from leaddesk.ui.widgets.labels import tip

LINE_ROLE = Qt.ItemDataRole.UserRole + 1


class FollowUpModel(QAbstractTableModel):
    """Holds the lines; the delegate paints them from `LINE_ROLE`."""

    lines: tuple[FollowUpLine, ...] = ()

    def show(self, lines: Sequence[FollowUpLine]) -> None:
        """Show these lines."""
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def row_of(self, key: str) -> int:
        """Return the row of what has this id, -1: it is not here."""
        return next((row for row, line in enumerate(self.lines) if key and line.id == key), -1)

    def rowCount(self, parent: AnyIndex = NO_INDEX) -> int:
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: AnyIndex = NO_INDEX) -> int:
        """Return one: a list."""
        return 0 if parent.isValid() else 1

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Let all be chosen but headings."""
        if not index.isValid() or not self.lines[index.row()].id:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        """Return one line; its tip has all of its text."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == LINE_ROLE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return visible(line.title)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return visible(line.spoken)
        if role == Qt.ItemDataRole.ToolTipRole and line.id:
            parts = (line.title, line.detail, line.company)
            return tip("\n".join(part for part in parts if part))
        return None
