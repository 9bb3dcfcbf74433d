"""The last places, asked for by many at the same moment."""

from datetime import timedelta

import pytest
from django.utils import timezone

from courses.choices import RegistrationWay
from courses.workshops import registering
from courses.workshops.models import Registration
from tests.at_once import at_once
from tests.factories import make_person, make_workshop

pytestmark = pytest.mark.django_db(transaction=True)


def test_no_place_is_given_twice_and_no_row():
    workshop = make_workshop(capacity=3, starts_at=timezone.now() + timedelta(days=1))
    people = [make_person() for _n in range(6)]

    def register(n):
        person = people[n % 6]
        registering.register(workshop, person, way=RegistrationWay.SELF, actor=None, at=timezone.now())
        registering.give_rows(workshop)

    at_once(register, 12)

    assert Registration.objects.count() == 6
    assert Registration.objects.waiting().count() == 3
    assert sorted(Registration.objects.coming().values_list("row", flat=True)) == [1, 2, 3]
