# SPDX-License-Identifier: MIT
"""The right pane: score, interval, verdict, checklist, and the three decisions."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from leaddesk.core.domain.verdict import Verdict
from leaddesk.ui import theme
from leaddesk.ui.call.checklist import Checklist
from leaddesk.ui.call.meters import IntervalBar
from leaddesk.ui.call.panel_view import SIDE, PanelView
from leaddesk.ui.call.queue_pane import ASSESSMENT_WIDTH
from leaddesk.ui.call.script_pane import FOOT_HEIGHT
from leaddesk.ui.call.scrolled import scrolled
from leaddesk.ui.call.span_text import Span, SpanText, wrapped
from leaddesk.ui.presenters.call_menu import CallMenu
from leaddesk.ui.presenters.call_presenter import CallPresenter
from leaddesk.ui.presenters.call_screens import AssessmentScreen
from leaddesk.ui.presenters.panels.panel import PanelScreen
from leaddesk.ui.presenters.visible import visible
from leaddesk.ui.widgets.keys import KeyButton, Tone
from leaddesk.ui.widgets.labels import label

_BUTTONS = (
    (Verdict.DISQUALIFY, "disqualify", Tone.DQ),
    (Verdict.NURTURE, "nurture", Tone.NURTURE),
    (Verdict.PASS, "pass", Tone.PASS),
)
VERDICT_COLORS = {
    Verdict.PASS: ("pass_", "pass_soft"),
    Verdict.NURTURE: ("nurture", "nurture_soft"),
    Verdict.DISQUALIFY: ("dq", "dq_soft"),
}
"""The colours of each verdict: of words, and behind them."""


class VerdictCard(QFrame):
    """The verdict in a headline and a sentence. Paints its colour itself: styling anew costs."""

    def __init__(self) -> None:
        super().__init__()
        self._soft = "line2"
        self._headline = SpanText(weight=theme.SEMIBOLD)
        self._sentence = SpanText(pixels=13, line_height=1.46)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 11, 14, 12)
        column.setSpacing(2)
        column.addWidget(self._headline)
        column.addWidget(self._sentence)

    def show_screen(self, screen: AssessmentScreen) -> None:
        """Show another verdict."""
        front, soft = VERDICT_COLORS.get(screen.recommended, ("muted", "line2"))
        if soft != self._soft:
            self._soft = soft
            self.update()
        self._headline.set_spans([Span(screen.headline, front)])
        parts = screen.sentence.parts
        spans = [Span(text, weight=theme.SEMIBOLD if strong else 0) for text, strong in parts]
        if screen.still_needed:
            spans.append(Span(f"\n{screen.still_needed}" if spans else screen.still_needed))
        self._sentence.set_spans(spans)
        if self._sentence.isHidden() == bool(spans):
            self._sentence.setVisible(bool(spans))
        spoken = f"{screen.headline}. {screen.sentence.text} {screen.still_needed}"
        self.setAccessibleName(visible(spoken.strip()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the card."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(getattr(theme.current(), self._soft)))
        painter.drawRoundedRect(self.rect(), 8, 8)


class AssessmentPane(QFrame):
    """What the playbook says of the lead, and what the person decides."""

    def __init__(self, presenter: CallPresenter, menu: CallMenu) -> None:
        super().__init__()
        self.setProperty("look", "right")
        self.setFixedWidth(theme.pane_width(ASSESSMENT_WIDTH))
        self._number = label("", pixels=42, weight=theme.BOLD)
        self._number.setAccessibleName("Score")
        self._reach = wrapped(label("", "muted"))
        self._playbook = label("", "muted", pixels=12, weight=theme.SEMIBOLD)
        self._bar = IntervalBar()
        self._card = VerdictCard()
        self._checklist = Checklist()
        self._silent = wrapped(label("The score is shown at the end of the call.", "muted"))
        self._panel = PanelView(presenter)
        self._pages = QStackedWidget()
        self._buttons = {
            verdict: KeyButton.of_action(action_id, partial(menu.decide, verdict), tone, cap=False)
            for verdict, action_id, tone in _BUTTONS
        }
        self._recommended = Verdict.UNDECIDED
        self._is_silent = False
        self._followed = ""
        self._assemble()

    def show_assessment(self, screen: AssessmentScreen) -> None:
        """Show another assessment."""
        self._playbook.setText(screen.playbook)
        for scored in (self._number, self._reach, self._bar, self._card):
            scored.setVisible(not screen.is_silent)
        self._silent.setVisible(screen.is_silent)
        if not screen.is_silent:
            self._number.setText(str(screen.shown))
            self._reach.setText(screen.reach)
            self._bar.show_screen(screen)
            self._card.show_screen(screen)
        self._checklist.show_lines(screen.lines)
        self._follow(screen)
        self._recommended = screen.recommended
        self._is_silent = screen.is_silent
        if self._pages.currentIndex() == 0:
            self._fill(Verdict.UNDECIDED if screen.is_silent else screen.recommended)
        self._inside.show()

    def show_panel(self, screen: PanelScreen | None) -> None:
        """Open, change or close the panel."""
        self._pages.setCurrentIndex(0 if screen is None else 1)
        if screen is None:
            self._panel.closed()
            self._fill(Verdict.UNDECIDED if self._is_silent else self._recommended)
        else:
            self._inside.show()
            self._fill(screen.tone or Verdict.UNDECIDED)
            self._panel.show_screen(screen)

    def take_focus(self) -> None:
        """Give the focus to the panel that is open."""
        self._panel.take_focus()

    def show_nothing(self) -> None:
        """Show that there is no lead to assess."""
        self._inside.hide()

    def set_deciding_enabled(self, *, on: bool) -> None:
        """Let decisions be taken during a call only."""
        for button in self._buttons.values():
            button.setEnabled(on)

    def _follow(self, screen: AssessmentScreen) -> None:
        """Keep the criterion of the question in sight when the question changes."""
        current = next((line.criterion_id for line in screen.lines if line.current), "")
        row = self._checklist.current_row()
        if current != self._followed and row is not None:
            self._scroll.ensureWidgetVisible(row, 0, 0)
        self._followed = current

    def _fill(self, verdict: Verdict) -> None:
        for one, button in self._buttons.items():
            button.setChecked(one is verdict)

    def _assemble(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(SIDE, 12, SIDE, 0)
        top.setSpacing(10)
        base = Qt.AlignmentFlag.AlignBottom
        self._reach.setContentsMargins(0, 0, 0, 6)
        self._playbook.setContentsMargins(0, 0, 0, 6)
        top.addWidget(self._number, 0, base)
        top.addWidget(self._silent, 1, base)
        top.addWidget(self._reach, 1, base)
        top.addWidget(self._playbook, 0, base)
        bar = QHBoxLayout()
        bar.setContentsMargins(SIDE, 2, SIDE, 0)
        bar.addWidget(self._bar)
        self._inside = QWidget()
        head = QVBoxLayout(self._inside)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(0)
        head.addLayout(top)
        head.addLayout(bar)
        head.addSpacing(8)
        head.addWidget(self._pages, 1)
        self._pages.addWidget(self._findings())
        self._pages.addWidget(self._panel)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._inside, 1)
        whole.addStretch(0)
        whole.addWidget(self._foot())

    def _findings(self) -> QScrollArea:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        card = QHBoxLayout()
        card.setContentsMargins(SIDE, 4, SIDE, 0)
        card.addWidget(self._card)
        column.addLayout(card)
        column.addWidget(self._checklist, 1)
        self._scroll = scrolled(inside)
        return self._scroll

    def _foot(self) -> QFrame:
        foot = QFrame()
        foot.setProperty("look", "foot")
        foot.setFixedHeight(theme.px(FOOT_HEIGHT))
        row = QHBoxLayout(foot)
        row.setContentsMargins(SIDE, 0, SIDE, 0)
        row.setSpacing(8)
        for verdict, _action_id, _tone in _BUTTONS:
            button = self._buttons[verdict]
            button.setCheckable(True)
            button.setSizePolicy(
                button.sizePolicy().Policy.Expanding, button.sizePolicy().verticalPolicy()
            )
            row.addWidget(button)
        return foot
