# SPDX-License-Identifier: MIT
"""Pick one of a list by its key, at once: objections, questions, playbooks, activities, causes."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from leaddesk.core.domain.verdict import Verdict
from leaddesk.ui.presenters.call_screens import Choice
from leaddesk.ui.presenters.panels.panel import PanelRow, PanelScreen, index_of, keys_for


class Item(NamedTuple):
    """One thing to pick.

    Attributes:
        effect: Small words at the right.
        marked: It is the one in use, or where one is.
    """

    label: str
    effect: str = ""
    marked: bool = False


class PickPanel:
    """A list; a key picks and is done. Without items it is something to read.

    Args:
        picked: Takes the position of the item picked.
    """

    def __init__(  # noqa: PLR0913 - what a list shows
        self,
        title: str,
        items: Sequence[Item] = (),
        picked: Callable[[int], None] = lambda _index: None,
        *,
        sentence: str = "",
        rows: Sequence[PanelRow] = (),
        ask: str = "",
        back: str = "Back to call",
        tone: Verdict | None = None,
    ) -> None:
        self._items = tuple(items)
        self._picked = picked
        keys = keys_for(len(self._items))
        self._screen = PanelScreen(
            title=title,
            tone=tone,
            sentence=sentence,
            rows=tuple(rows),
            ask=ask,
            choices=tuple(
                Choice(key, item.label, item.effect, chosen=item.marked)
                for key, item in zip(keys, self._items, strict=True)
            ),
            back=back,
        )

    def screen(self) -> PanelScreen:
        """Return the list."""
        return self._screen

    def key(self, key: str) -> bool:
        """Pick the item of that key."""
        index = index_of(key, len(self._items))
        if index < 0:
            return False
        self._picked(index)
        return True

    def edit(self, field_id: str, text: str) -> None:
        """Take nothing: there is no line to type in."""

    def confirm(self) -> None:
        """Do nothing: a key does it."""
