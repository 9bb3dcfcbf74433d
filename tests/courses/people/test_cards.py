import re
from datetime import timedelta

import pytest
from django.contrib.auth import hashers
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from courses import codes
from courses.audit.models import AuditEntry
from courses.choices import Approval, Role
from courses.people import cards
from courses.people.cards import CardRefused, Refusal, card_in_force, issue_card, plain, revoke_card, user_of
from courses.people.merging import merge
from courses.people.models import CodeCard, Person, User
from courses.people.roles import give_role
from tests.factories import make_agency, make_person, make_site

pytestmark = pytest.mark.django_db
URL = "/accounts/card/"
NOW = timezone.now()


@pytest.fixture(autouse=True)
def _site(db):
    make_site()
    cache.clear()


@pytest.fixture
def person(police):
    return make_person(full_name="Marva Louis", agency=police, service_number="PC 412", phone="+17584521234")


@pytest.fixture
def code(person, focal_point):
    return issue_card(person, actor=focal_point, at=NOW)


def sign_in(number, code, own_device="no", client=None, **extra):
    client = client or Client()
    client.answer = client.post(URL, {"number": number, "code": code, "own_device": own_device, **extra})
    return client


def is_in(client):
    return client.get("/my/record/").status_code == 200


# --- The verbs --------------------------------------------------------------------------


def test_the_code_is_given_once_and_kept_nowhere(person, code, focal_point):
    user = User.objects.get(person=person)

    assert re.fullmatch(f"[{codes.ALPHABET}]{{4}}(-[{codes.ALPHABET}]{{4}}){{2}}", code)
    assert not set("0O1ILU") & set(codes.ALPHABET)
    assert (user.email, user.role, user.has_usable_password()) == (None, Role.TRAINEE, False)
    kept = [*CodeCard.objects.values_list("hash", flat=True), *map(str, AuditEntry.objects.values())]
    assert not any(secret in text for text in kept for secret in (code, plain(code)))


def test_printing_again_stops_the_old_card_and_ends_its_sessions(person, code):
    client = sign_in("pc 412", code)
    assert is_in(client)
    new = issue_card(person, actor=None, at=NOW)

    assert not is_in(client)
    assert (user_of("PC 412", code, at=NOW), user_of("PC 412", new, at=NOW)) == (None, person.user)
    assert CodeCard.objects.filter(person=person).count() == 2


def test_a_card_is_stopped_once(person, code):
    client = sign_in("PC 412", code)

    assert [revoke_card(person, actor=None, at=NOW) for _n in range(2)] == [True, False]
    assert (is_in(client), is_in(sign_in("PC 412", code)), card_in_force(person)) == (False, False, None)


def test_two_cards_in_force_the_database_refuses(person, code):
    with pytest.raises(IntegrityError), transaction.atomic():
        CodeCard.objects.create(person=person, hash="x", issued_at=NOW)


def test_who_gets_no_card(facilitator, constable, police):
    today = timezone.localdate()
    people = {
        Refusal.STAFF: facilitator.person,
        Refusal.NOTHING_TO_TYPE: constable.person,
        Refusal.MERGED: make_person(merged_into=constable.person, phone="+17584520000"),
        Refusal.REFUSED: make_person(approval=Approval.REFUSED, phone="+17584520000"),
        Refusal.LEFT: make_person(left_on=today, phone="+17584520000"),
    }

    for reason, one in people.items():
        with pytest.raises(CardRefused) as refused:
            issue_card(one, actor=None, at=NOW)
        assert refused.value.reason == reason
    assert not CodeCard.objects.exists()


def test_an_auditor_whose_day_is_over_gets_one_like_any_trainee(auditor):
    person = auditor.person
    Person.objects.filter(pk=person.pk).update(phone="+17584520001")
    with pytest.raises(CardRefused):
        issue_card(person, actor=None, at=NOW)
    User.objects.filter(pk=auditor.pk).update(role_until=timezone.localdate() - timedelta(days=1))

    assert user_of("+17584520001", issue_card(person, actor=None, at=NOW), at=NOW) == auditor


