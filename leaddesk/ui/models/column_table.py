# SPDX-License-Identifier: MIT
"""The columns of a file as a table: a line each, however many there are."""

from typing import Any, Final

from PySide6.QtCore import QObject, Qt

from leaddesk.ui.models.lead_table import AnyIndex
from leaddesk.ui.models.line_table import LineTable
from leaddesk.ui.presenters.import_texts import ColumnText

LINE_ROLE: Final = Qt.ItemDataRole.UserRole
COLUMN, GOES_TO, VALUES, CHECK = range(4)


class ColumnTable(LineTable):
    """Holds the lines of a preview; nothing is a widget, so a wide file costs no more."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(("Column in the file", "Goes to", "First values", "Check"), parent)
        self._columns: tuple[ColumnText, ...] = ()

    def show_columns(self, columns: tuple[ColumnText, ...], check_title: str) -> None:
        """Show the columns of a file."""
        self._columns = columns
        self._headings = (*self._headings[:CHECK], check_title)
        self.show(tuple(map(_cells, columns)))

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Where a column goes can be chosen."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == GOES_TO else flags

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        """Return what any table of lines has of a cell, or the line it belongs to."""
        if role == LINE_ROLE and index.isValid():
            return self._columns[index.row()]
        return super().data(index, role)


def _cells(line: ColumnText) -> tuple[str, str, str, str]:
    goes_to = f"{line.goes_to} \u00b7 {line.policy}" if line.policy else line.goes_to
    check = ", ".join(text for text, _ in line.check)
    return line.column, goes_to, line.values, f"{check} ({line.kept})" if line.kept else check
