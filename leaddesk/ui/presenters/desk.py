# SPDX-License-Identifier: MIT
"""What a presenter may ask for; the window's `Context` is one, tests hand in another."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from leaddesk.core.domain.lead_query import LeadQuery
    from leaddesk.core.services.changes import Changes
    from leaddesk.core.services.workspace import Workspace

T = TypeVar("T")
Failed = Callable[[Exception], None]


class Desk(Protocol):
    """The way to the services and to the rest of the window."""

    def run(
        self,
        function: "Callable[[Workspace], T]",
        done: Callable[[T], None] | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Run a service that reads, away from the UI thread."""

    def change(
        self,
        function: "Callable[[Workspace], tuple[T, Changes]]",
        done: Callable[[T], None] | None = None,
        failed: Failed | None = None,
        initiator: object = None,
    ) -> None:
        """Run a service that changes something, and announce it."""

    @property
    def show_error(self) -> Failed:
        """Show a failure in the bar of the window."""

    @property
    def country(self) -> str:
        """Of phone numbers without a country code; empty: not set."""

    @property
    def say(self) -> Callable[[str], None]:
        """Show a sentence in the status bar."""

    @property
    def open_view(self) -> Callable[[str], None]:
        """Show a view by its name."""

    @property
    def show_import(self) -> Callable[[str], None]:
        """Show the leads of the import of that id."""

    @property
    def start_call(self) -> Callable[[str], None]:
        """Call the lead of that id."""

    @property
    def export(self) -> "Callable[[LeadQuery, Sequence[int]], None]":
        """Show the export page for leads by row id; without any, for all the query finds."""
