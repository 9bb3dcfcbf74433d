"""Whoever can see the keys is not certified without a second person."""

import pytest
from django.utils import timezone

from certificates.confirming import NotBySomebodyElse, confirm
from certificates.correcting import correct, decide_name, withdraw
from certificates.issuing import issue
from certificates.models import Certificate, SecondPerson
from certificates.seconding import waiting_for_second_person
from certificates.tasks import issue_certificate
from courses.append_only import AppendOnlyError
from courses.audit.models import AuditEntry
from courses.choices import Approval, Role
from courses.people.approving import approve
from courses.people.models import NameCorrection
from courses.people.roles import give_role, saw_keys
from courses.signals import course_completed
from tests.certificates.conftest import NOW
from tests.factories import make_completion, make_enrolment, make_person, make_site, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(focal_point):
    """The focal point has completed a course herself."""
    return make_completion(make_enrolment(focal_point.person), at=NOW)


def certified(completion):
    return Certificate.objects.filter(completion=completion).exists()


# --- Who saw keys -----------------------------------------------------------------------


def test_who_writes_courses_saw_keys_and_keeps_what_was_read(
    focal_point, administrator, constable, facilitator
):
    give_role(focal_point, Role.TRAINEE, actor=administrator, at=NOW)

    assert saw_keys(focal_point.person)
    assert saw_keys(administrator.person)
    assert not saw_keys(constable.person)
    assert not saw_keys(facilitator.person)


def test_a_second_record_of_the_same_person_hides_nothing(focal_point):
    twin = make_person(merged_into=focal_point.person)
    third = make_person(merged_into=focal_point.person)
    for person in (twin, third):
        make_completion(make_enrolment(person), at=NOW)

    assert saw_keys(twin)
    assert waiting_for_second_person().count() == 2


# --- The ways around it -----------------------------------------------------------------


def test_neither_the_verb_nor_the_task_issues_it(own, focal_point):
    course_completed.send(type(own), completion=own, at=NOW)
    issue_certificate.enqueue(own.pk, NOW.isoformat())

    assert issue(own, actor=focal_point, at=NOW) is None
    assert not certified(own)


def test_giving_up_the_role_first_does_not_issue_it(own, focal_point, administrator):
    give_role(focal_point, Role.TRAINEE, actor=administrator, at=NOW)

    assert issue(own, actor=None, at=NOW) is None


def test_approving_does_not_issue_it(own, focal_point, administrator):
    focal_point.person.approval = Approval.PENDING
    focal_point.person.save()

    approve(focal_point.person, actor=administrator, at=NOW)

    assert not certified(own)


def test_correcting_the_name_does_not_issue_it(own, focal_point, administrator):
    wish = NameCorrection.objects.create(person=focal_point.person, wanted="Francine Focál", asked_at=NOW)

    assert decide_name(wish, accepted=True, actor=administrator, at=NOW) is None
    assert not certified(own)


def test_after_withdrawing_nothing_is_issued_anew(own, administrator):
    confirm(own, actor=administrator, at=NOW)
    certificate = Certificate.objects.get(completion=own)
    withdraw(certificate, public_reason="error", reason="Error", actor=administrator, at=NOW)

    assert issue(own, actor=None, at=NOW) == certificate
    assert Certificate.objects.count() == 1


def test_a_renewal_waits_again(own, administrator):
    confirm(own, actor=administrator, at=NOW)
    own.enrolment.ended_at = NOW
    own.enrolment.save()

    second = make_completion(make_enrolment(own.enrolment.person, own.enrolment.course), at=NOW)

    assert issue(second, actor=None, at=NOW) is None


@pytest.mark.parametrize("who", ["focal_point", "facilitator", "constable", "bare"])
def test_it_is_another_person_who_may(request, own, who):
    actor = make_user(person=None, role=Role.ADMINISTRATOR) if who == "bare" else request.getfixturevalue(who)

    with pytest.raises(NotBySomebodyElse):
        confirm(own, actor=actor, at=NOW)
    assert not SecondPerson.objects.exists()


