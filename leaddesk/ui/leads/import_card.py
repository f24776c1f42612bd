# SPDX-License-Identifier: MIT
"""The card of the import page: where each column goes, and the rows that cannot be used."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from leaddesk.ui import theme
from leaddesk.ui.call.scrolled import scrolled
from leaddesk.ui.leads.column_table_view import ColumnTableView
from leaddesk.ui.presenters.import_leads import ImportPresenter
from leaddesk.ui.presenters.import_texts import PreviewText
from leaddesk.ui.widgets.labels import label, rule

_PROBLEMS_HEIGHT = 190
_TEXT_SIZE = 13


class ImportCard(QFrame):
    """The table scrolls where a file has many columns, and the problems by themselves."""

    def __init__(self, presenter: ImportPresenter) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self.table = ColumnTableView(presenter)
        self._problems: QWidget | None = None
        self._rule = rule()
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(self._rule)

    def show_text(self, text: PreviewText) -> None:
        """Show columns and problems of a file; the line that was chosen stays it."""
        row = self.table.currentIndex().row()
        self.table.lines.show_columns(text.columns, text.check_title)
        if 0 <= row < len(text.columns):
            self.table.setCurrentIndex(self.table.lines.index(row, 1))
        if self._problems is not None:
            self._column.removeWidget(self._problems)
            self._problems.hide()
            self._problems.deleteLater()
            self._problems = None
        self._rule.setVisible(bool(text.problems))
        if text.problems:
            self._problems = scrolled(_problems(text))
            self._problems.setAccessibleName("Rows with a problem")
            self._problems.setMaximumHeight(theme.px(_PROBLEMS_HEIGHT))
            self._column.addWidget(self._problems)


def _problems(text: PreviewText) -> QWidget:
    body = QFrame()
    body.setProperty("look", "panel")
    column = QVBoxLayout(body)
    column.setContentsMargins(14, 12, 14, 14)
    column.setSpacing(6)
    column.addWidget(label(text.problems_title, "muted", pixels=12, weight=theme.SEMIBOLD))
    for problem in text.problems:
        line = label(problem, "muted", pixels=_TEXT_SIZE)
        line.setWordWrap(True)
        line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(line)
    column.addStretch()
    return body
