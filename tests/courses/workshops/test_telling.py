"""Who registers, waits, gets a place or leaves hears of it once, and nobody else learns the topic."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from courses.choices import RegistrationWay
from courses.mailing.models import Letter
from courses.workshops import changing, planning, registering
from courses.workshops.models import Session, Workshop
from tests.factories import make_topic, make_user, make_workshop
from tests.test_discretion import TOPIC

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop():
    return make_workshop(
        title="Exploitation of victims",
        topic=make_topic("Trafficking"),
        capacity=1,
        starts_at=timezone.now() + timedelta(days=3),
        venue="Training School",
    )


def register(workshop, user, at=None):
    at = at or timezone.now()
    return registering.register(workshop, user.person, way=RegistrationWay.SELF, actor=user, at=at)


def told(user):
    return [letter.key.split(":")[1] for letter in user.person.letters.order_by("pk")]


def test_each_step_is_told_once_with_the_file_that_belongs_to_it(workshop):
    first, second, now = make_user(), make_user(), timezone.now()
    held = register(workshop, first)
    register(workshop, first)
    waits = register(workshop, second)
    registering.cancel(held, actor=first, at=now)
    registering.cancel(held, actor=first, at=now)
    registering.promote(waits, actor=None, at=now)
    registering.promote(waits, actor=None, at=now)

    assert (told(first), told(second)) == (["registered", "left"], ["waiting", "promoted"])
    files = [[part["text"] for part in letter.attachments] for letter in Letter.objects.order_by("pk")]
    assert [[text.split("METHOD:")[1][:6] for text in texts] for texts in files] == [
        ["PUBLIS"],
        [],
        ["CANCEL"],
        ["PUBLIS"],
    ]
    assert len(mail.outbox) == 4
    for message in mail.outbox:
        assert message.subject == "Training session"
        parts = [message.body, *(str(part) for part in message.attachments)]
        assert not TOPIC.search(" ".join(parts))
    assert "Training School" in mail.outbox[0].body


def test_who_comes_back_is_told_again(workshop):
    user, now = make_user(), timezone.now()
    held = register(workshop, user, at=now)
    registering.cancel(held, actor=user, at=now)
    register(workshop, user, at=now + timedelta(minutes=1))

    assert told(user) == ["registered", "left", "registered"]


def test_a_change_of_times_reaches_those_registered_once(workshop):
    user, now = make_user(), timezone.now()
    register(workshop, user)
    before = changing.plan_of(workshop.pk)
    assert not changing.tell_of_change(workshop.pk, before, actor=None, at=now)
    moved, gone = workshop.sessions.all()
    Session.objects.filter(pk=moved.pk).update(starts_at=moved.starts_at + timedelta(minutes=30))
    Session.objects.filter(pk=gone.pk).delete()

    assert changing.tell_of_change(workshop.pk, before, actor=None, at=now)

    assert told(user) == ["registered", "changed"]
    text = Letter.objects.latest("pk").attachments[0]["text"].replace("\r\n ", "")
    entries = [entry.partition("@")[0].strip() for entry in text.split("UID:")[1:]]
    assert entries == [f"{workshop.uuid}-{moved.pk}", f"{workshop.uuid}-{gone.pk}"]
    assert [line for line in text.split("\r\n") if line.startswith(("SEQ", "STAT"))] == [
        "SEQUENCE:1",
        "STATUS:CONFIRMED",
        "SEQUENCE:1",
        "STATUS:CANCELLED",
    ]


def test_cancelling_and_taking_up_again_is_told_with_its_file(workshop):
    user, now = make_user(), timezone.now()
    register(workshop, user)
    planning.cancel_workshop(workshop, "The hall is closed.", actor=None, at=now)
    with pytest.raises(planning.NotPossible):
        planning.cancel_workshop(workshop, "", actor=None, at=now)
    planning.take_up_again(workshop, actor=None, at=now)

    assert told(user) == ["registered", "cancelled", "resumed"]
    cancelled = Letter.objects.order_by("pk")[1]
    assert "The hall is closed." in cancelled.body
    assert "METHOD:CANCEL" in cancelled.attachments[0]["text"]
    assert Workshop.objects.get().changes == 2


def test_walk_ins_and_what_is_over_are_not_told(workshop):
    user, other = make_user(), make_user()
    registering.register(workshop, user.person, way=RegistrationWay.WALK_IN, actor=None, at=timezone.now())
    past = make_workshop(starts_at=timezone.now() - timedelta(days=9))
    registering.register(past, other.person, way=RegistrationWay.OFFICE, actor=None, at=timezone.now())

    assert Letter.objects.count() == 0
