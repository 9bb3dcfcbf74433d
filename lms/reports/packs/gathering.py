"""The rows that a pack freezes: everything that its tables are counted from, as it stands now."""

import hashlib
from functools import partial

from django.db.models import Exists, Max, OuterRef, Subquery
from django.utils import timezone

from certificates.models import CertificateFile
from courses.catalogue.models import CourseEdition
from courses.choices import WorkshopKind, WorkshopState
from courses.people.models import Agency, Sector
from courses.progress.models import Completion
from courses.quizzes.models import QuizEdition
from courses.room.models import PaperForm, RoomAttempt
from courses.workshops.models import Workshop
from lms.reports.figures import hours
from lms.reports.figures.training import COMPLETION, WORKSHOP, Certified, Training
from lms.reports.packs import canonical, gains

AT_ONCE = 500
# An awareness event names nobody: filters about people leave none of them.
OF_PLACES = {"district", "workshop", "funder"}


class Gathering:
    """Rows for `recounting`, in a fixed order. `scope` must be one that sees every agency."""

    def __init__(self, scope):
        self.scope = scope
        self.people = {}
        self.agencies = dict(Agency.objects.values_list("pk", "name"))
        self.sectors = dict(Sector.objects.values_list("code", "name"))

    def rows(self):
        """One at a time; people get their keys as they come."""
        trainings = self.scope.within(Training.objects.all())
        yield from self._trainings(trainings)
        yield from self._certificates()
        workshops = list(self._workshops(trainings))
        for workshop in workshops:
            yield _workshop_row(workshop)
        held = [workshop for workshop in workshops if workshop.kind != WorkshopKind.AWARENESS]
        yield from gains.tested_rows(self.scope, partial(self._of_person, "tested"))
        yield from _materials(held, trainings, self.scope)

    def _person(self, pk):
        return self.people.setdefault(pk, f"p{len(self.people) + 1:05}")

    def _of_person(self, what, row):
        """What every row of a person has. Their place as it was, the agency by the name it has now, as every
        report says it."""
        return {
            "row": what,
            "kind": row.kind,
            "day": _day(row.at),
            "title": row.title,
            "workshop": _key(row.workshop_id),
            "person": self._person(row.owner_id),
            "name": row.owner.full_name,
            "agency": self.agencies.get(row.agency_id, row.agency_name),
            "sector": self.sectors.get(row.sector_code, row.sector_code),
            "sector_code": row.sector_code,
            "post": row.post_name,
            "rank": row.rank,
            "sex": row.sex,
        }

    def _trainings(self, trainings):
        earlier = Training.objects.filter(owner=OuterRef("owner"), at__lt=self.scope.begins_at)
        found = trainings.annotate(was_trained=Exists(earlier)).select_related("owner").order_by("at", "pk")
        nothing = hours.count_nothing()
        for row in found.iterator(chunk_size=AT_ONCE):
            yield self._of_person("training", row) | {
                "district": row.district,
                "funder": row.funder,
                "minutes": row.minutes,
                "counted": 0 if row.pk in nothing else row.minutes,
                "first": not row.was_trained,
            }

    def _certificates(self):
        scope, every = self.scope, Certified.objects.all()
        issued = set(scope.within(every.filter(is_correction=False)).values_list("pk", flat=True))
        in_force = set(scope.in_place(every.in_force(scope.day)).values_list("pk", flat=True))
        digest = CertificateFile.objects.filter(certificate=OuterRef("pk")).values("sha256")[:1]
        found = scope.in_place(every.filter(at__lt=scope.ends_at)).annotate(pdf=Subquery(digest))
        for row in found.select_related("owner").order_by("at", "pk").iterator(chunk_size=AT_ONCE):
            if row.pk in issued or row.pk in in_force:
                yield self._of_person("certificate", row) | {
                    "number": row.number,
                    "valid_until": row.valid_until.isoformat() if row.valid_until else "",
                    "issued": row.pk in issued,
                    "in_force": row.pk in in_force,
                    "pdf_sha256": row.pdf or "",
                }

    def _workshops(self, trainings):
        attended = trainings.filter(kind=WORKSHOP).order_by().values("workshop")
        found = Workshop.objects.filter(pk__in=attended)
        if set(self.scope.narrows) <= OF_PLACES:
            found = found | Workshop.objects.filter(pk__in=self._awareness().values("pk"))
        return with_facts(found)

    def _awareness(self):
        scope = self.scope
        events = Workshop.objects.filter(kind=WorkshopKind.AWARENESS, headcount__isnull=False)
        events = events.exclude(state=WorkshopState.CANCELLED).annotate(ended=Max("sessions__ends_at"))
        events = events.filter(ended__gte=scope.begins_at, ended__lt=scope.ends_at)
        for name, column in (("district", "district"), ("funder", "funder"), ("workshop", "pk")):
            wanted = getattr(scope, name)
            if wanted == "-":
                events = events.filter(**{column: ""}) if name != "workshop" else events.none()
            elif wanted:
                events = events.filter(**{column: wanted})
        return events


