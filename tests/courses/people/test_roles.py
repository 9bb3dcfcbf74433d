from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from courses.audit.models import AuditEntry
from courses.choices import Role
from courses.people import roles
from courses.people.groups import FOCAL_POINT, install_groups
from courses.people.models import Person, User
from tests.factories import make_user

pytestmark = pytest.mark.django_db

PREDICATES = {
    "facilitator": {"is_staff_role", "may_teach"},
    "supervisor": {"is_staff_role", "may_see_figures"},
    "auditor": {"is_staff_role", "is_auditor", "may_see_figures", "may_see_every_figure"},
    "focal_point": {
        "is_staff_role",
        "may_enter_desk",
        "may_write_courses",
        "may_approve_content",
        "may_manage_people",
        "may_manage_certificates",
        "may_change_site",
        "may_see_figures",
        "may_see_every_figure",
        "may_make_packs",
        "may_see_results",
        "may_see_keys",
        "may_teach",
    },
    "trainee": set(),
}
PREDICATES["administrator"] = PREDICATES["focal_point"] | {"is_administrator", "may_give_roles"}
ALL = PREDICATES["administrator"] | {"is_auditor"}


def what(user):
    return {name for name in ALL if getattr(roles, name)(user)}


@pytest.mark.parametrize("role", Role.values)
def test_each_role_may_do_this_and_no_more(role):
    assert what(User(role=role)) == PREDICATES[role]


def test_a_stranger_and_a_log_in_switched_off_may_do_nothing():
    assert what(AnonymousUser()) == set()
    assert what(User(role=Role.ADMINISTRATOR, is_superuser=True, is_active=False)) == set()


def test_a_superuser_is_an_administrator():
    assert what(User(is_superuser=True)) == PREDICATES["administrator"]


def test_a_supervisor_supervises_the_own_agency_alone(supervisor_police, police, hospital):
    assert roles.may_supervise(supervisor_police, police)
    assert not roles.may_supervise(supervisor_police, hospital)
    assert not roles.may_supervise(supervisor_police, None)


def test_whose_records_each_may_see(
    constable, colleague, nurse, facilitator, supervisor_police, focal_point, administrator
):
    def seen(user):
        return set(Person.objects.visible_to(user).values_list("full_name", flat=True))

    everyone = set(Person.objects.values_list("full_name", flat=True))
    assert seen(focal_point) == seen(administrator) == everyone
    assert seen(supervisor_police) == {"Constance Joseph", "Cletus Charles", "Septimus Inspector"}
    assert seen(nurse) == {"Nadège St. Prix"}
    assert seen(facilitator) == {"Felix Facilitator"}
    assert seen(make_user(person=None)) == set()
    assert seen(AnonymousUser()) == set()


def desk(client, user):
    client.force_login(user)
    return client.get("/admin/").status_code


def test_a_role_opens_and_closes_the_admin(client, constable, administrator):
    answers = [desk(client, constable)]
    for role in [Role.FOCAL_POINT, Role.SUPERVISOR, Role.ADMINISTRATOR, Role.FACILITATOR]:
        roles.give_role(constable, role, actor=administrator, at=timezone.now())
        answers.append(desk(client, constable))

    constable.refresh_from_db()
    assert answers == [403, 200, 403, 200, 403]
    assert (constable.is_superuser, constable.is_staff, constable.groups.count()) == (False, False, 0)
    given = AuditEntry.objects.filter(verb="role given", object_id=str(constable.pk)).order_by("id")
    assert given.first().facts == {"was": "trainee", "role": "focal_point"}
    assert given.count() == 4


def test_giving_a_role_shows_on_the_object_passed_in(constable, administrator):
    before = constable.has_perm("wagtailadmin.access_admin")

    roles.give_role(constable, Role.FOCAL_POINT, actor=administrator, at=timezone.now())

    assert (before, constable.has_perm("wagtailadmin.access_admin")) == (False, True)


def test_an_unknown_role_is_refused(constable, administrator):
    with pytest.raises(ValueError, match="emperor"):
        roles.give_role(constable, "emperor", actor=administrator, at=timezone.now())


# --- The auditor's day ------------------------------------------------------------------


def test_an_auditor_looks_to_the_end_of_the_last_day_and_is_then_a_trainee(constable, administrator):
    now, today = timezone.now(), timezone.localdate()
    roles.give_role(constable, Role.AUDITOR, actor=administrator, at=now, until=today)
    on_the_day = what(constable)
    constable.role_until = today - timedelta(days=1)

    assert (on_the_day, what(constable)) == (PREDICATES["auditor"], set())


def test_another_role_takes_the_last_day_away(constable, administrator):
    now, day = timezone.now(), timezone.localdate() + timedelta(days=30)
    roles.give_role(constable, Role.AUDITOR, actor=administrator, at=now, until=day)
    roles.give_role(constable, Role.SUPERVISOR, actor=administrator, at=now)

    constable.refresh_from_db()
    facts = [entry.facts for entry in AuditEntry.objects.filter(verb="role given").order_by("id")]
    assert constable.role_until is None
    assert {"was": "trainee", "role": "auditor", "until": day.isoformat()} in facts
    assert {"was": "auditor", "role": "supervisor"} in facts


@pytest.mark.parametrize("days", [None, -1, 400])
def test_an_auditor_has_a_day_within_a_year(constable, administrator, days):
    day = None if days is None else timezone.localdate() + timedelta(days=days)
    with pytest.raises(ValueError, match="last day"):
        roles.give_role(constable, Role.AUDITOR, actor=administrator, at=timezone.now(), until=day)
    with pytest.raises(ValueError, match="last day"):
        roles.give_role(
            constable, Role.FACILITATOR, actor=administrator, at=timezone.now(), until=timezone.localdate()
        )


def test_the_group_lets_no_one_make_users_or_groups(administrator):
    first, second = install_groups(), install_groups()

    names = set(first.permissions.values_list("content_type__app_label", "codename"))
    assert first == second
    assert first.name == FOCAL_POINT
    assert ("wagtailadmin", "access_admin") in names
    assert ("people", "change_person") in names
    assert not [name for name in names if name[0] == "auth" or "user" in name[1] or "group" in name[1]]
    assert first.page_permissions.count() == 5
    assert first.collection_permissions.count() == 6
