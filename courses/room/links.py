"""The ways between a workshop and its tests, for pages of other areas."""

from django.urls import reverse
from django.utils.translation import gettext as _

from courses.choices import RegistrationState, RoomTestWhen
from courses.room import survey, taking
from courses.room.models import PaperForm, RoomAttempt, SurveyReceipt


def links_of(registration, at):
    """[{"url", "label", "state"}, ...]: tests that are open or taken, and the survey. At most five queries."""
    if registration.state != RegistrationState.REGISTERED:
        return []
    workshop, links = registration.workshop, []
    mine = RoomAttempt.objects.in_force().filter(registration=registration).select_related("attempt")
    taken = {one.when: one.attempt for one in mine}
    for when in RoomTestWhen:
        attempt = taken.get(when)
        if attempt is None and not _is_open(workshop, when, at):
            continue
        url = reverse("room_test", args=[workshop.uuid, when.value])
        links.append({"url": url, "label": when.label, "state": _state(attempt)})
    try:
        survey.check_open(workshop, at)
    except survey.ReplyRefused:
        return links
    given = SurveyReceipt.objects.filter(registration=registration).exists()
    state = _("Given") if given else _("Open")
    url = reverse("workshop_feedback", args=[workshop.uuid])
    return [*links, {"url": url, "label": _("What did you think of it?"), "state": state}]


def _is_open(workshop, when, at):
    try:
        taking.check_open(workshop, when, at)
    except taking.TestRefused:
        return False
    return True


def _state(attempt):
    if attempt is None:
        return _("Open")
    return _("Handed in") if attempt.is_submitted else _("Begun")


def papers_of(workshop):
    """[{"when", "letters"}, ...] of its tests; no letters where forms are not fixed yet. One query."""
    fixed = PaperForm.objects.filter(workshop=workshop).order_by("letter").values_list("when", "letter")
    return [
        {"when": when, "letters": [letter for test, letter in fixed if test == when]}
        for when in RoomTestWhen
        if taking.quiz_key_of(workshop, when)
    ]


def workshop_of(attempt):
    """The workshop whose test this attempt is, or None. A test of a course costs no query."""
    if attempt.enrolment_id is not None:
        return None
    found = RoomAttempt.objects.filter(attempt=attempt).select_related("registration__workshop").first()
    return found and found.registration.workshop
