"""Rights are moved, what is open is taken over, the old access is closed; and what must not be is refused."""

import hashlib
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from courses.audit import digest
from courses.audit.models import AuditEntry
from courses.choices import Role
from courses.enrolment.accepting import accept_as_new
from courses.enrolment.inviting import NotInvited
from courses.people.holding import able
from courses.people.models import User
from courses.people.roles import give_role
from courses.people.switching_off import NobodyLeft, switch_off
from lms.handover import answering, beginning, closing, finishing, giving, matters, taking
from lms.handover.models import Handover, HandoverRecord
from lms.handover.refusing import REASONS, HandoverRefused
from tests.factories import PASSWORD, make_cohort, make_entry, make_person, make_site, make_user, make_workshop
from tests.lms.handover.settling import begin, set_up_second_step, settle, yesterday

pytestmark = pytest.mark.django_db


@pytest.fixture
def deed(administrator):
    make_site()
    return {"actor": administrator, "at": timezone.now()}


def signed_in(user):
    client = Client()
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD, "own_device": "no"})
    assert client.get("/my/record/").status_code == 200
    return client


def refused(code):
    return pytest.raises(HandoverRefused, match=f"^{code}$")


def test_rights_move_and_the_old_access_ends(deed, administrator, focal_point, colleague, client_of):
    old, new = signed_in(focal_point), signed_in(colleague)
    set_up_second_step(focal_point)
    handover = settle(begin(focal_point, colleague, administrator), administrator)
    finishing.finish(handover, **deed)

    handover = Handover.objects.get()
    colleague.refresh_from_db()
    focal_point.refresh_from_db()
    assert handover.closed_at == deed["at"]
    assert (colleague.role, colleague.is_active) == (Role.FOCAL_POINT, True)
    assert list(colleague.groups.values_list("name", flat=True)) == ["Focal point"]
    assert (focal_point.role, focal_point.is_active) == (Role.TRAINEE, False)
    assert not Authenticator.objects.filter(user=focal_point).exists()
    assert old.get("/admin/").status_code == 302
    assert new.get("/admin/").status_code == 302  # a new role asks to sign in anew
    assert client_of(colleague).get("/admin/").status_code == 200
    verbs = AuditEntry.objects.filter(object_type="lms.handover").order_by("pk").values_list("verb", flat=True)
    assert [verb for verb in verbs if verb != "hand-over matter taken"] == [
        "hand-over begun",
        "hand-over rights given",
        "hand-over questions answered",
        "hand-over finished",
        "hand-over closed",
        "hand-over record made",
    ]
    assert AuditEntry.objects.filter(verb="access closed", object_id=str(focal_point.pk)).count() == 1


def test_somebody_new_is_invited_and_gets_the_rights_once_it_is_accepted(deed, administrator, focal_point):
    handover = beginning.begin(
        focal_point.person, address="next@example.org", full_name="Nadia Next", both_until=yesterday(), **deed
    )
    with refused("no_login"):
        giving.give_rights(handover, **deed)
    user = User(email="next@example.org")
    user.set_unusable_password()
    facts = {"full_name": "Nadia Next", "agency": focal_point.person.agency}
    accept_as_new(handover.invitation, user, facts, at=deed["at"])
    handover = giving.give_rights(Handover.objects.get(), **deed)
    assert handover.comes == user.person
    assert User.objects.get(pk=user.pk).role == Role.FOCAL_POINT


def test_an_address_with_a_log_in_is_not_invited(deed, focal_point, colleague):
    with pytest.raises(NotInvited):
        beginning.begin(
            focal_point.person, address=colleague.email, full_name="C", both_until=yesterday(), **deed
        )
    assert not Handover.objects.exists()


def test_nobody_hands_over_to_themselves(deed, administrator, focal_point):
    with refused("oneself"):
        begin(focal_point, focal_point, administrator)
    with refused("oneself"):
        begin(focal_point, administrator, administrator)
    # Who goes prepared it; the one administrator there is would give the rights to themselves.
    handover = begin(focal_point, administrator, focal_point)
    with refused("oneself"):
        giving.give_rights(handover, **deed)


