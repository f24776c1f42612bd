# SPDX-License-Identifier: MIT
"""Finds where a window would take data for markup, keys or control characters."""

import unicodedata
from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject
from PySide6.QtGui import QAction, Qt, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QMenu,
    QWidget,
)

_MOST_ROWS = 60
_ROLES = (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.StatusTipRole)
_SPOKEN = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.AccessibleDescriptionRole)
_WEIGHTS = {400, 500, 600}


def findings() -> list[str]:
    """Return every place in all windows where data is not shown as the text it is."""
    found = []
    for window in QApplication.topLevelWidgets():
        found += _of_text(window, "title", window.windowTitle())
        for widget in (window, *window.findChildren(QWidget)):
            found += _of_widget(widget)
        for action in window.findChildren(QAction):
            found += _of_action(action)
    return found


def _of_widget(widget: QWidget) -> Iterator[str]:
    yield from _of_tip(widget, "tip", widget.toolTip())
    for spoken in (widget.accessibleName(), widget.accessibleDescription()):
        yield from _of_text(widget, "accessible", spoken)
    for kind, look in _LOOKS.items():
        if isinstance(widget, kind):
            yield from look(widget)


def _of_button(button: QAbstractButton) -> Iterator[str]:
    yield from _of_text(button, "text", button.text())
    # Ours draw their text themselves, ampersands and all; a key is made of it all the same.
    if "&" in button.text() and not button.shortcut().isEmpty():
        yield _said(button, "key by an ampersand", button.text())


def _of_combo(combo: QComboBox) -> Iterator[str]:
    for index in range(combo.count()):
        yield from _of_text(combo, "choice", combo.itemText(index))


def _of_menu(menu: QMenu) -> Iterator[str]:
    yield from _of_mnemonic(menu, menu.title())


def _of_view(view: QAbstractItemView) -> Iterator[str]:
    if view.model() is not None:
        yield from _of_model(view, view.model())


def _of_label(label: QLabel) -> Iterator[str]:
    if not label.text():
        return
    if label.textFormat() is Qt.TextFormat.PlainText:
        yield from _of_text(label, "text", label.text())
    elif label.textFormat() is not Qt.TextFormat.RichText:
        yield _said(label, "format to be guessed", label.text())
    elif _marked(label.text()):
        yield _said(label, "markup", label.text())
    if label.buddy() is not None:
        yield from _of_mnemonic(label, label.text())


def _of_model(view: QWidget, model: QAbstractItemModel) -> Iterator[str]:
    for row in range(min(model.rowCount(), _MOST_ROWS)):
        for column in range(model.columnCount()):
            index = model.index(row, column, QModelIndex())
            for role in _ROLES:
                yield from _of_tip(view, role.name, index.data(role) or "")
            for role in (Qt.ItemDataRole.DisplayRole, *_SPOKEN):
                shown = index.data(role)
                if isinstance(shown, str):
                    yield from _of_text(view, role.name, shown)


def _of_action(action: QAction) -> Iterator[str]:
    yield from _of_mnemonic(action, action.text())
    yield from _of_text(action, "text", action.text())
    yield from _of_tip(action, "tip", action.toolTip())


def _of_tip(owner: QObject, what: str, tip: str) -> Iterator[str]:
    if Qt.mightBeRichText(tip) and _marked(tip):
        yield _said(owner, what, tip)


def _of_mnemonic(owner: QObject, text: str) -> Iterator[str]:
    if "&" in text.replace("&&", ""):
        yield _said(owner, "ampersand", text)


def _of_text(owner: QObject, what: str, text: str) -> Iterator[str]:
    """Yield a text with characters that would draw nothing, or turn what stands behind them."""
    harmful = {char for char in text if is_harmful(char)}
    if harmful:
        yield _said(owner, f"{what} with {sorted(map(ascii, harmful))}", text)


def is_harmful(char: str) -> bool:
    """Whether a character is a control character or changes the direction of what follows."""
    return (unicodedata.category(char) == "Cc" and char not in "\n\t") or char in _TURNING


_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029")


def _marked(html: str) -> bool:
    """Whether a rich text has more to it than our own: pictures, links, other fonts, lists."""
    document = QTextDocument()
    document.setHtml(html)
    cursor = QTextCursor(document)
    if len(document.allFormats()) and any(
        f.isImageFormat() or f.isTableFormat() or f.isListFormat() for f in document.allFormats()
    ):
        return True
    while cursor.movePosition(QTextCursor.MoveOperation.NextCharacter):
        look = cursor.charFormat()
        if look.isAnchor() or look.fontItalic() or look.fontUnderline():
            return True
        if int(look.fontWeight()) not in _WEIGHTS:
            return True
    return False


def _said(owner: QObject, what: str, text: str) -> str:
    name = type(owner).__name__
    parent = type(owner.parent()).__name__
    return f"{name} in {parent}: {what}: {text[:120]!a}"


_LOOKS = {
    QLabel: _of_label,
    QAbstractButton: _of_button,
    QComboBox: _of_combo,
    QMenu: _of_menu,
    QAbstractItemView: _of_view,
}
