from datetime import timedelta

import pytest
from django.utils import timezone

from courses.audit.models import AuditEntry
from courses.choices import WorkshopState
from courses.room import figures, survey
from courses.room.models import SurveyReceipt, SurveyReply
from courses.room.standing import people_of
from tests.courses.room.room import make_room
from tests.factories import make_registration

pytestmark = pytest.mark.django_db


def said(n=4, helped=""):
    return {"marks": {"clear": n}, "helped": helped, "better": ""}


def reply(registration, **kwargs):
    return survey.reply(registration, said(**kwargs), at=timezone.now())


def test_one_person_replies_once():
    registration = make_registration(make_room())
    reply(registration)
    with pytest.raises(survey.ReplyRefused) as caught:
        reply(registration)

    assert caught.value.code == "twice"
    assert SurveyReply.objects.count() == SurveyReceipt.objects.count() == 1


def test_nothing_leads_from_a_reply_to_a_person():
    """No person, time or number; no audit entry; and no order: rows are written anew by lot each time."""
    assert {field.name for field in SurveyReply._meta.fields} == {
        "uuid", "workshop", "on_paper", "marks", "helped", "better", "is_shown",
    }  # fmt: skip
    assert {field.name for field in SurveyReceipt._meta.fields} == {"uuid", "registration"}
    workshop, newest_is_last, keys = make_room(people=12), [], set()
    before = AuditEntry.objects.count()
    for n, one in enumerate(people_of(workshop)):
        reply(one.registration, helped=f"Reply {n}")
        # As they lie in the table: SQLite's hidden number, PostgreSQL's place in the file.
        rows = list(SurveyReply.objects.order_by().values_list("pk", "helped"))
        assert not keys & {pk for pk, _text in rows}
        keys |= {pk for pk, _text in rows}
        newest_is_last.append(rows[-1][1] == f"Reply {n}")

    assert AuditEntry.objects.count() == before
    # By chance once in 479,001,600.
    assert not all(newest_is_last)


def test_totals_are_hidden_until_five_and_grow_by_three():
    workshop = make_room(people=9)
    shown = []
    for n, one in enumerate(people_of(workshop), 1):
        reply(one.registration, n=5 if n <= 5 else 1, helped=f"Reply {n}")
        found = figures.survey_of([workshop])
        shown.append((found.n, found.shown, len(found.helped), sum(found.marks["clear"].counts)))

    assert [(n, k) for n, k, _texts, _marks in shown] == [
        (1, 0), (2, 0), (3, 0), (4, 0), (5, 5), (6, 5), (7, 5), (8, 8), (9, 8),
    ]  # fmt: skip
    assert all(k == texts == marks for _n, k, texts, marks in shown)


def test_who_types_sheets_of_paper_cannot_uncover_the_others(focal_point):
    workshop = make_room(people=4)
    for one in people_of(workshop):
        reply(one.registration, helped="By phone")
    for _n in range(5):
        survey.reply_on_paper(workshop, said(helped="Known"), actor=focal_point, at=timezone.now())
    found = figures.survey_of([workshop])

    assert (found.n, found.on_paper, found.shown, set(found.helped)) == (9, 5, 5, {"Known"})


def refused(registration, at=None):
    with pytest.raises(survey.ReplyRefused) as caught:
        survey.reply(registration, said(), at=at or timezone.now())
    assert not SurveyReply.objects.exists()
    return caught.value.code


def test_it_opens_with_the_last_session_and_stays_open_afterwards():
    workshop = make_room(capacity=1)
    registration = make_registration(workshop)

    assert refused(registration, at=timezone.now() - timedelta(hours=2)) == "early"
    assert refused(make_registration(workshop)) == "absent"
    workshop.state = WorkshopState.CLOSED
    workshop.save()
    reply(registration)
    assert SurveyReply.objects.count() == 1


def test_a_workshop_that_is_called_off_has_no_survey():
    registration = make_registration(make_room(state=WorkshopState.OPEN))
    registration.workshop.state = WorkshopState.CANCELLED
    registration.workshop.save()

    assert refused(registration) == "closed"
