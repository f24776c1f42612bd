# SPDX-License-Identifier: MIT
"""Whatever stands in a file or is typed is shown as text: no markup, no keys, nothing turned."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLabel, QMenu, QPushButton

from leaddesk import resources
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.lead_query import LeadQuery
from leaddesk.core.domain.roles import Rep
from leaddesk.core.domain.stages import Status
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.errors import KnownError
from leaddesk.core.services import (
    activities,
    calls,
    duplicates,
    edit_leads,
    endings,
    import_leads,
    import_taking,
    merging,
    segments,
)
from leaddesk.core.services.endings import CallResult
from leaddesk.core.services.settings import Settings, save_settings
from leaddesk.core.services.workspace import open_workspace
from leaddesk.ui.leads.view_list import ViewList
from leaddesk.ui.widgets.labels import ElidedLabel, PlainLabel
from leaddesk.walk import Hands
from tests.helpers import plain_text
from tests.helpers.due import promise
from tests.helpers.noon import noon
from tests.helpers.talks import choice_of, put_own_playbook, say, start

BLNS = Path(__file__).parents[1] / "data" / "naughty_strings_blns" / "blns.json"
MARKUP = "<b>R&D</b><img src=x> &amp; <a href='file:///'>q&a</a> "
ODD = "\0 \x1b[31m \x07 \u202eturned\u202c \u2066 \u200b \ufeff \r\n two"
LONG = "<i>" + "W" * 3000
NASTY = MARKUP + ODD
TEXTS = (
    "first_name", "last_name", "full_name", "salutation", "title", "company", "email", "email_2",
    "phone", "phone_2", "mobile", "website", "industry", "currency", "street", "city", "state",
    "postal_code", "country", "language", "source", "owner", "description", "consent_basis",
    "consent_source",
)  # fmt: skip
SCREENS = {
    "queue": (),
    "opening": ("Return",),
    "question": ("Return", "Return", "1"),
    "decision": ("Return", "Return", "1", "Alt+N"),
    "pass": ("Return", "Return", "1", "Alt+P"),
    "line": ("Return", "Ctrl+E"),
    "objections": ("Return", "Ctrl+O", "1"),
    "go to": ("Return", "Ctrl+J"),
    "playbooks": ("Return", "Ctrl+B"),
    "ledger": ("Return", "Return", "1", "Ctrl+L"),
    "compact": ("Return", "Ctrl+Shift+K"),
    "new lead": ("Ctrl+K",),
    "held back": ("Ctrl+H",),
    "activity": ("Ctrl+Shift+A",),
    "leads": ("Ctrl+2", "Home"),
    "page of who was called": ("Ctrl+2", "Home", "Down", "Down"),
    "page of who was merged": ("Ctrl+2", "Home", "Down", "Down", "Down"),
    "filter": ("Ctrl+2", "Ctrl+L"),
    "tag": ("Ctrl+2", "Ctrl+T"),
    "follow-ups": ("Ctrl+3",),
    "follow-up moved": ("Ctrl+3", "M"),
    "duplicates": ("Ctrl+2", "Ctrl+Shift+U"),
    "history": ("Ctrl+Shift+H",),
    "settings": ("Ctrl+,",),
    "keys": ("F1",),
}


def filled_with(text: str, lead_id: str, **fields) -> Lead:
    values = {name: f"{text} {name}" for name in TEXTS}
    lead = Lead(lead_id, **values, tags=(text, "R&D"), extra={text: text}, priority=900)
    return replace(lead, external_ids={text: text}, **fields)


def naughty() -> list[Lead]:
    """Return leads with every naughty string there is in some field."""
    strings = [text for text in json.loads(BLNS.read_text("utf-8")) if text.strip()]
    size = len(TEXTS)
    return [
        Lead(f"N{start}", **dict(zip(TEXTS, strings[start : start + size], strict=False)))
        for start in range(0, len(strings), size)
    ]


def nasty_playbook() -> str:
    """Return a playbook whose every word somebody else wrote."""
    text = resources.texts("playbooks", ".toml")["bant-v1"]
    text = re.sub(r"(?m)^version *= *1$", "version = 2", text, count=1)
    put = json.dumps(f"{MARKUP}\x1b\u202e")[1:-1]
    words = r'\b(title|label|ask|say|about|listen_for)( *= *)"'
    return re.sub(words, lambda found: f'{found[1]}{found[2]}"{put}', text)


@pytest.fixture
def nasty(profile):
    """A profile in which everything anybody can write is nasty."""
    with open_workspace(profile, resources.texts, clock=noon) as work:
        used = put_own_playbook(work, nasty_playbook(), "bant-v2")
        save_settings(profile, Settings(name=NASTY, company=NASTY, phone=NASTY))
        assert used.version == 2
        work.rep, work.active_playbook = Rep(NASTY), used
        london = {"phone": "+44 20 7946 0958", "phone_e164": "+442079460958",
                  "time_zone": "Europe/London"}  # fmt: skip
        with work.store.begin() as unit:
            unit.leads.add(
                [
                    filled_with(NASTY, "L1", **london),
                    filled_with(NASTY, "L2", **london | {"phone_e164": "+442079460959"}),
                    filled_with(NASTY, "L3", **london | {"phone_e164": "+442079460960"}),
                    filled_with(LONG, "L4", status=Status.SUPPRESSED, suppressed=True),
                    *naughty(),
                ]
            )
        _history(work, profile)
    return profile


def _history(work, profile):
    edit_leads.set_field(work, "L1", "city", f"{MARKUP}town")
    edit_leads.add_tag(work, [1, 2], MARKUP + ODD)
    duplicates.not_the_same(work, "L1", "L2")
    activities.add_by_hand(work, "L1", "webinar", NASTY)
    segments.save(work, f"{MARKUP} mine", LeadQuery(search="R&D"))
    call_id = start(work, "L1")
    say(work, call_id, note=NASTY)
    endings.decide(work, call_id, replace(choice_of(work, Verdict.NURTURE)))
    ended = start(work, "L2")
    endings.end_call(work, ended, CallResult("CONNECTED_TARGET", "LANGUAGE_BARRIER", text=NASTY))
    promise(work, "L3", timedelta(days=3), NASTY, NASTY)
    name = f"{MARKUP.replace('/', '|')}\x1b\u202efair.csv"
    path = profile.parent / name
    path.write_text(f"Email;{MARKUP}\nada@x.example;{MARKUP}\nnobody;\n", encoding="utf-8")
    import_taking.run(work, import_leads.preview(work, path))
    calls.open_call(work)
    merging.merge(work, "L2", "N0")


@pytest.mark.parametrize("keys", SCREENS.values(), ids=SCREENS.keys())
def test_nothing_is_taken_for_more_than_text(open_window, nasty, qapp, keys):
    hands = Hands(qapp, open_window(nasty))
    hands.settle()
    for key in keys:
        hands.press(key)
        hands.settle()
    qapp.processEvents()
    assert plain_text.findings() == []


def test_nothing_long_pushes_the_lists_out_of_their_pane(open_window, nasty, qapp):
    window = open_window(nasty)
    hands = Hands(qapp, window)
    for key in ("Ctrl+2", "Home"):
        hands.press(key)
        hands.settle()
    qapp.processEvents()
    lists = window.findChild(ViewList)
    pane = lists.parentWidget()
    for button in lists.findChildren(QAbstractButton):
        right = button.mapTo(pane, button.rect().topRight()).x()
        assert right < pane.width(), button.accessibleName()[:60]
    heights = {label.height() for label in window.findChildren(ElidedLabel) if label.isVisible()}
    assert max(heights) < 60, "an elided label is one line"


def test_a_file_is_looked_at_and_taken_in_as_text(open_window, nasty, qapp, tmp_path):
    window = open_window(nasty)
    hands = Hands(qapp, window)
    hands.settle()
    name = f"{MARKUP.replace('/', '|')}\x1b\u202elist.csv"
    path = tmp_path / name
    rows = [f"Email;{MARKUP};\u202eName\x1b", f"bob@x.example;{NASTY.split(chr(0))[0]};\x1b[31m"]
    path.write_text("\n".join([*rows, f"nobody@;{MARKUP};"]), encoding="utf-8")
    hands.press("Ctrl+I")
    dialog = window.findChildren(QFileDialog)[-1]
    dialog.fileSelected.emit(str(path))
    dialog.close()
    dialog.deleteLater()
    window.activateWindow()
    hands.until("the window to be active", window.isActiveWindow)
    hands.settle()
    assert window.views.imports.isVisible()
    assert plain_text.findings() == []
    hands.press("Down")
    hands.press("Return")
    hands.settle()
    assert plain_text.findings() == []


def test_what_went_wrong_is_said_as_text(open_window, nasty):
    window = open_window(nasty)
    window.context.show_error(KnownError(NASTY, NASTY))
    assert plain_text.findings() == []


@pytest.mark.parametrize(
    "make",
    [
        lambda: QLabel(MARKUP),
        lambda: set_up(QLabel(MARKUP), "setTextFormat", Qt.TextFormat.RichText),
        lambda: set_up(QLabel("x"), "setToolTip", MARKUP),
        lambda: set_up(PlainLabel("x"), "setAccessibleName", ODD),
        lambda: QPushButton("R&D"),
        lambda: set_up(QMenu(), "addAction", "R&D"),
    ],
)
def test_the_walk_finds_what_it_is_for(qtbot, make):
    widget = make()
    qtbot.addWidget(widget)
    assert plain_text.findings()


def set_up(widget, call, value):
    getattr(widget, call)(value)
    return widget
