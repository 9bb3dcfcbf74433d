"""The record of training as a PDF: what the transcript says, for the office and for oneself."""

import io

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from certificates.correcting import withdraw
from courses.audit.models import AuditEntry
from courses.people.merging import merge
from courses.transcript.reading import transcript_of
from tests.factories import (
    make_attendance,
    make_earlier_training,
    make_person,
    make_registration,
    make_workshop,
)
from tests.lms.reports.holding import certify

pytestmark = pytest.mark.django_db
MINE = "/my/record/transcript/"


@pytest.fixture
def learnt(constable):
    """A course, a workshop and an earlier training; one certificate in force and one withdrawn."""
    person = constable.person
    workshop = make_workshop(title="Ports and borders")
    make_attendance(make_registration(workshop, person))
    make_earlier_training(person, title="First steps")
    withdrawn = certify(person, 100)
    withdraw(withdrawn, public_reason="error", reason="Wrong", actor=None, at=timezone.now())
    return certify(person, 100), withdrawn


def address_of(person):
    return reverse("transcript", args=[person.uuid])


def test_it_says_what_the_transcript_says(client_of, constable, learnt, settings):
    text = client_of(constable).get(MINE).content.decode()
    transcript = transcript_of(constable.person)

    assert len(transcript.entries) == 4
    assert all(entry.title in text for entry in transcript.entries)
    for certificate in learnt:
        assert certificate.number in text
        assert certificate.printed_code in text
    assert "In force" in text
    assert "Withdrawn" in text
    assert f"{settings.SITE_URL.split('://')[1]}/verify" in text
    assert constable.person.full_name in text


def test_the_office_takes_it_from_the_persons_page_and_that_is_on_record(desk, constable, learnt, focal_point):
    address = address_of(constable.person)
    assert address in desk.get(reverse("people:person", args=[constable.person.pk])).content.decode()

    answer = desk.get(address)

    assert answer["Content-Disposition"] == f'attachment; filename="record-{timezone.localdate():%Y-%m-%d}.pdf"'
    assert constable.person.full_name in answer.content.decode()
    entry = AuditEntry.objects.get(verb="transcript made")
    assert (entry.actor_name, entry.object_id) == (str(focal_point), str(constable.person.pk))


def test_a_merged_record_is_in_that_of_the_survivor(desk, client_of, constable, learnt):
    twin = make_person(agency=constable.person.agency)
    make_earlier_training(twin, title="Another school")
    merge(twin, constable.person, actor=None, at=timezone.now())

    assert "Another school" in client_of(constable).get(MINE).content.decode()
    assert desk.get(address_of(twin)).status_code == 404


@pytest.mark.parametrize("role", ["supervisor_police", "auditor", "facilitator", "colleague"])
def test_nobody_else_takes_it(request, client_of, constable, role):
    client = client_of(request.getfixturevalue(role))

    assert client.get(address_of(constable.person)).status_code == 403


def test_my_record_leads_there(client_of, constable, learnt):
    assert MINE in client_of(constable).get(reverse("my_record")).content.decode()


@pytest.mark.drawn
def test_it_is_drawn_tagged_over_as_many_pages_as_it_takes(client_of, constable, learnt):
    for n in range(60):
        make_earlier_training(constable.person, title=f"Seminar {n}")

    reader = PdfReader(io.BytesIO(client_of(constable).get(MINE).content))

    assert len(reader.pages) > 1
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    # Also a loose page says whose it is.
    assert all(constable.person.full_name in page.extract_text() for page in reader.pages)
