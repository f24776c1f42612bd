# SPDX-License-Identifier: MIT
"""A drop-down list and a tick box in our colours. Native in all but their looks."""

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QWheelEvent,
)
from PySide6.QtWidgets import QCheckBox, QComboBox, QStyle, QStyleOptionComboBox, QStylePainter

from leaddesk.ui import theme

_ARROW_RIGHT = 16
_BOX = 18
_BOX_GAP = 10


class DropDown(QComboBox):
    """A list to choose from; the style sheet draws the box, this its arrow."""

    def __init__(self) -> None:
        super().__init__()
        self.setFont(theme.font())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def event(self, event: QEvent) -> bool:
        """Keep Alt with an arrow, which opens the list, from what else the window does with it."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            opens = event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up)
            if opens and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                event.accept()
                return True
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: scrolling it must not choose something else."""
        event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the box, what is chosen with an ellipsis where it is cut, and the arrow."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        field = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option,
            QStyle.SubControl.SC_ComboBoxEditField,
            self,
        )
        option.currentText = self.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, field.width() - 2
        )
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color(theme.current().muted), 1.6))
        x, y = self.width() - _ARROW_RIGHT, self.height() / 2
        painter.drawPolyline(
            QPolygonF([QPointF(x - 4, y - 2), QPointF(x, y + 2), QPointF(x + 4, y - 2)])
        )


class TickBox(QCheckBox):
    """A setting that is on or off."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setFont(theme.font())
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Return room for the box and the text."""
        width = QFontMetricsF(self.font()).horizontalAdvance(self.text())
        return QSize(round(_BOX + _BOX_GAP + width) + 4, 28)

    def minimumSizeHint(self) -> QSize:
        """Return the size hint: the text is never cut."""
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        """Return whether a click there changes it: on the box and on the text."""
        return pos.x() <= self.sizeHint().width()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the box, its tick and the text."""
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        touched = self.isEnabled() and (self.underMouse() or self.hasFocus())
        box = QRectF(1, (self.height() - _BOX) / 2, _BOX, _BOX)
        painter.setPen(QPen(theme.color(t.accent if on or touched else t.faint), 1))
        painter.setBrush(theme.color(t.accent if on else t.raised))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        if on:
            painter.setPen(QPen(theme.color(t.on_accent), 2))
            ticks = ((4.5, 9.5), (7.8, 12.6), (13.5, 5.8))
            painter.drawPolyline(QPolygonF([box.topLeft() + QPointF(x, y) for x, y in ticks]))
        if self.hasFocus():
            painter.setPen(QPen(theme.color(t.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-0.5, -0.5, 0.5, 0.5), 5, 5)
        painter.setPen(theme.color(t.text if self.isEnabled() else t.faint))
        painter.setFont(self.font())
        words = QRectF(self.rect()).adjusted(_BOX + _BOX_GAP, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
