# SPDX-License-Identifier: MIT
"""What the presenter of an import asks of its page."""

from collections.abc import Callable
from typing import Protocol

from leaddesk.core.domain.merge import OnMatch
from leaddesk.ui.presenters.import_texts import PreviewText


class ImportScreen(Protocol):
    """What the import page can show, one thing at a time."""

    def show_nothing(self) -> None:
        """Say that no file is chosen."""

    def later(self, then: Callable[[], None]) -> None:
        """Call it on the UI thread in a tenth of a second, if the page is still there."""

    def show_working(self, what: str, percent: int | None = None) -> None:
        """Say what is being done, and how far it is where that is known."""

    def show_preview(self, text: PreviewText, on_match: OnMatch, note: str) -> None:
        """Show what an import would do; `note` says that choices were remembered, or is empty."""

    def show_facts(self, title: str, what: str, more: str) -> None:
        """Show what taking in a list of activities would do."""

    def show_done(self, what: str, rejected: str) -> None:
        """Show what was imported, and where the other rows are; may be empty."""

    def show_failed(self, title: str, what: str, todo: str) -> None:
        """Show why the file cannot be imported."""
