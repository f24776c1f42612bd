# SPDX-License-Identifier: MIT
"""Short lines under the answers: how old one is, how sure, what speaks against it."""

from collections.abc import Sequence

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from leaddesk.ui.call.span_text import wrapped
from leaddesk.ui.presenters.call_screens import Remark, RemarkTone
from leaddesk.ui.widgets.labels import label, set_look

_LOOKS = {RemarkTone.QUIET: "muted", RemarkTone.WARNING: "nurture"}
_SIGNS = {RemarkTone.QUIET: "", RemarkTone.WARNING: "\u26a0 "}
"""Told apart by a sign, not by colour alone."""


class Remarks(QWidget):
    """Lines one below the other; they are kept and shown again with other words."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[QLabel] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 10, 0, 0)
        self._column.setSpacing(3)
        self.hide()

    def show_remarks(self, remarks: Sequence[Remark]) -> None:
        """Show these remarks."""
        for _missing in range(len(remarks) - len(self._lines)):
            line = wrapped(label("", "muted", pixels=13))
            self._lines.append(line)
            self._column.addWidget(line)
        for index, line in enumerate(self._lines):
            here = index < len(remarks)
            if here:
                remark = remarks[index]
                set_look(line, _LOOKS[remark.tone])
                text = f"{_SIGNS[remark.tone]}{remark.text}"
                if line.text() != text:
                    line.setText(text)
            if line.isHidden() == here:
                line.setVisible(here)
        if self.isHidden() == bool(remarks):
            self.setVisible(bool(remarks))
