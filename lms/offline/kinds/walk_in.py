"""Somebody who walked in: {"workshop", "session", "full_name", "agency_text", "phone", "service_number"}."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from courses.arriving import Malformed, as_uuid, is_whole
from courses.attendance import sittings, walking_in
from courses.attendance.marking import MarkRefused
from courses.attendance.models import AttendanceEvent
from courses.attendance.walk_in_words import WalkInUnread, read_walk_in
from courses.attendance.wording import MARK_REFUSED
from courses.people.guard import lacks_second_step
from courses.workshops.models import Session, Workshop
from lms.offline.items import ABSENT, ACCEPTED, DUPLICATE, MALFORMED, REFUSED, Reply, given_at
from lms.offline.wording import SECOND_STEP, refused_in_words

MAX_ID = 2**63 - 1


def take(items, sender):
    return [_take_one(item, sender) for item in items]


def _refused(item, reason):
    return Reply(item.uuid, REFUSED, reason, refused_in_words(reason))


def _take_one(item, sender):
    if lacks_second_step(sender.user):
        return _refused(item, SECOND_STEP)
    try:
        session = _session(item.said, sender.user)
    except Malformed:
        return _refused(item, MALFORMED)
    if session is None:
        return _refused(item, ABSENT)
    try:
        facts, left_out = read_walk_in(item.said)
    except WalkInUnread as unread:
        return Reply(item.uuid, REFUSED, MALFORMED, str(unread))
    try:
        registration, is_new, likely = _enter(item, session, facts, sender)
    except MarkRefused as refused:
        return Reply(item.uuid, REFUSED, refused.code, str(MARK_REFUSED[refused.code]))
    words = [_("Row %(row)s: registered and here.") % {"row": registration.label}, *left_out]
    if likely:
        words.append(_("The number is of somebody who is known already. The training team compares the two."))
    address = reverse("workshop_door_person", args=[session.workshop.uuid, registration.uuid])
    return Reply(item.uuid, ACCEPTED if is_new else DUPLICATE, "", " ".join(words), address)


def _session(said, user):
    """The session, of a workshop that this log-in runs, or None."""
    workshop, session = as_uuid(said.get("workshop")), said.get("session")
    if not is_whole(session) or not 0 < session <= MAX_ID:
        raise Malformed("session")
    mine = Workshop.objects.taught_by(user).filter(uuid=workshop)
    return Session.objects.select_related("workshop").filter(pk=session, workshop__in=mine).first()


@transaction.atomic
def _enter(item, session, facts, sender):
    """(registration, whether it is new, people who may be the same)."""
    # The workshop's row is the lock: the same item sent twice at once comes one after the other.
    Workshop.objects.select_for_update().get(pk=session.workshop_id)
    name = walking_in.sign_in_name(item.uuid)
    # Sent again, perhaps after it was undone or the workshop closed: the device may forget it.
    known = AttendanceEvent.objects.filter(uuid=name, session=session).select_related("registration").first()
    if known is not None:
        return known.registration, False, []
    likely = walking_in.likely(**{key: facts[key] for key in ("agency", "phone", "service_number")})
    registration = walking_in.enter(
        session.workshop,
        session,
        uuid=item.uuid,
        **facts,
        arrived_at=given_at(item, sender.offset, earliest=sittings.day_of(session), received_at=sender.at),
        actor=sender.user,
        at=sender.at,
    )
    return registration, True, likely
