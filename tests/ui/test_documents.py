# SPDX-License-Identifier: MIT
"""Documents as PDF: what another program reads in them."""

import io

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from leaddesk.core.errors import KnownError
from leaddesk.ui import documents

PAGE = """<html><body><h1>Zoë Größl</h1><p>Office finance affairs</p>
<table><tr><td>Next</td><td>Demo on Friday, 14:30</td></tr></table></body></html>"""


def words(content):
    reader = PdfReader(io.BytesIO(content))
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def widths(reader):
    """How wide the pictures of the first page are, in dots."""
    found = reader.pages[0]["/Resources"].get("/XObject", {})
    return [one.get_object().get("/Width") for one in found.values()]


@pytest.mark.usefixtures("qapp")
def test_the_text_of_a_pdf_is_text():
    found = words(documents.pdf_of(PAGE, "Zoë Größl"))
    for wanted in ("Zoë Größl", "Office finance affairs", "Next", "Demo on Friday, 14:30"):
        assert wanted in found


@pytest.mark.usefixtures("qapp")
def test_a_long_document_goes_on_over_pages():
    content = documents.pdf_of("".join(f"<p>line {n}</p>" for n in range(300)), "Long")
    reader = PdfReader(io.BytesIO(content))
    assert len(reader.pages) > 3
    assert "line 299" in " ".join(reader.pages[-1].extract_text().split())


@pytest.mark.usefixtures("qapp")
def test_no_picture_is_loaded(tmp_path):
    picture = QImage(300, 300, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    assert picture.save(str(tmp_path / "there.png"))
    there, gone = (
        PdfReader(io.BytesIO(documents.pdf_of(f"<p><img src='{name.as_uri()}'></p>", "x")))
        for name in (tmp_path / "there.png", tmp_path / "gone.png")
    )
    assert widths(there) == widths(gone)


@pytest.mark.usefixtures("qapp")
def test_a_pdf_that_cannot_be_written_is_a_sentence(tmp_path):
    with pytest.raises(KnownError, match="could not be written"):
        documents.write_pdf(PAGE, "x", tmp_path / "gone" / "x.pdf")
    there = documents.write_pdf(PAGE, "x", tmp_path / "x.pdf")
    assert there.read_bytes().startswith(b"%PDF")
    assert [path.name for path in tmp_path.iterdir()] == ["x.pdf"]