def test_an_administrator_who_comes_keeps_the_wider_role(deed, administrator, focal_point):
    other = make_user(role=Role.ADMINISTRATOR)
    giving.give_rights(begin(focal_point, other, administrator), **deed)
    other.refresh_from_db()
    assert (other.role, other.is_superuser) == (Role.ADMINISTRATOR, True)


def test_one_hand_over_at_a_time_and_another_once_it_is_given_up(deed, administrator, focal_point, colleague):
    first = begin(focal_point, colleague, administrator)
    with refused("begun"):
        begin(focal_point, make_user(), administrator)
    assert beginning.give_up(first, **deed)
    assert not beginning.give_up(first, **deed)
    with refused("over"):
        giving.give_rights(first, **deed)
    begin(focal_point, colleague, administrator)


def test_a_trainee_has_nothing_to_hand_over(deed, administrator, constable, colleague):
    with refused("not_desk"):
        begin(constable, colleague, administrator)


def test_what_is_missing_is_said_one_by_one(deed, administrator, focal_point, colleague, settings):
    settings.STAFF_SECOND_FACTOR = True
    handover = begin(focal_point, colleague, administrator)
    with refused("rights"):
        finishing.finish(handover, **deed)
    with refused("rights"):
        taking.take_over(handover, {"entries"}, **deed)
    giving.give_rights(handover, **deed)
    with refused("second_step"):
        finishing.finish(handover, **deed)
    set_up_second_step(colleague)
    make_cohort(facilitator=focal_point.person)
    with refused("open"):
        finishing.finish(handover, **deed)
    taking.take_over(handover, set(matters.BY_KEY), **deed)
    with refused("answers"):
        finishing.finish(handover, **deed)
    answering.answer(handover, key_holder="The safe", outside="", **deed)
    set_up_second_step(administrator)
    finishing.finish(handover, **deed)
    with refused("over"):
        answering.answer(handover, key_holder="Nobody", outside="", **deed)
    assert set(REASONS) >= {"rights", "second_step", "open", "answers", "over"}


def test_where_the_old_name_stood_the_new_one_stands(deed, administrator, focal_point, facilitator, colleague):
    both = [focal_point.person, facilitator.person]
    coming = make_workshop(facilitators=both, starts_at=deed["at"] + timedelta(days=3))
    past = make_workshop(facilitators=[focal_point.person], starts_at=deed["at"] - timedelta(days=3))
    others = make_workshop(facilitators=[facilitator.person], starts_at=deed["at"] + timedelta(days=3))
    cohort = make_cohort(facilitator=focal_point.person)
    home = make_site()
    home.locked, home.locked_by = True, focal_point
    home.save()
    handover = settle(begin(focal_point, colleague, administrator), administrator)

    for workshop, people in (
        (coming, {facilitator.person, colleague.person}),
        (past, {colleague.person}),
        (others, {facilitator.person}),
    ):
        assert set(type(workshop).objects.get(pk=workshop.pk).facilitators.all()) == people
    cohort.refresh_from_db()
    home.refresh_from_db()
    assert (cohort.facilitator, home.locked_by) == (colleague.person, colleague)
    told = {one.kind: (one.count, one.renamed) for one in handover.taken.all() if one.count}
    assert told == {"workshops": (2, 1), "registers": (1, 1), "cohorts": (1, 1), "locked": (1, 1)}


def test_the_site_is_never_left_without_an_administrator(deed, administrator, colleague):
    with pytest.raises(NobodyLeft) as error:
        switch_off(administrator, actor=None, at=deed["at"])
    assert error.value.role == Role.ADMINISTRATOR
    handover = settle(begin(administrator, colleague, administrator), administrator)
    give_role(colleague, Role.FOCAL_POINT, actor=administrator, at=deed["at"])
    with refused("no_administrator"):
        finishing.finish(handover, **deed)
    administrator.refresh_from_db()
    assert administrator.is_active
    assert not HandoverRecord.objects.exists()
    assert Handover.objects.get().finished_at is None