def with_facts(workshops):
    """Workshops with all that is said of one, in a constant number of queries."""
    lists = ("facilitators", "sessions", "materials__document", "sheet_photos")
    return workshops.select_related("topic", "course").with_days().prefetch_related(*lists).order_by("pk")


def _workshop_row(workshop):
    return {
        "row": "workshop",
        "key": _key(workshop.pk),
        "uuid": str(workshop.uuid),
        "day": _day(workshop.ends_at),
        "first_day": _day(workshop.starts_at),
        "title": workshop.title,
        "topic": workshop.topic.name,
        "place": workshop.place,
        "district": workshop.district,
        "funder": workshop.funder,
        "partner": workshop.partner,
        "trainers": workshop.facilitator_names,
        "awareness": workshop.kind == WorkshopKind.AWARENESS,
        "reached": workshop.headcount if workshop.kind == WorkshopKind.AWARENESS else None,
        "women": workshop.headcount_women if workshop.kind == WorkshopKind.AWARENESS else None,
        "scans": [photo.sha256 for photo in workshop.sheet_photos.all()],
    }


# --- What was taught with ---------------------------------------------------------------


def _materials(workshops, trainings, scope):
    """Editions of courses and tests, and documents, each once for each workshop."""
    courses = trainings.filter(kind=COMPLETION).order_by().values("course")
    first, after = scope.begins_at, scope.ends_at
    done = Completion.objects.that_count().filter(at__gte=first, at__lt=after, enrolment__course__in=courses)
    studied = CourseEdition.objects.filter(pk__in=done.values("enrolment__edition"))
    yield from _course_rows(studied.order_by("course_id", "n"), "")
    for workshop in workshops:
        yield from materials_of(workshop)


def materials_of(workshop):
    """Rows of "material" of one workshop of `with_facts`."""
    key, found = _key(workshop.pk), []
    if workshop.course_id:
        editions = CourseEdition.objects.filter(course=workshop.course_id, created_at__lte=workshop.ends_at)
        found += _course_rows(editions.order_by("-n")[:1], key)
    asked = RoomAttempt.objects.filter(registration__workshop=workshop).values("attempt__quiz_edition")
    frozen = PaperForm.objects.filter(workshop=workshop).values("quiz_edition")
    editions = QuizEdition.objects.filter(pk__in=asked) | QuizEdition.objects.filter(pk__in=frozen)
    for edition in editions.order_by("pk"):
        content = {"title": edition.title, "policy": edition.policy, "items": edition.items}
        found.append(_material("quiz", edition.title, edition.n, canonical.digest_of(content), key))
    for one in workshop.materials.all():
        found.append(_material("document", one.document.title, 1, _file_digest(one.document.file), key))
    return found


def _course_rows(editions, key):
    for edition in editions:
        content = {"title": edition.title, "rule": edition.rule, "months": edition.validity_months}
        yield _material("course", edition.title, edition.n, canonical.digest_of(content), key)


def _material(what, title, n, sha256, workshop):
    return {"row": "material", "what": what, "title": title, "n": n, "sha256": sha256, "workshop": workshop}


def _file_digest(file):
    """ "" where the file is not there any more."""
    digest = hashlib.sha256()
    try:
        with file.open("rb") as opened:
            for part in iter(lambda: opened.read(65536), b""):
                digest.update(part)
    except OSError:
        return ""
    return digest.hexdigest()


def _key(workshop_id):
    return f"w{workshop_id}" if workshop_id else ""


def _day(moment):
    return timezone.localtime(moment).date().isoformat() if moment else ""
