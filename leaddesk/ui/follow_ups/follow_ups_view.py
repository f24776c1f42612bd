# SPDX-License-Identifier: MIT
"""The Follow-ups view: what is due, late first, with a key for each thing to do about it."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QFocusEvent, QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from leaddesk.ui import theme
from leaddesk.ui.actions import make_action, shown_keys
from leaddesk.ui.context import Context
from leaddesk.ui.follow_ups.list_view import FollowUpList
from leaddesk.ui.leads.bars import AskBar
from leaddesk.ui.models.follow_up_model import FollowUpModel
from leaddesk.ui.presenters.follow_up_lines import Chip, FollowUpLine
from leaddesk.ui.presenters.follow_ups import FollowUpsPresenter
from leaddesk.ui.widgets.chips import ChipButton
from leaddesk.ui.widgets.empty import EmptyState
from leaddesk.ui.widgets.labels import label, set_tip

PAGE_WIDTH = 1280
EDGES = 4
"""Pixels of the border of the card and around it, above and below."""

ANY_HEIGHT = 16_777_215
"""What Qt takes for no bound."""

MINUTE_MS = 60_000
"""How often is looked what became late meanwhile."""


class FollowUpsView(QFrame):
    """Arranges; the presenter decides."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setProperty("look", "page")
        self.setAccessibleName("Follow-ups")
        presenter = self._presenter = FollowUpsPresenter(self, context, context.clock)
        self._day = label(pixels=19, weight=theme.BOLD)
        self.chips = {chip: ChipButton("") for chip in Chip}
        self.calendar = ChipButton("Calendar file")
        self.calendar.setCheckable(False)
        set_tip(self.calendar, f"Write all that is shown ({shown_keys('follow_calendar_all')})")
        self._ask = AskBar()
        self.model = FollowUpModel(self)
        self.list = FollowUpList(self.model)
        self._empty = EmptyState()
        self._pages = QStackedWidget()
        self._pages.addWidget(self.list)
        self._pages.addWidget(self._empty)
        self.dateless = ChipButton("")
        self._dateless_text = label("", "muted", pixels=13)
        self._minute = QTimer(self, interval=MINUTE_MS)
        self._minute.timeout.connect(presenter.refresh)
        self._assemble()
        self._bind()
        context.notifier.changed.connect(lambda changes, _who: presenter.on_changed(changes))

    # What the presenter may show

    def show_day(self, text: str) -> None:
        """Show which day it is."""
        self._day.setText(text)

    def show_lines(self, lines: Sequence[FollowUpLine]) -> None:
        """Show what is due; the chosen line stays chosen, else what came in its place is."""
        key, row = self.list.key, self.list.currentIndex().row()
        self.model.show(lines)
        self.list.choose(self.model.row_of(key) if self.model.row_of(key) >= 0 else row)
        self._pages.setCurrentWidget(self.list)
        self._card.setMaximumHeight(self.list.sizeHint().height() + EDGES)

    def show_nothing(self, what: str, todo: str) -> None:
        """Say why the list is empty."""
        self.model.show(())
        self._empty.say(what, todo)
        self._card.setMaximumHeight(ANY_HEIGHT)
        self._pages.setCurrentWidget(self._empty)

    def show_chips(self, texts: dict[Chip, str], chosen: frozenset[Chip]) -> None:
        """Show what can be chosen, with counts."""
        for chip, button in self.chips.items():
            button.setText(texts[chip])
            button.setChecked(chip in chosen)

    def show_dateless(self, text: str, *, some: bool, chosen: bool) -> None:
        """Show how many leads wait without a date; where there are any, they can be listed."""
        self.dateless.setText(text)
        self.dateless.setChecked(chosen)
        self.dateless.setVisible(some)
        self._dateless_text.setText(text)
        self._dateless_text.setVisible(not some)

    def ask_line(
        self,
        what: str,
        hint: str,
        done: Callable[[str], object],
        *,
        typed: str = "",
        problem: str = "",
    ) -> None:
        """Ask for a line of text above the list."""
        self._ask.ask(what, hint, done, typed=typed, problem=problem)

    def ask_file(self, proposed: str, done: Callable[[str], object]) -> None:
        """Ask where a calendar file goes."""
        dialog = QFileDialog(self, "Calendar file", proposed)
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter("Calendar (*.ics)")
        dialog.setDefaultSuffix("ics")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setModal(False)
        dialog.resize(860, 560)
        dialog.fileSelected.connect(done)
        dialog.show()

    def copy(self, text: str) -> None:
        """Put a text on the clipboard."""
        QGuiApplication.clipboard().setText(text)

    def open_mail(self, link: str) -> bool:
        """Open the mail program; False: there is none."""
        return QDesktopServices.openUrl(QUrl(link, QUrl.ParsingMode.StrictMode))

    # Events

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the focus to the list."""
        super().focusInEvent(event)
        self.list.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Read what is due whenever the view is opened."""
        super().showEvent(event)
        if not event.spontaneous():
            self._presenter.shown(is_shown=True)
            self._minute.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Read nothing out of sight."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._presenter.shown(is_shown=False)
            self._minute.stop()

    # Internal

    def _of_line(self, do: Callable[[str], object]) -> None:
        if self.list.key:
            do(self.list.key)

    def _bind(self) -> None:
        presenter = self._presenter
        of_line = {
            "follow_act": presenter.act,
            "follow_snooze": presenter.snooze,
            "follow_done": presenter.done,
            "follow_move": presenter.move,
            "follow_mail": presenter.mail,
            "follow_calendar": presenter.calendar,
        }
        where = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for action_id, do in of_line.items():
            # On the list alone: a letter is a letter in a line that is typed, and Enter its end.
            make_action(action_id, self.list, partial(self._of_line, do), where)
        make_action("follow_undo", self, presenter.steps.undo, where)
        make_action("follow_calendar_all", self, presenter.calendar, where)
        for chip, button in self.chips.items():
            button.clicked.connect(partial(self._choose, chip))
        self.calendar.clicked.connect(lambda *_: presenter.calendar())
        self.dateless.clicked.connect(lambda *_: presenter.choose_dateless())
        self.list.acted.connect(presenter.act)
        self.list.reached_end.connect(presenter.more)
        self._ask.closed.connect(self.list.setFocus)

    def _choose(self, chip: Chip, *_checked: object) -> None:
        self._presenter.choose(chip)

    def _assemble(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._day)
        head.addStretch()
        for button in (*self.chips.values(), self.calendar):
            head.addWidget(button)
        self._card = QFrame()
        self._card.setProperty("look", "card")
        around = QVBoxLayout(self._card)
        around.setContentsMargins(1, 1, 1, 1)
        around.addWidget(self._pages)
        foot = QHBoxLayout()
        foot.addWidget(self._dateless_text)
        foot.addWidget(self.dateless)
        foot.addStretch()
        inside = QWidget()
        inside.setMaximumWidth(PAGE_WIDTH)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 24, 0, 24)
        column.setSpacing(14)
        column.addLayout(head)
        column.addWidget(self._ask)
        column.addWidget(self._card)
        column.addLayout(foot)
        column.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(32, 0, 32, 0)
        row.addStretch(1)
        row.addWidget(inside, 1000)
        row.addStretch(1)
