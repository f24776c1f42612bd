# SPDX-License-Identifier: MIT
"""The menu of what sales can say of a lead."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from leaddesk.ui.presenters.sales_answers import AnswerChoice


def open_answer_menu(below: QWidget, choices: Sequence[AnswerChoice]) -> None:
    """Open it below a widget, the first choice marked."""
    menu = QMenu(below)
    menu.setAccessibleName("What sales said")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for choice in choices:
        action = menu.addAction(choice.label)
        action.triggered.connect(lambda _on=False, take=choice.take: take())
    menu.popup(below.mapToGlobal(below.rect().bottomLeft()))
    menu.setActiveAction(menu.actions()[0])
