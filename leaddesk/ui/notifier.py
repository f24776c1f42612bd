# SPDX-License-Identifier: MIT
"""Announces what a command changed, so that views refresh just that."""

from PySide6.QtCore import QObject, Signal


class Notifier(QObject):
    """One per window.

    Emits:
        changed: `Changes` of a command, and who gave the command (a view may skip its own).
    """

    changed = Signal(object, object)
