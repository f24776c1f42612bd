# SPDX-License-Identifier: MIT
"""The queue as a list: one column of the paged lead table; old lines stay until new ones are in."""

from array import array
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, Qt

from leaddesk.core.services.lead_list import ListRow
from leaddesk.ui.models.lead_table import LEAD_ROLE, NO_INDEX, AnyIndex, Fetch, LeadTable

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

    def __init__(
        self, fetch: Fetch, clock: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        super().__init__(fetch, clock, parent)
        self._before: dict[int, ListRow] = {}

    def show_first(self, rows: Sequence[ListRow]) -> None:
        """Show lines that are known already; they must fit one page."""
        self.show(array("q", (row.row_id for row in rows)))
        self._take(self._generation, 0, list(rows))

    def show(self, row_ids: "array[int]") -> None:
        """Show these leads; lines that were in sight stay until they are fetched again."""
        self._before = {key: row for page in self._pages.values() for key, row in page.items()}
        super().show(row_ids)

    def lead(self, row: int) -> ListRow | None:
        """Return a line, None while it is being fetched for the first time."""
        return super().lead(row) or self._before.get(self.row_id(row))

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
            return spoken(row)
        return row.name


def spoken(row: ListRow) -> str:
    """Return a line as it is read aloud."""
    grade = f"grade {row.grade}" if row.grade else "no grade"
    return ", ".join(part for part in (row.name, row.title, row.company, grade, row.note) if part)
