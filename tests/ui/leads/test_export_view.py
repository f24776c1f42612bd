# SPDX-License-Identifier: MIT
"""The export page by keys, over real leads and files."""

import csv

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel

from tests.helpers.window import settled

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class Hand:
    """A person at the keyboard of a window."""

    def __init__(self, win, qtbot, qapp):
        self.win, self.qtbot, self.qapp = win, qtbot, qapp

    @property
    def page(self):
        return self.win.views.exports

    def settle(self):
        self.qtbot.waitUntil(lambda: settled(self.win))

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        self.qtbot.keyClick(self.qapp.focusWidget() or self.win, key, modifier)
        self.settle()

    def open_page(self):
        self.press(Qt.Key.Key_2, CTRL)
        self.press(Qt.Key.Key_E, CTRL)

    def choose_place(self, path):
        """Press Enter, take the place; return the name that was proposed."""
        self.press(Qt.Key.Key_Return)
        (dialog,) = self.win.findChildren(QFileDialog)
        assert not dialog.isModal()
        (proposed,) = dialog.selectedFiles()
        dialog.fileSelected.emit(str(path))
        dialog.close()
        self.win.activateWindow()
        return proposed.rsplit("/", 1)[-1]

    def export_to(self, path):
        """Do what `choose_place` does, and wait until it is written."""
        proposed = self.choose_place(path)
        self.settle()
        self.qtbot.waitUntil(self.win.isActiveWindow)
        return proposed

    def look_at(self, path):
        """Return what an import of a file would do."""
        self.win.views.imports.show_file(str(path))
        self.settle()
        return self.win.views.imports._presenter._preview


@pytest.fixture
def hand(win, qtbot, qapp):
    """A person at the window with twelve leads."""
    return Hand(win, qtbot, qapp)


@pytest.fixture
def empty(open_window, profile, qtbot, qapp):
    """A person at the window without a lead."""
    return Hand(open_window(profile), qtbot, qapp)


@pytest.fixture
def at_page(hand):
    """The same, after Ctrl+2 and Ctrl+E."""
    hand.open_page()
    return hand


def texts(page):
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def lines(page):
    model = page._check.table.model()
    return [
        tuple(model.index(row, column).data() for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


NASTY = (
    "=1+1",
    "+49 30 1",
    "-x",
    "@y",
    "'z",
    "''twice",
    "00123",
    "a,b;c",
    'q"q',
    "Łódź\n二",
    "1e5",
)


def test_all_columns_are_written(at_page, tmp_path):
    page, win = at_page.page, at_page.win
    assert win._tabs["leads"].isChecked()
    assert page._check.target.hasFocus()
    assert page._check._export.text() == "Export 12 leads"
    assert at_page.export_to(tmp_path / "out.csv") == "leads.csv"
    assert f"12 leads were written to out.csv in {tmp_path}." in texts(page)
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]
    assert {"lead_id", "revision"} < set(rows(tmp_path / "out.csv")[0])
    at_page.press(Qt.Key.Key_Return)
    assert win._stack.currentWidget() is win.views.leads


@pytest.mark.parametrize("is_safe", [False, True])
def test_an_import_of_what_was_exported_gives_back_the_same(is_safe, empty, tmp_path):
    source, back = tmp_path / "in.csv", tmp_path / "back.csv"
    with source.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("Email", "Last Name", "Phone", "=Sum", "Notes"))
        writer.writerows((f"l{n}@b.example", *[text] * 4) for n, text in enumerate(NASTY))
    empty.look_at(source)
    empty.press(Qt.Key.Key_Return)
    empty.open_page()
    if is_safe:
        empty.press(Qt.Key.Key_S, ALT)
    assert empty.export_to(back) == ("leads.spreadsheet.csv" if is_safe else "leads.csv")
    back = tmp_path / "back.spreadsheet.csv" if is_safe else back
    assert f"11 leads were written to {back.name} in {tmp_path}." in texts(empty.page)
    assert back.read_bytes().startswith(b"\xef\xbb\xbf") is is_safe
    cells = {cell for row in rows(back) for cell in row.values()}
    assert bool([cell for cell in cells if cell[:1] in set("=+-@")]) is not is_safe
    found = empty.look_at(back)
    assert found.source.preset == ("leaddesk-spreadsheet" if is_safe else "leaddesk")
    counts = found.counts
    assert (counts.rows, counts.skipped, counts.updated, counts.imported) == (11, 11, 0, 0)