# --- Signing in -------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["PC 412", " pc 412 ", "452-1234", "1 (758) 452 1234"])
def test_by_service_number_or_telephone_and_the_code_as_people_type_it(person, code, number):
    client = sign_in(number, code.lower().replace("-", " "))

    assert client.answer.status_code == 302
    assert client.get("/my/record/").context["person"] == person
    assert CodeCard.objects.get().last_used_at is not None
    for address in ("/accounts/email/", "/accounts/2fa/", "/accounts/sessions/", "/accounts/password/set/"):
        assert client.get(address).status_code == 200, address


def test_it_leads_on_and_asks_whose_device_it_is(person, code, settings):
    shared = sign_in("PC 412", code, next="/courses/")
    own = sign_in("PC 412", code, own_device="yes")

    assert shared.answer["Location"] == "/courses/"
    assert shared.answer.cookies["sessionid"]["max-age"] == ""
    assert own.answer.cookies["sessionid"]["max-age"] == settings.OWN_DEVICE_SESSION_SECONDS
    assert "own_device" in Client().post(URL, {"number": "PC 412", "code": code}).context["form"].errors


def test_one_number_in_two_agencies_is_told_apart_by_the_code(person, code):
    other = make_person(agency=make_agency(), service_number="PC 412")
    second = issue_card(other, actor=None, at=NOW)

    assert sign_in("PC 412", code).get("/my/record/").context["person"] == person
    assert sign_in("PC 412", second).get("/my/record/").context["person"] == other


def test_an_unknown_number_and_a_wrong_code_answer_alike_and_cost_alike(person, code, monkeypatch):
    work = []
    monkeypatch.setattr(cards, "check_password", lambda *args: work.append(1) or hashers.check_password(*args))
    cards._nobodys_hash()
    answers = [sign_in(number, "AAAA-AAAA-AAAA").answer for number in ("PC 412", "PC 999")]

    said = [[str(error) for error in answer.context["form"].non_field_errors()] for answer in answers]
    assert said[0] == said[1] != []
    assert [answer.status_code for answer in answers] == [200, 200]
    assert len(work) == 2


def test_guessing_is_slowed_down_by_number_and_others_go_on(person, code):
    other = make_person(service_number="N 7")
    others = issue_card(other, actor=None, at=NOW)
    for _n in range(5):
        sign_in("PC 412", "AAAA-AAAA-AAAA")

    assert not is_in(sign_in("pc-412", code))
    assert "Too many failed login attempts" in str(sign_in("PC 412", code).answer.context["form"].errors)
    assert is_in(sign_in("N 7", others))


def test_whoever_left_or_got_a_role_meanwhile_is_not_let_in(person, code):
    person.left_on = timezone.localdate()
    person.save()
    assert not is_in(sign_in("PC 412", code))

    person.left_on = None
    person.save()
    give_role(person.user, Role.SUPERVISOR, actor=None, at=NOW)
    assert not is_in(sign_in("PC 412", code))


def test_the_card_of_a_merged_record_leads_to_the_surviving_one(person, code, constable):
    merge(person, constable.person, actor=None, at=NOW)

    assert sign_in("PC 412", code).get("/my/record/").context["person"] == constable.person


def test_the_card_of_a_merged_record_is_stopped_from_the_surviving_one(person, code, constable, desk):
    merge(person, constable.person, actor=None, at=NOW)
    client = sign_in("PC 412", code)
    page = desk.get(reverse("people:person", args=[constable.person.pk])).content.decode()
    assert reverse("people:card_stop", args=[constable.person.pk]) in page

    assert revoke_card(constable.person, actor=None, at=NOW) is True
    assert card_in_force(constable.person) is None
    assert not is_in(client)
    assert not is_in(sign_in("PC 412", code))


def test_a_new_card_replaces_that_of_a_merged_record(person, code):
    into = make_person(full_name="Marva Louis", phone="+17584529999")
    issue_card(into, actor=None, at=NOW)
    revoke_card(into, actor=None, at=NOW)
    merge(person, into, actor=None, at=NOW)

    new = issue_card(into, actor=None, at=NOW)

    assert user_of("PC 412", code, at=NOW) is None
    assert user_of("452 9999", new, at=NOW) == into.user


def test_the_log_in_page_leads_there(client):
    assert f'href="{URL}?next=/courses/"' in client.get("/accounts/login/?next=/courses/").content.decode()
    assert client.get(URL, {"next": "/courses/"}).context["redirect_field"]
