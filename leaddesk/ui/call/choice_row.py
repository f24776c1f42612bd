# SPDX-License-Identifier: MIT
"""An answer, a band or a reason that one key picks: the key, the words, what it does."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from leaddesk.ui import theme
from leaddesk.ui.presenters.call_screens import Choice
from leaddesk.ui.presenters.visible import visible
from leaddesk.ui.widgets.keys import CAP_HEIGHT, cap_width, paint_cap

_PAD = 14
_GAP = 12
_CAP_ROOM = 17
_EFFECT_SHARE = 0.42


class ChoiceRow(QAbstractButton):
    """One row; its label wraps where it is long. `compact` rows stand closer, for long lists."""

    def __init__(self, *, compact: bool) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.key = ""
        self._effect = ""
        self._least = theme.px(32 if compact else 46)
        self._margin = theme.px(7 if compact else 12)
        self._pixels = 14 if compact else 15

    def show_choice(self, choice: Choice) -> None:
        """Show another choice in this row."""
        label = visible(choice.label)
        if (label, choice.effect, choice.key) != (self.text(), self._effect, self.key):
            self.key, self._effect = choice.key, choice.effect
            self.setText(label)
            self.setShortcut("")  # what follows an ampersand is no key
            key = f"key {choice.key}" if choice.key else ""
            spoken = ", ".join(part for part in (label, choice.effect, key) if part)
            self.setAccessibleName(visible(spoken))
            is_band = not choice.key
            self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, is_band)
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus if is_band else Qt.FocusPolicy.TabFocus)
            self.updateGeometry()
        if choice.chosen != self.isChecked():
            self.setChecked(choice.chosen)

    def nextCheckState(self) -> None:
        """Leave the state to the presenter: a click is a key."""

    def hasHeightForWidth(self) -> bool:
        """Return True: the label wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the wrapped label."""
        room = self._label_rect(width)
        lines = QFontMetricsF(theme.font(self._pixels, theme.SEMIBOLD)).boundingRect(
            QRectF(0, 0, room.width(), 1000), int(Qt.TextFlag.TextWordWrap), self.text()
        )
        return max(self._least, round(lines.height()) + 2 * self._margin)

    def sizeHint(self) -> QSize:
        """Return one line."""
        return QSize(240, self._least)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the box, the cap, the label and the effect."""
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen, hover = self.isChecked(), self.underMouse()
        body = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        back = t.accent_soft if chosen else t.raised if hover else t.panel
        painter.setPen(QPen(theme.color(t.accent if chosen else t.line), 1))
        painter.setBrush(theme.color(back))
        painter.drawRoundedRect(body, 8, 8)
        if self.hasFocus():
            painter.setPen(QPen(theme.color(t.accent), 2))
            painter.drawRoundedRect(body.adjusted(1, 1, -1, -1), 7, 7)
        if self.key:
            top = (self.height() - theme.px(CAP_HEIGHT)) / 2
            paint_cap(
                painter,
                QRectF(_PAD, top, cap_width(self.key), theme.px(CAP_HEIGHT)),
                self.key.upper(),
            )
        self._paint_words(painter)

    def _paint_words(self, painter: QPainter) -> None:
        t = theme.current()
        chosen = self.isChecked()
        painter.setPen(theme.color(t.text))
        painter.setFont(theme.font(self._pixels, theme.SEMIBOLD if chosen else theme.REGULAR))
        flags = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(self._label_rect(self.width()), flags, self.text())
        if self._effect:
            painter.setPen(theme.color(t.muted))
            painter.setFont(theme.font(13, theme.MEDIUM, tabular=True))
            right = QRectF(self.rect()).adjusted(0, 0, -_PAD, 0)
            flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
            metrics = QFontMetricsF(painter.font())
            room = self._effect_width()
            shown = metrics.elidedText(self._effect, Qt.TextElideMode.ElideRight, room)
            painter.drawText(right, flags, shown)

    def _effect_width(self) -> float:
        """Return the width of the effect, which gives way to the label."""
        needed = QFontMetricsF(theme.font(13, theme.MEDIUM, tabular=True)).horizontalAdvance(
            self._effect
        )
        return min(needed + 1, max(60.0, self.width() * _EFFECT_SHARE))

    def _label_rect(self, width: int) -> QRectF:
        left = _PAD + (max(_CAP_ROOM, cap_width(self.key)) + _GAP if self.key else 0)
        right = _PAD + (self._effect_width() + _GAP if self._effect else 0)
        return QRectF(left, 0, max(40.0, width - left - right), self.height())


class ChoiceRows(QWidget):
    """Rows one below the other; rows are kept and shown again with other words.

    Emits:
        picked: the key of the row that was clicked.
    """

    picked = Signal(str)

    def __init__(self, *, compact: bool = False) -> None:
        super().__init__()
        self._compact = compact
        self._rows: list[ChoiceRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4 if compact else 8)

    def show_choices(self, choices: Sequence[Choice]) -> None:
        """Show these choices in order."""
        for _missing in range(len(choices) - len(self._rows)):
            row = ChoiceRow(compact=self._compact)
            row.clicked.connect(lambda _on, row=row: self.picked.emit(row.key))
            self._rows.append(row)
            self._column.addWidget(row)
        for row, choice in zip(self._rows, choices, strict=False):
            row.show_choice(choice)
        for index, row in enumerate(self._rows):
            if row.isHidden() != (index >= len(choices)):
                row.setVisible(index < len(choices))
        if self.isHidden() == bool(choices):
            self.setVisible(bool(choices))
