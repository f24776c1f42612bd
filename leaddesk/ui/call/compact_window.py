# SPDX-License-Identifier: MIT
"""The call in a small window over all others: who, how long, the score, the question, the answers.

It shows the same screens as the whole window and hands on the same keys. What needs more room (a
note, a decision, a result) leads back to the whole window.
"""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QCloseEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from leaddesk.ui import theme
from leaddesk.ui.actions import make_action, shown_keys
from leaddesk.ui.call.assessment_pane import VERDICT_COLORS
from leaddesk.ui.call.call_field import CallField
from leaddesk.ui.call.choice_row import ChoiceRows
from leaddesk.ui.call.meters import IntervalBar
from leaddesk.ui.call.remark_lines import Remarks
from leaddesk.ui.call.scrolled import scrolled
from leaddesk.ui.call.span_text import Span, SpanText, wrapped
from leaddesk.ui.call.stage import spoken
from leaddesk.ui.presenters.call_presenter import CallPresenter
from leaddesk.ui.presenters.call_screens import AssessmentScreen, Entry, EntryScreen, StopScreen
from leaddesk.ui.presenters.visible import visible
from leaddesk.ui.widgets.keys import KeyButton, Tone
from leaddesk.ui.widgets.labels import ElidedLabel, label

WIDTH, HEIGHT = 380, 460
_SIDE = 14
_EDGE = 24
"""How far from the corner of the whole window it opens."""

_TYPED = (Entry.NUMBER, Entry.TEXT)