def test_values_a_system_does_not_know_are_shown_before_anything_is_written(at_page, tmp_path):
    page = at_page.page
    while page._check.target.currentData() != "salesforce":
        at_page.press(Qt.Key.Key_Down)
    assert not page._check._safe.isEnabled()
    assert page._check.table.isVisible()
    found = {value: number for label, value, number, _ in lines(page) if label == "Lead Source"}
    assert found["Trade fair"] == "2"
    accessible = Qt.ItemDataRole.AccessibleTextRole
    assert page._check.table.model().index(0, 0).data(accessible).startswith("Column: ")
    tip = page._check.table.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert tip.startswith("<p ")
    # Enter goes on from the table as well.
    page._check.table.setFocus()
    assert list(tmp_path.iterdir()) == []
    assert at_page.export_to(tmp_path / "out.csv") == "leads-salesforce.csv"
    assert "Trade fair" in {row["Lead Source"] for row in rows(tmp_path / "out.csv")}


def test_the_list_of_targets_opens_by_a_key(at_page, qtbot):
    check = at_page.page._check
    at_page.press(Qt.Key.Key_F, ALT)
    qtbot.waitUntil(lambda: check.target.view().isVisible())
    qtbot.keyClicks(check.target.view(), "zoho")
    qtbot.keyClick(check.target.view(), Qt.Key.Key_Return)
    at_page.settle()
    assert check.target.currentData() == "zoho"
    assert "Zoho CRM would take the protection" in check._note.text()


def test_only_the_leads_that_are_chosen_are_written(hand, tmp_path):
    hand.press(Qt.Key.Key_2, CTRL)
    hand.win.views.leads.table.setFocus()
    hand.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    hand.press(Qt.Key.Key_E, CTRL)
    assert {"Export 2 leads", "Those you chose"} < set(texts(hand.page))
    hand.export_to(tmp_path / "out.csv")
    assert len(rows(tmp_path / "out.csv")) == 2


def test_an_empty_list_says_that_there_is_nothing_to_write(empty):
    empty.open_page()
    assert empty.page._check._export.text() == "Nothing to export"
    assert not empty.page._check._export.isEnabled()
    empty.press(Qt.Key.Key_Return)
    assert empty.win.findChildren(QFileDialog) == []


def test_a_folder_that_cannot_be_written_is_said_and_another_can_be_chosen(at_page, tmp_path):
    at_page.export_to(tmp_path / "gone" / "out.csv")
    assert "Nothing was exported" in texts(at_page.page)
    assert any("could not be written" in text for text in texts(at_page.page))
    at_page.press(Qt.Key.Key_Return)
    at_page.export_to(tmp_path / "out.csv")
    assert len(rows(tmp_path / "out.csv")) == 12


def test_esc_stops_what_is_being_written_and_then_leaves(at_page, tmp_path):
    page, win = at_page.page, at_page.win
    at_page.choose_place(tmp_path / "out.csv")
    assert "Writing 0 of 12 leads" in texts(page)
    at_page.press(Qt.Key.Key_Escape)
    assert page._check.isVisible()
    assert win._state.text() == "The export was cancelled, and nothing of it is left."
    assert list(tmp_path.iterdir()) == []
    at_page.press(Qt.Key.Key_Escape)
    assert win._stack.currentWidget() is win.views.leads


def test_a_place_is_not_asked_for_an_export_that_is_another_by_now(at_page):
    at_page.press(Qt.Key.Key_Return)
    (dialog,) = at_page.win.findChildren(QFileDialog)
    assert dialog.isVisible()
    at_page.win.activateWindow()
    at_page.qtbot.waitUntil(at_page.win.isActiveWindow)
    at_page.press(Qt.Key.Key_S, ALT)
    at_page.qtbot.waitUntil(lambda: not at_page.win.findChildren(QFileDialog))
    assert at_page.page._check._safe.isChecked()


def test_closing_the_window_leaves_no_half_a_file(at_page, tmp_path):
    at_page.choose_place(tmp_path / "out.csv")
    at_page.win.close()
    assert list(tmp_path.iterdir()) == []


def test_the_last_target_is_offered_again(at_page, tmp_path):
    at_page.press(Qt.Key.Key_Down)
    chosen = at_page.page._check.target.currentData()
    at_page.export_to(tmp_path / "out.csv")
    at_page.press(Qt.Key.Key_Escape)
    at_page.press(Qt.Key.Key_E, CTRL)
    assert at_page.page._check.target.currentData() == chosen != "leaddesk"
