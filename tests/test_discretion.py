"""Who is trained in this is sensitive on a small island: what mail, files, tabs and devices tell."""

import re
from email.utils import parseaddr

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from certificates.correcting import correct
from certificates.issuing import issue
from certificates.models import Certificate
from courses.choices import Approval
from courses.people.approving import approve, ask, refuse
from courses.people.models import Person
from tests.answering import take
from tests.factories import (
    PASSWORD,
    make_completion,
    make_course,
    make_enrolment,
    make_person,
    make_site,
    make_small_course,
    make_user,
)

pytestmark = pytest.mark.django_db

TOPIC = re.compile(r"traffick|victim|exploit|slavery|abuse|counter-|\bTIP\b|police|sector", re.IGNORECASE)
NEW_PASSWORD = "nine green parrots"
SECTORS = ["police", "immigration", "diplomatic", "health", "civil", "social"]


@pytest.fixture(autouse=True)
def _site(db):
    make_site()


def sign_up(police, email="new@example.org"):
    client = Client()
    client.post(
        reverse("account_signup"),
        {
            "full_name": "Éloïse Du Boulay",
            "agency": police.pk,
            "rank": "Constable",
            "language": "en",
            "email": email,
            "password1": NEW_PASSWORD,
            "password2": NEW_PASSWORD,
        },
    )
    return client


def sign_in(user, own_device="no"):
    client = Client()
    response = client.post(
        reverse("account_login"), {"login": user.email, "password": PASSWORD, "own_device": own_device}
    )
    assert response.status_code == 302
    return client


# --- Mail -------------------------------------------------------------------------------


def asked_for_a_log_in(police, user):
    sign_up(police)


def asked_again_with_a_known_address(police, user):
    sign_up(police, email=user.email)


