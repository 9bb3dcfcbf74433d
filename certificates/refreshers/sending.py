"""Sending a refresher call: people are called, and told by mail."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from certificates.refreshers.asking import two_alike
from certificates.refreshers.holding import to_be_called
from certificates.refreshers.models import RefresherCall, RefresherCalled
from certificates.refreshers.refusing import RefresherRefused
from certificates.refreshers.states import CallState
from courses.audit.log import record
from courses.mailing.posting import post
from courses.people.models import Person

LETTERS = "refresher:"


@transaction.atomic
def send(call, *, actor, at):
    """Call everybody it concerns who was not called yet. Pressed again, it calls those who came since.

    Returns the people. Raises RefresherRefused.
    """
    call = (
        RefresherCall.objects.select_for_update(of=("self",))
        .select_related("edition__procedure")
        .get(pk=call.pk)
    )
    questions = list(call.questions.all())
    if not questions:
        raise RefresherRefused("no check")
    if any(two_alike(question) for question in questions):
        raise RefresherRefused("same answers")
    found = to_be_called(call, at=at)
    if not found:
        raise RefresherRefused("nobody")
    if call.is_draft:
        call.state, call.sent_at, call.sent_by = CallState.SENT, at, str(actor or "")
        call.save(update_fields=["state", "sent_at", "sent_by"])
    RefresherCalled.objects.bulk_create(
        RefresherCalled(call=call, person_id=one.person, completion_id=one.completion, at=at) for one in found
    )
    people = Person.objects.filter(pk__in={one.person for one in found}).select_related("user").order_by("pk")
    for person in people:
        _tell(call, person, at=at)
        record("called to a refresher", person, actor=actor, at=at, what=str(call))
    record("refresher call sent", call, actor=actor, at=at, people=len(people))
    return list(people)


def _tell(call, person, *, at):
    address = settings.SITE_URL + reverse("refresher", args=[call.uuid])
    post(
        f"{LETTERS}{call.uuid}:{person.pk}",
        "certificates/mail/refresher",
        at=at,
        person=person,
        address_of=address,
    )
