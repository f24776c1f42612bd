# SPDX-License-Identifier: MIT
"""The page of one lead, right of the list: who it is, what is known, what happened so far."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from leaddesk.ui import theme
from leaddesk.ui.presenters.lead_texts import EventText, PageText
from leaddesk.ui.widgets.chips import GradeBadge
from leaddesk.ui.widgets.keys import KeyButton, Tone
from leaddesk.ui.widgets.labels import ElidedLabel, heading, label, rule, set_parts

_SIDE = 16
_NAMES_WIDTH = 106
_WHEN_WIDTH = 96
_TEXT_SIZE = 13
_LONGEST_WORD = 20
"""Letters that fit beside the name of a fact."""


class _Link(ElidedLabel):
    """A text that leads somewhere.

    Emits:
        clicked: with the left button.
    """

    clicked = Signal()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go there."""
        is_here = self.rect().contains(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and is_here:
            self.clicked.emit()
        super().mouseReleaseEvent(event)


class LeadPageView(QFrame):
    """Shows one lead, or a hint that none is chosen.

    Emits:
        call_wanted: the Call button was pressed.
        edit_wanted: the Edit button was pressed.
        handoff_wanted: the Hand-off button was pressed.
        answer_wanted: the button for what sales said was pressed.
        company_wanted: the name of the company was clicked; it has a key as well.
    """

    call_wanted = Signal()
    edit_wanted = Signal()
    handoff_wanted = Signal()
    answer_wanted = Signal()
    company_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "right")
        self.setAccessibleName("Lead")
        self._name = ElidedLabel(pixels=19, weight=theme.BOLD)
        self._grade = GradeBadge()
        self._subtitle = _Link(look="muted", pixels=_TEXT_SIZE)
        self._subtitle.setCursor(Qt.CursorShape.PointingHandCursor)
        self._subtitle.clicked.connect(self.company_wanted)
        self._call = KeyButton.of_action("lead_call", self.call_wanted.emit, Tone.OUTLINE)
        self._edit = KeyButton.of_action("lead_edit", self.edit_wanted.emit)
        self.handoff = KeyButton.of_action("lead_handoff", self.handoff_wanted.emit, cap=False)
        self.answer = KeyButton.of_action("lead_answer", self.answer_wanted.emit, cap=False)
        self._blocked = label(look="dq", pixels=_TEXT_SIZE, weight=theme.SEMIBOLD)
        self._body = QWidget()
        self._foot_text = ElidedLabel(look="muted", pixels=_TEXT_SIZE)
        self._scroll = QScrollArea()
        self._scroll.setAccessibleName("Facts and history")
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._nobody())
        self._pages.addWidget(self._somebody())

    def show_page(self, page: PageText | None) -> None:
        """Show this lead, or nobody."""
        if page is None:
            self._pages.setCurrentIndex(0)
            return
        self._name.setText(page.name)
        self._grade.set_grade(page.grade)
        self._subtitle.setText(page.subtitle)
        self._subtitle.setVisible(bool(page.subtitle))
        self._call.setEnabled(not page.blocked)
        for button in (self.handoff, self.answer):
            button.setVisible(page.is_passed)
        self._blocked.setText(page.blocked)
        self._foot_text.setText(page.foot)
        self._foot.setVisible(bool(page.foot))
        self._scroll.setWidget(_body(page))
        self._pages.setCurrentIndex(1)

    def _nobody(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        hint = label("Choose a lead to see everything about it.", "muted", pixels=_TEXT_SIZE)
        hint.setWordWrap(True)
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(hint)
        return page

    def _somebody(self) -> QWidget:
        page = QWidget()
        title = QHBoxLayout()
        title.setSpacing(10)
        title.addWidget(self._name)
        title.addWidget(self._grade)
        title.addStretch()
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._call)
        buttons.addWidget(self._edit)
        sales = QHBoxLayout()
        sales.setSpacing(8)
        sales.addWidget(self.handoff)
        sales.addWidget(self.answer)
        sales.addStretch()
        buttons.addWidget(self._blocked, 1)
        buttons.addStretch()
        head = QVBoxLayout()
        head.setContentsMargins(_SIDE, 16, _SIDE, 12)
        head.setSpacing(3)
        head.addLayout(title)
        head.addWidget(self._subtitle)
        head.addSpacing(9)
        head.addLayout(buttons)
        head.addLayout(sales)
        self._foot = QFrame()
        self._foot.setProperty("look", "foot")
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(_SIDE, 12, _SIDE, 12)
        foot.addWidget(self._foot_text)
        column = QVBoxLayout(page)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)
        column.addWidget(self._foot)
        return page


def _body(page: PageText) -> QWidget:
    body = QFrame()
    body.setProperty("look", "panel")
    column = QVBoxLayout(body)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addLayout(_facts(page.facts))
    column.addSpacing(16)
    column.addLayout(_headed("Everything so far"))
    column.addSpacing(8)
    if not page.timeline:
        nothing = QHBoxLayout()
        nothing.setContentsMargins(_SIDE, 0, _SIDE, 0)
        nothing.addWidget(label("Nothing yet.", "muted", pixels=_TEXT_SIZE))
        column.addLayout(nothing)
    for event in page.timeline:
        column.addWidget(rule("rule2"))
        column.addLayout(_event(event))
    if page.timeline:
        column.addWidget(rule("rule2"))
    if page.extra:
        column.addSpacing(16)
        column.addLayout(_headed("Also in the file"))
        column.addSpacing(8)
        column.addLayout(_facts(page.extra))
        column.addSpacing(12)
    column.addStretch()
    return body


def _headed(text: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(_SIDE, 0, _SIDE, 0)
    row.addWidget(heading(text))
    return row


def _facts(facts: tuple[tuple[str, str], ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(_SIDE, 0, _SIDE, 0)
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(1, 1)
    for row, (name, value) in enumerate(facts):
        known = ElidedLabel(name, "muted", pixels=_TEXT_SIZE)
        known.setFixedWidth(_NAMES_WIDTH - 8)
        grid.addWidget(known, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(_value(value), row, 1)
    return grid


def _value(text: str) -> QLabel:
    """Return a label that wraps; a word too long to wrap is cut, and whole in the tip."""
    if max(map(len, text.split()), default=0) > _LONGEST_WORD:
        return ElidedLabel(text, pixels=_TEXT_SIZE)
    made = label(text, pixels=_TEXT_SIZE, tabular=True)
    made.setWordWrap(True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.setMinimumWidth(1)
    return made


def _event(event: EventText) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(_SIDE, 8, _SIDE, 8)
    row.setSpacing(0)
    when = label(event.when, "muted", pixels=_TEXT_SIZE, tabular=True)
    when.setFixedWidth(_WHEN_WIDTH)
    row.addWidget(when, 0, Qt.AlignmentFlag.AlignTop)
    text = label(pixels=_TEXT_SIZE)
    text.setWordWrap(True)
    set_parts(text, event.parts)
    row.addWidget(text, 1)
    return row
