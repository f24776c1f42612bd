# SPDX-License-Identifier: MIT
"""Files that tell facts of leads there already: what they did, or what sales said of them."""

from pathlib import Path
from typing import TYPE_CHECKING

from leaddesk.core.services import import_activities, import_outcomes
from leaddesk.core.services.changes import Changes
from leaddesk.core.services.import_activities import ActivityReport
from leaddesk.core.services.import_outcomes import OutcomeReport

if TYPE_CHECKING:
    from leaddesk.core.services.workspace import Workspace

FactsReport = ActivityReport | OutcomeReport


def look(work: "Workspace", path: Path) -> FactsReport | None:
    """Return what taking in a file would do; None where it tells no facts.

    Raises:
        KnownError: the file cannot be read as a CSV.
    """
    return import_activities.look(work, path) or import_outcomes.look(work, path)


def run(work: "Workspace", looked: FactsReport) -> tuple[FactsReport, Changes]:
    """Take in a file that was looked at.

    Raises:
        KnownError: the file cannot be read, or is another by now.
    """
    if isinstance(looked, ActivityReport):
        return import_activities.run(work, looked.path)
    return import_outcomes.run(work, looked.path)


def what_it_tells(report: FactsReport) -> str:
    """Return in a few words what a file is."""
    return "what leads did" if isinstance(report, ActivityReport) else "what sales said"


def report_in_words(report: FactsReport) -> str:
    """Return a report for people."""
    if isinstance(report, ActivityReport):
        return import_activities.report_in_words(report)
    return import_outcomes.report_in_words(report)
