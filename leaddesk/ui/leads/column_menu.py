# SPDX-License-Identifier: MIT
"""The menu that says which columns the table of leads shows."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from leaddesk.ui.presenters.lead_columns import COLUMNS, Layout, toggled


def open_column_menu(below: QWidget, layout: Layout, choose: Callable[[Layout], object]) -> None:
    """Open it below a widget; `choose` is told the columns as they become."""
    menu = QMenu(below)
    menu.setAccessibleName("Columns")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    shown = {key for key, _ in layout}
    for key, column in COLUMNS.items():
        action = QAction(column.heading, menu, checkable=True, checked=key in shown)
        action.triggered.connect(lambda _on=False, which=key: choose(toggled(layout, which)))
        menu.addAction(action)
    menu.popup(below.mapToGlobal(below.rect().bottomLeft()))
    menu.setActiveAction(menu.actions()[0])
