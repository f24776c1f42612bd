# SPDX-License-Identifier: MIT
"""What every view is given: the way to the services, and the few things it may ask the window."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from leaddesk.core.services.clock import Clock, system_clock
from leaddesk.ui.notifier import Notifier
from leaddesk.ui.tasks import Tasks

if TYPE_CHECKING:
    from leaddesk.core.domain.lead_query import LeadQuery
    from leaddesk.core.services.changes import Changes
    from leaddesk.core.services.lead_list import FirstScreen
    from leaddesk.core.services.workspace import Workspace

T = TypeVar("T")


@dataclass(slots=True)
class Context:
    """One per window. The first job after `start` opens the workspace, on the database thread.

    Attributes:
        opener: Opens the workspace; runs on the database thread, once.
        show_error: Shows a failure in the bar of the window.
        say: Shows a short sentence in the status bar.
        open_view: Shows a view by its name: "call", "leads", "imports" ...
        show_import: Shows the Leads view with the leads of the import of that id.
        start_call: Shows the Call view and calls the lead of that id.
        export: Shows the export page, for the leads of these row ids; where there are none, for
            all that the query finds.
        show_company: Shows the company of the lead that is chosen.
        clock: What time it is.
        country: Of phone numbers without a country code, ISO 3166 alpha-2; empty: not set.
        first: What the first paint shows; None in an empty profile.
    """

    opener: "Callable[[], Workspace]"
    tasks: Tasks
    notifier: Notifier
    show_error: Callable[[Exception], None] = field(default=lambda _error: None)
    say: Callable[[str], None] = field(default=lambda _text: None)
    open_view: Callable[[str], None] = field(default=lambda _name: None)
    show_import: Callable[[str], None] = field(default=lambda _batch_id: None)
    start_call: Callable[[str], None] = field(default=lambda _lead_id: None)
    export: "Callable[[LeadQuery, Sequence[int]], None]" = field(default=lambda _query, _ids: None)
    show_company: Callable[[], None] = field(default=lambda: None)
    clock: Clock = system_clock
    country: str = ""
    first: "FirstScreen | None" = None
    _work: "Workspace | None" = field(default=None, init=False)
    _waiting: "list[Callable[[], None]] | None" = field(default_factory=list, init=False)

    @property
    def started(self) -> bool:
        """Whether jobs run; before the first paint they wait."""
        return self._waiting is None

    def start(self) -> None:
        """Let jobs run; called once the first paint is on the screen."""
        waiting, self._waiting = self._waiting or [], None
        for job in waiting:
            job()

    def run(
        self,
        function: "Callable[[Workspace], T]",
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run a service that reads, on the database thread; failures are shown if not taken."""

        def job() -> None:
            self.tasks.run(lambda: function(self._opened()), done, failed or self.show_error)

        if self._waiting is None:
            job()
        else:
            self._waiting.append(job)

    def change(
        self,
        function: "Callable[[Workspace], tuple[T, Changes]]",
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        initiator: object = None,
    ) -> None:
        """Run a service that changes something, then announce what it changed."""

        def announce(outcome: "tuple[T, Changes]") -> None:
            result, changes = outcome
            if done is not None:
                done(result)
            self.notifier.changed.emit(changes, initiator)

        self.run(function, announce, failed)

    def close(self) -> None:
        """Wait for the database thread, and close the workspace there."""
        self.tasks.run(self._close_work)
        self.tasks.close()

    def _opened(self) -> "Workspace":
        if self._work is None:
            self._work = self.opener()
        return self._work

    def _close_work(self) -> None:
        if self._work is not None:
            self._work.close()
            self._work = None
