# SPDX-License-Identifier: MIT
"""From the history of imports to their leads by keys, over real imports."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from leaddesk import resources
from leaddesk.core.services import import_leads, import_taking
from leaddesk.core.services.import_leads import ImportOptions
from leaddesk.core.services.workspace import open_workspace
from tests.helpers.noon import noon
from tests.helpers.window import settled

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
FILES = (
    ("Łódź fair.csv", "Email\na@b.example\nc@d.example\ne@f.example\n"),
    ("second.csv", "Email\ng@h.example\n"),
)


@pytest.fixture
def win(open_window, filled, tmp_path):
    """The window after two imports; somebody worked with one lead of the first."""
    with open_workspace(filled, resources.texts, clock=noon) as work:
        for name, text in FILES:
            path = tmp_path / name
            path.write_text(text, encoding="utf-8")
            import_taking.run(work, import_leads.preview(work, path, ImportOptions()))
        with work.store.begin() as unit:
            lead = unit.leads.get(work.ids.lead("c@d.example"))
            unit.leads.replace([replace(lead, last_name="Łukasiewicz")])
    return open_window(filled)


@pytest.fixture
def press(win, qtbot):
    def press(key, modifier=Qt.KeyboardModifier.NoModifier):
        qtbot.keyClick(win.focusWidget() or win, key, modifier)
        qtbot.waitUntil(lambda: settled(win))

    return press


@pytest.fixture
def choose(win, press):
    """Open the history and choose the line of a file."""

    def choose(name):
        press(Qt.Key.Key_H, CTRL | SHIFT)
        table = win.views.history.table
        press(Qt.Key.Key_Up)
        if table.currentIndex().siblingAtColumn(0).data() != name:
            press(Qt.Key.Key_Down)
        assert table.currentIndex().siblingAtColumn(0).data() == name

    return choose


def chip(win):
    return win.views.leads._chips._chips[0].accessibleName()


def test_s_shows_the_leads_of_the_import(win, press, choose, qtbot):
    choose("Łódź fair.csv")
    press(Qt.Key.Key_S)
    assert win._stack.currentWidget() is win.views.leads
    qtbot.waitUntil(lambda: win.views.leads._count.text() == "3 leads")
    qtbot.waitUntil(lambda: chip(win).startswith("Import is Łódź fair.csv, "))
    assert win.views.leads.table.hasFocus()


def test_what_an_undo_kept_back_is_shown_and_it_cannot_be_undone_again(win, press, choose, qtbot):
    choose("Łódź fair.csv")
    history = win.views.history
    assert history._undo.isEnabled()
    press(Qt.Key.Key_U)
    press(Qt.Key.Key_Return)
    assert history._kept is not None
    assert "S shows them" in history._more.text()
    assert not history._undo.isEnabled()
    other = 1 - history.table.currentIndex().row()
    press(Qt.Key.Key_Down if other else Qt.Key.Key_Up)
    assert history._undo.isEnabled(), "the other one can be undone"
    press(Qt.Key.Key_Up if other else Qt.Key.Key_Down)
    assert not history._undo.isEnabled()
    press(Qt.Key.Key_S)
    qtbot.waitUntil(lambda: win.views.leads._count.text() == "1 lead")
    assert win.views.leads._page._name.text() == "Łukasiewicz"
    qtbot.waitUntil(lambda: chip(win).endswith("(taken back), let go"))


def test_an_import_is_chosen_in_the_filter_by_keys(win, press, qtbot):
    press(Qt.Key.Key_2, CTRL)
    press(Qt.Key.Key_L, CTRL)
    for letter in "IMPORT":
        press(getattr(Qt.Key, f"Key_{letter}"))
    assert win.focusWidget().currentText() == "Import"
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Tab)
    box = win.focusWidget()
    assert box.accessibleName() == "Value"
    press(Qt.Key.Key_End)
    wanted = box.currentText()
    assert wanted.split(",")[0] in {name for name, _ in FILES}
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: chip(win) == f"Import is {wanted}, let go")
    assert win.views.leads._count.text() in {"1 lead", "3 leads"}
