from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from courses.attendance.photographs import PhotoRefused
from courses.people.merging import merge
from courses.transcript.models import EarlierTraining
from courses.transcript.reading import transcript_of
from courses.transcript.recording import record_earlier, strike
from tests.factories import (
    make_attendance,
    make_completion,
    make_course,
    make_enrolment,
    make_person,
    make_registration,
    make_workshop,
)

pytestmark = pytest.mark.django_db


def earlier(person, scan=None, **facts):
    facts = {"title": "First steps", "provider": "IOM", "held_on": date(2018, 5, 4), "minutes": 480, **facts}
    return record_earlier(person, scan=scan, actor=None, at=timezone.now(), **facts)


@pytest.fixture
def learner(constable):
    """Completed a course of 200 minutes, was at one of two sessions of its workshop, and once before."""
    person, course = constable.person, make_course(title="Signs")
    make_completion(make_enrolment(person, course), minutes=200)
    registration = make_registration(make_workshop(title="Signs in the room", course=course), person)
    make_attendance(registration)
    earlier(person)
    return person


def test_everything_is_in_one_list_and_hours_count_once(learner):
    transcript = transcript_of(learner)

    told = {(entry.kind, entry.title, entry.minutes, entry.counted) for entry in transcript.entries}
    assert told == {
        ("course", "Signs", 200, 200),
        ("workshop", "Signs in the room", 180, 0),
        ("earlier", "First steps", 480, 480),
    }
    assert transcript.minutes == 680
    assert "1 of 2 sessions" in {str(entry.note) for entry in transcript.entries}


def test_records_merged_into_one_are_one_transcript(learner):
    other = make_person()
    learner.merged_into = other
    learner.save()

    assert transcript_of(other).minutes == 680


def test_a_workshop_that_both_of_two_merged_records_attended_counts_once(learner):
    walk_in, workshop = make_person(), learner.registrations.get().workshop
    twice = make_registration(workshop, walk_in)
    for session in workshop.sessions.all():
        make_attendance(twice, session)
    merge(walk_in, learner, actor=None, at=timezone.now())

    (held,) = [one for one in transcript_of(learner).entries if one.kind == "workshop"]

    assert (held.minutes, held.note) == (360, "2 of 2 sessions")


def test_a_workshop_to_come_is_announced_and_counts_nothing(constable):
    make_registration(make_workshop(title="Next"), constable.person)

    transcript = transcript_of(constable.person)

    assert [one.workshop.title for one in transcript.coming] == ["Next"]
    assert (transcript.entries, transcript.minutes) == ([], 0)


def test_the_same_paper_is_recorded_once_and_struck_out_it_counts_no_more(constable):
    training, is_new = earlier(constable.person)
    again, new_again = earlier(constable.person)

    assert (again, is_new, new_again) == (training, True, False)
    strike(training, "Of somebody else", actor=None, at=timezone.now())
    strike(training, "Again", actor=None, at=timezone.now())
    assert transcript_of(constable.person).entries == []
    assert EarlierTraining.objects.get().struck.reason == "Of somebody else"


@pytest.mark.parametrize("content", [b"<script>", b"%PDF-1.4 cut off", b"\xff\xd8\xff nothing"])
def test_a_scan_that_is_none_is_refused_and_nothing_is_kept(constable, content):
    with pytest.raises(PhotoRefused):
        earlier(constable.person, scan=SimpleUploadedFile("scan.pdf", content))

    assert not EarlierTraining.objects.exists()


def test_a_long_record_takes_the_queries_of_a_short_one(learner, django_assert_max_num_queries):
    for n in range(12):
        registration = make_registration(make_workshop(), learner)
        make_attendance(registration)
        earlier(learner, title=f"Earlier {n}")

    with django_assert_max_num_queries(6):
        assert len(transcript_of(learner).entries) == 27
