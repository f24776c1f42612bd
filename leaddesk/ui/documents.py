# SPDX-License-Identifier: MIT
"""A document of our own templates as a PDF."""

import os
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QUrl
from PySide6.QtGui import (
    QFont,
    QGuiApplication,
    QImage,
    QPageLayout,
    QPageSize,
    QPdfWriter,
    QTextDocument,
)

from leaddesk.core.errors import KnownError
from leaddesk.ui import theme

_MARGIN_MM = 18.0
_DOTS_PER_INCH = 96


class _Document(QTextDocument):
    """A document that loads nothing, from the disk neither."""

    def loadResource(self, kind: int, name: QUrl | str) -> object:  # noqa: ARG002 - of any kind
        """Return one clear dot: given nothing, Qt would look for the file itself."""
        dot = QImage(1, 1, QImage.Format.Format_ARGB32)
        dot.fill(0)
        return dot


def pdf_of(html: str, title: str) -> bytes:
    """Return HTML as the bytes of a PDF on A4, whose text can be searched and copied."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setCreator("leaddesk")
    writer.setResolution(_DOTS_PER_INCH * 4)
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    page = QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4),
        QPageLayout.Orientation.Portrait,
        margins,
        QPageLayout.Unit.Millimeter,
    )
    writer.setPageLayout(page)
    document = _Document()
    document.setDocumentMargin(0)
    document.setDefaultFont(_font())
    document.setHtml(html)
    document.print_(writer)
    buffer.close()
    return bytes(buffer.data().data())


def _font() -> QFont:
    """Return our font without ligatures: who copies "office" out of a PDF wants six letters."""
    font = theme.font(13)
    for feature in ("liga", "clig", "calt", "dlig"):
        font.setFeature(QFont.Tag(feature), 0)
    return font


def write_pdf(html: str, title: str, path: Path) -> Path:
    """Write HTML as a PDF, whole or not at all.

    Raises:
        KnownError: the file cannot be written.
    """
    content = pdf_of(html, title)
    waiting = path.with_name(f".{path.name[:100]}.part")
    try:
        waiting.write_bytes(content)
        waiting.replace(path)
    except OSError as error:
        waiting.unlink(missing_ok=True)
        raise KnownError(
            f"{path} could not be written: {error.strerror}.",
            "Check that the folder is there, has room and may be written, then try again.",
        ) from error
    return path


def write_pdf_without_window(html: str, title: str, path: Path) -> Path:
    """Do what `write_pdf` does where there is no window, and maybe no screen.

    Raises:
        KnownError: the file cannot be written.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication.instance() or QGuiApplication([])
    theme.load_fonts()
    written = write_pdf(html, title, path)
    del application  # it has to outlive the fonts
    return written
