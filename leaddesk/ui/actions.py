# SPDX-License-Identifier: MIT
"""Makes actions of the list of everything a person can do with a key."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from leaddesk.ui.action_list import ACTIONS, ActionSpec

_SIGNS = (
    ("Return", "Enter"),
    ("Left", "\u2190"),
    ("Right", "\u2192"),
    ("Up", "\u2191"),
    ("Down", "\u2193"),
)
_BY_ID = {spec.id: spec for spec in ACTIONS}


def spec(action_id: str) -> ActionSpec:
    """Return the action of that id."""
    return _BY_ID[action_id]


def key_text(keys: str) -> str:
    """Return a key sequence as it is written on a key cap: "Ctrl F", "Enter", "Alt ←"."""
    native = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
    words = native
    for name, sign in _SIGNS:
        words = words.replace(name, sign)
    return " ".join(part for part in words.split("+") if part) or native


def shown_keys(action_id: str) -> str:
    """Return how the keys of an action are shown."""
    found = spec(action_id)
    return found.shown or key_text(found.keys[0])


def make_action(
    action_id: str,
    owner: QWidget,
    slot: Callable[[], object],
    context: Qt.ShortcutContext = Qt.ShortcutContext.WindowShortcut,
) -> QAction:
    """Return the action with its keys, added to the owner; it works while the owner is visible."""
    found = spec(action_id)
    action = QAction(found.text, owner)
    action.setShortcuts([QKeySequence(keys) for keys in found.keys])
    action.setShortcutContext(context)
    action.setAutoRepeat(False)
    action.triggered.connect(lambda *_: slot())
    owner.addAction(action)
    return action
