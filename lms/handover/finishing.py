"""The end of a hand-over: everything was settled, the record is made, and the old access is closed."""

import hashlib

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from certificates.models import Certificate
from courses.audit import digest, log
from courses.audit.models import AuditEntry
from courses.catalogue.models import Course
from courses.people.models import Person
from lms.backups.standing import standing
from lms.doctor.examining import examine
from lms.doctor.finding import Verdict
from lms.handover import matters
from lms.handover.beginning import locked
from lms.handover.closing import check_next, close_access
from lms.handover.models import HandoverRecord
from lms.handover.refusing import HandoverRefused
from lms.handover.taking import not_taken, taken_of


def check(handover, *, actor, at):
    """Whether it can be finished. Raises HandoverRefused with what is missing first."""
    if handover.rights_at is None:
        raise HandoverRefused("rights")
    check_next(handover, actor)
    if not_taken(handover, at=at):
        raise HandoverRefused("open")
    if handover.answered_at is None:
        raise HandoverRefused("answers")


def finish(handover, *, actor, at):
    """Make the record, and close the old access where the last day is over. Returns the HandoverRecord.

    Raises HandoverRefused; then nothing has happened.
    """
    # What the doctor finds is asked before the transaction: it looks at the disk and the clock.
    told = findings(at)
    with transaction.atomic():
        handover = locked(handover, finished=False)
        check(handover, actor=actor, at=at)
        handover.finished_at, handover.finished_by = at, str(actor)
        handover.save(update_fields=["finished_at", "finished_by"])
        log.record("hand-over finished", handover, actor=actor, at=at)
        if handover.closes_at_once(at):
            handover = close_access(handover, actor=actor, at=at)
        return _record(handover, told, actor, at)


def _record(handover, told, actor, at):
    from lms.handover import sheet  # noqa: PLC0415 - WeasyPrint is loaded where something is drawn

    facts = facts_of(handover, told, at=at)
    pdf = sheet.draw(facts)
    sha256 = hashlib.sha256(pdf).hexdigest()
    record = HandoverRecord.objects.create(
        handover=handover, made_at=at, made_by=str(actor), facts=facts, pdf=pdf, sha256=sha256
    )
    log.record("hand-over record made", handover, actor=actor, at=at, sha256=sha256)
    return record


def facts_of(handover, told, *, at):
    """What the record says, as JSON: everything in the words of that day."""
    kept = digest.digest_of()
    backups = standing(at)
    taken = taken_of(handover)
    return {
        "uuid": str(handover.uuid),
        "made_at": _moment(at),
        "goes": _person(handover.goes),
        "comes": _person(handover.comes),
        "role": str(handover.role_label),
        "next_role": str(handover.comes.user.get_role_display()),
        "begun": [_moment(handover.begun_at), handover.begun_by],
        "rights": [_moment(handover.rights_at), handover.rights_by],
        "finished": [_moment(handover.finished_at), handover.finished_by],
        "both_until": date_format(handover.both_until, "j F Y"),
        "closed": _moment(handover.closed_at),
        "stays_trainee": handover.stays_trainee,
        "matters": [
            {
                "title": str(matter.title),
                "count": taken[matter.key].count,
                "items": taken[matter.key].items,
                "renamed": taken[matter.key].renamed,
                "by": taken[matter.key].by,
                "at": _moment(taken[matter.key].at),
            }
            for matter in matters.MATTERS
            if matter.key in taken and taken[matter.key].count
        ],
        "nothing": [str(matter.title) for matter in matters.MATTERS if _is_nothing(taken.get(matter.key))],
        "key_holder": handover.key_holder,
        "outside": handover.outside,
        "backup": _moment(backups.last_good and backups.last_good.made_at),
        "verified": _moment(backups.last_verified and backups.last_verified.verified_at),
        "rehearsed": _moment(backups.last_rehearsed and backups.last_rehearsed.at),
        "findings": told,
        "counts": {
            "people": Person.objects.current().count(),
            "courses": Course.objects.count(),
            "certificates": Certificate.objects.count(),
            "audit": AuditEntry.objects.count(),
        },
        "audit": {"entries": kept.entries, "last": kept.last, "sha256": kept.sha256},
    }


def _is_nothing(taken):
    return taken is None or not taken.count


def findings(at):
    """What the doctor finds that needs somebody: [[title, what it says, what to do]]."""
    return [
        [str(each.check.title), str(finding.says), str(finding.do)]
        for each in examine(at, slow=False)
        for finding in each.findings
        if finding.verdict is not Verdict.OK
    ]


def _person(person):
    return {
        "name": person.full_name,
        "rank": person.rank,
        "agency": str(person.agency or ""),
        "email": person.email,
    }


def _moment(at):
    return date_format(timezone.localtime(at), "j F Y, H:i") if at else ""