class CompactWindow(QFrame):
    """One per window, made when it is first asked for; remembers nothing.

    Args:
        presenter: Of the call.
        slots: Action id -> what its key does, for the keys of the call.

    Emits:
        closed: the whole window is wanted again.
    """

    closed = Signal()

    def __init__(self, presenter: CallPresenter, slots: Mapping[str, Callable[[], object]]) -> None:
        super().__init__(None, Qt.WindowType.Tool | Qt.WindowType.WindowStaysOnTopHint)
        # A tool window of macOS would hide with its program, which is when it is needed.
        self.setAttribute(Qt.WidgetAttribute.WA_MacAlwaysShowToolWindow)
        self.setProperty("look", "panel")
        self.setWindowTitle("leaddesk")
        self.setAccessibleName("Call")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(320, 300)
        self._presenter = presenter
        self._entry = Entry.NOTHING
        self._stop_id = ""
        self._name = ElidedLabel(pixels=16, weight=theme.SEMIBOLD)
        self._timer = label("", pixels=16, weight=theme.SEMIBOLD, tabular=True)
        self._timer.setAccessibleName("Time on this call")
        self._number = label("", pixels=24, weight=theme.BOLD, tabular=True)
        self._number.setAccessibleName("Score")
        self._headline = SpanText(weight=theme.SEMIBOLD)
        self._bar = IntervalBar()
        self._ask = SpanText(pixels=16, weight=theme.MEDIUM)
        self._field = CallField()
        self._field.setFont(theme.font(15))
        self._field.setMaxLength(2000)
        self._problem = wrapped(label("", "dq", pixels=13))
        self._choices = ChoiceRows(compact=True)
        self._remarks = Remarks()
        self._said = ElidedLabel("Saved", "muted", pixels=12)
        self._back = KeyButton.of_action("back", presenter.go_back)
        self._next = KeyButton("Next", shown_keys("next"), Tone.OUTLINE)
        self._next.clicked.connect(lambda _on: presenter.enter())
        self._whole = KeyButton("Expand", "Esc")
        self._whole.setAccessibleName("Back to the whole window")
        self._whole.clicked.connect(lambda _on: self.closed.emit())
        self._assemble()
        self._connect()
        for action_id, slot in slots.items():
            make_action(action_id, self, slot)
        make_action("compact", self, self.closed.emit)

    # Methods

    def open_at(self, corner: QPoint) -> None:
        """Show it with its right upper corner near this one."""
        self._stop_id = ""
        self.resize(WIDTH, HEIGHT)
        room = self.screen().availableGeometry()
        left = min(corner.x() - _EDGE, room.right()) - WIDTH
        self.move(max(left, room.left()), max(corner.y() + _EDGE, room.top()))
        self.show()
        self.raise_()
        self.activateWindow()
        self.take_focus()

    def show_name(self, name: str) -> None:
        """Show who is called."""
        self._name.setText(name)

    def show_elapsed(self, text: str) -> None:
        """Show how long the call has lasted."""
        self._timer.setText(text)

    def show_stop(self, screen: StopScreen, entry: EntryScreen) -> None:
        """Show another screen of the script."""
        moved = screen.stop_id != self._stop_id
        self._stop_id, self._entry = screen.stop_id, screen.entry
        self._ask.set_spans(spoken(screen.ask or screen.say))
        self._field.setVisible(screen.entry in _TYPED)
        self._field.setPlaceholderText(visible(screen.hint))
        self._field.setAccessibleName(visible(screen.hint))
        if self._field.text() != screen.value:
            self._field.setText(screen.value)
        self._back.setEnabled(screen.can_go_back)
        self.show_entry(entry)
        if moved:
            self._scroll.verticalScrollBar().setValue(0)
            self.take_focus()

    def show_entry(self, entry: EntryScreen) -> None:
        """Show what a key changed."""
        self._choices.show_choices(entry.choices)
        self._remarks.show_remarks(entry.remarks)
        self._problem.setText(entry.problem)
        self._problem.setVisible(bool(entry.problem))
        words = "Keep" if entry.unsaved else "Next"
        words = "Confirm" if entry.confirms else words
        if self._next.text() != words:
            self._next.setText(words)
        self._next.setEnabled(not entry.at_end or entry.unsaved or entry.confirms)

    def show_assessment(self, screen: AssessmentScreen) -> None:
        """Show the score and the verdict; in silent mode neither."""
        for scored in (self._number, self._bar):
            scored.setVisible(not screen.is_silent)
        if screen.is_silent:
            words = Span(
                "The score is shown at the end of the call.", "muted", weight=theme.REGULAR
            )
        else:
            self._number.setText(str(screen.shown))
            self._bar.show_screen(screen)
            words = Span(screen.headline, VERDICT_COLORS.get(screen.recommended, ("muted", ""))[0])
        self._headline.set_spans([words])

    def say(self, text: str) -> None:
        """Show a sentence at the foot."""
        self._said.setText(text)

    def take_focus(self) -> None:
        """Take the focus where the answer is given."""
        (self._field if self._entry in _TYPED else self).setFocus()

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand the keys of the call on."""
        modified = event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier
            | Qt.KeyboardModifier.AltModifier
            | Qt.KeyboardModifier.MetaModifier
        )
        if modified or not self._take(event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Go on where the answer is given when the window is chosen again."""
        super().focusInEvent(event)
        self.take_focus()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing it leads back to the whole window; the call goes on."""
        super().closeEvent(event)
        self.closed.emit()

    # Internal functions

    def _take(self, event: QKeyEvent) -> bool:
        key, text = event.key(), event.text()
        if key == Qt.Key.Key_Escape:
            self.closed.emit()
            return True
        if event.isAutoRepeat():
            return False
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._presenter.enter()
            return True
        if not text.strip():
            return False
        if not self._presenter.key(text) and text.isdigit() and self._entry is Entry.NUMBER:
            self._field.setFocus()
            self._field.insert(text)
            self._presenter.edit_entry(self._field.text())
        return True

    def _connect(self) -> None:
        self._choices.picked.connect(self._presenter.key)
        self._field.textEdited.connect(self._presenter.edit_entry)
        self._field.entered.connect(self._presenter.enter)
        self._field.escaped.connect(self.closed)

    def _assemble(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        column.addWidget(self._middle(), 1)
        column.addWidget(self._foot())

    def _head(self) -> QFrame:
        head = QFrame()
        head.setProperty("look", "bar")
        who = QHBoxLayout()
        who.setSpacing(10)
        who.addWidget(self._name, 1)
        who.addWidget(self._timer)
        score = QHBoxLayout()
        score.setSpacing(10)
        score.addWidget(self._number)
        score.addWidget(self._headline, 1, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(head)
        column.setContentsMargins(_SIDE, 10, _SIDE, 6)
        column.setSpacing(4)
        column.addLayout(who)
        column.addLayout(score)
        column.addWidget(self._bar)
        return head

    def _middle(self) -> QScrollArea:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(_SIDE, 12, _SIDE, 12)
        column.setSpacing(8)
        for shown in (self._ask, self._field, self._problem, self._choices, self._remarks):
            column.addWidget(shown)
        column.addStretch(1)
        self._scroll = scrolled(inside)
        return self._scroll

    def _foot(self) -> QFrame:
        foot = QFrame()
        foot.setProperty("look", "foot")
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        buttons.addWidget(self._back)
        buttons.addWidget(self._next)
        buttons.addStretch(1)
        buttons.addWidget(self._whole)
        column = QVBoxLayout(foot)
        column.setContentsMargins(_SIDE, 8, _SIDE, 6)
        column.setSpacing(4)
        column.addLayout(buttons)
        column.addWidget(self._said)
        return foot
