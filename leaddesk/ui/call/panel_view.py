# SPDX-License-Identifier: MIT
"""Shows every panel in the right pane: lines to read, choices by key, lines to type, Enter, Esc."""

from collections.abc import Sequence
from enum import Enum, auto

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from leaddesk.ui import theme
from leaddesk.ui.call.before_call import TONES
from leaddesk.ui.call.call_field import CallField
from leaddesk.ui.call.choice_row import ChoiceRows
from leaddesk.ui.call.scrolled import scrolled
from leaddesk.ui.call.span_text import wrapped
from leaddesk.ui.call.stage import FOCUS_BAR
from leaddesk.ui.presenters.call_presenter import CallPresenter
from leaddesk.ui.presenters.panels.panel import PanelField, PanelRow, PanelScreen
from leaddesk.ui.presenters.visible import visible
from leaddesk.ui.widgets.keys import KeyButton, Tone
from leaddesk.ui.widgets.labels import breakable, heading, label, set_look

SIDE = 16
_MOST_TYPED = 500
_MOST_AT_FOOT = 2


class _Place(Enum):
    """Where the lines to type in stand."""

    FOOT = auto()
    """In sight below a list that scrolls."""
    WORDS = auto()
    """Right under the words: there is no list, or there are too many lines for a small screen."""


def _place_of(screen: PanelScreen) -> _Place:
    is_foot = screen.choices and len(screen.fields) <= _MOST_AT_FOOT
    return _Place.FOOT if is_foot or not screen.fields else _Place.WORDS


class FieldLine(QWidget):
    """A line to type in, with what it is above it."""

    def __init__(self, presenter: CallPresenter) -> None:
        super().__init__()
        self._id = ""
        self._label = wrapped(label("", "muted", pixels=13))
        self.line = CallField()
        self.line.setFont(theme.font())
        self.line.setMaxLength(_MOST_TYPED)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self._label)
        column.addWidget(self.line)
        self.line.textEdited.connect(lambda text: presenter.edit_panel(self._id, text))
        self.line.entered.connect(presenter.enter)
        self.line.escaped.connect(presenter.close_panel)
        self.line.picked.connect(presenter.key)

    @property
    def field_id(self) -> str:
        """Which field of the panel it shows."""
        return self._id

    def show_field(self, field: PanelField) -> None:
        """Show a field; what is typed in it already stays where it is."""
        self._id = field.id
        self._label.setText(field.label)
        self.line.setPlaceholderText(visible(field.hint))
        self.line.setAccessibleName(visible(field.label))
        if self.line.text() != field.text:
            self.line.setText(field.text)


