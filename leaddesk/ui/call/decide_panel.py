# SPDX-License-Identifier: MIT
"""Takes a decision in place: reasons by key, why against the recommendation, Enter."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from leaddesk.ui import theme
from leaddesk.ui.call.before_call import TONES
from leaddesk.ui.call.call_field import CallField
from leaddesk.ui.call.choice_row import ChoiceRows
from leaddesk.ui.call.scrolled import scrolled
from leaddesk.ui.call.span_text import wrapped
from leaddesk.ui.call.stage import FOCUS_BAR
from leaddesk.ui.presenters.call_presenter import CallPresenter
from leaddesk.ui.presenters.call_screens import Choice, DecideScreen
from leaddesk.ui.widgets.keys import KeyButton, Tone
from leaddesk.ui.widgets.labels import heading, label, set_look

SIDE = 16


class DecidePanel(QWidget):
    """Stands in the right pane where the checklist was; nothing modal."""

    def __init__(self, presenter: CallPresenter) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._title = label("", pixels=16, weight=theme.SEMIBOLD)
        self._ask = heading("Reason")
        self._reasons = ChoiceRows(compact=True)
        self._against = wrapped(label("", "muted", pixels=13))
        self._why = CallField()
        self._why.setFont(theme.font())
        self._why.setMaxLength(500)
        self._why.setPlaceholderText("In one line")
        self._missing = wrapped(label("", "muted", pixels=13))
        self._back = KeyButton("Back to call", "Esc")
        self._confirm = KeyButton("Decide", "Enter", Tone.FILLED)
        self._reasons.picked.connect(presenter.key)
        self._why.textEdited.connect(presenter.edit_override)
        self._why.entered.connect(presenter.confirm)
        self._why.escaped.connect(presenter.cancel)
        self._back.clicked.connect(presenter.cancel)
        self._confirm.clicked.connect(presenter.confirm)
        self._decided: object = None
        self._assemble()

    def show_screen(self, screen: DecideScreen) -> None:
        """Show the panel; the focus goes where something is missing."""
        set_look(self._title, TONES[screen.decided])
        self._title.setText(screen.title)
        self._ask.setVisible(bool(screen.reasons))
        self._reasons.show_choices(
            [Choice(r.key, r.label, "", chosen=r.chosen) for r in screen.reasons]
        )
        self._against.setText(screen.against)
        self._against.setVisible(bool(screen.against))
        self._why.setVisible(bool(screen.against))
        self._why.setAccessibleName(screen.against)
        if self._why.text() != screen.override_reason:
            self._why.setText(screen.override_reason)
        self._missing.setText(screen.missing)
        self._missing.setVisible(bool(screen.missing))
        self._confirm.setText(screen.title)
        self._confirm.setEnabled(not screen.missing)
        self.setAccessibleName(f"Decision: {screen.title}. {screen.missing}")
        self._place_focus(screen)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bar that shows the focus, as beside the script."""
        if self.hasFocus():
            bar = QRectF(0, self._title.y(), FOCUS_BAR, self._title.height())
            QPainter(self).fillRect(bar, theme.color(theme.current().accent))

    def _place_focus(self, screen: DecideScreen) -> None:
        """Reasons take keys, so the line for words gets the focus once a reason is picked."""
        picked = not screen.reasons or any(reason.chosen for reason in screen.reasons)
        fresh = self._decided is not screen.decided
        self._decided = screen.decided
        if screen.against and picked:
            if not self._why.hasFocus():
                self._why.setFocus()
        elif fresh or not self.isAncestorOf(self.window().focusWidget() or self):
            self.setFocus()

    def closed(self) -> None:
        """Forget which decision was shown."""
        self._decided = None

    def _assemble(self) -> None:
        """The reasons scroll; what is typed and pressed stays in sight below them."""
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(SIDE, 14, SIDE, 10)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self._ask)
        column.addWidget(self._reasons)
        column.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._back)
        buttons.addStretch(1)
        buttons.addWidget(self._confirm)
        below = QVBoxLayout()
        below.setContentsMargins(SIDE, 8, SIDE, 12)
        below.setSpacing(8)
        below.addWidget(self._against)
        below.addWidget(self._why)
        below.addWidget(self._missing)
        below.addLayout(buttons)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scrolled(inside), 1)
        whole.addLayout(below)
