from datetime import timedelta

import pytest
from django.utils import timezone

from courses.choices import WorkshopState
from courses.workshops import planning
from courses.workshops.models import Workshop
from tests.factories import make_agency, make_person, make_registration, make_workshop

pytestmark = pytest.mark.django_db


def test_a_copy_keeps_the_times_of_day_and_takes_nobody_over():
    teacher, agency = make_person(), make_agency()
    workshop = make_workshop(days=2, facilitators=[teacher], rows_given=9, capacity=30)
    workshop.agencies.set([agency])
    workshop.save()
    make_registration(workshop)
    first_day = timezone.localdate() + timedelta(days=40)

    new = planning.copy_workshop(workshop, first_day, actor=None, at=timezone.now())

    new = Workshop.objects.get(pk=new.pk)
    assert (new.state, new.title, new.capacity, new.rows_given) == ("planned", workshop.title, 30, 0)
    assert [timezone.localtime(one.starts_at) for one in new.sessions.order_by("starts_at")] == [
        timezone.localtime(one.starts_at) + timedelta(days=40)
        for one in workshop.sessions.order_by("starts_at")
    ]
    assert (list(new.facilitators.all()), list(new.agencies.all())) == ([teacher], [agency])
    assert new.registrations.count() == 0


def test_what_has_no_day_is_not_opened():
    workshop = make_workshop(days=0, state=WorkshopState.PLANNED)

    with pytest.raises(planning.NotPossible) as refused:
        planning.open_registration(workshop, actor=None, at=timezone.now())

    assert refused.value.code == "sessions"


def test_only_what_is_planned_is_opened():
    workshop = make_workshop(state=WorkshopState.PLANNED)

    planning.open_registration(workshop, actor=None, at=timezone.now())

    assert Workshop.objects.get().is_open
    with pytest.raises(planning.NotPossible):
        planning.open_registration(workshop, actor=None, at=timezone.now())
