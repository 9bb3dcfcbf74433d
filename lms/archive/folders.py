"""The folders of an archive. Each names its columns and what they mean: that is the data dictionary too."""

import json

from django.utils import timezone

from certificates.models import Certificate, CertificateFile
from courses.audit.models import AuditEntry
from courses.people.models import Person
from lms.archive.members import Column, Folder, moment, name_of
from lms.reports.figures.training import Training


def _people():
    return Person.objects.select_related("agency", "post").order_by("pk")


def _person(row):
    return [
        row.uuid, row.full_name, name_of(row.agency), name_of(row.post), row.rank, row.service_number,
        row.get_sex_display(), row.left_on,
    ]  # fmt: skip


def _trainings():
    return Training.objects.select_related("owner").order_by("at", "id")


def _training(row):
    return [
        row.id, row.owner.uuid, row.owner.full_name, row.kind_label, row.title, moment(row.at), row.minutes,
        row.agency_name, row.post_name, row.rank,
    ]  # fmt: skip


def _certificates():
    rows = Certificate.objects.with_state(timezone.localdate())
    return rows.select_related("person", "file").defer("file__pdf", "facts").order_by("pk")


def _certificate(row):
    drawn = getattr(row, "file", None)
    return [
        row.number, row.person.uuid, row.person.full_name, row.get_kind_display(), moment(row.issued_at),
        row.valid_until, row.state, moment(row.withdrawn_at), row.file_name if drawn else "",
        drawn.sha256 if drawn else "",
    ]  # fmt: skip


def _pdfs():
    for row in CertificateFile.objects.select_related("certificate").order_by("pk").iterator(chunk_size=20):
        yield row.certificate.file_name, bytes(row.pdf)


def _entries():
    return AuditEntry.objects.order_by("pk")


def _entry(row):
    facts = json.dumps(row.facts, ensure_ascii=False)
    return [row.pk, moment(row.at), row.actor_name, row.verb, row.object_type, row.object_id, facts]


def _columns(**meanings):
    return tuple(Column(name, meaning) for name, meaning in meanings.items())


FOLDERS = (
    Folder(
        "people", "People", "Everybody on record, one row each.",
        _columns(
            person="the person's key in every other file", full_name="as on a certificate",
            agency="where the person serves", post="duty station", rank="job title or rank",
            service_number="given by the agency", sex="empty: not stated", left_on="day of leaving the service",
        ),
        _people, _person,
    ),
    Folder(
        "training", "Training records",
        "Courses completed, workshops attended and earlier certificates, one row each.",
        _columns(
            record="key of the record", person="key of the person", full_name="of the person",
            kind="on line, workshop, or earlier", title="of the course or workshop",
            at="when it was completed, universal time", minutes="spent on it", agency="as it was then",
            post="as it was then", rank="as it was then",
        ),
        _trainings, _training,
    ),
    Folder(
        "certificates", "Certificates", "Every certificate, with its PDF as issued where it was drawn.",
        _columns(
            number="printed on it", person="key of the person", full_name="of the person, as it is now",
            kind="completion or attendance", issued_at="universal time", valid_until="empty: without end",
            state="on the day of the archive", withdrawn_at="empty: not withdrawn",
            file="its PDF in this folder; empty: not drawn yet", sha256="of the PDF, noted when it was drawn",
        ),
        _certificates, _certificate, files=_pdfs,
    ),
    Folder(
        "audit", "Audit log", "Every act on the record, in order.",
        _columns(
            entry="number in the log", at="universal time", who="name as it was then",
            what="the deed",
            object_type="kind of record", object="its key in the database",
            facts="what else was noted, as JSON",
        ),
        _entries, _entry,
    ),
)  # fmt: skip
