# SPDX-License-Identifier: MIT
"""The menu that copies or saves what the receiver of a passed lead reads."""

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from leaddesk.core.services import briefs
from leaddesk.core.services.briefs import BriefForm
from leaddesk.ui.context import Context

if TYPE_CHECKING:
    from leaddesk.core.domain.brief import Brief

PDF: Final = ".pdf"
_COPY: Final = (("Copy as &text", BriefForm.TEXT), ("Copy as &Markdown", BriefForm.MARKDOWN))
_SAVE: Final = (
    ("Save as &PDF\u2026", "PDF", PDF),
    ("Save as &HTML\u2026", "HTML", ".html"),
    ("Save as Mark&down\u2026", "Markdown", ".md"),
    ("Save as CS&V for a CRM\u2026", "CSV", ".csv"),
    ("Save as &contact card\u2026", "Contact card", ".vcf"),
)
_NOT_IN_NAMES: Final = re.compile(r"[^\w\- ]+")
_LONGEST_NAME: Final = 60


def open_handoff_menu(below: QWidget, context: Context, lead_id: str) -> None:
    """Open it below a widget, once the brief of the lead is read; else say why there is none."""

    def show(brief: "Brief") -> None:
        menu = QMenu(below)
        menu.setAccessibleName("Hand-off")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for label, form in _COPY:
            menu.addAction(label).triggered.connect(partial(_copy, context, brief, form))
        menu.addSeparator()
        for label, kind, ending in _SAVE:
            menu.addAction(label).triggered.connect(
                partial(_choose, below, context, brief, kind, ending)
            )
        menu.popup(below.mapToGlobal(below.rect().bottomLeft()))
        menu.setActiveAction(menu.actions()[0])

    context.run(lambda work: briefs.brief_of(work, lead_id), show)


def file_name(brief: "Brief", ending: str) -> str:
    """Return a name for the file of a brief that every system takes."""
    words = " ".join(_NOT_IN_NAMES.sub(" ", f"{brief.lead.name} {brief.lead.company}").split())
    return f"{words[:_LONGEST_NAME].strip() or 'lead'}{ending}"


def save_brief(context: Context, brief: "Brief", path: Path) -> None:
    """Write a brief as the end of the file's name says."""
    done = partial(_say_written, context)
    if path.suffix.casefold() == PDF:
        context.run(
            lambda work: briefs.text_of(work, brief, BriefForm.HTML),
            lambda html: _write_pdf(context, brief, html, path),
        )
    else:
        context.run(lambda work: briefs.save(work, brief, path), done)


def _copy(context: Context, brief: "Brief", form: BriefForm, *_checked: bool) -> None:
    def put(text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        context.say(f"The hand-off of {brief.lead.name or 'the lead'} is copied.")

    context.run(lambda work: briefs.text_of(work, brief, form), put)


def _choose(
    below: QWidget, context: Context, brief: "Brief", kind: str, ending: str, *_checked: bool
) -> None:
    dialog = QFileDialog(below.window(), f"Save as {kind}", "", f"{kind} (*{ending})")
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(ending.removeprefix("."))
    dialog.selectFile(file_name(brief, ending))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda name: save_brief(context, brief, Path(name)))
    dialog.open()


def _write_pdf(context: Context, brief: "Brief", html: str, path: Path) -> None:
    from leaddesk.core.errors import KnownError
    from leaddesk.ui import documents

    try:
        documents.write_pdf(html, brief.lead.name, path)
    except KnownError as error:
        context.show_error(error)
    else:
        _say_written(context, path)


def _say_written(context: Context, path: Path) -> None:
    context.say(f"Written to {path.name}.")
