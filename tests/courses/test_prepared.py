import uuid

import pytest
from django.db import connection
from django.db.models import CharField, UUIDField
from django.test.utils import CaptureQueriesContext

from courses.people.models import Person, User
from courses.prepared import Blank, Prepared
from tests import factories as make

pytestmark = pytest.mark.django_db

BY_NAME = Prepared(
    lambda: Person.objects.select_related("agency").filter(full_name=Blank("name", CharField())).order_by("pk")
)
BY_UUID = Prepared(
    lambda: Person.objects.filter(uuid=Blank("uuid", UUIDField())).values_list("full_name", flat=True)
)


def test_it_answers_as_the_queryset_does_each_time_for_the_values_given(django_assert_num_queries):
    ann, ben = make.make_person(full_name="Ann"), make.make_person(full_name="Ben")
    for person in (ann, ben, ann):
        with django_assert_num_queries(1):
            assert [(one, one.agency) for one in BY_NAME(name=person.full_name)] == [(person, person.agency)]
        assert BY_UUID(uuid=person.uuid) == [person.full_name]
    assert BY_NAME(name="Cat") == []


def test_it_sees_what_changed_since_it_was_asked_last():
    assert BY_NAME(name="Dora") == []
    dora = make.make_person(full_name="Dora")
    assert BY_NAME(name="Dora") == [dora]


def test_the_sql_is_worked_out_once():
    made = []

    def people():
        made.append(1)
        return User.objects.filter(pk=Blank("pk"))

    prepared = Prepared(people)
    assert [prepared.first(pk=pk) for pk in (0, -1)] == [None, None]
    assert made == [1]


def test_one_row_or_does_not_exist():
    ann = make.make_person(full_name="Ann")
    assert BY_NAME.get(name="Ann") == ann
    with pytest.raises(Person.DoesNotExist):
        BY_NAME.get(name="Nobody")


def test_a_value_is_never_part_of_the_sql():
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert BY_NAME(name="'; DROP TABLE people_person; --") == []
        assert BY_UUID(uuid=uuid.uuid4()) == []
    assert len(asked) == 2
    assert Person.objects.count() == 0
