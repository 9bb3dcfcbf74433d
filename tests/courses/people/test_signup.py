import re

import pytest
from django.core import mail
from django.urls import reverse

from courses.audit.models import AuditEntry
from courses.choices import Approval, Role, SignupMode
from courses.people.models import Person, SignupSettings, User
from tests.factories import PASSWORD, make_agency, make_person, make_post, make_sector, make_site, make_user

pytestmark = pytest.mark.django_db
URL = "/accounts/signup/"


@pytest.fixture(autouse=True)
def _site(db):
    make_site()


def form(of, **changes):
    return {
        "full_name": "Éloïse Du Boulay",
        "agency": of.pk,
        "post": "",
        "sector": "",
        "rank": "Constable",
        "service_number": "417",
        "sex": "not_said",
        "language": "en",
        "email": "eloise@example.org",
        "password1": "nine green parrots",
        "password2": "nine green parrots",
        **changes,
    }


def set_mode(mode, domains=""):
    from wagtail.models import Site

    SignupSettings.objects.update_or_create(
        site=Site.objects.get(is_default_site=True), defaults={"mode": mode, "domains": domains}
    )


def confirm(client, message):
    address = re.search(r"http://\S+(/accounts/confirm-email/\S+/)", message.body).group(1)
    return client.post(address)


def test_signing_up_makes_a_waiting_person_and_a_log_in(client, police):
    post = make_post(agency=police, name="Soufrière")

    response = client.post(URL, form(police, post=post.pk))

    user = User.objects.get()
    person = user.person
    assert response.status_code == 302
    assert response["Location"] == reverse("account_email_verification_sent")
    assert (person.full_name, person.agency, person.post, person.rank, person.service_number, person.sex) == (
        "Éloïse Du Boulay",
        police,
        post,
        "Constable",
        "417",
        "not_said",
    )
    assert (person.approval, person.sector, person.language) == (Approval.PENDING, None, "en")
    assert (user.role, user.is_staff, user.is_superuser, user.email) == (
        Role.TRAINEE,
        False,
        False,
        "eloise@example.org",
    )
    assert AuditEntry.objects.filter(verb="signed up", object_id=str(person.pk)).count() == 1


def test_the_address_must_be_confirmed_before_signing_in(client, police):
    client.post(URL, form(police))
    sign_in = {"login": "eloise@example.org", "password": "nine green parrots", "own_device": "no"}

    before = client.post("/accounts/login/", sign_in)
    confirm(client, mail.outbox[0])
    client.logout()
    client.post("/accounts/login/", sign_in)

    assert before["Location"] == reverse("account_email_verification_sent")
    assert client.session["_auth_user_id"] == str(User.objects.get().pk)


def test_privileged_fields_are_ignored(client, police):
    extra = {
        "role": "administrator",
        "approval": "approved",
        "is_staff": "on",
        "is_superuser": "1",
        "is_active": "",
        "groups": "1",
        "person": "1",
        "left_on": "2020-01-01",
        "merged_into": "1",
        "username": "root",
        "uuid": "11111111-1111-1111-1111-111111111111",
    }

    client.post(URL, form(police, **extra))

    user = User.objects.get()
    assert (user.role, user.is_staff, user.is_superuser, user.is_active) == ("trainee", False, False, True)
    assert user.groups.count() == 0
    assert user.username != "root"
    assert (user.person.approval, user.person.left_on, user.person.merged_into) == ("pending", None, None)
    assert str(user.person.uuid) != extra["uuid"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("full_name", "Ann\u202eBell"),
        ("full_name", "<script>alert(1)</script>"),
        ("full_name", ""),
        ("full_name", "x" * 200),
        ("rank", "Con\u200bstable"),
        ("rank", "x" * 121),
        ("service_number", "=1+1"),
        ("service_number", "4'; DROP TABLE"),
        ("sex", "other"),
        ("language", "xx"),
        ("agency", "99999"),
        ("agency", "' OR 1=1"),
        ("post", "99999"),
        ("email", "not an address"),
        ("password1", "short"),
        ("password1", "Saint Lucia 2026"),
    ],
)
def test_hostile_or_wrong_input_is_refused(client, police, field, value):
    response = client.post(URL, form(police, **{field: value}))

    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert (User.objects.count(), Person.objects.count(), len(mail.outbox)) == (0, 0, 0)


def test_a_post_of_another_agency_is_refused(client, police, hospital):
    post = make_post(agency=hospital)

    response = client.post(URL, form(police, post=post.pk))

    assert list(response.context["form"].errors) == ["post"]


def test_a_retired_agency_is_not_offered(client, police):
    retired = make_agency(name="Gone Agency", retired=True)

    page = client.get(URL).content.decode()
    response = client.post(URL, form(retired))

    assert "Royal Saint Lucia" in page
    assert "Gone Agency" not in page
    assert list(response.context["form"].errors) == ["agency"]


