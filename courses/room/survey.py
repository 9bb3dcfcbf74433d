"""The survey after a workshop: short, anonymous, and hidden until it is."""

import random
import uuid

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from courses.audit import log
from courses.choices import RegistrationState, RoomTestWhen, WorkshopState
from courses.room.models import SurveyReceipt, SurveyReply
from courses.room.reckoning import shown_of
from courses.room.taking import opens_at
from courses.workshops.models import Registration, Workshop

STATEMENTS = {
    "useful": _("What I learnt is useful in my work."),
    "clear": _("Things were explained clearly."),
    "practice": _("There was enough time to ask and to practise."),
    "at_ease": _("I felt respected and at ease."),
    "ready": _("I know better what to do than before."),
}
SCALE = [
    (5, _("I agree fully")),
    (4, _("I agree")),
    (3, _("In between")),
    (2, _("I do not agree")),
    (1, _("I do not agree at all")),
]


class ReplyRefused(Exception):
    """Nothing was kept; `code` is "early", "closed", "absent" or "twice"."""

    def __init__(self, code):
        self.code = code
        super().__init__(code)


def check_open(workshop, at):
    """Raise where nobody replies now: from the last session on, also when the workshop is closed."""
    if workshop.state not in (WorkshopState.OPEN, WorkshopState.CLOSED):
        raise ReplyRefused("closed")
    opens = opens_at(workshop, RoomTestWhen.AFTER)
    if opens is None or at < opens:
        raise ReplyRefused("early")


@transaction.atomic
def reply(registration, said, *, at):
    """Keep what somebody thinks, once. `said`: marks, helped, better. Raises ReplyRefused.

    Nothing is written to the audit log: its time beside a reply would name whoever replied.
    """
    # The workshop's row is the lock, taken before the registration's as everywhere.
    workshop = Workshop.objects.select_for_update().get(pk=registration.workshop_id)
    registration = Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
    check_open(workshop, at)
    if registration.state != RegistrationState.REGISTERED:
        raise ReplyRefused("absent")
    if SurveyReceipt.objects.filter(registration=registration).exists():
        raise ReplyRefused("twice")
    SurveyReceipt.objects.create(registration=registration)
    _add(workshop, said, on_paper=False)


@transaction.atomic
def reply_on_paper(workshop, said, *, actor, at):
    """Keep a reply from a sheet of paper, which bears no name. Raises ReplyRefused."""
    workshop = Workshop.objects.select_for_update().get(pk=workshop.pk)
    check_open(workshop, at)
    _add(workshop, said, on_paper=True)
    log.record("survey sheet entered", workshop, actor=actor, at=at)


def _add(workshop, said, *, on_paper):
    """Write the replies anew, in an order that nobody knows, with this one among them.

    A row added at the end of the file beside a receipt added at the end of its own would tell whose it is.
    Paper and phone come into the totals apart: whoever types five sheets knows those five.
    """
    replies = list(SurveyReply.objects.filter(workshop=workshop))
    SurveyReply.objects.filter(pk__in=[one.pk for one in replies]).delete()
    replies.append(SurveyReply(workshop=workshop, on_paper=on_paper, **said))
    alike = [one for one in replies if one.on_paper == on_paper]
    if shown_of(len(alike)) == len(alike):
        for one in alike:
            one.is_shown = True
    random.SystemRandom().shuffle(replies)
    for one in replies:
        one.pk, one._state.adding = uuid.uuid4(), True
    SurveyReply.objects.bulk_create(replies)
