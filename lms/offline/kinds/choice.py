"""A choice in a case that is played on the device: {"run", "scenario", "edition", "situation", "choice"}.

The run is named by its device and begins with its first choice. A choice of "" is a step back. How far the
device is believed: it says what was chosen, in which order; what that comes to the server works out.
"""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from courses.arriving import Malformed, as_uuid, is_whole
from courses.drills.scenarios import runs
from courses.drills.scenarios.models import Run, ScenarioEdition
from courses.drills.scenarios.refusing import RunRefused
from courses.progress.standing import of_scenario
from lms.offline.items import ABSENT, ACCEPTED, DUPLICATE, MALFORMED, REFUSED, Reply, given_at
from lms.offline.wording import refused_in_words

LONGEST_SITUATION, LONGEST_CHOICE = 60, 40


def take(items, sender):
    return [_take_one(item, sender) for item in items]


def _take_one(item, sender):
    try:
        uuid, edition, choice = _read(item, sender)
    except Malformed:
        return Reply(item.uuid, REFUSED, MALFORMED, refused_in_words(MALFORMED))
    try:
        run, status = _keep(uuid, edition, choice, item, sender)
    except RunRefused:
        return Reply(item.uuid, REFUSED, ABSENT, refused_in_words(ABSENT))
    address = reverse("run", args=[run.uuid])
    if status == runs.DUPLICATE:
        return Reply(item.uuid, DUPLICATE, "", "", address)
    if not run.is_ended or status == runs.OUT_OF_STEP:
        return Reply(item.uuid, ACCEPTED, "", "", address)
    return Reply(item.uuid, ACCEPTED, "", _("“%(title)s” is finished.") % {"title": edition.title}, address)


def _read(item, sender):
    """(the name of the run, the edition or None, the Choice), or Malformed."""
    said = item.said
    situation, chosen, n = said.get("situation"), said.get("choice"), said.get("edition")
    if not (isinstance(situation, str) and 0 < len(situation) <= LONGEST_SITUATION):
        raise Malformed("situation")
    if not (isinstance(chosen, str) and len(chosen) <= LONGEST_CHOICE):
        raise Malformed("choice")
    if not is_whole(n) or not 0 < n < 2**31:
        raise Malformed("edition")
    key = as_uuid(said.get("scenario"))
    edition = ScenarioEdition.objects.filter(scenario_key=key, n=n).order_by("pk").first()
    choice = runs.Choice(item.uuid, situation, chosen, sender.device, item.seq, item.client_at)
    return as_uuid(said.get("run")), edition, choice


@transaction.atomic
def _keep(uuid, edition, choice, item, sender):
    """(the run, what became of the choice). Raises RunRefused."""
    standing = edition and of_scenario(edition.scenario_key, sender.person)
    if not standing or standing.enrolment is None:
        raise RunRefused("closed")
    begun = given_at(item, sender.offset, earliest=edition.created_at, received_at=sender.at)
    facts = {"actor": sender.user, "at": sender.at}
    run = runs.begun_on_device(uuid, edition, enrolment=standing.enrolment, started_at=begun, **facts)
    (status,) = runs.choose(run, [choice], **facts)
    return Run.objects.get(pk=run.pk), status
