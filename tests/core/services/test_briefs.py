# SPDX-License-Identifier: MIT
"""What the receiver of a lead reads, in every form, over real calls."""

import csv
import io
import re
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser

import pytest
import vobject

from leaddesk.core.domain.brief import ALSO
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.roles import Rep
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.errors import KnownError
from leaddesk.core.formats.contact_card import contact_card
from leaddesk.core.services import briefs, calls, endings, playbooks
from leaddesk.core.services.briefs import BriefForm
from tests.core.services.conftest import london
from tests.helpers.talks import answer_everything, best, choice_of, decide, start

HOSTILE = '<img src=x onerror=alert(1)> {{7*7}} **bold** [a](http://x) "q" & \\ |'


def passed(work, clock, **fields):
    """A BANT call that is passed, with quotes; return its brief."""
    work.rep = Rep("Ada Berg", "Acme", "")
    usual = {"first_name": "Zoë", "last_name": "Größl", "company": "Müller, Söhne; KG"}
    with work.store.begin() as unit:
        unit.leads.add([london("L1", email="zoe@x.example", **(usual | fields))])
    call_id = start(work)
    note = fields.get("last_name", "we lose two orders a week")
    first = playbooks.active(work).questions[0]
    picked = next(one.id for one in first.options if not one.open)
    calls.record_answer(work, call_id, first.id, picked, note=note)
    step = fields.get("last_name", "Demo with the plant manager")
    choice = choice_of(work, Verdict.PASS, next_step=step, next_at=clock() + timedelta(days=3))
    endings.decide(work, call_id, choice)
    return briefs.brief_of(work, "L1")


def test_a_brief_says_what_was_agreed_what_was_said_and_what_is_open(work, clock):
    text = briefs.text_of(work, passed(work, clock), BriefForm.TEXT)
    assert text.startswith("Zoë Größl\n")
    assert "Müller, Söhne; KG" in text
    assert "Demo with the plant manager, Thu 26 Nov 2026" in text
    assert "“we lose two orders a week” (said, 23 Nov 2026)" in text
    assert "Still unknown: " in text
    assert "Passed by Ada Berg on Mon 23 Nov 2026" in text


def test_a_call_is_read_in_the_framework_of_its_receiver(work, clock):
    brief = passed(work, clock)
    book = playbooks.active(work)
    wanted = next(view for view in playbooks.views(work) if view.id == book.handoff.view)
    assert brief.framework == (wanted.framework or wanted.title)
    titles = [one.title for one in brief.sections if one.title != ALSO]
    assert titles == [one.title for one in wanted.criteria]
    assert brief.framework != book.framework
    assert sum(len(one.findings) for one in brief.sections) >= 1
    assert brief.still_unknown
    ticked = dict(brief.points)
    assert set(ticked) == set(book.handoff.checklist)
    assert not any(ticked.values())


def test_what_was_said_after_the_pass_is_not_what_it_was_passed_on(work, clock):
    before = passed(work, clock)
    clock.move(hours=5)
    call_id = start(work)
    second = playbooks.active(work).questions[1]
    picked = next(one.id for one in second.options if not one.open)
    calls.record_answer(work, call_id, second.id, picked, note="something new")
    assert briefs.brief_of(work, "L1").sections == before.sections


def test_a_lead_that_was_never_passed_has_none(work):
    with work.store.begin() as unit:
        unit.leads.add([london("L1", last_name="Berg")])
    with pytest.raises(KnownError, match="Berg was not passed to sales"):
        briefs.brief_of(work, "L1")
    decide(work, "L1", Verdict.NURTURE)
    with pytest.raises(KnownError, match="was not passed"):
        briefs.brief_of(work, "L1")


def test_an_override_says_what_was_recommended(work, clock):
    brief = passed(work, clock)
    assert brief.went_against
    assert "Against the recommendation" in briefs.text_of(work, brief, BriefForm.TEXT)


def test_nothing_that_was_said_is_lost_by_the_framework_of_the_receiver(work):
    with work.store.begin() as unit:
        unit.leads.add([london("L1")])
    call_id = start(work)
    answer_everything(work, call_id, best)
    endings.decide(work, call_id, choice_of(work, Verdict.PASS))
    brief = briefs.brief_of(work, "L1")
    known = sum(len(section.findings) for section in brief.sections)
    with work.store.read() as unit:
        assert known == len({fact.question_id for fact in unit.calls.facts_of_lead("L1")})
    assert brief.sections[-1].title == ALSO