class ReadingRows(QWidget):
    """Lines to read: small words, the text, a figure."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._rows: tuple[PanelRow, ...] = ()
        self.hide()

    def show_rows(self, rows: Sequence[PanelRow]) -> None:
        """Show these lines; only other lines than before are made anew."""
        if tuple(rows) == self._rows:
            return
        self._rows = tuple(rows)
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        top, right = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignRight
        has_left = any(row.left for row in self._rows)
        for index, row in enumerate(self._rows):
            weight = theme.SEMIBOLD if row.strong else theme.REGULAR
            text = wrapped(
                label(breakable(row.text), "" if row.strong or row.left else "muted", weight=weight)
            )
            figure = label(row.right, TONES[row.tone] if row.tone else "muted", tabular=True)
            if has_left:
                left = label(row.left, "muted", pixels=12, tabular=True)
                self._grid.addWidget(left, index, 0, top)
                self._grid.addWidget(text, index, 1)
            else:
                self._grid.addWidget(text, index, 0, 1, 2)
            self._grid.addWidget(figure, index, 2, top | right)
        self.setVisible(bool(rows))


class PanelView(QWidget):
    """Stands in the right pane where the checklist was; nothing modal."""

    def __init__(self, presenter: CallPresenter) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._presenter = presenter
        self._title = wrapped(label("", pixels=16, weight=theme.SEMIBOLD))
        self._sentence = wrapped(label("", "muted", pixels=13))
        self._reading = ReadingRows()
        self._ask = heading("")
        self._choices = ChoiceRows(compact=True)
        self._below = wrapped(label("", "muted", pixels=13))
        self._fields: list[FieldLine] = []
        self._missing = wrapped(label("", "muted", pixels=13))
        self._back = KeyButton("Back to call", "Esc")
        self._confirm = KeyButton("Decide", "Enter", Tone.FILLED)
        self._shown_title = ""
        self._focused = ""
        self._place = _Place.FOOT
        self._choices.picked.connect(presenter.key)
        self._back.clicked.connect(presenter.close_panel)
        self._confirm.clicked.connect(presenter.enter)
        self._assemble()

    def show_screen(self, screen: PanelScreen) -> None:
        """Show the panel; the focus goes where something is missing."""
        set_look(self._title, TONES[screen.tone] if screen.tone else "")
        self._title.setText(breakable(screen.title))
        _say(self._sentence, screen.sentence)
        self._reading.show_rows(screen.rows)
        _say(self._ask, screen.ask)
        self._choices.show_choices(screen.choices)
        _say(self._below, screen.sentence_below)
        self._show_fields(screen.fields)
        self._stand_together(_place_of(screen))
        _say(self._missing, screen.missing)
        self._back.setText(screen.back)
        self._confirm.setText(screen.confirm)
        self._confirm.setVisible(bool(screen.confirm))
        self._confirm.setEnabled(not screen.missing)
        spoken = f"{screen.title}. {screen.sentence} {screen.missing}"
        self.setAccessibleName(visible(spoken.strip()))
        self._place_focus(screen)

    def take_focus(self) -> None:
        """Take the focus where it was, or where keys are choices."""
        line = next((one.line for one in self._fields if one.field_id == self._focused), None)
        (line or self).setFocus()

    def closed(self) -> None:
        """Forget what was shown."""
        self._shown_title = self._focused = ""

    # Events

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bar that shows the focus, as beside the script."""
        if self.hasFocus():
            bar = QRectF(0, self._title.y(), FOCUS_BAR, self._title.height())
            QPainter(self).fillRect(bar, theme.color(theme.current().accent))

    # Internal functions

    def _show_fields(self, fields: Sequence[PanelField]) -> None:
        for _missing in range(len(fields) - len(self._fields)):
            line = FieldLine(self._presenter)
            self._lines.addWidget(line)
            # Made last, but Tab comes to it where it stands: above the buttons.
            QWidget.setTabOrder(self._fields[-1].line if self._fields else self, line.line)
            self._fields.append(line)
        for index, line in enumerate(self._fields):
            if index < len(fields):
                line.show_field(fields[index])
            line.setVisible(index < len(fields))

    def _stand_together(self, place: "_Place") -> None:
        """Put the lines to type in where they belong."""
        if place is self._place:
            return  # moved lines would lose the focus while they are typed in
        self._place = place
        if place is _Place.FOOT:
            self._foot.insertWidget(1, self._typed)
        else:
            self._column.insertWidget(self._column.indexOf(self._ask), self._typed)
        self._typed.show()

    def _place_focus(self, screen: PanelScreen) -> None:
        """A new panel gets the focus, then each line as it is needed; typing is never disturbed."""
        fresh = screen.title != self._shown_title
        self._shown_title = screen.title
        typed = [one.line for one in self._fields if one.line.isModified()]
        for line in typed:
            line.setModified(False)
        if not fresh and (typed or screen.focus == self._focused):
            return
        before, self._focused = self._focused, screen.focus
        wanted = next((one.line for one in self._fields if one.field_id == screen.focus), None)
        if wanted is not None:
            wanted.setFocus()
        elif fresh or (before and not any(one.line.hasFocus() for one in self._fields)):
            self.setFocus()

    def _assemble(self) -> None:
        """The choices scroll; what is typed and pressed stays in sight below them."""
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(SIDE, 14, SIDE, 10)
        column.setSpacing(8)
        for shown in (
            self._title, self._sentence, self._reading, self._ask, self._choices,
        ):  # fmt: skip
            column.addWidget(shown)
        column.addStretch(1)
        self._typed = QWidget()
        self._lines = QVBoxLayout(self._typed)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(8)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._back)
        buttons.addStretch(1)
        buttons.addWidget(self._confirm)
        self._column = column
        below = self._foot = QVBoxLayout()
        below.setContentsMargins(SIDE, 8, SIDE, 12)
        below.setSpacing(8)
        below.addWidget(self._below)
        below.addWidget(self._typed)
        below.addWidget(self._missing)
        below.addLayout(buttons)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scrolled(inside), 1)
        whole.addLayout(below)


def _say(shown: QLabel, text: str) -> None:
    shown.setText(breakable(text))
    shown.setVisible(bool(text))
