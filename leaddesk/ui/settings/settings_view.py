# SPDX-License-Identifier: MIT
"""The Settings view: who works here, how calls are held, how the window looks.

What is changed is kept at once; there is nothing to confirm, and Esc leads back.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from leaddesk.core.services.settings import Settings
from leaddesk.ui import theme
from leaddesk.ui.call.scrolled import scrolled
from leaddesk.ui.context import Context
from leaddesk.ui.presenters.settings import (
    ROLE_NOTE,
    ROLES,
    SIZES,
    THEMES,
    SettingsPresenter,
    SettingsScreen,
)
from leaddesk.ui.presenters.visible import visible
from leaddesk.ui.widgets.countries import countries
from leaddesk.ui.widgets.inputs import DropDown, TickBox
from leaddesk.ui.widgets.keys import KeyButton
from leaddesk.ui.widgets.labels import breakable, label, rule

PAUSE_MS = 600
"""How long typing has to pause before the text is kept."""

_PAGE_WIDTH = 760
_NAME_WIDTH = 190
_CONTROL_HEIGHT = 37
_MOST_TYPED = 200


class TextSetting(QLineEdit):
    """A setting that is typed.

    Emits:
        paused: its text, when typing paused, with Enter, and on leaving.
    """

    paused = Signal(str)

    def __init__(self, key: str, name: str) -> None:
        super().__init__()
        _name(self, key, name)
        self.setMaxLength(_MOST_TYPED)
        self.setFixedHeight(theme.px(_CONTROL_HEIGHT))
        self._kept = ""
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._say)
        self.textEdited.connect(lambda _text: self._pause.start())
        self.returnPressed.connect(self.keep)

    def keep(self) -> None:
        """Say now what was typed, if anything was."""
        if self._pause.isActive():
            self._say()
        else:
            self.show_text(self._kept)

    def show_text(self, text: str) -> None:
        """Show what is kept, unless it is being typed."""
        self._kept = text
        if not self.hasFocus() and not self._pause.isActive() and self.text() != text:
            self.setText(text)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep what was typed on leaving, and show it as it is kept."""
        super().focusOutEvent(event)
        self.keep()

    def _say(self) -> None:
        self._pause.stop()
        self.paused.emit(self.text())


