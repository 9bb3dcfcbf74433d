"""Whatever somebody types, no PDF fetches anything: no file of the server, no other host, no attachment."""

import io

import pytest
from django.utils import timezone
from pypdf import PdfReader

from certificates.filing import file_of
from certificates.issuing import issue
from courses import printing
from courses.people import card_sheet, cards
from courses.workshops import sheets
from lms.reports import transcripts
from tests.factories import (
    make_completion,
    make_course,
    make_enrolment,
    make_registration,
    make_site,
    make_workshop,
)

pytestmark = [pytest.mark.django_db, pytest.mark.drawn]
HOSTILE = (
    "<img src=file:///etc/passwd><img src=http://127.0.0.1:9/a>"
    "<style>@import url(http://127.0.0.1:9/b);b{background:url(file:///etc/hosts)}</style>"
    "<link rel=attachment href=file:///etc/passwd><a rel=attachment href=file:///etc/passwd>x</a>"
    "<object data=http://127.0.0.1:9/c></object><base href=http://127.0.0.1:9/>&<svg><image href=file:///etc/passwd>"
)
SHORT = "<img src=file:///etc/passwd>"


@pytest.fixture
def fetched(monkeypatch):
    """Addresses that the renderer was asked for, but for those that carry their own content."""
    asked = []
    fetch = printing.DataOnly.fetch

    def recorded(self, url, headers=None):
        if not url.startswith("data:"):
            asked.append(url)
        return fetch(self, url, headers)

    monkeypatch.setattr(printing.DataOnly, "fetch", recorded)
    return asked


@pytest.fixture
def person(constable):
    make_site()
    person = constable.person
    person.full_name, person.rank, person.service_number = HOSTILE[:150], SHORT, "4711"
    person.save()
    person.agency.name = HOSTILE[:120]
    person.agency.save()
    return person


def text_of(pdf):
    return "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)


def test_the_recorder_records_and_the_renderer_refuses(fetched):
    style = printing.style_of("b{color:red}")
    for html in ('<img src="file:///etc/passwd">', "<style>@import url(http://127.0.0.1:9/b)</style>"):
        with pytest.raises(printing.RenderingFailed):
            printing.to_pdf(f"<html lang=en><title>x</title><body>{html}</body></html>", style)

    assert fetched == ["file:///etc/passwd", "http://127.0.0.1:9/b"]


def test_a_certificate(person, fetched):
    course = make_course(title=HOSTILE[:150])
    certificate = issue(make_completion(make_enrolment(person, course)), actor=None, at=timezone.now())

    pdf = bytes(file_of(certificate, at=timezone.now()).pdf)

    assert fetched == []
    assert SHORT.replace(" ", "") in text_of(pdf)
    assert "/EmbeddedFiles" not in str(PdfReader(io.BytesIO(pdf)).trailer["/Root"])


def test_a_transcript(person, fetched):
    pdf = transcripts.draw(person, at=timezone.now())

    assert SHORT.replace(" ", "") in text_of(pdf)
    assert fetched == []


def test_sheets_of_a_workshop(person, fetched, rf):
    workshop = make_workshop(title=HOSTILE[:150], venue=SHORT)
    make_registration(workshop, person)
    request = rf.get("/")
    facts = sheets.sign_in_sheet(workshop, workshop.sessions.first(), 1, blank=2, at=timezone.now())
    pdfs = [sheets.draw("sheet", facts, request), sheets.draw("cards", sheets.name_cards(workshop), request)]

    assert fetched == []
    assert all(SHORT.replace(" ", "") in text_of(pdf) for pdf in pdfs)


def test_a_code_card(person, fetched, rf, administrator):
    code = cards.issue_card(person, actor=administrator, at=timezone.now())
    pdf = card_sheet.draw([card_sheet.card_of(person, code)], rf.get("/"))

    assert fetched == []
    assert pdf.startswith(b"%PDF")