def reset_the_password(police, user):
    client = Client()
    client.post(reverse("account_reset_password"), {"email": user.email})
    link = re.search(r"http\S+?(/accounts/password/reset/key/\S+)", mail.outbox[-1].body)[1]
    form = client.get(link, follow=True).request["PATH_INFO"]
    client.post(form, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    user.refresh_from_db()
    assert user.check_password(NEW_PASSWORD)


def reset_with_an_unknown_address(police, user):
    Client().post(reverse("account_reset_password"), {"email": "nobody@example.org"})


def changed_the_password(police, user):
    data = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    sign_in(user).post(reverse("account_change_password"), data)


def added_an_address(police, user):
    sign_in(user).post(reverse("account_email"), {"email": "second@example.org", "action_add": ""})


def changed_the_second_step(police, user):
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client = Client()
    client.force_login(user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("mfa_generate_recovery_codes"))
    client.post(reverse("mfa_deactivate_totp"))


def was_approved(police, user):
    approve(make_waiting(police), actor=None, at=timezone.now())


def was_refused(police, user):
    refuse(make_waiting(police), "Not known here.", actor=None, at=timezone.now())


def was_asked(police, user):
    ask(make_waiting(police), "Who sent you?", actor=user, at=timezone.now())


def make_waiting(police):
    person = make_person(full_name="Perpetua Waiting", agency=police, approval=Approval.PENDING)
    make_user(person=person)
    return person


@pytest.mark.parametrize(
    "event",
    [
        asked_for_a_log_in,
        asked_again_with_a_known_address,
        reset_the_password,
        reset_with_an_unknown_address,
        changed_the_password,
        added_an_address,
        changed_the_second_step,
        was_approved,
        was_refused,
        was_asked,
    ],
    ids=lambda event: event.__name__,
)
def test_no_message_tells_what_the_training_is_about(police, settings, event):
    settings.ACCOUNT_EMAIL_NOTIFICATIONS = True  # those too, if an installation wants them
    user = make_user(email="known@example.org", person=make_person(agency=police))
    mail.outbox.clear()

    event(police, user)

    assert mail.outbox
    for message in mail.outbox:
        headers = " ".join(f"{name}: {value}" for name, value in message.message().items())
        html = " ".join(part.content for part in getattr(message, "alternatives", []))
        assert not TOPIC.search(f"{message.subject} {message.body} {html} {headers}"), message.body
        assert police.name not in message.body
        assert parseaddr(message.from_email)[0] == "Learning"
        assert message.attachments == []


# --- Tabs and files ---------------------------------------------------------------------


def titles_of(client, addresses):
    return {
        address: re.search(r"<title>(.*?)</title>", client.get(address).content.decode())[1]
        for address in addresses
    }


def finished(user, **course):
    """The user has done everything in a small course and holds its certificate."""
    page = make_small_course(**course)
    enrolment = make_enrolment(user.person, page.course)
    attempt = take(page.final, user.person, enrolment, at=timezone.now()).attempt
    certificate = issue(make_completion(enrolment), actor=None, at=timezone.now())
    return page, attempt, certificate


def own_addresses(page, attempt, certificate):
    """Every kind of page that belongs to one person."""
    return [
        "/",
        reverse("catalogue"),
        reverse("course", args=[page.slug]),
        reverse("lesson", args=[page.slug, page.lesson_pages[0].slug]),
        reverse("quiz_start", args=[page.check.translation_key]),
        reverse("attempt_result", args=[attempt.uuid]),
        reverse("my_record"),
        reverse("name_correction"),
        reverse("renewals"),
        reverse("reminders"),
        reverse("certificate", args=[certificate.number]),
        reverse("account_email"),
        reverse("account_change_password"),
        reverse("account_logout"),
        reverse("mfa_index"),
        reverse("usersessions_list"),
    ]


def test_no_tab_of_a_signed_in_person_names_the_topic(constable, client_of):
    course = make_course(title="Counter-Trafficking", code="counter-trafficking")
    addresses = own_addresses(*finished(constable, course=course, title="Counter-Trafficking"))

    titles = titles_of(client_of(constable), addresses)

    assert all(title.endswith(" – Learning") for title in titles.values()), titles
    assert not [title for title in titles.values() if TOPIC.search(title)]


def test_the_certificates_file_and_its_title_do_not_name_the_topic(constable, client_of):
    course = make_course(title="Counter-Trafficking")
    certificate = finished(constable, course=course, title="Counter-Trafficking")[2]

    file = client_of(constable).get(reverse("certificate_pdf", args=[certificate.number]))

    assert file["Content-Disposition"] == f'attachment; filename="certificate-{certificate.number}.pdf"'
    assert not TOPIC.search(certificate.file_name)
    # The title of the sheet is the title of the file too.
    assert not TOPIC.search(certificate.facts["title"] + certificate.number)


def test_numbers_of_certificates_hold_no_sector():
    for code in SECTORS:
        issue(make_completion(make_enrolment(make_person(sector=code))), actor=None, at=timezone.now())
    numbers = list(Certificate.objects.order_by("pk").values_list("number", flat=True))

    # One series for all: prefix, year, serial, check character, and nothing that differs by sector.
    assert len({re.fullmatch(r"(SL-\d{4})-\d{5}-[0-9A-Z]", number)[1] for number in numbers}) == 1
    serials = [int(number.split("-")[2]) for number in numbers]
    assert serials == sorted(serials)
    assert serials[-1] - serials[0] < 2 * len(SECTORS)


# --- What a supervisor sees -------------------------------------------------------------


def test_a_supervisor_sees_people_of_the_own_agency_and_no_score(
    constable, nurse, supervisor_police, client_of
):
    page, attempt, certificate = finished(constable)
    client = client_of(supervisor_police)
    seen = Person.objects.visible_to(supervisor_police)

    assert constable.person in seen
    assert nurse.person not in seen
    for name, key in [
        ("attempt", attempt.uuid),
        ("attempt_result", attempt.uuid),
        ("attempt_review", attempt.uuid),
        ("certificate", certificate.number),
        ("certificate_pdf", certificate.number),
    ]:
        assert client.get(reverse(name, args=[key])).status_code == 404, name
    assert client.get(reverse("attempt_question", args=[attempt.uuid, 1])).status_code == 404
    for address in ("/admin/", "/admin/people/", "/admin/pages/"):
        assert client.get(address).status_code == 403, address
    for address in ("/", reverse("my_record"), reverse("course", args=[page.slug])):
        assert constable.person.full_name not in client.get(address).content.decode()


# --- Caches and devices -----------------------------------------------------------------


def test_personal_pages_are_kept_nowhere(constable, client_of):
    page, attempt, certificate = finished(constable)
    correct(certificate, reason="", actor=None, at=timezone.now())
    addresses = own_addresses(page, attempt, certificate)
    addresses += [reverse("certificate_pdf", args=[certificate.number]), "/no-such-page/", "/help/"]
    client = client_of(constable)

    kept = [address for address in addresses if "no-store" not in client.get(address).get("Cache-Control", "")]

    assert kept == []


def test_a_shared_device_keeps_no_session(constable):
    client = sign_in(constable, own_device="no")
    client.get("/")
    client.get(reverse("my_record"))

    cookie = client.cookies["sessionid"]
    assert (cookie["max-age"], cookie["expires"], cookie["httponly"]) == ("", "", True)
    assert [name for name in client.cookies if name not in ("sessionid", "csrftoken", "messages")] == []


def test_signing_out_leaves_nothing_to_come_back_to(constable):
    client = sign_in(constable, own_device="no")
    key = client.session.session_key

    response = client.post(reverse("account_logout"))

    assert response["Clear-Site-Data"] == '"cache"'
    assert not Session.objects.filter(session_key=key).exists()
    assert constable.person.full_name not in client.get("/").content.decode()