def test_agencies_stand_under_their_sector_and_posts_under_their_agency(client, police):
    make_post(agency=police, name="Soufrière")

    page = client.get(URL).content.decode()

    assert re.search(r'<optgroup label="Police">\s*<option value="\d+">Royal Saint Lucia Police Force', page)
    assert re.search(r'<optgroup label="Royal Saint Lucia Police Force">\s*<option value="\d+">Soufrière', page)


@pytest.mark.parametrize("n", [1, 20])
def test_the_form_asks_the_database_a_constant_number_of_times(client, django_assert_max_num_queries, n):
    for _ in range(n):
        make_post(agency=make_agency())
    client.get(URL)

    with django_assert_max_num_queries(12):
        client.get(URL)


def test_the_agencys_own_sector_is_not_stored(client, police):
    client.post(URL, form(police, sector=police.sector.pk))

    assert Person.objects.get().sector is None


def test_another_line_of_work_is_stored(client, police):
    health = make_sector("health")

    client.post(URL, form(police, sector=health.pk))

    assert Person.objects.get().sector == health


def test_a_known_address_is_not_revealed(client, police, constable):
    fresh = client.post(URL, form(police))
    client.logout()

    known = client.post(URL, form(police, full_name="Zebulon Else", email=constable.email.upper()))

    assert (known.status_code, known["Location"]) == (fresh.status_code, fresh["Location"])
    assert Person.objects.filter(full_name="Zebulon Else").count() == 0
    assert [message.to for message in mail.outbox] == [["eloise@example.org"], [constable.email]]
    assert "Zebulon" not in mail.outbox[1].body


def test_a_known_service_number_is_not_revealed(client, police):
    make_person(agency=police, service_number="417")

    response = client.post(URL, form(police))

    person = User.objects.get().person
    assert response["Location"] == reverse("account_email_verification_sent")
    assert person.service_number == ""
    assert AuditEntry.objects.get(verb="signed up").facts["service_number_taken"] is True


def test_password_reset_answers_alike_for_known_and_unknown(client, constable):
    answers = []
    for address in [constable.email, "nobody@example.org"]:
        response = client.post("/accounts/password/reset/", {"email": address})
        answers.append((response.status_code, response["Location"]))

    assert answers[0] == answers[1]
    assert [message.to for message in mail.outbox] == [[constable.email], ["nobody@example.org"]]


def test_reset_mail_carries_this_sites_address_whatever_the_host_header(client, constable, settings):
    client.post("/accounts/password/reset/", {"email": constable.email}, headers={"host": "evil.example"})

    assert "evil.example" not in mail.outbox[0].body + mail.outbox[0].subject
    assert f"{settings.SITE_URL}/accounts/password/reset/key/" in mail.outbox[0].body


def test_log_in_answers_alike_for_known_and_unknown(client, constable):
    pages = []
    for address in [constable.email, "nobody@example.org"]:
        response = client.post(
            "/accounts/login/", {"login": address, "password": "wrong password", "own_device": "no"}
        )
        pages.append((response.status_code, response.context["form"].errors.as_json()))

    assert pages[0] == pages[1]


def test_by_invitation_the_form_is_closed(client, police):
    set_mode(SignupMode.INVITATION)

    page = client.get(URL)
    client.post(URL, form(police))

    assert "full_name" not in page.content.decode()
    assert User.objects.count() == 0


def test_a_listed_domain_is_approved_once_the_address_is_confirmed(client, police):
    set_mode(SignupMode.DOMAINS, "govt.lc\n@example.org\n")
    client.post(URL, form(police))
    before = Person.objects.get().approval

    confirm(client, mail.outbox[0])

    assert (before, Person.objects.get().approval) == (Approval.PENDING, Approval.APPROVED)


@pytest.mark.parametrize("address", ["a@evil.org", "a@example.org.evil.org", "a@sub.example.org"])
def test_another_domain_is_refused(client, police, address):
    set_mode(SignupMode.DOMAINS, "example.org")

    response = client.post(URL, form(police, email=address))

    assert list(response.context["form"].errors) == ["email"]


def test_a_refused_person_is_not_let_in_by_the_domain(client, police):
    set_mode(SignupMode.DOMAINS, "example.org")
    client.post(URL, form(police))
    Person.objects.update(approval=Approval.REFUSED)

    confirm(client, mail.outbox[0])

    assert Person.objects.get().approval == Approval.REFUSED


def test_two_at_once_with_one_address_make_one_log_in(client, police):
    taken = make_user(email="eloise@example.org", password=PASSWORD)
    taken.emailaddress_set.all().delete()

    response = client.post(URL, form(police))

    assert response["Location"] == reverse("account_email_verification_sent")
    assert User.objects.count() == 1
