# SPDX-License-Identifier: MIT
"""The card of the import page: where each column goes, and the rows that cannot be used."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from leaddesk.ui import theme
from leaddesk.ui.presenters.import_texts import PreviewText
from leaddesk.ui.widgets.labels import ElidedLabel, label, rule

_ROW_HEIGHT = 40
_HEADING_HEIGHT = 34
_WIDTHS = (240, 240)
"""Of the first two columns; values get the rest."""

_TEXT_SIZE = 13


class ImportCard(QFrame):
    """Scrolls where a file has many columns."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self._scroll = QScrollArea()
        self._scroll.setAccessibleName("Columns of the file")
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        names = ("Column in the file", "Goes to", "First values")
        heading = _row(
            [label(name, "muted", pixels=_TEXT_SIZE, weight=theme.MEDIUM) for name in names],
            _HEADING_HEIGHT,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(heading)
        column.addWidget(rule())
        column.addWidget(self._scroll, 1)

    def show_text(self, text: PreviewText) -> None:
        """Show columns and problems of a file."""
        body = QFrame()
        body.setProperty("look", "panel")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for line in text.columns:
            goes_to = "muted" if line.extra else ""
            cells: list[QWidget] = [
                ElidedLabel(line.column, pixels=_TEXT_SIZE),
                ElidedLabel(line.goes_to, goes_to, pixels=_TEXT_SIZE, weight=theme.MEDIUM),
                ElidedLabel(line.values, "muted", pixels=_TEXT_SIZE),
            ]
            column.addWidget(_row(cells, _ROW_HEIGHT))
            column.addWidget(rule("rule2"))
        if text.problems:
            column.addLayout(_problems(text))
        column.addStretch()
        self._scroll.setWidget(body)


def _row(cells: "list[QWidget]", height: int) -> QWidget:
    made = QWidget()
    made.setFixedHeight(theme.px(height))
    row = QHBoxLayout(made)
    row.setContentsMargins(12, 0, 12, 0)
    row.setSpacing(16)
    for cell, width in zip(cells, _WIDTHS, strict=False):
        cell.setFixedWidth(width)
    for number, cell in enumerate(cells):
        row.addWidget(cell, int(number == len(_WIDTHS)))
    return made


def _problems(text: PreviewText) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setContentsMargins(14, 12, 14, 14)
    column.setSpacing(6)
    column.addWidget(label(text.problems_title, "muted", pixels=12, weight=theme.SEMIBOLD))
    for problem in text.problems:
        line = label(problem, "muted", pixels=_TEXT_SIZE)
        line.setWordWrap(True)
        line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(line)
    return column
