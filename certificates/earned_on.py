"""Which editions of procedures a certificate was earned on: frozen with it when it is issued."""

from certificates.rows import Certificate
from courses.progress.citing import editions_on_path
from courses.progress.models import Completion


def editions_of(completion):
    """[{"procedure": uuid, "name", "edition", "n"}, ...] in force when it was completed, of the procedures that
    the person's path cites. After a refresher: those of the certificate it renews, and the one it was about.
    """
    refresher = completion.evidence.get("refresher")
    if refresher:
        others = [one for one in _before(refresher) if one["procedure"] != refresher["procedure"]["procedure"]]
        return sorted([*others, refresher["procedure"]], key=lambda one: one["name"])
    enrolment = completion.enrolment
    return [fact_of(edition) for edition in editions_on_path(enrolment.course, enrolment.sector, completion.at)]


def _before(refresher):
    renewed = Completion.objects.select_related("enrolment__course").get(uuid=refresher["renews"])
    issued = Certificate.objects.filter(completion=renewed).order_by("-pk").first()
    return issued.facts.get("procedures", []) if issued else editions_of(renewed)


def minutes_of(completion):
    """How long the training took, as a certificate says it: a refresher adds nothing to it."""
    refresher = completion.evidence.get("refresher")
    return refresher["course_minutes"] if refresher else completion.minutes


def fact_of(edition):
    procedure = edition.procedure
    return {
        "procedure": str(procedure.uuid),
        "name": procedure.name,
        "edition": edition.label,
        "n": edition.n,
    }
