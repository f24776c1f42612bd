# SPDX-License-Identifier: MIT
"""The screen of the script: what to say, the answers, the field to type in, the note."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from leaddesk.core.domain.script import PartKind, TextPart
from leaddesk.ui import theme
from leaddesk.ui.call.call_field import CallField
from leaddesk.ui.call.call_header import SIDE
from leaddesk.ui.call.choice_row import ChoiceRows
from leaddesk.ui.call.remark_lines import Remarks
from leaddesk.ui.call.span_text import Span, SpanText, wrapped
from leaddesk.ui.presenters.call_screens import Entry, EntryScreen, StopScreen
from leaddesk.ui.presenters.visible import visible
from leaddesk.ui.widgets.labels import heading, label

NOTE_PAUSE_MS = 800
FOCUS_BAR = 3
_TYPED = (Entry.NUMBER, Entry.TEXT)


class NoteField(QPlainTextEdit):
    """What they said, in several lines. Tab and Esc leave it.

    Emits:
        left: the focus went elsewhere.
        escaped: Esc.
    """

    left = Signal()
    escaped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setFixedHeight(theme.px(76))
        self.setFont(theme.font())
        self.setAccessibleName("What they said")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the note may be written."""
        super().focusOutEvent(event)
        self.left.emit()


class Stage(QWidget):
    """Has the focus while answers are given by key; a bar at its edge shows it.

    Emits:
        picked: key of the answer that was clicked.
        typed: text of the entry field, on every change by the user.
        entered: Enter in the entry field.
        note_typed: text of the note, on every change by the user.
        note_paused: typing paused or the note was left.

    Attributes:
        note: The field for what they said.
    """

    picked = Signal(str)
    typed = Signal(str)
    entered = Signal()
    note_typed = Signal(str)
    note_paused = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Script")
        self._entry = Entry.NOTHING
        self._stop_id = ""
        self._say = SpanText(pixels=15)
        self._ask = SpanText(pixels=21, weight=theme.MEDIUM)
        self._listen = wrapped(label("", "muted"))
        self._typing = QWidget()
        self._field = CallField()
        self._field.setFixedHeight(theme.px(46))
        self._field.setMaxLength(2000)
        self._field.setFont(theme.font(15))
        self._problem = wrapped(label("", "dq", pixels=13))
        self._choices = ChoiceRows()
        self._badge = label("", "accent", pixels=12, weight=theme.SEMIBOLD)
        self._remarks = Remarks()
        self._heard = SpanText(pixels=15, weight=theme.MEDIUM)
        self._note_head = heading("What they said")
        self.note = NoteField()
        self._pause = QTimer(self, interval=NOTE_PAUSE_MS, singleShot=True)
        self._assemble()
        self._connect()

    # Methods

    def begin_call(self) -> None:
        """Take the next screen as new, even where the call before ended on the same one."""
        self._stop_id = ""

    def show_stop(self, screen: StopScreen) -> bool:
        """Show a screen; what is being typed on the same one stays. Return whether it is new."""
        moved = screen.stop_id != self._stop_id
        self._stop_id, self._entry = screen.stop_id, screen.entry
        large, small = (screen.ask, screen.say) if screen.ask else (screen.say, ())
        self._ask.set_spans(spoken(large))
        self._ask.setVisible(bool(large))
        self._badge.setText(screen.badge)
        self._badge.setVisible(bool(screen.badge))
        self._say.set_spans(spans(small))
        self._say.setVisible(bool(small))
        self._heard.set_spans([Span("They say: ", "muted"), Span(screen.heard)])
        self._heard.setVisible(bool(screen.heard))
        self._listen.setText(f"Listen for: {screen.listen_for}" if screen.listen_for else "")
        self._listen.setVisible(bool(screen.listen_for))
        self._typing.setVisible(screen.entry in _TYPED)
        self._field.setPlaceholderText(visible(screen.hint))
        self._field.setAccessibleName(visible(screen.hint))
        if self._field.text() != screen.value:
            self._field.setText(screen.value)
        self._show_note(screen, moved=moved)
        if moved:
            self.take_focus()
        return moved

    def show_entry(self, entry: EntryScreen) -> None:
        """Show what a key changed."""
        self._choices.show_choices(entry.choices)
        self._remarks.show_remarks(entry.remarks)
        if self._problem.text() != entry.problem:
            self._problem.setText(entry.problem)
        self._problem.setVisible(bool(entry.problem))

    def take_focus(self) -> None:
        """Take the focus where the answer is given, unless a note is being written."""
        if not self.note.hasFocus():
            (self._field if self._entry in _TYPED else self).setFocus()

    def focus_note(self) -> None:
        """Go to the note, behind what is written there."""
        if self.note.isVisible():
            self.note.setFocus()
            self.note.moveCursor(self.note.textCursor().MoveOperation.End)

    def type_digit(self, text: str) -> None:
        """Type into the field although the focus was elsewhere."""
        if self._entry is Entry.NUMBER:
            self._field.setFocus()
            self._field.insert(text)
            self.typed.emit(self._field.text())

    # Events

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bar that shows the focus."""
        if self.hasFocus():
            bar = QRectF(0, self._ask.y(), FOCUS_BAR, self._ask.height())
            QPainter(self).fillRect(bar, theme.color(theme.current().accent))

    # Internal functions

    def _show_note(self, screen: StopScreen, *, moved: bool) -> None:
        self._note_head.setVisible(screen.takes_note)
        self.note.setVisible(screen.takes_note)
        at = f" \u00b7 {screen.noted_at}" if screen.noted_at else ""
        self._note_head.setText(f"What they said{at}")
        if (moved or not self.note.hasFocus()) and self.note.toPlainText() != screen.note:
            blocked = self.note.blockSignals(True)  # noqa: FBT003 - Qt's signature
            self.note.setPlainText(screen.note)
            self.note.blockSignals(blocked)
            self._pause.stop()

    def _leave_note(self) -> None:
        self.setFocus()
        self.take_focus()

    def _assemble(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE, 20, SIDE, 16)
        column.setSpacing(0)
        words = QVBoxLayout()
        words.setSpacing(8)
        for shown in (self._badge, self._say, self._ask, self._heard, self._listen):
            words.addWidget(shown)
        column.addLayout(words)
        column.addSpacing(14)
        column.addWidget(self._typing)
        column.addWidget(self._choices)
        column.addWidget(self._remarks)
        column.addSpacing(18)
        column.addWidget(self._note_head)
        column.addSpacing(6)
        column.addWidget(self.note)
        column.addStretch(1)
        typing = QVBoxLayout(self._typing)
        typing.setContentsMargins(0, 0, 0, 10)
        typing.setSpacing(4)
        typing.addWidget(self._field)
        typing.addWidget(self._problem)
        self._problem.hide()

    def _connect(self) -> None:
        self._choices.picked.connect(self.picked)
        self._field.textEdited.connect(self.typed)
        self._field.entered.connect(self.entered)
        self._field.escaped.connect(self.setFocus)
        self.note.textChanged.connect(self._on_note)
        self.note.left.connect(self._on_note_left)
        self.note.escaped.connect(self._leave_note)
        self._pause.timeout.connect(self.note_paused)

    def _on_note(self) -> None:
        self._pause.start()
        self.note_typed.emit(self.note.toPlainText())

    def _on_note_left(self) -> None:
        self._pause.stop()
        self.note_paused.emit()


def spans(parts: Sequence[TextPart]) -> list[Span]:
    """Return the words of a script with merge fields in accent and missing ones marked."""
    looks = {PartKind.FIELD: ("accent", ""), PartKind.MISSING: ("nurture", "nurture_soft")}
    return [Span(part.text, *looks.get(part.kind, ("text", ""))) for part in parts]


def spoken(parts: Sequence[TextPart]) -> list[Span]:
    """Return words to be said, between quotation marks."""
    inside = spans(parts)
    if not inside or inside[0].text[:1] in {"\u201c", '"'}:
        return inside
    return [Span("\u201c"), *inside, Span("\u201d")]
