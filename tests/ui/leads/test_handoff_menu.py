# SPDX-License-Identifier: MIT
"""What the receiver of a lead reads, copied and saved by keys in the Leads view."""

import io
import re

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QMenu

from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.services.changes import Changes
from tests.helpers.rep import INGRID, PRIYA
from tests.helpers.talks import decide
from tests.helpers.window import settled

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def view(win, qtbot):
    """The Leads view, with the first lead passed to sales."""

    def pass_on(work):
        decide(work, INGRID, Verdict.PASS, note="every third order is wrong")
        return None, Changes(leads=frozenset({INGRID}), whole_list=True)

    win.context.change(pass_on)
    qtbot.keyClick(win, KEY.Key_2, CTRL)
    qtbot.waitUntil(lambda: settled(win))
    return win.views.leads


@pytest.fixture
def pick(view, win, qtbot):
    """Opens the menu and picks by a letter."""

    def open_and_pick(key):
        qtbot.keyClick(win, KEY.Key_P, CTRL)
        qtbot.waitUntil(lambda: any(menu.isVisible() for menu in view.findChildren(QMenu)))
        menu = next(menu for menu in view.findChildren(QMenu) if menu.isVisible())
        qtbot.keyClick(menu, key)
        qtbot.waitUntil(lambda: settled(win))

    return open_and_pick


def test_the_brief_is_copied_as_text_and_as_markdown(pick, win):
    pick(KEY.Key_T)
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("Ingrid Solheim\n")
    assert "“every third order is wrong”" in copied
    assert win._state.text() == "The hand-off of Ingrid Solheim is copied."
    pick(KEY.Key_M)
    assert QGuiApplication.clipboard().text().startswith("# Ingrid Solheim\n")


def failure(win):
    """What the bar of the window says; empty while there is none."""
    return " ".join(one.text() for one in win._message.findChildren(QLabel)) if win._message else ""


def save_as(win, qtbot, path):
    qtbot.waitUntil(lambda: bool(win.findChildren(QFileDialog)))
    dialog = win.findChildren(QFileDialog)[-1]
    line = dialog.findChild(QLineEdit)
    assert line.text().startswith("Ingrid Solheim Fjordline Logistics")
    line.setText(str(path))
    qtbot.keyClick(line, KEY.Key_Return)
    qtbot.waitUntil(lambda: settled(win))


def test_the_brief_is_saved_as_a_pdf(pick, win, qtbot, tmp_path):
    pick(KEY.Key_P)
    save_as(win, qtbot, tmp_path / "brief.pdf")
    qtbot.waitUntil(lambda: win._state.text() == "Written to brief.pdf.")
    reader = PdfReader(io.BytesIO((tmp_path / "brief.pdf").read_bytes()))
    text = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
    assert "every third order is wrong" in text
    pick(KEY.Key_T)
    wanted = re.findall(r"\w+", QGuiApplication.clipboard().text())
    assert sorted(set(wanted) - set(re.findall(r"\w+", text))) == []


def test_the_brief_is_saved_as_a_row_for_a_crm(pick, win, qtbot, tmp_path):
    pick(KEY.Key_V)
    save_as(win, qtbot, tmp_path / "brief")
    qtbot.waitUntil(lambda: win._state.text() == "Written to brief.csv.")
    assert "Fjordline Logistics" in (tmp_path / "brief.csv").read_text(encoding="utf-8")


def test_a_folder_that_is_gone_is_a_sentence(pick, win, qtbot, tmp_path):
    pick(KEY.Key_P)
    qtbot.waitUntil(lambda: bool(win.findChildren(QFileDialog)))
    win.findChildren(QFileDialog)[-1].fileSelected.emit(str(tmp_path / "gone" / "x.pdf"))
    qtbot.waitUntil(lambda: "could not be written" in failure(win))
    win.findChildren(QFileDialog)[-1].reject()


def test_a_lead_that_was_never_passed_has_no_button_and_says_so(view, win, qtbot):
    model = view.table.model()
    row = next(n for n in range(model.rowCount()) if model.lead(n).lead_id == PRIYA)
    view.table.setCurrentIndex(model.index(row, 0))
    qtbot.waitUntil(lambda: settled(win))
    assert not view._page.handoff.isVisible()
    qtbot.keyClick(win, KEY.Key_P, CTRL)
    qtbot.waitUntil(lambda: "Priya Raman was not passed to sales." in failure(win))
