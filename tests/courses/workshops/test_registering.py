from datetime import timedelta

import pytest
from django.utils import timezone

from courses.choices import RegistrationState, RegistrationWay, WorkshopState
from courses.workshops import registering
from courses.workshops.models import Registration
from tests.factories import make_person, make_registration, make_workshop

pytestmark = pytest.mark.django_db


def register(workshop, person=None, way=RegistrationWay.SELF):
    """In the hour before it begins, whatever the hour of the test."""
    at = workshop.sessions.first().starts_at - timedelta(hours=1)
    return registering.register(workshop, person or make_person(), way=way, actor=None, at=at)


def test_registering_twice_gives_one_registration():
    workshop, person = make_workshop(), make_person()

    assert register(workshop, person) == register(workshop, person)


def test_beyond_the_places_people_wait_and_walk_ins_do_not():
    workshop = make_workshop(capacity=1)

    states = [register(workshop).state, register(workshop).state]
    walked_in = register(workshop, way=RegistrationWay.WALK_IN)

    assert states == [RegistrationState.REGISTERED, RegistrationState.WAITING]
    assert (walked_in.state, walked_in.label) == (RegistrationState.REGISTERED, "W1")


def test_one_who_waits_and_walks_in_has_a_place():
    workshop = make_workshop(capacity=1)
    register(workshop)
    waiting = register(workshop)

    came = register(workshop, waiting.person, way=RegistrationWay.WALK_IN)

    assert (came.pk, came.state) == (waiting.pk, RegistrationState.REGISTERED)


def test_promoting_twice_changes_once():
    workshop = make_workshop(capacity=1)
    register(workshop)
    waiting = register(workshop)

    assert registering.promote(waiting, actor=None, at=timezone.now())
    assert not registering.promote(waiting, actor=None, at=timezone.now())
    assert Registration.objects.coming().filter(workshop=workshop).count() == 2


def test_rows_go_by_surname_and_stay():
    workshop = make_workshop()
    people = [make_person(full_name=name) for name in ("Zoe Élie", "Ann Zephirin", "Bob Jules")]
    registrations = [make_registration(workshop, person) for person in people]
    registering.give_rows(workshop)
    make_registration(workshop, make_person(full_name="Aaron Aaron"))
    registering.cancel(registrations[0], actor=None, at=timezone.now())

    registering.give_rows(workshop)

    rows = {one.person.full_name: one.row for one in Registration.objects.filter(workshop=workshop)}
    assert rows == {"Zoe Élie": 1, "Bob Jules": 2, "Ann Zephirin": 3, "Aaron Aaron": 4}


@pytest.mark.parametrize(
    ("facts", "code"),
    [({"state": WorkshopState.PLANNED}, "closed"), ({"self_registration": False}, "self")],
)
def test_who_may_not_register_themselves_is_refused(facts, code):
    workshop = make_workshop(**facts)

    with pytest.raises(registering.RegistrationRefused) as refused:
        register(workshop)

    assert refused.value.code == code
    assert register(workshop, way=RegistrationWay.OFFICE).state == RegistrationState.REGISTERED
