"""Earlier paper certificates at the desk."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from courses.transcript.models import EarlierTraining

pytestmark = pytest.mark.django_db
SCAN = b"%PDF-1.4\n1 0 obj <<>> endobj\n%%EOF\n"
FACTS = {"title": "First steps", "provider": "IOM", "held_on": "2018-05-04", "hours": "7.5"}


def record(client, person, **facts):
    data = {**FACTS, "scan": SimpleUploadedFile("joseph.pdf", SCAN), **facts}
    return client.post(reverse("desk_earlier", args=[person.pk]), data)


def test_an_earlier_certificate_is_put_on_record_with_its_scan(desk, constable):
    record(desk, constable.person)

    training = EarlierTraining.objects.get()
    assert (training.held_on, training.minutes) == (date(2018, 5, 4), 450)
    assert "joseph" not in training.scan.name
    page = desk.get(reverse("people:person", args=[constable.person.pk])).content.decode()
    assert "7 hours 30 minutes" in page
    assert "recorded by" in page
    download = desk.get(reverse("desk_earlier_scan", args=[training.pk]))
    assert b"".join(download.streaming_content) == SCAN
    assert "no-store" in download["Cache-Control"]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"held_on": "2099-01-01"}, "still to come"),
        ({"hours": "0"}, "greater than or equal to 0.5"),
        ({"scan": SimpleUploadedFile("x.exe", b"MZ")}, "must be a JPEG or PNG picture, or a PDF"),
        ({"title": "Call 758 452 1234"}, "looks like a telephone number"),
    ],
)
def test_what_cannot_be_is_refused_and_stays(desk, constable, facts, words):
    answer = record(desk, constable.person, **facts)

    assert words in answer.content.decode()
    assert "IOM" in answer.content.decode()
    assert not EarlierTraining.objects.exists()


def test_one_is_struck_out_and_gone_from_the_persons_own_record(desk, client_of, constable):
    record(desk, constable.person)
    strike = reverse("desk_earlier_strike", args=[EarlierTraining.objects.get().pk])
    assert b"First steps" in client_of(constable).get("/my/record/").content

    desk.post(strike, {"reason": "Of somebody else"})

    assert b"First steps" not in client_of(constable).get("/my/record/").content
    page = desk.get(reverse("people:person", args=[constable.person.pk])).content.decode()
    assert "struck out: First steps. Of somebody else" in page
    assert desk.get(strike).status_code == 404
