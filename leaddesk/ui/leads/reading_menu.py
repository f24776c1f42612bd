# SPDX-License-Identifier: MIT
"""The menu of the import page: by which system, encoding, separator and country a file is read."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from leaddesk.ui.presenters.import_reading import COUNTRY, ReadingChoice
from leaddesk.ui.widgets.countries import countries

ReadBy = Callable[[str, str], object]


def open_reading_menu(below: QWidget, choices: Sequence[ReadingChoice], read_by: ReadBy) -> None:
    """Open the menu below a button; nothing where there is nothing to choose."""
    if not choices:
        return
    menu = QMenu(below)
    menu.setAccessibleName("How the file is read")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for choice in choices:
        _add(menu, choice, read_by)
    menu.popup(below.mapToGlobal(below.rect().bottomLeft()))


def _add(menu: QMenu, choice: ReadingChoice, read_by: ReadBy) -> None:
    if choice.kind != COUNTRY:
        _fill(menu.addMenu(choice.title), choice, choice.words.items(), read_by)
        return
    inside = menu.addMenu(choice.title)
    (none, *some) = countries()
    _fill(inside, choice, [none], read_by)
    # There are too many for one menu; by their letter each is three keys away.
    for letter, alike in groupby(some, key=lambda one: one[1][0]):
        _fill(inside.addMenu(f"&{letter}"), choice, alike, read_by)


def _fill(
    menu: QMenu, choice: ReadingChoice, items: Iterable[tuple[str, str]], read_by: ReadBy
) -> None:
    for value, words in items:
        action = menu.addAction(words.replace("&", "&&"), partial(read_by, choice.kind, value))
        action.setCheckable(True)
        action.setChecked(value == choice.now)