class Tags(HTMLParser):
    """Collects the tags of a page, and its text."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.words = [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, sorted(attrs)))

    def handle_data(self, data):
        self.words.append(data)


def test_nothing_of_a_lead_becomes_markup_in_html(work, clock):
    fields = dict.fromkeys(("first_name", "last_name", "company", "title", "city"), HOSTILE)
    page = Tags(briefs.text_of(work, passed(work, clock, **fields), BriefForm.HTML))
    kinds = {tag for tag, _ in page.tags}
    assert not kinds & {"img", "script", "a", "link", "iframe"}
    assert all(name in {"lang", "charset", "class"} for _, attrs in page.tags for name, _ in attrs)
    assert HOSTILE in " ".join("".join(page.words).split())
    assert "49" not in "".join(page.words).replace("+442079460958", "")


def test_a_hostile_name_has_the_tags_of_a_harmless_one(work, clock):
    brief = passed(work, clock)
    harmless = Tags(briefs.text_of(work, brief, BriefForm.HTML))
    lead = replace(brief.lead, first_name=HOSTILE, last_name=HOSTILE, company=HOSTILE)
    hostile = Tags(briefs.text_of(work, replace(brief, lead=lead), BriefForm.HTML))
    assert hostile.tags == harmless.tags


def test_nothing_of_a_lead_becomes_markup_in_markdown(work, clock):
    text = briefs.text_of(work, passed(work, clock, last_name=HOSTILE), BriefForm.MARKDOWN)
    for line in text.splitlines():
        for sign in ("<img", "[a](", "**bold", "{{"):
            assert not re.search(rf"(?<!\\){re.escape(sign)}", line)
    assert "\\<img src=x" in text


@pytest.mark.parametrize(
    "title", ["2026. Plan", "100) Head of", "- Head", "+1", "# Head", "> Head", "1. x"]
)
def test_a_title_does_not_begin_a_list_or_a_heading(work, clock, title):
    text = briefs.text_of(work, passed(work, clock, title=title), BriefForm.MARKDOWN)
    line = text.splitlines()[2]
    assert not re.match(r"\d+[.)]|[-+#>]", line)
    assert line.replace("\\", "").startswith(title)


def test_a_meeting_is_told_by_both_clocks(work, clock):
    text = briefs.text_of(work, passed(work, clock, time_zone="Asia/Kolkata"), BriefForm.TEXT)
    assert re.search(r"Nov 2026, \d\d:\d\d \(UTC[^)]*\), Thu 15:30 where they are", text)


def test_a_row_for_a_crm_has_a_cell_for_each_label(work, clock):
    brief = passed(work, clock)
    header, row = csv.reader(io.StringIO(briefs.text_of(work, brief, BriefForm.CSV)))
    cells = dict(zip(header, row, strict=True))
    assert cells["lead_id"] == "L1"
    assert cells["company"] == "Müller, Söhne; KG"
    assert cells["next_step"] == "Demo with the plant manager"
    assert cells["phone"] == "+442079460958"
    assert cells["handoff_id"] == brief.handoff.handoff_id
    assert "we lose two orders a week" in cells["known"]


@pytest.mark.parametrize(
    "company",
    ["Müller, Söhne; KG", "a\\b\\n c", "田辺商会" * 20, "مؤسسة النور", "line\none\x00two"],
)
def test_a_contact_card_is_read_by_an_address_book(work, clock, company):
    text = briefs.text_of(work, passed(work, clock, company=company), BriefForm.CARD)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    card = vobject.readOne(text)
    assert card.fn.value == "Zoë Größl"
    assert card.n.value.family == "Größl"
    assert card.org.value == [company.replace("\x00", "")]
    assert card.email.value == "zoe@x.example"
    assert card.tel.value == "+442079460958"


def test_a_card_of_a_lead_without_a_name_is_one_too():
    assert vobject.readOne(contact_card(Lead("L1"))).fn.value == "No name"


@pytest.mark.parametrize("ending", [".html", ".md", ".txt", ".csv", ".vcf", ".HTML"])
def test_a_file_holds_what_its_name_says(work, clock, tmp_path, ending):
    brief = passed(work, clock)
    path = briefs.save(work, brief, tmp_path / f"brief{ending}")
    assert path.read_bytes().decode() == briefs.text_of(work, brief, briefs.form_of(path))


def test_a_file_that_cannot_be_written_is_a_sentence(work, clock, tmp_path):
    brief = passed(work, clock)
    with pytest.raises(KnownError, match="could not be written"):
        briefs.save(work, brief, tmp_path / "gone" / "brief.html")
    with pytest.raises(KnownError, match="does not say what to write"):
        briefs.save(work, brief, tmp_path / "brief.docx")
    assert list(tmp_path.glob("brief*")) == []
