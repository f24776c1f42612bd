# SPDX-License-Identifier: MIT
"""The queue as a list: one column of the paged lead table, with lines to begin with."""

from array import array
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt

from leaddesk.core.services.lead_list import ListRow
from leaddesk.ui.models.lead_table import LEAD_ROLE, NO_INDEX, AnyIndex, LeadTable
from leaddesk.ui.presenters.visible import visible

_LINE_ROLES = frozenset(
    int(role)
    for role in (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.AccessibleTextRole,
        LEAD_ROLE,
    )
)


class QueueModel(LeadTable):
    """Leads to call, a line each; the delegate paints it from `LEAD_ROLE`."""

    def show_first(self, rows: Sequence[ListRow]) -> None:
        """Show lines that are known already, until they are fetched again."""
        self._pages[0] = {row.row_id: row for row in rows}
        self.show(array("q", self._pages[0]))

    def columnCount(self, parent: AnyIndex = NO_INDEX) -> int:
        """Return one: a list."""
        return 0 if parent.isValid() else 1

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        """Return one line; never waits."""
        if not index.isValid() or role not in _LINE_ROLES:
            return None
        row = self.lead(index.row())
        if role == LEAD_ROLE:
            return row
        if row is None:
            return "\u2026"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return visible(spoken(row))
        return visible(row.name)


def spoken(row: ListRow) -> str:
    """Return a line as it is read aloud."""
    grade = f"grade {row.grade}" if row.grade else "no grade"
    return ", ".join(part for part in (row.name, row.title, row.company, grade, row.note) if part)