class ChoiceSetting(DropDown):
    """A setting that is chosen from a list, each item with an id.

    Emits:
        chosen: id of the item the person chose.
    """

    chosen = Signal(str)

    def __init__(self, key: str, name: str, items: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__()
        _name(self, key, name)
        self.setFixedHeight(theme.px(_CONTROL_HEIGHT))
        self.setMaxVisibleItems(14)
        self._items: tuple[tuple[str, str], ...] = ()
        self.offer(items)
        self.activated.connect(lambda index: self.chosen.emit(self.itemData(index)))

    def offer(self, items: Sequence[tuple[str, str]]) -> None:
        """Offer these (id, text), in this order."""
        if tuple(items) != self._items:
            self._items = tuple(items)
            self.clear()
            for item_id, text in items:
                self.addItem(visible(text), item_id)

    def show_item(self, item_id: str) -> None:
        """Show which one is in force; an id that is not offered stands for itself."""
        if self.findData(item_id) < 0:
            self.addItem(item_id, item_id)
        self.setCurrentIndex(self.findData(item_id))


class SettingsView(QFrame):
    """Arranges; the presenter decides.

    Args:
        context: The way to the services.
        use: Told the settings as soon as they are kept.
        leave: Shows the view before.
    """

    def __init__(
        self, context: Context, use: Callable[[Settings], None], leave: Callable[[], None]
    ) -> None:
        super().__init__()
        self.setProperty("look", "page")
        self.setAccessibleName("Settings")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._presenter = SettingsPresenter(self, context, use)
        self._leave = leave
        self._texts = {
            key: TextSetting(key, name)
            for key, name in (("name", "Name"), ("company", "Company"), ("phone", "Phone number"))
        }
        self._choices = {
            "country": ChoiceSetting("country", "Country of phone numbers", countries()),
            "role": ChoiceSetting("role", "Role", ROLES),
            "playbook": ChoiceSetting("playbook", "Playbook for new calls"),
            "theme": ChoiceSetting("theme", "Colours", THEMES),
            "text_percent": ChoiceSetting("text_percent", "Text size", SIZES),
        }
        self._playbook_note = _note("")
        self._playbook_note.hide()
        self._silent = TickBox("Show the score at the end of a call only")
        _name(self._silent, "silent", self._silent.text())
        self._assemble()
        self._connect()

    # What the presenter may show

    def show_settings(self, screen: SettingsScreen) -> None:
        """Show the settings; a text that is being typed stays as it is."""
        settings = screen.settings
        for key, text in zip(
            ("name", "company", "phone"),
            (settings.name, settings.company, settings.phone),
            strict=True,
        ):
            self._texts[key].show_text(text)
        self._choices["playbook"].offer(screen.playbooks)
        self._choices["playbook"].show_item(screen.playbook)
        self._playbook_note.setText(breakable(screen.playbook_note))
        self._playbook_note.setVisible(bool(screen.playbook_note))
        self._choices["country"].show_item(settings.country)
        self._choices["role"].show_item(settings.role.value)
        self._choices["theme"].show_item(settings.theme.value)
        self._choices["text_percent"].show_item(str(settings.text_percent))
        self._silent.setChecked(settings.silent)

    # Other methods

    def refresh(self) -> None:
        """Show what is on disk, as when another part of the window changed it."""
        self._presenter.refresh()

    def keep_typed(self) -> None:
        """Keep what was typed just now."""
        for field in self._texts.values():
            field.keep()

    # Events

    def showEvent(self, event: QShowEvent) -> None:
        """Show the settings as they are now."""
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what was typed when another view is shown."""
        super().hideEvent(event)
        self.keep_typed()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the focus to the first field."""
        super().focusInEvent(event)
        self._texts["name"].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    # Internal functions

    def _connect(self) -> None:
        for key, field in self._texts.items():
            field.paused.connect(lambda text, key=key: self._presenter.change(key, text))
        for key, choice in self._choices.items():
            choice.chosen.connect(lambda chosen, key=key: self._presenter.change(key, chosen))
        self._silent.clicked.connect(lambda on: self._presenter.change_silent(on=on))

    def _assemble(self) -> None:
        page = QWidget()
        page.setMaximumWidth(theme.px(_PAGE_WIDTH))
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 26, 24, 24)
        column.setSpacing(0)
        column.addLayout(self._title())
        column.addSpacing(16)
        column.addWidget(self._you())
        column.addSpacing(16)
        column.addWidget(self._calls())
        column.addSpacing(16)
        column.addWidget(self._window())
        column.addStretch(1)
        inside = QFrame()
        inside.setProperty("look", "page")
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(page, 100)
        row.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(inside))

    def _title(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(label("Settings", pixels=19, weight=theme.BOLD))
        row.addWidget(label("Kept as soon as they are changed", "muted"), 1)
        back = KeyButton("Back", "Esc")
        back.clicked.connect(lambda _on: self._leave())
        row.addWidget(back)
        return row

    def _you(self) -> "_Card":
        card = _Card("You")
        card.add("Name", self._texts["name"])
        card.add("Company", self._texts["company"])
        card.add("Phone number", self._texts["phone"], "These three stand in the script.")
        card.add("Role", self._choices["role"], ROLE_NOTE)
        return card

    def _calls(self) -> "_Card":
        card = _Card("Calls")
        card.add("Playbook for new calls", self._choices["playbook"], self._playbook_note)
        card.add(
            "Silent mode",
            self._silent,
            "Holds from the next call on; a call that runs stays as it is.",
        )
        card.add(
            "Country of phone numbers",
            self._choices["country"],
            "Of numbers that are written without a country code.",
        )
        return card

    def _window(self) -> "_Card":
        card = _Card("Window")
        card.add("Colours", self._choices["theme"])
        card.add("Text size", self._choices["text_percent"], "From the next start on.")
        return card


class _Card(QFrame):
    """A group of settings: names at the left, controls at the right, a note below where needed."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setProperty("look", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 20, 18)
        column.setSpacing(10)
        column.addWidget(label(title, weight=theme.SEMIBOLD))
        column.addWidget(rule("rule2"))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnMinimumWidth(0, theme.px(_NAME_WIDTH))
        self._grid.setColumnStretch(1, 1)
        column.addLayout(self._grid)

    def add(self, name: str, control: QWidget, note: "str | QLabel" = "") -> None:
        """Add a setting."""
        row = self._grid.rowCount()
        shown = label(name)
        shown.setBuddy(control)
        self._grid.addWidget(shown, row, 0)
        self._grid.addWidget(control, row, 1)
        if note:
            shown_below = _note(note) if isinstance(note, str) else note
            self._grid.addWidget(shown_below, row + 1, 1)
            self._grid.setRowMinimumHeight(row + 2, 4)


def _note(text: str) -> QLabel:
    return label(text, "muted", pixels=13, wrap=True)


def _name(control: QWidget, key: str, name: str) -> None:
    control.setObjectName(f"setting_{key}")
    control.setAccessibleName(name)
    control.setFont(theme.font())
