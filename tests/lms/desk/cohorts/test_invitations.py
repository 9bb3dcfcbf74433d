"""Invitations at the desk: sent to many, to a record without a log-in, seen, sent again, taken back."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.choices import LetterState
from courses.enrolment import inviting
from courses.enrolment.cohorts import Invitation
from courses.mailing.models import Letter
from lms.desk.cohorts.states import state_in_words
from tests.factories import make_cohort, make_invitation, make_person, make_site, make_user

pytestmark = pytest.mark.django_db
URL = "/admin/invitations/invite/"


@pytest.fixture(autouse=True)
def _site(db):
    make_site()


def said(answer):
    return " ".join(str(message) for message in answer.context["messages"])


def test_lines_become_invitations_and_who_was_left_out_is_named(desk, police):
    cohort = make_cohort()
    make_user(email="known@example.org")
    make_person(full_name="Éva Jules")
    lines = 'Ann Bell, Ann@Example.org\n"Clarke, Ben" <ben@example.org>\n\nEva Jules; eva@example.org\n'

    data = {"lines": lines, "agency": police.pk, "cohort": cohort.pk}
    answer = desk.post(f"/admin/cohorts/{cohort.pk}/invite/", data, follow=True)

    assert list(Invitation.objects.order_by("pk").values_list("full_name", "address", "agency", "cohort")) == [
        ("Ann Bell", "ann@example.org", police.pk, cohort.pk),
        ("Clarke Ben", "ben@example.org", police.pk, cohort.pk),
    ]
    assert "2 invitations are on their way." in said(answer)
    assert "Eva Jules: a record without a log-in has this name" in said(answer)
    desk.post(URL, {"lines": "Eva Jules, eva@example.org", "same_names": "on"})
    assert Invitation.objects.filter(address="eva@example.org", cohort=None).exists()


def test_wrong_lines_are_named_and_nobody_is_invited(desk):
    lines = "Ann Bell, ann@example.org\nBen Clarke\n12, c@example.org\nDan, ann@example.org"

    answer = desk.post(URL, {"lines": lines})

    errors = " ".join(answer.context["form"].errors["lines"])
    assert "Line 2: there is no e-mail address at its end." in errors
    assert "Line 3:" in errors
    assert "ann@example.org is there twice." in errors
    assert lines in answer.context["form"]["lines"].value()
    assert not Invitation.objects.exists()


def test_records_without_a_log_in_are_invited_from_the_list(desk, constable):
    one, other = make_person(full_name="Imported One"), make_person(full_name="Imported Two")
    rows = [one.pk, other.pk, constable.person.pk]
    asked = desk.post("/admin/people/", {"deed": "invite", "scope": "ticked", "row": rows})
    data = {"chosen": asked.context["chosen"], "back": "", f"address_{one.pk}": "one@example.org"}

    looked = desk.post("/admin/people/invite/", {**data, "step": "look"})
    assert [(group.heading, [str(row) for row, _why in group.rows]) for group in looked.context["groups"]] == [
        ("Will be invited", ["Imported One"]),
        ("Left out", ["Constance Joseph", "Imported Two"]),
    ]
    desk.post("/admin/people/invite/", {**data, "step": "do"})

    assert (Invitation.objects.get().person, Invitation.objects.get().full_name) == (one, "Imported One")
    assert desk.get(f"/admin/people/invite/{constable.person.pk}/").status_code == 404
    twice = desk.post(f"/admin/people/invite/{one.pk}/", {"address": "again@example.org"}, follow=True)
    assert "Not invited: invited already" in said(twice)


def test_every_state_is_said_and_what_the_mail_server_answered(desk):
    now = timezone.now()
    invitation = make_invitation(at=now)
    letter = Letter.objects.get()

    def words(at=now, **changes):
        for name, value in changes.items():
            setattr(letter, name, value)
        letter.save()
        return state_in_words(Invitation.objects.select_related("letter").get(), at)

    assert words(state=LetterState.QUEUED).startswith("Waiting to be sent")
    assert words(state=LetterState.SENT, sent_at=now).startswith("Sent on")
    assert words(at=now + inviting.VALID).startswith("Lapsed on")
    bounced = words(state=LetterState.BOUNCED, answer="550 no such user")
    assert bounced == "Came back: 550 no such user"
    assert bounced in desk.get("/admin/invitations/").content.decode()
    inviting.withdraw(invitation, actor=None, at=now)
    assert words().startswith("Taken back on")


def test_it_is_sent_again_and_taken_back_at_the_desk(desk):
    invitation = make_invitation(at=timezone.now() - timedelta(days=20))
    urls = [reverse(f"invitations:{deed}", args=[invitation.pk]) for deed in ("resend", "withdraw")]

    desk.post(urls[0])
    soon = desk.post(urls[0], follow=True)
    invitation.refresh_from_db()
    assert (invitation.sendings, invitation.state(timezone.now())) == (2, "open")
    assert "within the last hour" in said(soon)
    desk.post(urls[1])

    assert desk.get(urls[0]).status_code == 404
    assert Letter.objects.count() == 2
