# SPDX-License-Identifier: MIT
"""The views of a window but the Call view: each is loaded and built when it is first shown."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtWidgets import QStackedWidget, QWidget

from leaddesk.ui.context import Context

if TYPE_CHECKING:
    from leaddesk.core.services.settings import Settings
    from leaddesk.ui.follow_ups.follow_ups_view import FollowUpsView
    from leaddesk.ui.leads.company_view import CompanyView
    from leaddesk.ui.leads.duplicates_view import DuplicatesView
    from leaddesk.ui.leads.export_view import ExportView
    from leaddesk.ui.leads.import_history_view import ImportHistoryView
    from leaddesk.ui.leads.import_view import ImportView
    from leaddesk.ui.leads.leads_view import LeadsView
    from leaddesk.ui.settings.settings_view import SettingsView

W = TypeVar("W", bound=QWidget)

OF_LEADS: Final = frozenset({"imports", "exports", "duplicates", "history", "company"})
"""Views without a tab of their own; that of the leads stays chosen."""


class Views:
    """One per window.

    Args:
        context: Given to every view.
        stack: Where a view is put once it is built.
        use_settings: Takes over settings that were changed.
        back: Shows the view that was there before the settings.
    """

    def __init__(
        self,
        context: Context,
        stack: QStackedWidget,
        use_settings: "Callable[[Settings], None]",
        back: Callable[[], None],
    ) -> None:
        self._context = context
        self._stack = stack
        self._use_settings = use_settings
        self._back = back

    def is_built(self, name: str) -> bool:
        """Return whether a view has been asked for."""
        return name in vars(self)

    def named(self, name: str) -> QWidget:
        """Return a view by its name, one of the properties below."""
        view: QWidget = getattr(self, name)
        return view

    @cached_property
    def leads(self) -> "LeadsView":
        """The lists, and a lead's page."""
        from leaddesk.ui.leads.leads_view import LeadsView

        return self._put(LeadsView(self._context))

    @cached_property
    def follow_ups(self) -> "FollowUpsView":
        """What is due."""
        from leaddesk.ui.follow_ups.follow_ups_view import FollowUpsView

        return self._put(FollowUpsView(self._context))

    @cached_property
    def imports(self) -> "ImportView":
        """A file being looked at and taken in."""
        from leaddesk.ui.leads.import_view import ImportView

        return self._put(ImportView(self._context))

    @cached_property
    def exports(self) -> "ExportView":
        """What an export would write."""
        from leaddesk.ui.leads.export_view import ExportView

        return self._put(ExportView(self._context))

    @cached_property
    def history(self) -> "ImportHistoryView":
        """The imports there were."""
        from leaddesk.ui.leads.import_history_view import ImportHistoryView

        return self._put(ImportHistoryView(self._context))

    @cached_property
    def duplicates(self) -> "DuplicatesView":
        """Leads that may be the same."""
        from leaddesk.ui.leads.duplicates_view import DuplicatesView

        return self._put(DuplicatesView(self._context))

    @cached_property
    def company(self) -> "CompanyView":
        """The contacts of a company."""
        from leaddesk.ui.leads.company_view import CompanyView

        return self._put(CompanyView(self._context))

    @cached_property
    def settings(self) -> "SettingsView":
        """The settings."""
        from leaddesk.ui.settings.settings_view import SettingsView

        return self._put(SettingsView(self._context, self._use_settings, self._back))

    def _put(self, view: W) -> W:
        self._stack.addWidget(view)
        return view