def test_an_administrator_without_the_second_step_is_none(deed, administrator, settings):
    other = make_user(role=Role.ADMINISTRATOR)
    settings.STAFF_SECOND_FACTOR = True
    assert able({Role.ADMINISTRATOR}) == []
    with pytest.raises(NobodyLeft):
        switch_off(administrator, actor=other, at=deed["at"])
    set_up_second_step(other)
    assert switch_off(administrator, actor=other, at=deed["at"])
    assert not switch_off(administrator, actor=other, at=deed["at"])


def test_both_have_access_until_the_day_and_the_timer_closes_it(deed, administrator, focal_point, colleague):
    today = timezone.localdate()
    handover = settle(begin(focal_point, colleague, administrator, both_until=today), administrator)
    finishing.finish(handover, **deed)
    call_command("close_handovers")
    focal_point.refresh_from_db()
    assert focal_point.is_active

    assert closing.close_due(at=deed["at"], day=today + timedelta(days=1))[0][1] == ""
    focal_point.refresh_from_db()
    assert not focal_point.is_active
    assert closing.close_due(at=deed["at"], day=today + timedelta(days=1)) == []
    assert AuditEntry.objects.get(verb="hand-over closed").actor_name == "system"


def test_the_timer_says_once_why_it_cannot(deed, administrator, focal_point, colleague):
    today = timezone.localdate()
    handover = settle(begin(focal_point, colleague, administrator, both_until=today), administrator)
    finishing.finish(handover, **deed)
    give_role(colleague, Role.TRAINEE, actor=administrator, at=deed["at"])
    for _n in range(2):
        closing.close_due(at=deed["at"], day=today + timedelta(days=1))
    assert Handover.objects.get().stuck == "rights"
    assert AuditEntry.objects.filter(verb="hand-over not closed").count() == 1
    assert User.objects.get(pk=focal_point.pk).is_active


def test_the_old_log_in_may_stay_a_trainees(deed, administrator, focal_point, colleague, client_of):
    handover = begin(focal_point, colleague, administrator, stays_trainee=True)
    finishing.finish(settle(handover, administrator), **deed)
    focal_point.refresh_from_db()
    assert (focal_point.role, focal_point.is_active) == (Role.TRAINEE, True)
    assert client_of(focal_point).get("/admin/").status_code == 403
    assert client_of(focal_point).get("/my/record/").status_code == 200


def test_the_record_is_kept_as_it_was_made(deed, administrator, focal_point, colleague):
    make_entry(name="Francine Focal")
    record = finishing.finish(settle(begin(focal_point, colleague, administrator), administrator), **deed)
    kept = HandoverRecord.objects.get()
    assert bytes(kept.pdf)[:5] == b"%PDF-"
    assert hashlib.sha256(bytes(kept.pdf)).hexdigest() == kept.sha256 == record.sha256
    assert kept.facts["goes"]["name"] == "Francine Focal"
    assert [matter["title"] for matter in kept.facts["matters"]] == [
        "Directory entries of the focal point, or with the name of who goes"
    ]
    assert kept.facts["matters"][0]["items"] == ["Hotline: Francine Focal"]
    assert kept.facts["key_holder"] == "The Permanent Secretary, safe"
    # The digest is that of the log before the record: every later reader can compare.
    before = AuditEntry.objects.filter(pk__lte=kept.facts["audit"]["last"])
    assert digest.digest_of(before).sha256 == kept.facts["audit"]["sha256"]
    with pytest.raises(TypeError):
        kept.delete()


def test_who_left_or_waits_gets_no_rights(deed, administrator, focal_point, pending):
    handover = begin(focal_point, pending, administrator)
    with refused("cannot_sign_in"):
        giving.give_rights(handover, **deed)
    gone = make_user(person=make_person(left_on=yesterday()))
    beginning.give_up(handover, **deed)
    with refused("cannot_sign_in"):
        giving.give_rights(begin(focal_point, gone, administrator), **deed)