def test_nobody_confirms_through_a_second_record(focal_point, administrator):
    twin = make_completion(make_enrolment(make_person(merged_into=focal_point.person)), at=NOW)

    with pytest.raises(NotBySomebodyElse):
        confirm(twin, actor=focal_point, at=NOW)


# --- Confirming -------------------------------------------------------------------------


def test_confirming_issues_the_certificate_and_says_who(own, administrator):
    confirm(own, actor=administrator, at=NOW)
    confirm(own, actor=administrator, at=NOW)

    row = SecondPerson.objects.get()
    assert (row.confirmed_by, row.name, row.at) == (administrator.person, "Ada Administrator", NOW)
    assert Certificate.objects.get().completion == own
    assert AuditEntry.objects.get(verb="completion confirmed").actor_id == administrator.pk
    with pytest.raises(AppendOnlyError):
        row.delete()


def test_a_certificate_of_before_can_be_corrected_after_a_promotion(constable, administrator):
    completion = make_completion(make_enrolment(constable.person), at=NOW)
    certificate = issue(completion, actor=None, at=NOW)
    give_role(constable, Role.FOCAL_POINT, actor=administrator, at=NOW)

    assert issue(completion, actor=None, at=NOW) == certificate
    assert correct(certificate, reason="Name", actor=administrator, at=NOW).replaces == certificate


# --- The screens ------------------------------------------------------------------------


@pytest.fixture
def desk(client_of, administrator):
    make_site()
    return client_of(administrator)


def test_the_list_names_who_waits_and_leads_to_the_confirmation(desk, own, constable):
    make_completion(make_enrolment(constable.person), at=NOW)

    page = desk.get("/admin/certificates/second-person/").content.decode()

    assert "Francine Focal" in page
    assert "Constance Joseph" not in page
    assert f'href="/admin/certificates/second-person/{own.pk}/"' in page
    assert "1 certificate waits for a second person" in desk.get("/admin/").content.decode()


def test_looking_confirms_nothing_and_posting_does(desk, own):
    looked = desk.get(f"/admin/certificates/second-person/{own.pk}/")
    before = certified(own)

    posted = desk.post(f"/admin/certificates/second-person/{own.pk}/", follow=True).content.decode()

    assert (looked.status_code, before, certified(own)) == (200, False, True)
    assert "The certificate of Francine Focal is issued in a minute." in posted
    assert desk.get(f"/admin/certificates/second-person/{own.pk}/").status_code == 404


def test_ones_own_is_shown_without_a_button_and_refused(client_of, focal_point, own):
    make_site()
    client = client_of(focal_point)

    page = client.get("/admin/certificates/second-person/").content.decode()
    posted = client.post(f"/admin/certificates/second-person/{own.pk}/")

    assert "somebody else confirms it" in page
    assert f"second-person/{own.pk}/" not in page
    assert posted.status_code in (302, 403)
    assert not certified(own)


@pytest.mark.parametrize("n", [1, 5])
def test_the_list_asks_a_constant_number_of_times(desk, n, django_assert_max_num_queries):
    for _n in range(n):
        make_completion(make_enrolment(make_user(role=Role.FOCAL_POINT).person), at=NOW)
    desk.get("/admin/certificates/second-person/")

    with django_assert_max_num_queries(20):
        desk.get("/admin/certificates/second-person/")


def test_the_record_says_that_the_certificate_waits(client_of, focal_point, own, administrator):
    client = client_of(focal_point)
    before = client.get("/my/record/").content.decode()

    confirm(own, actor=administrator, at=timezone.now())
    after = client.get("/my/record/").content.decode()

    assert "another member of the training team confirms it first" in before
    assert "being prepared" not in before
    assert "another member of the training team" not in after
    assert Certificate.objects.get().number in after
