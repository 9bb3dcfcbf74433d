"""The cast: the same people in every test.

Each fixture is a User (None for the stranger); `client_of` signs one in. The constable is
the insider; the colleague shares his agency; the nurse is from elsewhere.
"""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from courses.choices import Approval, Role
from tests.factories import make_agency, make_person, make_post, make_sector, make_user


@pytest.fixture
def client_of():
    """client_of(user) is a browser in which that user is signed in; client_of(None) a stranger's."""

    def sign_in(user):
        client = Client()
        if user is not None:
            client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def police(db):
    return make_agency(name="Royal Saint Lucia Police Force", short_name="RSLPF", sector=make_sector("police"))


@pytest.fixture
def hospital(db):
    return make_agency(name="Owen King EU Hospital", sector=make_sector("health"))


@pytest.fixture
def department(db):
    return make_agency(name="Department of Home Affairs", sector=make_sector("civil"))


def _user(full_name, agency, role=Role.TRAINEE, **kwargs):
    person = make_person(full_name=full_name, agency=agency, **kwargs)
    address = full_name.split()[0].lower()
    return make_user(email=f"{address}@example.org", role=role, person=person)


@pytest.fixture
def anonymous():
    return None


@pytest.fixture
def pending(police):
    return _user("Perpetua Waiting", police, approval=Approval.PENDING)


@pytest.fixture
def constable(police):
    post = make_post(agency=police, name="Gros Islet")
    return _user("Constance Joseph", police, post=post, rank="Constable", sex="female")


@pytest.fixture
def colleague(police):
    return _user("Cletus Charles", police, rank="Corporal")


@pytest.fixture
def nurse(hospital):
    return _user("Nadège St. Prix", hospital, rank="Staff nurse")


@pytest.fixture
def facilitator(department):
    return _user("Felix Facilitator", department, Role.FACILITATOR)


@pytest.fixture
def supervisor_police(police):
    return _user("Septimus Inspector", police, Role.SUPERVISOR)


@pytest.fixture
def supervisor_health(hospital):
    return _user("Sylvie Matron", hospital, Role.SUPERVISOR)


@pytest.fixture
def auditor(db):
    until = timezone.localdate() + timedelta(days=30)
    person = make_person(full_name="Augusta Auditor", agency=None)
    return make_user(email="augusta@example.org", role=Role.AUDITOR, role_until=until, person=person)


@pytest.fixture
def focal_point(department):
    return _user("Francine Focal", department, Role.FOCAL_POINT)


@pytest.fixture
def administrator(department):
    return _user("Ada Administrator", department, Role.ADMINISTRATOR)


@pytest.fixture
def desk(client_of, focal_point):
    """The focal point's browser."""
    return client_of(focal_point)


CAST = [
    "anonymous",
    "pending",
    "constable",
    "colleague",
    "nurse",
    "facilitator",
    "supervisor_police",
    "supervisor_health",
    "auditor",
    "focal_point",
    "administrator",
]
