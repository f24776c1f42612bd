# SPDX-License-Identifier: MIT
"""Key caps, and the button that shows its key. Painted from the tokens in use."""

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from leaddesk.ui import actions, theme
from leaddesk.ui.widgets.labels import set_tip

CAP_HEIGHT = 19
_CAP_PAD = 5
_PAD = 11
_GAP = 8


def cap_font() -> QFont:
    """Return the font of key caps."""
    return theme.font(11, theme.SEMIBOLD)


def cap_width(text: str) -> float:
    """Return how wide the cap of this text is, in pixels."""
    return max(QFontMetricsF(cap_font()).horizontalAdvance(text) + 2 * _CAP_PAD + 2, 17.0)


def paint_cap(painter: QPainter, rect: QRectF, text: str) -> None:
    """Draw a key cap: a light key with a thicker lower edge."""
    tokens = theme.current()
    body = rect.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setPen(QPen(theme.color(tokens.line), 1))
    painter.setBrush(theme.color(tokens.raised))
    painter.drawRoundedRect(body, 4, 4)
    edge = body.bottom() - 1
    painter.drawLine(QPointF(body.left() + 2, edge), QPointF(body.right() - 2, edge))
    painter.setPen(theme.color(tokens.muted))
    painter.setFont(cap_font())
    painter.drawText(rect.adjusted(0, 0, 0, -1), Qt.AlignmentFlag.AlignCenter, text)


class KeyCap(QWidget):
    """A key cap alone."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFixedSize(round(cap_width(text)), theme.px(CAP_HEIGHT))
        self.setAccessibleName(f"Key {text}")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the cap."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_cap(painter, QRectF(self.rect()), self._text)


class Tone(Enum):
    """How a button looks; the three verdict tones fill when the button is checked."""

    PLAIN = "plain"
    OUTLINE = "outline"
    FILLED = "filled"
    TAB = "tab"
    PASS = "pass"  # noqa: S105 - a tone, not a password
    NURTURE = "nurture"
    DQ = "dq"


class KeyButton(QPushButton):
    """A button with the cap of its key; by name of an action it takes text, key and tip of it."""

    def __init__(self, text: str, keys: str = "", tone: Tone = Tone.PLAIN) -> None:
        super().__init__(text)
        self._keys = keys
        self._tone = tone
        self.setAccessibleName(text)
        self.setFont(
            theme.font(theme.BASE_SIZE, theme.MEDIUM if tone is Tone.TAB else theme.SEMIBOLD)
        )
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    @classmethod
    def of_action(
        cls,
        action_id: str,
        pressed: Callable[[], object],
        tone: Tone = Tone.PLAIN,
        *,
        cap: bool = True,
    ) -> "KeyButton":
        """Return the button of an action; without the cap its key is in the tip alone."""
        spec = actions.spec(action_id)
        keys = actions.shown_keys(action_id)
        made = cls(spec.text, keys if cap else "", tone)
        set_tip(made, f"{spec.tip} ({keys})")
        made.clicked.connect(lambda *_: pressed())
        return made

    def setText(self, text: str) -> None:
        """Change text and accessible name together."""
        super().setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return room for the text and the cap."""
        width = QFontMetricsF(self.font()).horizontalAdvance(self.text()) + 2 * _PAD
        if self._keys:
            width += _GAP + cap_width(self._keys)
        return QSize(round(width) + 2, theme.px(33 if self._tone is Tone.TAB else 36))

    def minimumSizeHint(self) -> QSize:
        """Return the size hint: a button is never cut."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press with Enter as well as with Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the button in its tone and state."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge, back, text = self._colors()
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(edge, 1))
        painter.setBrush(back)
        painter.drawRoundedRect(rect, 6, 6)
        if self.hasFocus():
            painter.setPen(QPen(theme.color(theme.current().accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 5, 5)
        self._paint_text(painter, text)

    def _paint_text(self, painter: QPainter, text: QColor) -> None:
        metrics = QFontMetricsF(self.font())
        width = metrics.horizontalAdvance(self.text())
        whole = width + (_GAP + cap_width(self._keys) if self._keys else 0)
        left = (self.width() - whole) / 2
        painter.setFont(self.font())
        painter.setPen(text)
        painter.drawText(
            QRectF(left, 0, width + 1, self.height()),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
            self.text(),
        )
        if self._keys:
            top = (self.height() - theme.px(CAP_HEIGHT)) / 2
            box = QRectF(left + width + _GAP, top, cap_width(self._keys), theme.px(CAP_HEIGHT))
            paint_cap(painter, box, self._keys)

    def _colors(self) -> tuple[QColor, QColor, QColor]:
        """Return the colours of edge, background and text."""
        t = theme.current()
        touched = self.isEnabled() and (self.underMouse() or self.isDown())
        rest = t.line2 if touched else t.raised
        if not self.isEnabled():
            named = (t.line, t.raised, t.faint)
        elif self.isChecked():
            named = {
                Tone.TAB: (t.accent_soft, t.accent_soft, t.accent),
                Tone.PASS: (t.pass_, t.pass_soft, t.pass_),
                Tone.NURTURE: (t.nurture, t.nurture_soft, t.nurture),
                Tone.DQ: (t.dq, t.dq_soft, t.dq),
            }.get(self._tone, (t.accent, t.accent_soft, t.accent))
        else:
            tab = t.line2 if touched else t.panel
            named = {
                Tone.TAB: (tab, tab, t.muted),
                Tone.FILLED: (t.accent, t.accent, t.on_accent),
                Tone.OUTLINE: (t.accent, rest, t.accent),
                Tone.PASS: (t.line, rest, t.pass_),
                Tone.NURTURE: (t.line, rest, t.nurture),
                Tone.DQ: (t.line, rest, t.dq),
            }.get(self._tone, (t.line, rest, t.text))
        edge, back, text = map(theme.color, named)
        return edge, back, text
